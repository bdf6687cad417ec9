"""Slices of a page: the lines of a block without the prefixes of its containers, with their places.

Python-Markdown cuts strings; what we cut are slices. Tabs are expanded once, so that half a tab can
be cut off, and a place counts in the expanded page until the tokens are made.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.lines import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TAB = 4
INDENT = " " * TAB
OPEN, CLOSE = "\x02", "\x03"
PLACEHOLDER = re.compile(f"{OPEN}(\\d+){CLOSE}")
"""The placeholder in a slice for code or HTML that was found before blocks are looked for."""
LONE_PLACEHOLDER = re.compile(f"([> ]*){OPEN}(\\d+){CLOSE}$")
_RESERVED = re.compile(f"[{OPEN}{CLOSE}]")
_MANY = 64
"""The number of lines above which a block is long."""
_BLANK_LINE = re.compile(r"\n +(?=\n)")


class Slice(NamedTuple):
    """Some lines of a block."""

    text: str
    starts: Sequence[int]
    """The start of each of its lines in the expanded page."""

    def rows(self) -> Iterator[tuple[str, int]]:
        """Each line with its place."""
        return zip(self.text.split("\n"), self.starts, strict=True)

    def cut(self, start: int, end: int | None = None) -> Slice:
        """The part between two characters."""
        piece = self.text[start:end]
        if not start:
            return Slice(piece, self.starts[: piece.count("\n") + 1])
        first = self.text.count("\n", 0, start)
        behind = None if end is None else first + piece.count("\n") + 1
        return self.lines(piece, start, slice(first, behind))

    def lines(self, piece: str, start: int, lines: slice) -> Slice:
        """The lines in which a piece of the text stands that starts at a character."""
        starts = self.starts[lines]
        column = start - self.text.rfind("\n", 0, start) - 1
        return Slice(piece, [starts[0] + column, *starts[1:]] if column else starts)

    def place(self, offset: int) -> int:
        """The place of a character in the expanded page."""
        line = self.text.count("\n", 0, offset)
        return self.starts[line] + offset - self.text.rfind("\n", 0, offset) - 1

    def blocks(self) -> list[Slice]:
        """The slice cut at blank lines."""
        pieces = self.text.split("\n\n")
        if len(pieces) == 1:
            return [Slice(self.text, _view(self.starts)) if len(self.starts) > _MANY else self]
        found: list[Slice] = []
        first = 0
        for piece in pieces:
            count = piece.count("\n") + 1
            starts = self.starts[first : first + count]
            found.append(Slice(piece, _view(starts) if count > _MANY else starts))
            first += count + 1
        return found

    def below(self, other: Slice) -> Slice:
        """The slice behind the lines of another one."""
        return Slice(f"{other.text}\n{self.text}", [*other.starts, *self.starts])

    def stripped(self) -> Slice:
        """The slice without blanks and blank lines in front of its text."""
        if not self.text[:1].isspace():
            return self
        return self.cut(len(self.text) - len(self.text.lstrip()))

    def dedented(self, width: int = TAB) -> tuple[Slice, Slice]:
        """The lines up to the first that is not indented, without their indent, and the others."""
        indent = " " * width
        texts: list[str] = []
        starts: list[int] = []
        text, position = self.text, 0
        for start in self.starts:
            end = text.find("\n", position)
            line = text[position : end if end >= 0 else len(text)]
            if line.startswith(indent):
                texts.append(line[width:])
                starts.append(start + width)
            elif not line.strip():
                texts.append("")
                starts.append(start)
            else:
                break
            position = end + 1 if end >= 0 else len(text)
        behind = self.starts[len(texts) :] or self.starts[-1:]
        own = Slice("\n".join(texts), starts or self.starts[:1])
        return own, Slice(text[position:], behind)

    def loosely_dedented(self, width: int = TAB) -> Slice:
        """The slice with the indent taken off those lines that have one."""
        indent = " " * width
        if indent not in self.text:
            return self
        rows = [
            (line[width:], start + width) if line.startswith(indent) else (line, start)
            for line, start in self.rows()
        ]
        return sliced(rows)


class Cuts:
    """Cuts pieces that follow each other from a slice, whose lines are counted once."""

    def __init__(self, whole: Slice) -> None:
        self._whole = whole
        self._position = self._line = 0

    def next(self, start: int, end: int) -> Slice:
        """The part between two characters, which stand behind those of the part before."""
        text = self._whole.text
        self._line += text.count("\n", self._position, start)
        self._position = start
        piece = text[start:end]
        lines = slice(self._line, self._line + piece.count("\n") + 1)
        return self._whole.lines(piece, start, lines)


class Places:
    """The places of a long slice's characters in the expanded page."""

    def __init__(self, page: Slice) -> None:
        self._starts = page.starts
        self._text = page.text
        self._length = len(page.text)

    @cached_property
    def _offsets(self) -> Sequence[int]:
        """The start of each line; of a page whose markup is all text nobody asks for a place."""
        return line_starts(self._text)

    def __call__(self, offset: int) -> int:
        """The place of a character."""
        line = bisect_right(self._offsets, min(offset, self._length)) - 1
        return self._starts[line] + offset - self._offsets[line]

    def range(self, start: int, end: int) -> tuple[int, int]:
        """The range of a piece that is not empty."""
        return self(start), self(end - 1) + 1

    def put_together(self, pieces: Sequence[tuple[str, int]], end: int) -> Slice:
        """Pieces of text with their offsets as a slice; `end` is where it ends."""
        starts: list[int] = []
        fresh = True
        for piece, offset in pieces:
            if not piece:
                continue
            if fresh:
                starts.append(self(offset))
            starts += self._starts_below(piece, offset)
            fresh = piece[-1] == "\n"
        if fresh:
            starts.append(self(end))
        return Slice("".join([piece for piece, _ in pieces]), starts)

    def _starts_below(self, piece: str, offset: int) -> Sequence[int]:
        """The places of a piece's lines but the first; nothing behind the last line end is none."""
        count = piece.count("\n", 0, -1)
        if count and self._text.startswith(piece, offset):
            line = bisect_right(self._offsets, offset)
            return self._starts[line : line + count]
        ends = [end + 1 for end, one in enumerate(piece[:-1]) if one == "\n"] if count else ()
        return [self(offset + end) for end in ends]


def _view(starts: Sequence[int]) -> Sequence[int]:
    """Places from which parts can be taken without a copy, as a long block is taken bit by bit."""
    return starts if isinstance(starts, memoryview) else memoryview(array("q", starts))


def sliced(rows: Sequence[tuple[str, int]]) -> Slice:
    """Lines with their places as a slice."""
    return Slice("\n".join([text for text, _ in rows]), [start for _, start in rows])


def placeholder(number: int) -> str:
    """The placeholder in a slice for a numbered piece of the page."""
    return f"{OPEN}{number}{CLOSE}"


@dataclass(frozen=True, slots=True)
class Expanded:
    """A page with its tabs expanded, and where its characters stand in the source."""

    text: str
    lines: list[int]
    """The start of each line of the source."""
    _behind: tuple[int, ...]
    """The start of the text behind each tab."""
    _shifts: tuple[int, ...]
    """The number of characters that the page has more than the source up to there."""

    @classmethod
    def of(cls, source: str) -> Expanded:
        """Expand the tabs of a source."""
        if OPEN in source or CLOSE in source:
            source = _RESERVED.sub("\x1a", source)
        lines = line_starts(source)
        if "\t" not in source:
            return cls(source, lines, (), ())
        text = source.expandtabs(TAB)
        behind: list[int] = []
        shifts: list[int] = []
        shift = line_start = 0
        for number, line in enumerate(source.split("\n")):
            if number:
                line_start = text.index("\n", line_start) + 1
            if "\t" in line:
                shift = _note_tabs(line, line_start, shift, behind, shifts)
        return cls(text, lines, tuple(behind), tuple(shifts))

    def in_source(self, place: int) -> int:
        """The place of a character in the source; half a tab stands behind it."""
        index = bisect_right(self._behind, place)
        start = place - (self._shifts[index - 1] if index else 0)
        if index < len(self._behind):
            # In front of the next tab's end there is the tab itself.
            return min(start, self._behind[index] - self._shifts[index])
        return start

    def slice(self, first_line: int) -> Slice:
        """The page from a line on, its blank lines emptied."""
        text, start = self.text, 0
        for _ in range(first_line):
            start = text.find("\n", start) + 1 or len(text)
        while text.startswith("\n", start):
            start += 1
        rest = text[start:] + "\n\n"
        if self._behind:
            starts = line_starts(text[start:], start)
        else:
            starts = self.lines[bisect_left(self.lines, start) :] or [start]
        return Slice(_BLANK_LINE.sub("\n", rest), [*starts, len(text), len(text)])


def _note_tabs(line: str, start: int, shift: int, behind: list[int], shifts: list[int]) -> int:
    column = 0
    for piece in line.split("\t")[:-1]:
        column += len(piece)
        width = TAB - column % TAB
        column += width
        shift += width - 1
        behind.append(start + column)
        shifts.append(shift)
    return shift
