"""The tokens of a page, as its blocks are found."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks.pushing import leaf_token, replace_block
from toolkit.dialects.blocks.pymd.places import SourcePlaces
from toolkit.dialects.blocks.scanning.blanks import BLANKS
from toolkit.dialects.blocks.values import Text, block_of, note_block
from toolkit.dialects.parser import MAX_NESTING, NestingError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.pymd.slices import Expanded
    from toolkit.dialects.blocks.scanning.scanner import Row, Scanner
    from toolkit.dialects.blocks.values import Container, Leaf, Lines
    from toolkit.dialects.parser import Range


class Emitter:
    """Collects tokens; rows and places count in the expanded page."""

    def __init__(self, expanded: Expanded, source: str) -> None:
        self.tokens: list[Token] = []
        self.places = SourcePlaces(expanded, source)
        self._level = 0

    def lines(self, rows: Sequence[Row]) -> Lines:
        """Return where the text of each line stands in the source, without indent."""
        return self.places.ranges(rows, BLANKS)

    def range(self, span: Range) -> Range:
        """Return where a piece of the expanded page stands in the source."""
        return self.places.at(span[0]), self.places.at(span[1])

    def piece(self, scan: Scanner, span: Range) -> Range:
        """Return where a piece of a scanner's text stands in the source, an empty one as well."""
        start, end = span
        left = self.places.at(scan.place(start))
        return left, self.places.at(scan.place(end - 1)) + 1 if end > start else left

    def leaf(self, block: Leaf, rows: Sequence[Row]) -> Token:
        """Add a block that holds no blocks and takes some lines."""
        token = leaf_token(block, self._covered(rows), self._level)
        self.tokens.append(token)
        return token

    def plain(self, kind: str, rows: Sequence[Row]) -> Token:
        """Add a token of markdown-it's own kinds: code, a rule."""
        tag = "hr" if kind == "hr" else "code"
        token = Token(kind, tag, 0, map=[*self._covered(rows)], level=self._level, block=True)
        self.tokens.append(token)
        return token

    @contextmanager
    def inside(
        self, name: str, rows: Sequence[Row], block: Container | None = None
    ) -> Iterator[None]:
        """Add a container around what is added meanwhile."""
        covered = self._covered(rows)
        if self._level >= MAX_NESTING:
            raise NestingError(covered[0])
        opening = Token(f"{name}_open", "", 1, map=[*covered], level=self._level, block=True)
        if block:
            note_block(opening, block)
        self.tokens.append(opening)
        self._level += 1
        yield
        self._level -= 1
        self.tokens.append(Token(f"{name}_close", "", -1, level=self._level, block=True))

    def extend_paragraph(self, rows: Sequence[Row]) -> bool:
        """Add lines to the paragraph that was added last, if it was."""
        block = block_of(self.tokens[-1]) if self.tokens else None
        if not isinstance(block, Text):
            return False
        token = self.tokens[-1]
        replace_block(token, Text((*block.lines, *self.lines(rows))))
        token.map = [token.map[0] if token.map else 0, self._covered(rows)[1]]
        return True

    def _covered(self, rows: Sequence[Row]) -> Range:
        places = self.places
        last, start = rows[-1]
        first = places.line(places.at(max(0, rows[0][1])))
        end = places.at(max(0, start) + max(len(last.rstrip(BLANKS)) - 1, 0))
        return first, max(first, places.line(end)) + 1
