"""Markdown as MkDocs sites with Material write it: Python-Markdown and PyMdown Extensions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.footnote import footnote_plugin

from toolkit.blocks import material, opaque
from toolkit.blocks.html import html_block
from toolkit.blocks.table import table_rule
from toolkit.blocks.text import heading_rule, text_rule
from toolkit.dialect import Dialect, Emphasis, FrontMatter
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH
from toolkit.inline.grammar import Flavour, Grammar

if TYPE_CHECKING:
    from toolkit.parser import PageParser

_BRACKET_MATH = r"\\\(.{1,999}?\\\)|\\\[.{1,999}?\\\]"
_ATTRIBUTES = r"(?<=\S)\{:?[ ]{0,9}[#.][^{}\n]{0,999}\}|(?<=[)\]`*_])\{[^{}\n]{0,999}\}"
_KEYS = r"\+\+[\w+\"' -]{1,99}\+\+"


def python_markdown_blocks(parser: PageParser) -> None:
    """CommonMark's blocks where Python-Markdown bounds them otherwise."""
    block = parser.block
    block.ruler.disable(["table", "lheading"])
    block.replace("heading", heading_rule(tight=True), "#")
    block.replace("html_block", html_block, "<")
    block.replace("fence", opaque.closed_fence, "`~")
    block.replace("paragraph", text_rule(one_line_setext=True))
    block.interrupt_paragraphs("reference")
    block.add("list_continuation", material.list_continuation, before="code", starts="")


def material_blocks(parser: PageParser) -> None:
    """The blocks of the extensions that Material for MkDocs recommends."""
    footnote_plugin(parser, inline=False, move_to_end=False)
    add = parser.block.add
    add("pipe_table", table_rule(code_hides_pipes=True), before="code", starts="")
    add("admonition", material.admonition, before="code", starts="!")
    add("details", material.details, before="code", starts="?")
    add("tab", material.tab, before="code", starts="=")
    add("fenced_block", material.fenced_block, before="code", starts="/")
    add("definition", material.definition, before="code", starts=":")
    add("api_reference", opaque.api_reference, before="code", starts=":")
    add("abbreviation", material.abbreviation, before="list", starts="*")
    add("snippet", opaque.snippet, before="hr", starts="-;")
    add("macro", opaque.macro, before="code", starts="{")
    add("attribute_line", opaque.attribute_line, before="code", starts="{", interrupts=False)
    add("formula", opaque.formula, before="code", starts="$\\")
    add("contents", opaque.contents, before="reference", starts="[")


DIALECT = Dialect(
    name="mkdocs",
    grammar=Grammar(
        Flavour.PYTHON_MARKDOWN,
        formulas=f"{MATH}|{_BRACKET_MATH}",
        bare=True,
        mentions=True,
        attributes=True,
        snippets=True,
        html_reader=True,
    ),
    hides_dot_files=True,
    fence_titles=True,
    plugins=(python_markdown_blocks, material_blocks),
    front_matter=FrontMatter.MKDOCS,
    attribute_lists=True,
    heading_id=" { #ID }",
    code_hides_pipes=True,
    alerts=True,
    slugs="toc",
    emphasis=Emphasis.PYTHON_MARKDOWN,
    inline=(MATH, _BRACKET_MATH, FOOTNOTE_MARK, EMOJI, _ATTRIBUTES, _KEYS),
)
