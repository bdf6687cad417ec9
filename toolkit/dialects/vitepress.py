"""Pages of VitePress: GitHub's tables and alerts, containers, and templates of Vue.

Sources are VitePress' documentation, "Markdown Extensions" and "Using Vue in Markdown", and the
programs it builds on. VuePress 2 writes its pages alike.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks import opaque, vitepress, vue, vue_tags
from toolkit.dialects.blocks.alerts import titled_alerts
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.blocks.text import heading_rule, text_rule
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import Dialect, Syntax
from toolkit.dialects.gfm import EMOJI, MATH
from toolkit.dialects.inline.grammar import LINKIFY_END, Grammar, ListValues

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser

_ATTRIBUTES = (
    r"(?<=\S)[ ]{0,9}\{[ ]{0,9}[#.][^{}\n]{0,999}\}[ \t]*(?=\n|\Z)|(?<=[)\]`*_>])\{[^{}\n]{0,999}\}"
)
_HEADING_ATTRIBUTES = re.compile(r"(?<![ \t])[ \t]*\{[^{}\n]+\}[ \t]*$")
_INCLUDES = (
    r"(?:<!--[ \t]*@include:[ \t]*|^[ \t>]*<<<[ \t]*|@\[code[^\]\n]*\]\()"
    r"(?P<path>\.{1,2}/[^\s{}\[\]<>#]+?)(?=[\s{}\[\]<>#]|-->|\)[ \t]*$)"
)


def vitepress_blocks(parser: PageParser) -> None:
    """Tables, containers, files of code, components and attribute lists."""
    block = parser.block
    block.replace("heading", heading_rule(attributes=_HEADING_ATTRIBUTES, closed=True), "#")
    block.replace("paragraph", text_rule(attributes=_HEADING_ATTRIBUTES))
    block.add(
        "pipe_table",
        table_rule(TableStart(bare_delimiters=True)),
        before="code",
        starts="",
        ends_quotes=False,
    )
    block.add("formula", opaque.formula, before="code", starts="$")
    block.add("contents", vitepress.contents, before="fence", starts="[")
    block.add("code_file", vitepress.code_file, before="fence", starts="<", interrupts=False)
    block.add("tab", vitepress.tab, before="fence", starts="@")
    block.add("imported_code", vitepress.imported_code, before="fence", starts="@")
    block.add("container", vitepress.container, before="fence", starts=":")
    block.add("attribute_line", opaque.attribute_line, before="code", starts="{", interrupts=False)
    block.replace("html_block", vue.component_html, "<")


_PLUGINS = (commonmark_blocks, vitepress_blocks, titled_alerts)

DIALECT = Dialect(
    name="vitepress",
    description=(
        "VitePress, and VuePress 2 as far as it is the same: containers (`::: tip Title`), "
        "code groups, tabs (`@tab Title`), `<<< file`, `@[code](file)`, `<!--@include: -->`, "
        "`[[toc]]`, Vue's components, `{{ }}`, attribute lists (`{#id}`), alerts with "
        "titles, tables, formulas"
    ),
    syntax=frozenset({Syntax.ALERT, Syntax.COLON_BLOCK, Syntax.TABLE}),
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    grammar=Grammar(
        bare=True,
        url_end=LINKIFY_END,
        formulas=MATH,
        formulas_first=True,
        components=True,
        list_values=ListValues.WITHOUT_BRACES,
    ),
    attribute_lists=True,
    heading_id=" {#ID}",
    slugs="vitepress",
    fence_labels=True,
    nesting=vue_tags.nesting,
    addresses=True,
    includes=_INCLUDES,
    inserting=re.compile(r"<!--\s*+@include"),
    front_matter_texts=(
        *("hero.name", "hero.text", "actions.text", "image.alt"),
        *("features.details", "features.linkText", "prev.text", "next.text"),
    ),
    inline=(MATH, EMOJI, _ATTRIBUTES),
)
