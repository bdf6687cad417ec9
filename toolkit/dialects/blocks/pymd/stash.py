"""Store what is taken out of a page before blocks are looked for: placeholders stand for it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.slices import LONE_PLACEHOLDER, Slice, placeholder, sliced

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.tree import Node

Row = tuple[str, int]


class Fence(NamedTuple):
    """Fenced code: its lines, and the column at which the marks stand."""

    rows: tuple[Row, ...]
    column: int
    mark: str
    info: str


class RawHtml(NamedTuple):
    """HTML that is shown as it is, from one place of the page to another."""

    start: int
    end: int


@dataclass(slots=True)
class Stash:
    """The pieces by their numbers."""

    pieces: list[Fence | RawHtml | Node] = field(default_factory=list)
    reverted: set[int] = field(default_factory=set)
    """Fences that turned out to be lines of other code."""

    def keep(self, piece: Fence | RawHtml | Node) -> str:
        """Keep a piece; gives what stands in its place."""
        self.pieces.append(piece)
        return placeholder(len(self.pieces) - 1)

    def reverted_places(self) -> frozenset[int]:
        """The places of lines that start fences which turned out to be none."""
        pieces = (self.pieces[number] for number in self.reverted)
        return frozenset(
            start for piece in pieces if isinstance(piece, Fence) for _, start in piece.rows
        )

    def with_fences_as_text(self, block: Slice) -> Slice:
        """A slice with its placeholders of fenced code turned back into lines."""
        if "\x02" not in block.text:
            return block
        rows: list[Row] = []
        for text, start in block.rows():
            match = LONE_PLACEHOLDER.match(text)
            piece = self.pieces[int(match[2])] if match else None
            if match and isinstance(piece, Fence) and int(match[2]) not in self.reverted:
                self.reverted.add(int(match[2]))
                cut = piece.column - len(match[1])
                rows += [_cut(row, cut) for row in piece.rows]
            else:
                rows.append((text, start))
        return sliced(rows)


def _cut(row: Row, width: int) -> Row:
    text, start = row
    width = max(0, width)
    return text[width:], start + min(width, len(text))
