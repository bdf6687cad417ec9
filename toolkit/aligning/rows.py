"""Rows of tables that are known by their first cell, wherever they stand."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.aligning.pieces import CODE_CELL
from toolkit.model.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.aligning.pieces import Piece

ROW = "r:"
"""The start of a mark that a cell has from its row."""
_CELLS = frozenset({Kind.TABLE_CELL, CODE_CELL})
_LINK = re.compile(r"\[([^\[\]]{1,500})\](?:\([^()]{0,500}\)|\[[^\[\]]{0,500}\])")
_MARKUP = re.compile(r"[\\`*_]|\{[#.:][^{}]{1,200}\}")


def with_row_marks(
    left: Sequence[Piece], right: Sequence[Piece]
) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Mark the cells of rows whose first cell says the same in both languages, and only there.

    Other cells of such a row may have nothing that survives translation: in their order they would
    be paired with those of another row.
    """
    sides = [_named_cells(side) for side in (left, right)]
    shared = sides[0].keys() & sides[1].keys()
    first, second = ({side[mark]: mark for mark in shared} for side in sides)
    return _marked(left, first), _marked(right, second)


def _named_cells(pieces: Sequence[Piece]) -> Mapping[str, tuple[int, int]]:
    """The lines and columns of cells by their marks: the row's name, the column, how many."""
    rows = _named_rows(pieces)
    return {
        f"{ROW}{piece.column}/{piece.columns}:{name}": (piece.line, piece.column)
        for piece in pieces
        if piece.kind in _CELLS
        for name in rows.get(piece.line, ())
    }


def _named_rows(pieces: Sequence[Piece]) -> Mapping[int, Sequence[str]]:
    """The names of rows that no other row of the page has, by their lines."""
    found = [
        (piece.line, name)
        for piece in pieces
        if piece.kind in _CELLS and not piece.column
        for name in dict.fromkeys(_names(piece))
    ]
    counts = Counter(name for _, name in found)
    rows: dict[int, list[str]] = defaultdict(list)
    for line, name in found:
        if counts[name] == 1:
            rows[line].append(name)
    return rows


def _names(cell: Piece) -> Iterator[str]:
    """Yield the names of a row: its first cell's words and targets, as numbers only count rows."""
    words = " ".join(_MARKUP.sub("", _LINK.sub(r"\1", cell.text)).split()).casefold()
    if any(map(str.isalpha, words)):
        yield words
    yield from (mark for mark in cell.marks if mark.startswith("t:") and mark != "t:#")


def _marked(pieces: Sequence[Piece], marks: Mapping[tuple[int, int], str]) -> Sequence[Piece]:
    if not marks:
        return pieces
    return [
        replace(piece, marks={**piece.marks, mark: True})
        if piece.kind in _CELLS and (mark := marks.get((piece.line, piece.column)))
        else piece
        for piece in pieces
    ]
