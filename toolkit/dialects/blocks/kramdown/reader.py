"""The loop over a text's blocks: the rules in kramdown's order, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown.patterns import BLANK, END_MARK, IAL
from toolkit.dialects.blocks.scanning.scanner import Scanner, read_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.kramdown.liquid import Stashed
    from toolkit.dialects.blocks.scanning.scanner import Row
    from toolkit.dialects.blocks.scanning.stage import ScannedPage
    from toolkit.dialects.parser import Range


class Last(Enum):
    """The block that was read last in a container, as far as rules ask."""

    NOTHING = auto()
    BLANK = auto()
    """One or more blank lines; `Reader.gap` has their number."""
    BOUNDARY = auto()
    """An end-of-block marker, a list of attributes, an extension."""
    DEFINITION = auto()
    """The definition of a link, an abbreviation or a footnote."""
    PARAGRAPH = auto()
    BLOCK = auto()
    """Any other block."""


@dataclass(frozen=True, slots=True)
class Page:
    """State that all readers of a page share."""

    scanned: ScannedPage
    stashed: Sequence[Stashed]
    rules: Sequence[Rule]


class Reader:
    """Reads the blocks of one text: a page, a quote, the content of an item or an element."""

    def __init__(self, page: Page, scanner: Scanner, element: str = "") -> None:
        self.page = page
        self.out = page.scanned.emitter
        self.scanner = scanner
        self.element = element
        """The element of HTML whose content this is; its closing tag ends it."""
        self.last = Last.NOTHING
        self.before_gap = Last.NOTHING
        self.gap = 0
        self.pending = False
        """Whether a list of attributes waits for the block below it."""
        self.list_above: Range | None = None
        """The place of that list."""
        self.is_closed = False
        self.heading: Token | None = None
        """The heading that was read last, while a list of attributes may follow it."""

    def read(self) -> None:
        """Read up to the end, or to where the element is closed."""
        read_blocks(self, self.page.rules)

    def added(self, last: Last) -> None:
        """Note what kind of block was read."""
        self.last = last
        self.pending = self.pending and last in {Last.BLANK, Last.BOUNDARY, Last.DEFINITION}
        if last is not Last.BLANK:
            self.gap = 0

    def within(self, rows: Sequence[Row]) -> None:
        """Read lines as blocks of their own."""
        Reader(self.page, Scanner.of(rows)).read()

    @property
    def is_behind_boundary(self) -> bool:
        """Whether a block may start here that no text may stand before."""
        return self.last in {Last.NOTHING, Last.BLANK, Last.BOUNDARY} or self.pending

    def is_in_front_of_boundary(self, position: int) -> bool:
        """Whether a block that has to end at a boundary may end at a position."""
        if position >= len(self.scanner.text):
            return True
        line = self.scanner.line(position)
        return bool(BLANK.match(line) or END_MARK.match(line) or IAL.match(line))


Rule = Callable[[Reader], bool]
"""Reads what stands at the reader's position, or does not."""
