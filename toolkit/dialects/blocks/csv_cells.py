"""The cells of a `csv-table`, with their places.

The format is that of Docutils' directive: commas, double quotes that are doubled inside, blanks in
front of a cell skipped.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_CELL = late(r'[ \t]*+(?:"(?P<quoted>(?:[^"]|"")*+)"|(?P<bare>[^",][^,]*+|))[ \t]*(?:,|$)')
OTHERWISE = late(r":?(?:delim|escape|file|keepspace|quote|url)\b")
"""Options under which the rows are elsewhere or in another format."""


_OPEN = late(r'[ \t]*"')
_LINE_END = late(r"[ \t]*\n[ \t]*")
_ROW_LINES = 50
"""Lines that are searched for the end of a row, which no table has that many of."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell's text in one line, and where it stands in its row with its quotes."""

    start: int
    end: int
    text: str


def csv_cells(row: str) -> Iterator[Cell]:
    """The cells of a row that have text without a blank line, up to where it cannot be read."""
    position = 0
    while position < len(row):
        match = _CELL.match(row, position)
        if match is None:
            return
        quoted = match["quoted"]
        start, end = match.span("bare") if quoted is None else match.span("quoted")
        text = row[start:end].rstrip() if quoted is None else quoted.replace('""', '"')
        outer = (start, start + len(text)) if quoted is None else (start - 1, end + 1)
        folded = _LINE_END.sub("\n", text)
        if folded.strip() and "\n\n" not in folded:
            yield Cell(*outer, folded.replace("\n", " "))
        position = match.end()


def row_end(lines: Sequence[str], first: int) -> int:
    """The line after the row that starts at `first`, whose quotes may hold line ends."""
    row = ""
    for line in range(first, min(len(lines), first + _ROW_LINES)):
        row += f"\n{lines[line]}" if row else lines[line]
        if not _is_open(row):
            return line + 1
    return first + 1


def _is_open(row: str) -> bool:
    position = 0
    while position < len(row):
        match = _CELL.match(row, position)
        if match is None:
            return bool(_OPEN.match(row, position)) and row.count('"', position) % 2 == 1
        position = match.end()
    return False


def written_cell(text: str) -> str:
    """A text as a cell, in quotes where it needs them."""
    if text.startswith('"') or "," in text or text != text.strip():
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
