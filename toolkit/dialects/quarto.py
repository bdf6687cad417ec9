"""Quarto's Markdown: Pandoc's, with code cells, callouts, cross-references and shortcodes."""

from __future__ import annotations

import re

from toolkit.dialects.blocks.pandoc.escaping import escaped
from toolkit.dialects.blocks.pandoc.patterns import ATTRIBUTES
from toolkit.dialects.blocks.pandoc.stage import pandoc_blocks
from toolkit.dialects.dialect import Dialect, Emphasis, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH
from toolkit.dialects.inline.grammar import Flavour, Grammar, ListValues

_CITATION = r"(?<![\w\\])-?@(?:[A-Za-z0-9_*][\w:.#$%&+?<>~/-]{0,199}|\{[^{}\n]{1,199}\})"
_LISTS = rf"(?<=[\])`$*_]){ATTRIBUTES}"
_SHORTCODES = r"\{\{<.{0,999}?>\}\}"
_TEX = r"(?<!\\)\\[A-Za-z]+\*?(?:\[[^\]\n]{0,999}\]|\{[^{}\n]{0,999}\}){0,9}"

DIALECT = Dialect(
    name="quarto",
    description=(
        "Quarto's pages (`.qmd`), as Pandoc reads them: fenced divs and callouts with their "
        "titles, attributes, cells with captions in their options (`#| fig-cap:`), figures, "
        "captions of tables, cross-references and citations, shortcodes, lists of every "
        "kind, definition lists, line blocks, notes (`^[…]`), raw blocks, formulas, title "
        "blocks; tables that are drawn (grids, columns) stay whole"
    ),
    syntax=frozenset({Syntax.COLON_BLOCK, Syntax.DEFINITION, Syntax.SHORTCODE, Syntax.TABLE}),
    plugins=(pandoc_blocks,),
    grammar=Grammar(
        Flavour.PANDOC,
        formulas=MATH,
        mentions=True,
        list_values=ListValues.ESCAPED,
        code_acts=True,
    ),
    heading_id=" {#ID}",
    heading_references=True,
    slugs="pandoc",
    code_hides_pipes=True,
    task=re.compile(r"\[[ xX]\][ \t]+"),
    expands_tabs=True,
    emphasis=Emphasis.PANDOC,
    escaping=escaped,
    inserting=re.compile(r"\{\{<\s*+include"),
    hides_dot_files=True,
    notebooks=True,
    page_start=re.compile(r"%"),
    front_matter_texts=("abstract", "toc-title", "subtitle", "keywords", "image-alt", "categories"),
    inline=(_SHORTCODES, _CITATION, _LISTS, MATH, _TEX, FOOTNOTE_MARK, EMOJI),
)
