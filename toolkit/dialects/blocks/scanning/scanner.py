"""A text on its way through the rules, line by line, with the places of its characters."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Protocol, TypeVar

from toolkit.dialects.blocks.pymd.slices import Places, Slice, sliced
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.dialects.blocks.pymd.slices import Expanded
    from toolkit.dialects.parser import Range

Row = tuple[str, int]
"""A line and its place in the expanded page."""


class Scanner:
    """Some lines, and how far they have been read; a line may be read in part."""

    def __init__(self, page: Slice) -> None:
        self.text = page.text + "\n"
        self.position = 0
        self._places = Places(page)
        self._last: dict[str, int] = {}
        self._unclosed: dict[str, int] = {}
        """The first place from which on nothing closes a fence, by fences."""

    @classmethod
    def of(cls, rows: Sequence[Row]) -> Scanner:
        """Return a scanner of lines."""
        return cls(sliced(rows))

    @property
    def is_done(self) -> bool:
        """Whether nothing is left."""
        return self.position >= len(self.text)

    def line_end(self, position: int) -> int:
        """Return the end of the line in which a character stands."""
        return self.text.index("\n", position)

    def line(self, position: int | None = None) -> str:
        """Return what is left of the line at a position."""
        start = self.position if position is None else position
        return self.text[start : self.line_end(start)]

    def lines_from(self, position: int) -> int:
        """Return the start of the line after the one at a position."""
        return self.line_end(position) + 1

    def behind(self, count: int) -> int:
        """Return the start of the line after some lines from the position on."""
        end = self.position
        for _ in range(count):
            end = self.lines_from(end)
        return end

    def text_end(self, position: int) -> int:
        """Return the start of the first blank line from a line on."""
        while position < len(self.text) and not is_blank(self.line(position)):
            position = self.lines_from(position)
        return position

    def blank_end(self, position: int) -> int:
        """Return the start of the first line from a line on that is not blank."""
        while position < len(self.text) and is_blank(self.line(position)):
            position = self.lines_from(position)
        return position

    def match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        """Match a pattern for one line at the position."""
        return pattern.match(self.text, self.position, self.line_end(self.position))

    def fence_end(self, run: str, blank: str, inner: int) -> int:
        """Return the start of the line that closes a fence; -1 for none, looked for once."""
        if inner >= self._unclosed.get(run, len(self.text)):
            return -1
        closing = re.compile(rf"^[ ]{{0,3}}{run}{run[0]}*{blank}$", re.MULTILINE)
        found = closing.search(self.text, inner)
        if found is None:
            self._unclosed[run] = inner
            return -1
        return found.start()

    def has_behind(self, mark: str, position: int) -> bool:
        """Whether a mark stands after a character, so that looking for it is worth it."""
        if mark not in self._last:
            self._last[mark] = self.text.rfind(mark)
        return self._last[mark] >= position

    def place(self, offset: int) -> int:
        """Return the place of a character in the expanded page."""
        return self._places(offset)

    def rows(self, start: int, end: int) -> list[Row]:
        """Return the lines between two characters; the last line's end is not one of them."""
        found: list[Row] = []
        for line in self.text[start:end].removesuffix("\n").split("\n"):
            found.append((line, self._places(start)))
            start += len(line) + 1
        return found

    def cut(self, start: int, end: int) -> Range:
        """Return the places of the first and after the last character of a piece."""
        return self._places(start), self._places(max(start, end - 1)) + (end > start)


def page_from(expanded: Expanded, first_line: int) -> Slice:
    """Return a page from a line on."""
    rows: list[Row] = []
    start = 0
    for line in expanded.text.split("\n"):
        rows.append((line, start))
        start += len(line) + 1
    return sliced(rows[first_line:] or rows[-1:])


def trimmed(rows: Sequence[Row]) -> list[Row]:
    """Return lines without the blanks around them."""
    return [
        (text.strip(BLANKS), place + len(text) - len(text.lstrip(BLANKS))) for text, place in rows
    ]


def without_marks(rows: Sequence[Row], mark: re.Pattern[str]) -> list[Row]:
    """Return lines without the mark that some start with."""
    found: list[Row] = []
    for text, place in rows:
        match = mark.match(text)
        width = match.end() if match else 0
        found.append((text[width:], place + width))
    return found


class BlockReader(Protocol):
    """Whatever reads the blocks of one text by rules."""

    scanner: Scanner
    is_closed: bool
    """Whether what it stands in was closed."""


Own = TypeVar("Own", bound=BlockReader)


def read_blocks(reader: Own, rules: Sequence[Callable[[Own], bool]]) -> None:
    """Try the rules in order, up to the end or to where what it stands in is closed."""
    while not reader.scanner.is_done and not reader.is_closed:
        if not any(rule(reader) for rule in rules):
            raise AssertionError("the paragraph rule takes every line")
