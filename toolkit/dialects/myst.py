"""MyST, the Markdown that Sphinx reads through MyST-Parser, with its optional extensions."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from toolkit.dialects.blocks import attribution, definitions, directives, fields, myst_math, opaque
from toolkit.dialects.blocks.alerts import alerts
from toolkit.dialects.blocks.footnotes import footnotes
from toolkit.dialects.blocks.myst_notes import without_torn_notes
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import Dialect, Syntax
from toolkit.dialects.gfm import FOOTNOTE_MARK, MATH
from toolkit.dialects.inline.grammar import Grammar, ListValues
from toolkit.dialects.inline.roles import ROLES

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser

_ATTRIBUTES = r"(?<=[)\]`*_])\{[^{}\n]{0,999}\}"
_SUBSTITUTION = re.compile(r"\{\{[^}]{1,999}\}\}[ \t]*$")
_TARGET = re.compile(r"\([^\n]{1,999}\)=[ \t]*$")
_BREAK = re.compile(r"\+[ \t]*\+[ \t]*\+")
_CARD_HEAD = re.compile(r"\^{3,}[ \t]*$")
"""The separator between the head of a card and its body (sphinx-design)."""
_FILES = (
    r"(?:^[ \t>*+-]*(?:`{3,}|~{3,}|:{3,})\{(?:figure|image|include|literalinclude|video)\}[ \t]+"
    r"|\{download\}`(?:[^`<\n]{0,999}<)?|^[ \t>]*:target:[ \t]+[\"']?"
    r"|^[ \t>]*---[ \t]*\n(?:[ \t>]*[\w-]+:[^\n]*\n){0,20}?[ \t>]*target:[ \t]+[\"']?)"
    r"(?P<path>[^\s`<>\"']+)"
)


def _blocks(parser: PageParser, own: tuple[str, ...]) -> None:
    """Tables, footnotes, formulas, directives, targets, comments, definitions and fields."""
    add = parser.block.add
    line_rule = opaque.line_rule
    footnotes(parser, end_containers=False)
    add(
        "pipe_table",
        table_rule(TableStart(bare_delimiters=True)),
        before="code",
        starts="",
        ends_quotes=False,
    )
    add("formula", myst_math.dollar_formula, before="code", starts="$", interrupts=False)
    add("environment", myst_math.environment, before="code", starts="\\")
    add("colon_fence", directives.colon_fence, before="fence", starts=":")
    add("directive", directives.directive_rule(frozenset(own)), before="colon_fence", starts="`~:")
    add("field", fields.field, before="code", starts=":")
    add("definition", definitions.defined_term, before="paragraph", starts="")
    add("comment", directives.comment, before="code", starts="%")
    add("block_break", line_rule(_BREAK), before="list", starts="+")
    add("card_head", line_rule(_CARD_HEAD), before="code", starts="^")
    add("target", line_rule(_TARGET), before="code", starts="(")
    add("substitution", line_rule(_SUBSTITUTION), before="code", starts="{", interrupts=False)
    add("attribute_line", attribution.attribute_line, before="code", starts="{")


def myst(own: tuple[str, ...]) -> Dialect:
    """The dialect with further directives that hold Markdown; `name.0` has text for argument."""
    plugins = (commonmark_blocks, partial(_blocks, own=own), alerts)
    return Dialect(
        name="myst",
        description=(
            "MyST as Sphinx reads it through MyST-Parser: directives, roles, `(label)=` "
            "targets, `%` comments, `+++`, substitutions, tables, footnotes, definitions, "
            "fields, formulas, attribute lists"
        ),
        ids_of_site=True,
        syntax=frozenset(
            {
                Syntax.ALERT,
                Syntax.DIRECTIVE,
                Syntax.TARGET,
                Syntax.ROLE,
                Syntax.DEFINITION,
                Syntax.TABLE,
            }
        ),
        grammar=Grammar(
            formulas=MATH,
            formulas_first=True,
            roles=True,
            list_values=ListValues.WITHOUT_BRACES,
        ),
        hides_dot_files=True,
        notebooks=True,
        plugins=plugins,
        by_line_starts=plugins,
        includes=_FILES,
        local_schemes=("project:", "path:"),
        inline=(*ROLES, MATH, FOOTNOTE_MARK, _ATTRIBUTES),
        escaping=without_torn_notes,
        made=lambda said: myst(said.directives),
    )


DIALECT = myst(())
