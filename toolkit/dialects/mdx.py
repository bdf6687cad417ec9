"""Pages of MDX 3 as Starlight, Nextra and Fumadocs have them: GitHub's tables and footnotes, JSX.

Sources are MDX' documentation and Starlight's, "Authoring Content". What MDX would take for an
expression, as `{#id}` is, does not compile, so that headings are given no ids. Files that end in
`.md` are plain Markdown to these programs.
"""

from __future__ import annotations

import re
from functools import partial
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from markdown_it.helpers import parseLinkDestination

from toolkit.dialects.blocks import mdx, opaque
from toolkit.dialects.blocks.alerts import alerts
from toolkit.dialects.blocks.footnotes import footnotes
from toolkit.dialects.blocks.jsx_guarding import mdx_text, nesting
from toolkit.dialects.blocks.jsx_paragraphs import cut_at_elements
from toolkit.dialects.blocks.jsx_texts import titles_of
from toolkit.dialects.blocks.leaves import read_leaf, read_paragraph
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.blocks.text import heading_rule, list_at_any_indent, text_rule
from toolkit.dialects.blocks.text_directives import without_text_directives
from toolkit.dialects.blocks.values import Elements
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import Dialect, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH, gfm_blocks
from toolkit.dialects.inline.grammar import MICROMARK_END, Flavour, Grammar

if TYPE_CHECKING:
    from types import ModuleType

    from toolkit.dialects.parser import PageParser

_HEADING_ID = re.compile(r"(?<![ \t])[ \t]*(?:\[(?:#[^\[\]\n]+|!?toc)\]|\\\{#[^{}\n]+\})[ \t]*$")
"""The id of a heading to Nextra, Fumadocs or Rspress, or whether their contents list it."""
EXPRESSION = r"(?<!\\)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,999}\}){0,999}\}){0,999}\}"


def mdx_blocks(parser: PageParser) -> None:
    """CommonMark's blocks without indented code and HTML, and those of MDX; directives."""
    block = parser.block
    block.ruler.disable(["table", "lheading", "html_block"])
    block.replace("heading", heading_rule(attributes=_HEADING_ID, closed=True), "#")
    block.replace("paragraph", text_rule(any_indent=True, opening=mdx.opening_line))
    block.replace("list", list_at_any_indent, block.starts["list"])
    footnotes(parser)
    block.add(
        "pipe_table",
        table_rule(TableStart(bare_headers=True), backslash_pairs=True),
        before="code",
        starts="",
        ends_quotes=False,
    )
    block.add("formula", opaque.formula_fence, before="fence", starts="$")
    block.add("module", mdx.module, before="fence", starts="ie", interrupts=False)
    block.add("jsx", mdx.jsx, before="fence", starts="<{")
    read_leaf(parser, Elements, titles_of)
    read_paragraph(parser, cut_at_elements, "<")
    block.add("directive", mdx.directive_rule(), before="fence", starts=":")
    block.ruler.disable(["code"])
    parser.helpers = cast(
        "ModuleType",
        SimpleNamespace(
            parseLinkDestination=parseLinkDestination, parseLinkTitle=mdx.title_with_parentheses
        ),
    )


_text_blocks = partial(commonmark_blocks, heading_attributes=_HEADING_ID)


def _markdown_blocks(parser: PageParser) -> None:
    """Directives in plain Markdown, and tables as micromark reads them."""
    table = table_rule(TableStart(bare_headers=True), backslash_pairs=True)
    parser.block.replace("pipe_table", table)
    parser.block.add("directive", mdx.directive_rule(), before="fence", starts=":")


_TEXTS = (
    *("tagline", "actions.text", "image.alt", "sidebar.label", "banner.content", "badge.text"),
    *("badge", "prev", "next", "prev.label", "next.label", "sidebarTitle"),
)
_MARKDOWN_PLUGINS = (_text_blocks, gfm_blocks, _markdown_blocks, alerts)
_PLUGINS = (mdx_blocks, alerts)

_MARKDOWN = Dialect(
    name="mdx",
    syntax=frozenset({Syntax.ALERT, Syntax.COLON_BLOCK, Syntax.TABLE}),
    plugins=_MARKDOWN_PLUGINS,
    by_line_starts=_MARKDOWN_PLUGINS,
    grammar=Grammar(bare=True, url_end=MICROMARK_END, formulas=MATH, loose_formulas=True),
    fence_titles=True,
    backslash_pairs=True,
    escaping=without_text_directives,
    addresses=True,
    front_matter_texts=_TEXTS,
    inline=(MATH, FOOTNOTE_MARK, EMOJI),
)
DIALECT = Dialect(
    name="mdx",
    description=(
        "MDX 3 outside of Docusaurus (Astro Starlight, Nextra, Fumadocs): `import`, "
        "`export`, JSX and expressions protected, asides (`:::note[Title]`), ids of headings "
        "(`[#id]`), alerts, tables, footnotes, formulas; files that end in `.md` as plain "
        "Markdown"
    ),
    syntax=frozenset(
        {Syntax.ALERT, Syntax.COLON_BLOCK, Syntax.COMPONENT, Syntax.MODULE, Syntax.TABLE}
    ),
    grammar=Grammar(
        Flavour.MDX, bare=True, url_end=MICROMARK_END, formulas=MATH, loose_formulas=True
    ),
    fence_titles=True,
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    backslash_pairs=True,
    task=re.compile(r"\[[ \txX]\]\s+(?=\S)"),
    escaping=mdx_text,
    nesting=nesting,
    addresses=True,
    front_matter_texts=_TEXTS,
    by_ending={".md": _MARKDOWN},
    inline=(EXPRESSION, MATH, FOOTNOTE_MARK, EMOJI),
)
