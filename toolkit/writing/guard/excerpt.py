"""Read of a built page only the blocks that its translations could have changed.

A paragraph stands for each run of other blocks. Where it is read as one, the parser was in no
block before it, and would read what it stands for as it reads it in the source.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from markdown_it.token import Token

from toolkit.dialects.inline.grammar import Flavour

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document, Edit
    from toolkit.reading.segment import Reading

_STAND_IN = "yiben\n\n"
_PARAGRAPH = Token("paragraph", "", 0)
OPENED_ABOVE = frozenset({"admonition_open", "details_open", "tab_open", "block_open"})
"""Containers whose tokens cover what they hold; they are opened in the line above it."""
_FORMULA = ("$$", re.compile(r"\$\$"))
_PAIRS = (
    _FORMULA,
    ("<", re.compile("[<>]")),
    ("{", re.compile("[{}]")),
    ("\\begin", re.compile(r"\\end")),
    *((fence, re.compile(fence)) for fence in ("```", "~~~", "///", ":::")),
)
"""Marks that open a block only where something below closes it, and what that is."""
_DEFINITIONS = frozenset(":~")
_LONGEST_INDENT = 4
_MOST = 0.85
"""The share of a page from which on it is rather read as a whole."""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Some blocks of a built page, and what they were in its source."""

    text: str
    tokens: Sequence[Token]
    """The tokens of the source for these blocks; their offsets count in its text."""
    has_header: bool
    """Whether it begins with the page's front matter."""


def excerpt_of(
    document: Document,
    reading: Reading,
    edits: Sequence[Edit],
    doubtful: Sequence[Edit],
    dialect: Dialect,
) -> Excerpt | None:
    """Return the blocks of the built page in which doubtful edits stand, and what they may close.

    `None` where that is most of the page. The edits are in the order of their places.
    """
    sections = _sections(document, reading)
    starts = [section.start for section in sections]
    kept = {bisect_right(starts, edit.span.start) - 1 for edit in doubtful}
    groups: list[list[Edit]] = [[] for _ in sections]
    for edit in edits:
        number = bisect_right(starts, edit.span.start) - 1
        if edit.span.end > sections[number].end:
            return None
        groups[number].append(edit)
    kept |= set(_closing(document, sections, groups, doubtful, dialect))
    if reading.header.lines and 1 in kept:
        # What stands below metadata may become some.
        kept.add(0)
    size = sum(sections[number].end - sections[number].start for number in kept)
    if size > _MOST * len(document.text):
        return None
    writing = _Writing(document, reading)
    for number, (section, own) in enumerate(zip(sections, groups, strict=True)):
        writing.add(section, own) if number in kept else writing.pass_over(section)
    return writing.excerpt()


class _Section(NamedTuple):
    """The front matter, or blocks at the top of a page between blank lines."""

    start: int
    end: int
    tokens: slice


def _sections(document: Document, reading: Reading) -> list[_Section]:
    text = document.text
    marks = [*_starts(document, reading), (len(text), len(reading.tokens))]
    return [
        _Section(start, end, slice(token, last)) for (start, token), (end, last) in pairwise(marks)
    ]


def _starts(document: Document, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield the start of each section, and the index of its first token."""
    starts, text, header = document.line_starts, document.text, reading.header.lines
    yield 0, 0
    last = header if header < len(starts) else 0
    if last:
        yield starts[last], 0
    for index, token in enumerate(reading.tokens):
        if token.level or token.nesting < 0 or not token.map:
            continue
        line = token.map[0] - (token.type in OPENED_ABOVE)
        if line <= last or text[starts[line - 1] : starts[line]].strip():
            continue
        # A definition goes with what stands above it.
        if text[starts[line] : starts[line] + _LONGEST_INDENT].lstrip()[:1] not in _DEFINITIONS:
            last = line
            yield starts[line], index


def _closing(
    document: Document,
    sections: Sequence[_Section],
    groups: Sequence[Sequence[Edit]],
    doubtful: Sequence[Edit],
    dialect: Dialect,
) -> Iterator[int]:
    """Yield the sections that may close what a doubtful edit could open."""
    forward = dialect.grammar.flavour is Flavour.COMMONMARK and not dialect.nesting
    closings = [
        closing
        for mark, closing in ((_FORMULA,) if forward else _PAIRS)
        if any(
            mark in edit.text or mark in document.text[edit.span.start : edit.span.end]
            for edit in doubtful
        )
    ]
    for number, section in enumerate(sections) if closings else ():
        for closing in closings:
            if closing.search(document.text, section.start, section.end) or any(
                closing.search(edit.text) for edit in groups[number]
            ):
                yield number
                break


@dataclass(slots=True)
class _Writing:
    """An excerpt that is being written."""

    document: Document
    reading: Reading
    pieces: list[str] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)
    has_header: bool = False
    stands_in: bool = False

    def add(self, section: _Section, edits: Sequence[Edit]) -> None:
        """Take a section with its translations."""
        text, position = self.document.text, section.start
        self.has_header |= bool(self.reading.header.lines) and not section.start
        for edit in edits:
            self.pieces += (text[position : edit.span.start], edit.text)
            position = edit.span.end
        self.pieces.append(text[position : section.end])
        self.tokens += self.reading.tokens[section.tokens]
        self.stands_in = False

    def pass_over(self, section: _Section) -> None:
        """Let a paragraph stand for a section; front matter can be left out."""
        if section.tokens.start != section.tokens.stop and not self.stands_in:
            self._stand_in()

    def _stand_in(self) -> None:
        self.pieces.append(_STAND_IN)
        self.tokens.append(_PARAGRAPH)
        self.stands_in = True

    def excerpt(self) -> Excerpt:
        """Return what was written, with a paragraph behind it."""
        if not self.stands_in:
            self.pieces.append("\n\n")
            self._stand_in()
        return Excerpt("".join(self.pieces), self.tokens, self.has_header)
