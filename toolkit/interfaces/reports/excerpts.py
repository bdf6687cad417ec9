"""A line of a file with a mark under some of its words, as a terminal shows it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate, repeat
from typing import TYPE_CHECKING

from toolkit.catalogs.po.linebreak import character
from toolkit.interfaces.reports.characters import printable

if TYPE_CHECKING:
    from toolkit.model.findings import Excerpt

_WIDTH = 100
"""Display cells of the line that are shown."""
_BEFORE = 30
"""Display cells before the words, where a line is too long."""


def shown(excerpt: Excerpt) -> tuple[str, str]:
    """The line, cut to what has room, and one with `^` under the words.

    Widths are in display cells: a Chinese character takes two.
    """
    text, start, end = printable(excerpt.text), excerpt.start, excerpt.end
    # The cells before each character.
    widths = repeat(1, len(text)) if text.isascii() else map(_WIDTHS.__getitem__, text)
    cells = list(accumulate(widths, initial=0))
    first = 0
    if cells[-1] > _WIDTH:
        start = min(start, len(text))
        first = bisect_left(cells, cells[start] - _BEFORE, 0, start)
    last = bisect_right(cells, cells[first] + _WIDTH) - 1
    mark = "…" if first else ""
    line = f"{mark}{text[first:last]}{'…' if last < len(text) else ''}"
    before = cells[min(start, len(text))] - cells[first]
    indent = before + (_WIDTHS[mark] if mark else 0)
    width = cells[min(end, last)] - cells[min(start, last)]
    return line, " " * indent + "^" * max(1, width)


class _Widths(dict[str, int]):
    """The cells that characters take, each found out once."""

    def __missing__(self, char: str) -> int:
        self[char] = width = character(char)[1]
        return width


_WIDTHS = _Widths()
