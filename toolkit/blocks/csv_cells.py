"""The cells of a `csv-table`, with their places.

The format is that of Docutils' directive: commas, double quotes that are doubled inside, blanks in
front of a cell skipped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_CELL = re.compile(r'[ \t]*+(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<bare>[^",][^,]*+|))[ \t]*(?:,|$)')
OTHERWISE = re.compile(r":?(?:delim|escape|file|keepspace|quote|url)\b")
"""Options under which the rows are elsewhere or in another format."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text, and where it stands in its row with its quotes."""

    start: int
    end: int
    text: str


def csv_cells(row: str) -> Iterator[Cell]:
    """The cells of a row that have text; none from where the row cannot be read in one line."""
    position = 0
    while position < len(row):
        match = _CELL.match(row, position)
        if match is None:
            return
        quoted = match["quoted"]
        start, end = match.span("bare") if quoted is None else match.span("quoted")
        text = row[start:end].rstrip() if quoted is None else quoted.replace('""', '"')
        outer = (start, start + len(text)) if quoted is None else (start - 1, end + 1)
        if text.strip():
            yield Cell(*outer, text)
        position = match.end()


def written_cell(text: str) -> str:
    """A text as a cell, in quotes where it needs them."""
    if text.startswith('"') or "," in text or text != text.strip():
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
