"""The text of a heading without the attribute list that it ends with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.reading.segment.cells import ATTRIBUTE_TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.values import Heading
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range


def without_attributes(source: str, block: Heading, dialect: Dialect) -> Sequence[Range]:
    """Return the lines of a heading without an attribute list, nor closing marks in front of it.

    Where its rule knows such lists it has left this one out.
    """
    if block.attributes is not None or not dialect.attribute_lists:
        return block.lines
    *above, (start, end) = block.lines
    whole = ATTRIBUTE_TAIL.search(source, start, end)
    if whole:
        text = source[start : whole.start()].rstrip("# ")
        # A blank may be escaped, and part of the text.
        end = end if text.endswith("\\") else start + len(text)
    return [*above, (start, end)]
