"""Paragraphs and headings, with the place of each line's text; lists where no code is indented."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, cast

from markdown_it.rules_block import list_block

from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Heading, Text
from toolkit.dialects.parser import line_text, text_range, text_ranges

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.blocks.values import Lines
    from toolkit.dialects.parser import BlockParser, BlockRule, Range

_UNDERLINE = re.compile(r"(=+|-+)[ \t]*")
_ATX = re.compile(r"(#{1,6})(?:[ \t]+|$)")


def text_rule(
    *,
    any_indent: bool = False,
    opening: Callable[[StateBlock, int], int] | None = None,
    attributes: re.Pattern[str] | None = None,
) -> BlockRule:
    """The rule for paragraphs and setext headings (CommonMark 0.31, sections 4.3 and 4.8).

    It reads both in one pass. With `any_indent` indented lines may be other blocks, where there is
    no indented code. `opening` tells the line in which what a paragraph starts with ends, and so up
    to which no other block starts; `attributes` is as for `heading_rule`.
    """
    most = 999 if any_indent else 3

    def rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
        if silent:
            return False
        saved, state.parentType = state.parentType, "paragraph"
        last = opening(state, start) if opening else start
        end, level = _text_end(state, last, most)
        state.parentType = saved
        lines = text_ranges(state, start, end)
        if level:
            push_leaf(state, (start, end + 1), _underlined(state, lines, level, attributes))
        else:
            push_leaf(state, (start, end), Text(lines))
        return True

    return rule


def _text_end(state: StateBlock, start: int, most: int) -> tuple[int, int]:
    """The line after the paragraph's last one, and the heading level if that is an underline.

    Lines indented by more than `most` columns are its own (CommonMark's lazy continuation).
    """
    block = cast("BlockParser", state.md.block)
    source, indents, required = state.src, state.sCount, state.blkIndent
    for line in range(start + 1, state.lineMax):
        position = state.bMarks[line] + state.tShift[line]
        if position >= state.eMarks[line]:
            return line, 0
        indent = indents[line]
        if indent - required > most or indent < 0:
            continue
        first = source[position]
        if (
            first in "=-"
            and indent >= required
            and _UNDERLINE.fullmatch(source, position, state.eMarks[line])
        ):
            return line, 1 if first == "=" else 2
        for rule in block.interrupting(first):
            if rule(state, line, state.lineMax, True):
                return line, 0
    return state.lineMax, 0


def _underlined(
    state: StateBlock, lines: Lines, level: int, attributes: re.Pattern[str] | None
) -> Heading:
    """A setext heading, its list of attributes told apart."""
    if attributes is None:
        return Heading(lines, level, marked=False)
    start, end = lines[-1]
    found = _list_at_end(attributes, state.src, start, end)
    text = (*lines[:-1], (start, found[0]))
    return Heading(text, level, marked=False, attributes=found)


def _list_at_end(attributes: re.Pattern[str], text: str, start: int, end: int) -> Range:
    """The place of a list of attributes, or where one would stand."""
    found = attributes.search(text, start, end)
    place = start + len(text[start:end].rstrip(" \t"))
    return found.span() if found else (place, place)


def heading_rule(*, attributes: re.Pattern[str] | None = None, closed: bool = False) -> BlockRule:
    """The rule for ATX headings (CommonMark 0.31, section 4.2).

    `attributes` matches the list of attributes at the end of a line, with `closed` before the
    closing `#`s.
    """

    def rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start):
            return False
        text = line_text(state, start)
        match = _ATX.match(text)
        if match is None:
            return False
        if not silent:
            begin, end = match.end(), _title_end(text)
            found = None
            if attributes:
                behind = max(begin, end) if closed else len(text)
                found = _list_at_end(attributes, text, begin, behind)
                end = found[0] if closed else _title_end(text[: found[0]])
            offset = text_range(state, start)[0]
            lines = ((offset + begin, offset + max(begin, end)),)
            place = found and (offset + found[0], offset + found[1])
            block = Heading(lines, len(match[1]), marked=True, attributes=place)
            push_leaf(state, (start, start + 1), block)
        return True

    return rule


def _title_end(text: str) -> int:
    """The end of a heading's text: before closing `#`s, which need a blank before them."""
    end = len(text.rstrip(" \t"))
    closed = len(text[:end].rstrip("#"))
    if closed < end and text[closed - 1 : closed] in {" ", "\t"}:
        return len(text[:closed].rstrip(" \t"))
    return end


def list_at_any_indent(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Lists where there is no indented code, so that an item may stand at any column.

    Elsewhere an item that is indented by four columns more than its list continues the one before.
    """
    saved, state.listIndent = state.listIndent, -1
    found = list_block(state, start, end, silent)
    state.listIndent = saved
    return found
