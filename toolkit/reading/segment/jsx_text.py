"""The texts of a paragraph with JSX: what stands in an element of its own, and text attributes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.jsx import jsx_in
from toolkit.dialects.blocks.jsx_texts import texts_of
from toolkit.model.units import Form
from toolkit.reading.segment.html import INLINE_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.reading.segment.html import Piece


def jsx_pieces(text: str) -> list[Piece]:
    """The pieces of a paragraph that may hold words, in order.

    It is cut at the tags of HTML's block elements; of what is left a component that holds a whole
    piece is taken off, and its text attributes are pieces of their own.
    """
    tags = jsx_in(text)[0]
    cuts = [tag for tag in tags if _is_block(tag)]
    ends = (0, *(tag.end for tag in cuts))
    starts = (*(tag.start for tag in cuts), len(text))
    pieces = [piece for tag in cuts for piece in texts_of(tag, text)]
    for start, end in zip(ends, starts, strict=True):
        pieces += _run(text, start, end, [tag for tag in tags if start <= tag.start < end])
    return sorted(pieces, key=lambda piece: piece[:2])


def _is_block(tag: Tag) -> bool:
    name = tag.name
    return name.islower() and "." not in name and name not in INLINE_ELEMENTS


def _run(text: str, start: int, end: int, tags: Sequence[Tag]) -> Iterator[Piece]:
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
