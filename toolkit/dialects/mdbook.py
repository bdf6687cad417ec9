"""Markdown as mdBook reads it: pulldown-cmark with its extensions, and mdBook's own `{{#…}}`."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from toolkit.dialects.blocks import material, opaque
from toolkit.dialects.blocks.alerts import alerts
from toolkit.dialects.blocks.html import BLOCK_NAMES, RAW_NAMES, html_rule
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import CodePart, Dialect, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH, gfm_blocks
from toolkit.dialects.inline.grammar import Grammar, ListValues

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser

_MATHJAX = r"\\\\\(.{1,999}?\\\\\)|\\\\\[.{1,999}?\\\\\]"
_ESCAPED_MACRO = r"\\\{\{#[^{}]{0,999}\}\}"
_VANISHING = re.compile(r"(?<!\\)\{\{#[^{}]*+\}\}")
_INSERTS = "(?:include|playground|rustdoc_include)"
_INCLUDES = rf"(?<!\\)\{{\{{#{_INSERTS}[ \t]+(?P<path>[^\s:{{}}]+)"


_text_blocks = partial(
    commonmark_blocks,
    heading_attributes=re.compile(r"(?<![ \t\u3000])[ \t\u3000]*\{[^{}\\\n]*\}[ \t]*$"),
)


_HTML = html_rule(rf"<(?:{RAW_NAMES})(?=[ \t\v\f>]|$)", rf"</?(?:{BLOCK_NAMES})(?=[ \t>]|/>|$)")
"""pulldown-cmark takes form feeds and vertical tabs for blanks behind some elements only."""


def mdbook_blocks(parser: PageParser) -> None:
    """HTML, definition lists, and lines that mdBook's preprocessors replace."""
    parser.block.replace("html_block", _HTML, "<")
    add = parser.block.add
    add(
        "definition",
        material.definition_rule(columns=True),
        before="code",
        starts=":",
        interrupts=False,
    )
    parser.block.interrupt("definition", "paragraph", "reference")
    tables = table_rule(TableStart(hard_breaks=True))
    parser.block.replace("pipe_table", tables, interrupts="|")
    add("macro", opaque.macro, before="code", starts="{")


_PLUGINS = (_text_blocks, gfm_blocks, mdbook_blocks, alerts)

DIALECT = Dialect(
    name="mdbook",
    description=(
        "mdBook: CommonMark, tables, footnotes, alerts, definition lists, heading "
        "attributes, `{{#include}}`, `SUMMARY.md`"
    ),
    syntax=frozenset({Syntax.ALERT, Syntax.DEFINITION, Syntax.TABLE}),
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    task=re.compile(r"\[[ \txX]\](?:\s+|\Z)"),
    grammar=Grammar(
        formulas=f"{MATH}|{_MATHJAX}", list_values=ListValues.NONE, escaped_labels=True
    ),
    heading_id=" { #ID }",
    code={"*": CodePart.TEXTS, "mermaid": CodePart.LABELS, "admonish": CodePart.BLOCKS},
    code_marks=True,
    code_spans_say=True,
    contents_page="SUMMARY.md",
    includes=_INCLUDES,
    inserting=re.compile(rf"\{{\{{#(?<!\\\{{\{{#){_INSERTS}\s"),
    vanishing=_VANISHING,
    inline=(MATH, FOOTNOTE_MARK, EMOJI, _MATHJAX, _ESCAPED_MACRO),
)
