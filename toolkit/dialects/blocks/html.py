"""Blocks of HTML as CommonMark bounds them, with the places of their lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.rules_block.html_block import html_block as markdown_html_block

from toolkit.dialects.blocks.values import Html, note_block
from toolkit.dialects.parser import text_ranges

if TYPE_CHECKING:
    import re

    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

INLINE_ELEMENTS = frozenset(
    "a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark "
    "nobr q s samp small span strike strong sub sup time tt u var wbr".split()
)
"""Elements of HTML that stand in running text."""


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


def html_rule(starts: re.Pattern[str]) -> BlockRule:
    """CommonMark's rule, with further starts of blocks that go on to a blank line."""

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        place = state.bMarks[start] + state.tShift[start]
        found = starts.match(state.src, place, state.eMarks[start])
        if state.is_code_block(start) or not found:
            return markdown_html_block(state, start, end, silent)
        if not silent:
            _push(state, start, end)
        return True

    return noting(rule)


def _push(state: StateBlock, start: int, end: int) -> None:
    """Note a block that ends before a blank line, or where its container does."""
    line = start + 1
    while line < end and state.sCount[line] >= state.blkIndent and not state.isEmpty(line):
        line += 1
    state.line = line
    token = state.push("html_block", "", 0)
    token.map = [start, line]
    token.content = state.getLines(start, line, state.blkIndent, True)


def _lines(state: StateBlock, start: int, end: int) -> Html:
    return Html(text_ranges(state, start, end))
