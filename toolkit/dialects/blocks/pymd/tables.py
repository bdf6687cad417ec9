"""The processor for tables, and how Python-Markdown cuts their rows into cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.tree import Node, NodeKind
from toolkit.dialects.blocks.table import END_BORDER, python_markdown_cells

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage

_DELIMITERS = frozenset("|:- ")


def table(_stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """A block whose second line has delimiters for as many cells as the first one has."""
    block = blocks[0]
    if "|" not in block.text:
        return False
    # A long block may be no table again and again, as it is taken bit by bit.
    second = block.text.split("\n", 2)[1:2]
    if not second or not _DELIMITERS.issuperset(second[0]):
        return False
    columns = _columns([row.strip(" ") for row in block.text.split("\n")])
    if not columns:
        return False
    parent.add(Node("table", NodeKind.TABLE, text=blocks.popleft(), value=columns))
    return True


def _columns(rows: list[str]) -> int:
    """The number of columns of a table of these rows, 0 where they are none."""
    border = rows[0].startswith("|") or bool(END_BORDER.search(rows[0]))
    count = len(python_markdown_cells(rows[0], border=border))
    if count == 1 and not (border and all(map(_has_border, rows[1:]))):
        return 0
    return count if len(python_markdown_cells(rows[1], border=border)) == count else 0


def _has_border(row: str) -> bool:
    return row.startswith("|") or bool(END_BORDER.search(row))
