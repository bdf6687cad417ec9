"""Markdown as MkDocs sites with Material write it: Python-Markdown and PyMdown Extensions."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.alerts import alerts
from toolkit.dialects.blocks.pymd.extensions import named
from toolkit.dialects.blocks.pymd.stage import python_markdown
from toolkit.dialects.dialect import TEMPLATE_TAGS, Dialect, Emphasis, FrontMatter, Syntax
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH, NOTEBOOK
from toolkit.dialects.inline.grammar import Flavour, Grammar
from toolkit.dialects.slug_rule import slugs_of_toc
from toolkit.model.notebook import ENDING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.dialects.blocks.pymd.extensions import Extensions

_BRACKET_MATH = r"\\\(.{1,999}?\\\)|\\\[.{1,999}?\\\]"
_ATTRIBUTES = (
    r"(?<=\S)\{:?[ ]{0,9}[#.][^{}\n]{0,999}\}"
    r"|(?<=[)\]`*_])\{[^{}\n]{0,999}\}"
)
_META_LINE = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_CONTENTS = r"\A\[TOC\]\Z"
_SYNTAX = frozenset(
    {
        Syntax.ADMONITION,
        Syntax.ALERT,
        Syntax.TAB,
        Syntax.SLASH_BLOCK,
        Syntax.SNIPPET,
        Syntax.DEFINITION,
        Syntax.TABLE,
    }
)
_KEYS = r"\+\+[\w+\"' -]{1,99}\+\+"


def _inserting(on: Mapping[str, Mapping[str, object]]) -> re.Pattern[str]:
    """Return the pattern of snippets and includes; a site may append files to every page."""
    appends = on.get("pymdownx.snippets", {}).get("auto_append")
    return re.compile("" if appends else r"8<-(?<=-8<-)|\{%[-+]?\s*+include")


def mkdocs(extensions: Extensions | None) -> Dialect:
    """Return the dialect of a site with some extensions, or with those that Material recommends."""
    on = named(extensions) if extensions is not None else {}
    attributes = extensions is None or "attr_list" in on
    slugs = slugs_of_toc(on.get("toc", {}))
    plugins = (python_markdown(extensions), alerts)
    return Dialect(
        name="mkdocs",
        description=(
            "Python-Markdown with what Material for MkDocs recommends: `!!!`, `???`, `???+`, "
            "`===`, `/// type | Title`, footnotes, definition lists, abbreviations, "
            "attribute lists, `md_in_html`, snippets, mkdocstrings, formulas, `[TOC]`, "
            "macros, MkDocs' bare `key: value` lines"
        ),
        syntax=_SYNTAX,
        grammar=Grammar(
            Flavour.PYTHON_MARKDOWN,
            formulas=f"{MATH}|{_BRACKET_MATH}",
            bare=True,
            mentions=True,
            snippets=True,
            html_reader=True,
        ),
        hides_dot_files=True,
        fence_titles=True,
        plugins=plugins,
        by_line_starts=plugins,
        front_matter=FrontMatter.MKDOCS,
        page_start=_META_LINE,
        vanishing=TEMPLATE_TAGS,
        inserting=_inserting(on),
        attribute_lists=attributes,
        markdown_in_html=True,
        heading_id=" { #ID }" if attributes else "",
        code_hides_pipes=True,
        slugs=slugs or "toc",
        ids_of_site=slugs is None,
        emphasis=Emphasis.PYTHON_MARKDOWN,
        python_markdown=True,
        expands_tabs=True,
        # A tab may become a single blank, also in the box.
        task=re.compile(r"\[[ \txX]\][ \t]+"),
        hard_line_ends="nl2br" in on,
        inline=(MATH, _BRACKET_MATH, FOOTNOTE_MARK, EMOJI, _ATTRIBUTES, _KEYS, _CONTENTS),
        # mkdocs-jupyter's own ids.
        by_ending={ENDING: replace(NOTEBOOK, slugs="toc")},
        made=lambda own: DIALECT if own.extensions is None else mkdocs(own.extensions),
    )


DIALECT = mkdocs(None)
