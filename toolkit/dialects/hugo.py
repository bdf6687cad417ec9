"""Markdown as Hugo's sites write it: Goldmark with its extensions, and shortcodes.

Sources are Hugo's documentation, "Shortcodes", "Front matter", "Markdown attributes" and "Configure
markup", and Goldmark's own extensions.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from toolkit.dialects.blocks import material, opaque
from toolkit.dialects.blocks.alerts import titled_alerts
from toolkit.dialects.blocks.footnotes import footnotes
from toolkit.dialects.blocks.shortcode_parameters import (
    OPTIONAL_PARAMETERS,
    PARAMETERS,
    texts_apart,
)
from toolkit.dialects.blocks.shortcode_tags import RAW, nesting
from toolkit.dialects.blocks.shortcodes import (
    RAW_SHORTCODES,
    shortcode_html,
    shortcode_reference,
    shortcode_rule,
    shortcode_text_rule,
)
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import Dialect, FrontMatter, OwnSyntax, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH
from toolkit.dialects.inline.grammar import GOLDMARK_END, Grammar, ListValues

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.dialects.parser import PageParser

_BRACKET_MATH = r"\\\(.{1,999}?\\\)|\\\[.{1,999}?\\\]"
_ATTRIBUTE = r"""(?:[#.][^\s{}=,"']+|[A-Za-z_:][\w:.-]*=(?:"[^"\n]*"|'[^'\n]*'|[^\s{}"',]+))"""
_HEADING_ATTRIBUTES = re.compile(
    rf"(?<![ \t\u3000])[ \t\u3000]*(?<!\\)\{{[ ]*{_ATTRIBUTE}(?:[ ,]+{_ATTRIBUTE})*[ ]*\}}[ \t]*$"
)
_COLUMNS = re.compile(r"<--->[ \t]*$")
"""The separator of columns in the theme Book."""
_FRONT_MATTER_MARK = re.compile(r"\s*(?:[+{-]|#\+)")
"""Hugo takes the first of these characters for the start of front matter, whatever follows."""
_VANISHING = re.compile(r"\{\{%(?:[^%]|%(?!\}\}))*+%\}\}")
_TAG = r"\{\{[<%].{0,999}?[>%]\}\}"


def _raw_pair(names: Collection[str]) -> str:
    """The pattern of shortcodes that hold code or data, in a text."""
    return (
        r"\{\{[<%]\s{0,9}(?P<raw>" + "|".join(map(re.escape, sorted(names))) + r")\b[^{}]{0,999}"
        r"[>%]\}\}.{0,2000}?\{\{[<%]\s{0,9}/\s{0,9}(?P=raw)\s{0,9}[>%]\}\}"
    )


def _blocks(parser: PageParser, wanted: frozenset[str], raw: frozenset[str]) -> None:
    """The blocks of Goldmark's extensions, and shortcodes."""
    parser.options[RAW_SHORTCODES] = raw
    footnotes(parser)
    add = parser.block.add
    parser.block.replace("paragraph", shortcode_text_rule(wanted, _HEADING_ATTRIBUTES))
    parser.block.replace("html_block", shortcode_html, "<")
    parser.block.replace("reference", shortcode_reference, "[")
    add("columns", opaque.line_rule(_COLUMNS), before="html_block", starts="<")
    add("shortcode", shortcode_rule(wanted), before="code", starts="{")
    add("pipe_table", table_rule(TableStart(short_headers=True)), before="paragraph", starts="")
    add("definition", material.definition, before="code", starts=":", interrupts=False)
    parser.block.interrupt("definition", "paragraph", "reference")
    add("attribute_line", opaque.attribute_line, before="code", starts="{")
    add("formula", opaque.formula, before="code", starts="$\\")


def hugo(own: OwnSyntax) -> Dialect:
    """The dialect with a project's shortcodes."""
    optional = frozenset(own.optional_parameters)
    wanted = frozenset(own.parameters) | optional
    raw = RAW | frozenset(own.raw_shortcodes)
    plugins = (
        partial(commonmark_blocks, heading_attributes=_HEADING_ATTRIBUTES),
        partial(_blocks, wanted=wanted, raw=raw),
        titled_alerts,
    )
    return Dialect(
        name="hugo",
        description=(
            "Goldmark with its extensions as Hugo configures it: tables, footnotes, "
            "definition lists, alerts with titles, attribute lists, formulas; shortcodes; "
            "front matter in YAML, TOML or JSON"
        ),
        syntax=frozenset({Syntax.ALERT, Syntax.SHORTCODE, Syntax.DEFINITION, Syntax.TABLE}),
        grammar=Grammar(
            formulas=f"{MATH}|{_BRACKET_MATH}",
            formulas_first=True,
            bare=True,
            url_end=GOLDMARK_END,
            mail_in_code=True,
            list_values=ListValues.VERBATIM,
        ),
        hides_dot_files=True,
        plugins=plugins,
        by_line_starts=plugins,
        front_matter=FrontMatter.HUGO,
        attribute_lists=True,
        heading_id=" { #ID }",
        task=re.compile(r"\[[ \txX]\]\s*"),
        task_headings=True,
        slugs="hugo",
        page_start=_FRONT_MATTER_MARK,
        inline=(_raw_pair(raw), _TAG, MATH, _BRACKET_MATH, FOOTNOTE_MARK, EMOJI),
        made=hugo,
        words_apart=partial(texts_apart, wanted=wanted, optional=optional),
        nesting=nesting,
        vanishing=_VANISHING,
        inserting=_VANISHING,
    )


DIALECT = hugo(OwnSyntax(PARAMETERS, optional_parameters=OPTIONAL_PARAMETERS))
