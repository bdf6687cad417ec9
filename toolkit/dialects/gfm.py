"""GitHub Flavored Markdown as github.com shows it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.alerts import titled_alerts
from toolkit.dialects.blocks.footnotes import footnotes
from toolkit.dialects.blocks.html import BLOCK_NAMES, RAW_NAMES, html_rule
from toolkit.dialects.blocks.opaque import formula
from toolkit.dialects.blocks.table import TableStart, table_rule
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.dialect import Dialect, Syntax
from toolkit.dialects.inline.grammar import CMARK_END, NOTEBOOK_END, Grammar
from toolkit.model.expressions import late
from toolkit.model.notebook import ENDING

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser

MATH = r"(?<!\\)\$\$.{1,999}?\$\$|(?<![\\$\w])\$(?=\S)(?:\\.|[^\\$]){0,999}?(?<=\S)\$(?![\d$])"
"""`$…$` and `$$…$$` as GitHub and arithmatex read them: no blank inside the marks."""
FOOTNOTE_MARK = r"\[\^[^\]\s]+\]"
EMOJI = r"(?<!\w):[a-z0-9+_-]+:(?!\w)"
MENTION = r"(?<![\w/@.-])@[A-Za-z0-9][A-Za-z0-9-]{0,38}(?:/[\w.-]{1,100})?(?![\w@])"
"""A person or a team of GitHub, told by its name."""


def gfm_blocks(parser: PageParser) -> None:
    """Tables, footnotes and display mathematics."""
    footnotes(parser)
    parser.block.add(
        "pipe_table",
        table_rule(TableStart(bare_headers=True)),
        before="code",
        starts="",
        ends_quotes=False,
    )
    parser.block.add("formula", formula, before="code", starts="$")


_HTML = html_rule(
    rf"<(?:{RAW_NAMES})(?=[ \t\v\f>]|$)",
    rf"</?(?!search)(?:{BLOCK_NAMES}|source)(?=[ \t\v\f>]|/>|$)",
)
"""The elements of CommonMark's blocks as its version 0.29 has them: one more, and one less."""


def _github_html(parser: PageParser) -> None:
    parser.block.replace("html_block", _HTML, "<")


_PLUGINS = (commonmark_blocks, _github_html, gfm_blocks, titled_alerts)

_PAGES = Dialect(
    name="gfm",
    description="CommonMark, tables, footnotes, display formulas, alerts (`> [!NOTE]`)",
    syntax=frozenset({Syntax.TABLE, Syntax.ALERT}),
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    grammar=Grammar(cmark=True, bare=True, url_end=CMARK_END, mentions=True, formulas=MATH),
    inline=(MATH, FOOTNOTE_MARK, EMOJI, MENTION),
)


def _notebook_tables(parser: PageParser) -> None:
    """Tables as nbconvert's Mistune reads them."""
    parser.block.replace(
        "pipe_table", table_rule(TableStart(empty_columns=True), backslash_pairs=True)
    )


def _without_blocks(source: str, text: str) -> str:
    """Keep lines from starting what only nbconvert's Mistune takes for a block.

    These are definitions, HTML that nothing ends, headings without a blank, boxes of tasks with
    nothing behind them, and formulas that end in a later block.
    """
    if ("$$" in text or "\\" in text) and not any(one["open"] for one in _FORMULA.finditer(source)):
        text = _FORMULA.sub(_without_open_formula, text)
    if "#" in text and not _STARTS_HEADING.search(source):
        text = _STARTS_HEADING.sub(r"\\\g<0>", text)
    if _ACTS_AT_START.match(text) and not _ACTS_AT_START.match(source):
        text = f"\\{text}"
    if "\n" not in text or _STARTS_BLOCK.search(source):
        return text
    return _STARTS_BLOCK.sub(" ", text)


def _without_open_formula(found: re.Match[str]) -> str:
    opened = found["open"]
    return opened.replace("$", "&#36;").replace("\\", "&#92;") if opened else found[0]


_FORMULA = late(
    r"(?<!\\)\$\$.{0,999}?(?<!\\)\$\$|\\\\\[.{0,999}?\\\\\]"
    r"|\\begin\{(?P<environment>[a-z]*\*?)\}.{0,999}?\\end\{(?P=environment)\}"
    r"|(?P<open>(?<!\\)\$\$|\\\\\[|\\begin\{)",
    re.DOTALL,
)
"""Matches formulas that nbconvert looks for over blocks and in code, and their starts."""
_STARTS_HEADING = late(r"^#(?=[^ \t\n])", re.MULTILINE)
_ACTS_AT_START = late(r"\[[ xX]\][ \t]*(?:\n|\Z)|:[ \t]")
_STARTS_BLOCK = late(r"[ \t]*\n[ \t]*(?=[:<])")
_NOTEBOOK_MATH = (
    r"(?<!\\)\$\$.{0,999}?(?<!\\)\$\$|(?<![$\\])\$.{1,999}?(?<![$\\])\$"
    r"|(?<!\\)\\\\\[.{0,999}?(?<!\\)\\\\\]|(?<!\\)\\\\\(.{0,999}?(?<!\\)\\\\\)"
    r"|\\begin\{(?P<environment>[a-z]*\*?)\}.{0,999}?\\end\{(?P=environment)\}"
)
"""Formulas as nbconvert looks for them, before all else."""
NOTEBOOK = replace(
    _PAGES,
    notebooks=True,
    slugs="jupyter",
    plugins=(*_PAGES.plugins, _notebook_tables),
    grammar=replace(
        _PAGES.grammar, formulas=_NOTEBOOK_MATH, formulas_first=True, url_end=NOTEBOOK_END
    ),
    backslash_pairs=True,
    escaping=_without_blocks,
)
"""The cells of a notebook as Jupyter and nbconvert show them."""
DIALECT = replace(_PAGES, by_ending={ENDING: NOTEBOOK})
