"""The loop over a text's blocks, and what the rules of Pandoc's reader share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pandoc import patterns
from toolkit.dialects.blocks.scanning.blanks import is_blank
from toolkit.dialects.blocks.scanning.scanner import Scanner, read_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.scanning.scanner import Row
    from toolkit.dialects.blocks.scanning.stage import ScannedPage


@dataclass(frozen=True, slots=True)
class Page:
    """State that all readers of a page share."""

    scanned: ScannedPage
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The containers around a text that can end it."""

    in_list: bool = False
    in_div: bool = False


class Reader:
    """Reads the blocks of one text: a page, a quote, the content of an item or a div."""

    def __init__(
        self, page: Page, scanner: Scanner, around: Surroundings, *, is_div: bool = False
    ) -> None:
        self.page = page
        self.out = page.scanned.emitter
        self.scanner = scanner
        self.around = around
        self.is_div = is_div
        """Whether a line of colons ends it."""
        self.is_closed = False

    def read(self) -> None:
        """Read up to the end, or to where the div is closed."""
        read_blocks(self, self.page.rules)

    def within(self, rows: Sequence[Row], *, in_list: bool = False) -> None:
        """Read lines as blocks of their own."""
        around = replace(self.around, in_list=self.around.in_list or in_list)
        Reader(self.page, Scanner.of(rows), around).read()

    def div(self) -> bool:
        """Read the content of a div from here on; return whether it was closed."""
        inner = Reader(self.page, self.scanner, replace(self.around, in_div=True), is_div=True)
        inner.read()
        return inner.is_closed

    def ends_text(self, position: int) -> bool:
        """Whether a line ends the text above it."""
        line = self.scanner.line(position)
        bare = line.lstrip(" ")
        if is_blank(bare):
            return True
        if self.around.in_div and patterns.DIV_END.match(line):
            return True
        if bare[0] == "<":
            return patterns.BLOCK_TAG.match(line) is not None
        if bare[0] == "`":
            return self.fence_end(position) > 0
        if bare[0] == "\\" and self.environment_end(position):
            return True
        in_list = self.around.in_list and patterns.list_start(line)
        return bool(in_list) or self.page.scanned.is_own_syntax(line)

    def environment_end(self, position: int) -> int:
        """Return where the environment of TeX ends that a line opens; 0 for none."""
        opened = patterns.TEX_OPEN.match(self.scanner.line(position))
        if opened is None:
            return 0
        mark, start = f"\\end{{{opened['name']}}}", position + opened.end()
        is_closed = self.scanner.has_behind(mark, start)
        return self.scanner.text.index(mark, start) + len(mark) if is_closed else 0

    def fence_end(self, position: int) -> int:
        """Return where the line starts that closes the fence at a position; 0 for none."""
        scan = self.scanner
        opened = patterns.FENCE.match(scan.line(position))
        if opened is None or not patterns.FENCE_INFO.match(opened["info"]):
            return 0
        return max(0, scan.fence_end(opened["run"], "[ \t]*", scan.lines_from(position)))


Rule = Callable[[Reader], bool]
"""Reads what stands at the reader's position, or does not."""
