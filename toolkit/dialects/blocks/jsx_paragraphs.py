"""The texts of a paragraph with JSX: what stands in an element of its own, and text attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.html import INLINE_ELEMENTS
from toolkit.dialects.blocks.jsx import jsx_in
from toolkit.dialects.blocks.jsx_texts import text_as_read, texts_of
from toolkit.dialects.blocks.values import Text, Title, between
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.dialects.blocks.values import TagText

_MARKUP = re.compile(r"</?[^<>]*>|\{[^{}]*\}")
_LETTER = re.compile(r"[^\W\d_]")


def cut_at_elements(block: Text, _opened: str, source: str) -> Iterator[Text | Title]:
    """Cut a paragraph at elements that hold texts of their own, and give those in its tags."""
    offset, end = block.lines[0][0], block.lines[-1][1]
    for left, right, form, name in _pieces(source[offset:end]):
        span = (offset + left, offset + right)
        if form is Form.FLOW:
            yield Text(tuple(between(block.lines, *span)))
        else:
            text = text_as_read(source[slice(*span)], form)
            yield Title(span, Kind.JSX_ATTRIBUTE, form, name, text)


def _pieces(text: str) -> list[TagText]:
    """The pieces of a paragraph that may hold words, in order.

    It is cut at the tags of HTML's block elements and around components in lines of their own; of
    what is left a component that holds a whole piece is taken off, and its text attributes are
    pieces of their own.
    """
    tags = jsx_in(text)[0]
    cuts = [tag for tag in tags if _is_block(tag)]
    ends = (0, *(tag.end for tag in cuts))
    starts = (*(tag.start for tag in cuts), len(text))
    pieces = [piece for tag in cuts for piece in texts_of(tag, text)]
    for start, end in zip(ends, starts, strict=True):
        inside = [tag for tag in tags if start <= tag.start < end]
        for left, right in _parts(text, start, end, inside):
            run = [tag for tag in inside if left <= tag.start < right]
            pieces += _run(text, left, right, run)
    return sorted(pieces, key=lambda piece: piece[:2])


def _parts(text: str, start: int, end: int, tags: Sequence[Tag]) -> list[tuple[int, int]]:
    """The parts of a run: one, or components in lines of their own with no words between them."""
    found = list(_lone_components(text, start, end, tags))
    lefts = [start, *(right for _, right in found)]
    rights = [*(left for left, _ in found), end]
    between = list(zip(lefts, rights, strict=True))
    if any(_LETTER.search(_MARKUP.sub("", text[left:right])) for left, right in between):
        return [(start, end)]
    return sorted([*found, *between])


def _lone_components(
    text: str, start: int, end: int, tags: Sequence[Tag]
) -> Iterator[tuple[int, int]]:
    """The places of components that have lines of their own."""
    behind = start
    for tag in tags:
        if tag.start < behind or not _is_component(tag):
            continue
        last = tag if tag.alone else _partner(tags, tag)
        if last and _has_lines(text, (tag.start, last.end), (start, end)):
            behind = last.end
            yield tag.start, behind


def _is_component(tag: Tag) -> bool:
    return bool(tag.name) and not (tag.name.islower() and "." not in tag.name)


def _has_lines(text: str, piece: tuple[int, int], run: tuple[int, int]) -> bool:
    """Whether nothing but blanks stands beside a piece of a run in its lines."""
    before, behind = text[run[0] : piece[0]], text[piece[1] : run[1]]
    return not before.rpartition("\n")[2].strip() and not behind.partition("\n")[0].strip()


def _is_block(tag: Tag) -> bool:
    name = tag.name
    return name.islower() and "." not in name and name not in INLINE_ELEMENTS


def _run(text: str, start: int, end: int, tags: Sequence[Tag]) -> Iterator[TagText]:
    """A run of text, without the elements that hold all of it."""
    while True:
        start, end = _trimmed(text, start, end)
        if start >= end:
            return
        first = next((tag for tag in tags if tag.start == start), None)
        if first and first.end == end:
            yield from texts_of(first, text)
            return
        last = _partner(tags, first) if first else None
        if first is None or last is None or last.end != end:
            yield start, end, Form.FLOW, ""
            return
        yield from texts_of(first, text)
        start, end = first.end, last.start


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    run = text[start:end]
    return start + len(run) - len(run.lstrip()), start + len(run.rstrip())


def _partner(tags: Sequence[Tag], first: Tag) -> Tag | None:
    """The tag that closes `first`, an element in which nothing crosses."""
    if first.closes or first.alone:
        return None
    depth = 0
    for tag in tags:
        if tag.start < first.start or tag.alone:
            continue
        depth += -1 if tag.closes else 1
        if depth == 0:
            return tag if tag.name == first.name else None
    return None
