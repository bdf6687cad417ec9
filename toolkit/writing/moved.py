"""The headings of a built page, from those of its source, where only words changed."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import accumulate
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import leaf_token
from toolkit.dialects.blocks.values import Heading, block_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.parser import Range
    from toolkit.model.document import Document, Edit
    from toolkit.reading.segment import Reading


def moved_headings(reading: Reading, edits: Sequence[Edit], page: Document) -> Reading:
    r"""Return what `read_blocks` finds of the headings of `page`, without its other blocks.

    It is the page that `reading` was read in, with `edits` in their order, which leave its blocks
    as they were; its lines end in `\n`.
    """
    ends = [edit.span.end for edit in edits]
    lengths = [len(edit.text) - (edit.span.end - edit.span.start) for edit in edits]
    shifts = [0, *accumulate(lengths)]

    def moved(place: Range) -> Range:
        start, end = place
        return start + shifts[bisect_right(ends, start)], end + shifts[bisect_right(ends, end)]

    tokens = []
    for block in map(block_of, reading.tokens):
        if isinstance(block, Heading):
            attributes = block.attributes and moved(block.attributes)
            lines = tuple([moved(line) for line in block.lines])
            tokens.append(leaf_token(replace(block, lines=lines, attributes=attributes), (0, 0)))
    return replace(reading, units=(), source=page.text, tokens=tokens)
