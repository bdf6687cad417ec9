"""The texts of a table's cells: where they stand, and what they say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.table import cells
from toolkit.dialects.inline.runs import Runs

if TYPE_CHECKING:
    from toolkit.dialects.blocks.values import Table
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range

ATTRIBUTE_TAIL = re.compile(r"(?<![ \\])[ ]+\{:?[ ]*[^{} \n][^{}\n]*\}[ \t]*$")
"""An attribute list at the end of a line of text."""
_LIST_BEHIND = re.compile(r"[ ]+\{[^{}\n]*\}")
"""The same behind a cell's text."""
_ESCAPE = re.compile(r"\\(?:(?P<pipe>\|)|.)", re.DOTALL)


def row_cells(row: str, dialect: Dialect) -> list[Range]:
    """Return where the texts of a row's cells stand in it."""
    return cells(
        row,
        code_hides_pipes=dialect.code_hides_pipes,
        backslash_pairs=dialect.backslash_pairs,
    )


def cells_of(source: str, row: Range, dialect: Dialect) -> list[Range]:
    """The places of the texts in a row's cells, without trailing attribute lists."""
    start, end = row
    text = source[start:end].rstrip(" \t")
    found = row_cells(text, dialect)
    if dialect.attribute_lists and "{" in text:
        found = [(left, right - _tail_length(text[left:right])) for left, right in found]
    return [(start + left, start + right) for left, right in found]


def column_titles(source: str, table: Table, dialect: Dialect) -> list[str]:
    """The texts of a table's header, one for each column."""
    header = [
        cell_text(source[slice(*cell)], dialect)
        for cell in cells_of(source, table.rows[0], dialect)
    ]
    return header + [""] * (table.columns - len(header))


def end_of_list(source: str, cell_end: int, dialect: Dialect) -> int:
    """Return where a list of attributes behind a cell ends, or else the cell."""
    found = _LIST_BEHIND.match(source, cell_end) if dialect.attribute_lists else None
    return found.end() if found else cell_end


def _tail_length(cell: str) -> int:
    tail = ATTRIBUTE_TAIL.search(cell)
    return len(cell) - tail.start() if tail else 0


def cell_text(cell: str, dialect: Dialect) -> str:
    """A cell's text with its escaped pipes unescaped, as the dialect has it."""
    if "\\|" not in cell:
        return cell
    if not dialect.code_hides_pipes:
        return cell.replace("\\|", "|")
    pieces: list[str] = []
    position = 0
    for start, end in Runs(cell).spans(escapes=True):
        pieces += (_with_pipes(cell[position:start]), cell[start:end])
        position = end
    return "".join((*pieces, _with_pipes(cell[position:])))


def _with_pipes(text: str) -> str:
    """A text without code whose pipes are not escaped."""
    return _ESCAPE.sub(lambda match: match["pipe"] or match[0], text)
