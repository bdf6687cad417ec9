"""A line of a file with a mark under some of its words, as a terminal shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.po.linebreak import character
from toolkit.interfaces.reports.characters import printable

if TYPE_CHECKING:
    from toolkit.model.findings import Excerpt

_WIDTH = 100
"""Display cells of the line that are shown."""
_BEFORE = 30
"""Display cells in front of the words, where a line is too long."""


def shown(excerpt: Excerpt) -> tuple[str, str]:
    """The line, cut to what has room, and one with `^` under the words.

    Widths are in display cells: a Chinese character takes two.
    """
    text, start, end = printable(excerpt.text), excerpt.start, excerpt.end
    first = 0
    if _cells(text) > _WIDTH:
        first = start
        while first and _cells(text[first - 1 : start]) <= _BEFORE:
            first -= 1
    last = first
    while last < len(text) and _cells(text[first : last + 1]) <= _WIDTH:
        last += 1
    mark = "…" if first else ""
    line = f"{mark}{text[first:last]}{'…' if last < len(text) else ''}"
    indent = _cells(mark + text[first:start])
    width = _cells(text[start : min(end, last)])
    return line, " " * indent + "^" * max(1, width)


def _cells(text: str) -> int:
    return sum(character(char)[1] for char in text)
