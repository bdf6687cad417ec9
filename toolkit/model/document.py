"""A page as text with positions: bytes in, spans, edits, bytes out."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TYPE_CHECKING

from toolkit.model.errors import DocumentError, Problem
from toolkit.model.lines import line_starts
from toolkit.model.notebook import ENDING, Notebook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

BOM = "\ufeff"
_LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A piece of a document's text: characters `start` to `end`, `end` not included.

    Raises `ValueError` for what is none: a start before the text or after the end.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start <= self.end:
            raise ValueError(f"a span cannot run from {self.start} to {self.end}")


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of what `span` covers."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class Document:
    r"""One page: its text without byte order mark, and where its lines start.

    Lines end at ``\n``, ``\r\n`` or ``\r`` and nowhere else (CommonMark 0.31, section 2.1), so
    that they agree with the parser's line maps whatever separators a text holds.
    """

    path: str
    text: str
    bom: bool = False
    notebook: Notebook | None = None
    """The notebook whose cells make the text."""
    _starts: list[tuple[int, ...]] = field(
        default_factory=list, init=False, repr=False, compare=False
    )
    """The starts of lines, once somebody has asked for them."""

    @property
    def line_starts(self) -> tuple[int, ...]:
        """The offset at which each line starts."""
        if not self._starts:
            self._starts.append(_line_starts(self.text))
        return self._starts[0]

    @classmethod
    def from_bytes(cls, path: str, data: bytes) -> Document:
        """Read a page; `path` is what messages name it by.

        Raises `DocumentError` with line and column when the bytes are not UTF-8 or hold a NUL,
        and where a notebook is none.
        """
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError as error:
            line, column = _place_in_bytes(data, error.start)
            problem = f"byte 0x{data[error.start]:02x} is not UTF-8; save the page as UTF-8"
            raise DocumentError(Problem(path, line, column, problem)) from None
        nul = data.find(b"\0")
        if nul >= 0:
            line, column = _place_in_bytes(data, nul)
            problem = "a NUL character is not allowed in Markdown; remove it"
            raise DocumentError(Problem(path, line, column, problem))
        bom = text.startswith(BOM)
        text = text[1:] if bom else text
        if path.lower().endswith(ENDING):
            notebook = Notebook(path, text)
            return cls(path, notebook.text, bom, notebook)
        return cls(path, text, bom)

    def to_bytes(self) -> bytes:
        """The page as it is written to disk."""
        text = self.notebook.filled(self.text) if self.notebook else self.text
        return (BOM + text if self.bom else text).encode("utf-8")

    def edited(self, edits: Iterable[Edit]) -> Document:
        """The page with `edits` applied; everything outside their spans is copied.

        Raises `ValueError` when two edits overlap or one lies outside the text.
        """
        text, position = self.text, 0
        pieces: list[str] = []
        places = [(edit.span.start, edit.span.end, edit.text) for edit in edits]
        places.sort(key=itemgetter(0, 1))
        for start, end, new in places:
            if not position <= start <= end <= len(text):
                raise ValueError(f"edit at {self.place(start)} overlaps or leaves the text")
            pieces += (text[position:start], new)
            position = end
        pieces.append(text[position:])
        return Document(self.path, "".join(pieces), self.bom, self.notebook)

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of a character, both from 1; of a notebook the cell is its line."""
        if self.notebook:
            return self.notebook.place(self.text, offset)
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line_start(self, offset: int) -> int:
        """Return the start of the line of the text, whatever its cell, that a character is in."""
        return self.line_starts[bisect_right(self.line_starts, offset) - 1]

    def text_before(self, offset: int) -> str:
        """Return the text that stands before a character in its line."""
        return self.text[self.line_start(offset) : offset]

    def lines_at(self, offsets: Iterable[int]) -> list[int]:
        """Return the lines of some characters, as `place` counts them."""
        if self.notebook:
            return [self.place(offset)[0] for offset in offsets]
        starts = self.line_starts
        return [bisect_right(starts, offset) for offset in offsets]

    def offset(self, line: int, column: int) -> int:
        """Return the character at a line and column, as `place` tells them."""
        return self.line_starts[line - 1] + column - 1

    def with_newlines(self) -> Document:
        r"""Return the page with all its lines ended by ``\n``; itself where they are."""
        if "\r" not in self.text:
            return self
        text = self.text.replace("\r\n", "\n").replace("\r", "\n")
        return Document(self.path, text, self.bom, self.notebook)

    def shift_from(self, source: str) -> Callable[[int], int]:
        r"""Return what turns offsets in the text with ``\n`` line ends into its own."""
        return _same if source is self.text else self.shift_from_page(Document(self.path, source))

    def shift_from_page(self, unified: Document) -> Callable[[int], int]:
        """Return the same for a page that `with_newlines` gave."""
        if unified is self:
            return _same
        own, others = self.line_starts, unified.line_starts

        def shift(offset: int) -> int:
            line = bisect_right(others, offset) - 1
            return offset + own[line] - others[line]

        return shift

    @property
    def newline(self) -> str:
        r"""The line end this page uses first, or ``\n`` where it has only one line."""
        match = _LINE_END.search(self.text)
        return match[0] if match else "\n"


def _same(offset: int) -> int:
    return offset


def _place_in_bytes(data: bytes, offset: int) -> tuple[int, int]:
    before = data[:offset].decode("utf-8", errors="replace")
    ends = [match.end() for match in _LINE_END.finditer(before)]
    return len(ends) + 1, len(before) - (ends[-1] if ends else 0) + 1


def _line_starts(text: str) -> tuple[int, ...]:
    if "\r" in text and text.count("\r") > text.count("\r\n"):
        return (0, *(match.end() for match in _LINE_END.finditer(text)))
    return tuple(line_starts(text))
