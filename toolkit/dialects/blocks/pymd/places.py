"""Map slices of a page to their places in its source."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.pymd.slices import Expanded, Slice
    from toolkit.dialects.parser import Range


class SourcePlaces:
    """Leads from the expanded page to the source."""

    def __init__(self, expanded: Expanded, source: str) -> None:
        self.expanded = expanded
        self.source = source
        lengths = (len(line) + 1 for line in source.split("\n"))
        self._lines = list(accumulate(lengths, initial=0))

    def line(self, offset: int) -> int:
        """Return the line of the source in which a character stands."""
        return bisect_right(self._lines, offset) - 1

    def at(self, place: int) -> int:
        """Return where a character of the expanded page stands in the source."""
        return self.expanded.in_source(place)

    def lines_of(self, span: Range) -> Range:
        """Return the first line of a span, and the one behind its last."""
        start, end = span
        return self.line(start), self.line(max(start, end - 1)) + 1

    def span(self, text: Slice) -> Range:
        """Return where a text stands in the source, without the blanks around it."""
        bare = text.text.strip()
        left = len(text.text) - len(text.text.lstrip())
        start = self.expanded.in_source(text.place(left))
        if not bare:
            return start, start
        return start, self.expanded.in_source(text.place(left + len(bare) - 1)) + 1

    def ranges(self, rows: Sequence[tuple[str, int]]) -> tuple[Range, ...]:
        """Return where the text of each line stands, without its indent."""
        place = self.expanded.in_source
        found: list[Range] = []
        for text, start in rows:
            indent = len(text) - len(text.lstrip())
            found.append((place(start + indent), place(start + len(text))))
        return tuple(found)
