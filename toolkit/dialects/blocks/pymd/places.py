"""Map slices of a page to their places in its source."""

from __future__ import annotations

from bisect import bisect_right
from operator import add
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.dialects.blocks.pymd.slices import Expanded, Slice
    from toolkit.dialects.parser import Range


class SourcePlaces:
    """Leads from the expanded page to the source."""

    def __init__(self, expanded: Expanded, source: str) -> None:
        self.expanded = expanded
        self.source = source
        self._lines = expanded.lines

    def line(self, offset: int) -> int:
        """Return the line of the source in which a character stands."""
        return bisect_right(self._lines, offset) - 1

    def at(self, place: int) -> int:
        """Return where a character of the expanded page stands in the source."""
        return self.expanded.in_source(place)

    def lines_of(self, span: Range) -> Range:
        """Return the first line of a span, and the one behind its last."""
        start, end = span
        lines = self._lines
        first = bisect_right(lines, start)
        # Most end in the line that they start in.
        if first == len(lines) or end <= lines[first]:
            return first - 1, first
        return first - 1, bisect_right(lines, end - 1, first)

    def span(self, text: Slice) -> Range:
        """Return where a text stands in the source, without the blanks around it."""
        bare = text.text.strip()
        left = len(text.text) - len(text.text.lstrip())
        start = self.expanded.in_source(text.place(left))
        if not bare:
            return start, start
        return start, self.expanded.in_source(text.place(left + len(bare) - 1)) + 1

    def ranges(
        self, rows: Iterable[tuple[str, int]], blanks: str | None = None
    ) -> tuple[Range, ...]:
        """Return where the text of each line stands, without the blanks in front of it."""
        found = [
            (start + len(text) - len(text.lstrip(blanks)), start + len(text))
            for text, start in rows
        ]
        return self._in_source(found)

    def whole_ranges(self, text: Slice) -> tuple[Range, ...]:
        """Return where the lines of a text stand, none of which is indented."""
        starts = text.starts
        if len(starts) == 1:
            return self._in_source(((starts[0], starts[0] + len(text.text)),))
        ends = map(add, starts, map(len, text.text.split("\n")))
        return self._in_source(zip(starts, ends, strict=True))

    def _in_source(self, ranges: Iterable[Range]) -> tuple[Range, ...]:
        if self.expanded.text is self.source:
            return tuple(ranges)
        place = self.expanded.in_source
        return tuple([(place(start), place(end)) for start, end in ranges])
