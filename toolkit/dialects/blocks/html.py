"""Blocks of HTML as CommonMark bounds them, with the places of their lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.html_blocks import block_names
from markdown_it.rules_block.html_block import HTML_SEQUENCES
from markdown_it.rules_block.html_block import html_block as markdown_html_block

from toolkit.dialects.blocks.values import Html, note_block
from toolkit.dialects.parser import line_text, text_ranges

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

INLINE_ELEMENTS = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark "
    "nobr q s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements of HTML that stand in running text."""
BLOCK_NAMES = "|".join(sorted(block_names))
"""Elements whose tags start a block, as CommonMark has them since its version 0.31."""


def noting(rule: BlockRule) -> BlockRule:
    """markdown-it's HTML rule, with the place of its lines noted."""

    def noting_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if not rule(state, start, end, silent):
            return False
        if not silent:
            note_block(state.tokens[-1], _lines(state, start, state.line))
        return True

    return noting_rule


commonmark_html = noting(markdown_html_block)


RAW_NAMES = "script|pre|style|textarea"
"""Elements whose block goes on to one of their closing tags."""
_RAW_END = re.compile(rf"</(?:{RAW_NAMES})>", re.IGNORECASE)
_NAMED_END = re.compile(r"\Z")
_Start = tuple[re.Pattern[str], re.Pattern[str], bool]


def html_rule(raw: str, named: str) -> BlockRule:
    """CommonMark's rule, where a program tells elements otherwise.

    `raw` matches the tag that starts a block of `RAW_NAMES`, `named` one that starts a block which
    goes on to a blank line.
    """
    marks: tuple[_Start, ...] = tuple(HTML_SEQUENCES[1:5])
    tags: tuple[_Start, ...] = (
        (re.compile(raw, re.IGNORECASE), _RAW_END, True),
        (re.compile(named, re.IGNORECASE), _NAMED_END, True),
        HTML_SEQUENCES[6],
    )

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start):
            return False
        text = line_text(state, start)
        starts = marks if text[1:2] in ("!", "?") else tags
        kind = next((kind for kind in starts if kind[0].match(text)), None)
        if kind is None:
            return False
        if silent:
            return kind[2]
        _push(state, start, _line_after(state, start, end, kind[1]))
        return True

    return noting(rule)


def _line_after(state: StateBlock, start: int, end: int, ending: re.Pattern[str]) -> int:
    """The line after a block that a pattern ends; others than blank lines end with a list."""
    on_blank = ending.match("") is not None
    search = ending.match if on_blank else ending.search
    if search(line_text(state, start)):
        return start + 1
    for line in range(start + 1, end):
        text = line_text(state, line)
        if state.sCount[line] < state.blkIndent and (on_blank or text):
            return line
        if search(text):
            return line + bool(text)
    return end


def _push(state: StateBlock, start: int, end: int) -> None:
    state.line = end
    token = state.push("html_block", "", 0)
    token.map = [start, end]
    token.content = state.getLines(start, end, state.blkIndent, True)


def _lines(state: StateBlock, start: int, end: int) -> Html:
    return Html(text_ranges(state, start, end))
