"""Find the targets in a page's block tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import (
    Elements,
    Heading,
    Html,
    Module,
    ReferenceDefinition,
    Table,
    Text,
    Title,
    block_of,
)
from toolkit.model.document import Span
from toolkit.model.lines import line_starts
from toolkit.model.units import Kind
from toolkit.reading.segment.cells import row_cells
from toolkit.reading.targets.front_matter import front_matter_places
from toolkit.reading.targets.html import TAG, holds_markdown, silent_end, tag_places
from toolkit.reading.targets.inline import places_in
from toolkit.reading.targets.meaning import url_of
from toolkit.reading.targets.modules import imports_in
from toolkit.reading.targets.snippets import snippet_places
from toolkit.reading.targets.value import Place, Target, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range
    from toolkit.model.document import Document
    from toolkit.reading.segment import Reading

_DEFINITION = re.compile(
    r"\[(?:\\.|[^\[\]\\])++\]:[ \t]*+(?:\n[ \t>]*+)?+"
    r"(?:<(?P<angle>(?:\\.|[^<>\n\\])*+)>|(?P<plain>(?!<)(?:\{\{[<%][^\n]{0,999}?[%>]\}\}|\S)++))",
    re.DOTALL,
)
_HTML_MARK = re.compile(r"<!--.*?(?:-->|\Z)|<(?=[A-Za-z])", re.DOTALL)
_SNIPPETS = "snippet"
_WEB = ("](http://", "](https://")


def targets(
    document: Document, reading: Reading, dialect: Dialect, *, outside: bool = True
) -> tuple[Target, ...]:
    """The targets of a page in their order; `reading` is what `read` or `read_blocks` gave for it.

    A target is a place where the page itself says where a link leads, an image or another file
    comes from. Links by reference have none: their definition has. Nothing is found in code,
    comments, mathematics and front matter, but snippets and includes: the programs that put them in
    look for nothing but their marks. The spans do not overlap. Without `outside`, texts are left
    out that can hold nothing but addresses on the web.
    """
    walk = _Walk(reading, dialect, outside=outside)
    for token in reading.tokens:
        walk.token(token)
    if _SNIPPETS in dialect.parser.block.starts:
        walk.places += snippet_places(reading.source, _header_end(reading))
    if dialect.addresses:
        walk.places += front_matter_places(reading.source, dialect)
    if dialect.includes:
        walk.places += _includes(reading, dialect.includes)
    places = _apart(sorted(walk.places))
    if dialect.local_schemes:
        places = [_without_scheme(place, reading.source, dialect) for place in places]
    shift = document.shift_from(reading.source)
    return tuple(_target(document.text, place, shift) for place in places)


def _without_scheme(place: Place, source: str, dialect: Dialect) -> Place:
    """Return a place behind a scheme that only says that a target is the project's own."""
    for scheme in dialect.local_schemes:
        if source.startswith(scheme, place.start, place.end):
            start = place.start + len(scheme)
            if place.kind is TargetKind.AUTOLINK:
                return Place(start, place.end, TargetKind.LINK, Writing.PLAIN)
            return place._replace(start=start)
    return place


def _includes(reading: Reading, pattern: str) -> Iterable[Place]:
    """The files that are put in, in code as well."""
    for found in re.compile(pattern, re.MULTILINE).finditer(reading.source, _header_end(reading)):
        yield Place(*found.span("path"), TargetKind.INCLUDE, Writing.PATH_LINE)


def _header_end(reading: Reading) -> int:
    """The end of the front matter."""
    source, end = reading.source, 0
    for _ in range(reading.header.lines):
        end = source.find("\n", end) + 1 or len(source)
    return end


def _target(text: str, place: Place, shift: Callable[[int], int]) -> Target:
    start = shift(place.start)
    end = shift(place.end) if place.end > place.start else start
    written = text[start:end]
    return Target(Span(start, end), written, url_of(written, place.writing), *place[2:])


def _apart(places: Iterable[Place]) -> Iterable[Place]:
    """The places without those that overlap one in front of them."""
    end = 0
    for place in places:
        if place.start >= end:
            yield place
            end = place.end


_LEADING = frozenset({"href", "poster", "src"})
"""Attributes of JSX that lead to files; `to` has the addresses of a site."""


class _Walk:
    """Collects the places of one page, in `places`."""

    def __init__(self, reading: Reading, dialect: Dialect, *, outside: bool) -> None:
        self.places: list[Place] = []
        self._source = reading.source
        self._dialect = dialect
        self._markdown_in_html = dialect.markdown_in_html
        self._starts: list[int] = []
        self._silent_until = 0
        self._grammar = dialect.grammar
        self._labels = reading.labels
        self._opaque = dialect.inline
        self._may_link = _may_link if outside else _may_link_to_files

    def token(self, token: Token) -> None:
        """Take in the targets of one block."""
        block = block_of(token)
        if block is None:
            return
        match block:
            case Text(lines) | Heading(lines):
                self._flow(lines)
            case Table(rows, columns):
                for row in rows:
                    self._row(row, columns)
            case Title(span, kind) as title if kind is not Kind.ABBREVIATION:
                self._flow(title.lines or [span])
            case Html(lines):
                self._html(lines)
            case Module(span):
                self.places += imports_in(self._source, *span)
            case Elements(tags):
                self._tags(tags)
            case ReferenceDefinition() if token.map:
                self._definition(token.map)

    def _tags(self, tags: Sequence[Tag]) -> None:
        """Tags of JSX in lines of their own."""
        for tag in tags:
            for name, start, end in tag.attributes:
                if name in _LEADING:
                    single = self._source[start - 1] == "'"
                    writing = Writing.SINGLE if single else Writing.DOUBLE
                    self.places.append(Place(start, end, TargetKind.HTML, writing))

    def _flow(self, lines: Sequence[Range]) -> None:
        """Running text."""
        start, end = lines[0][0], lines[-1][1]
        bare = self._grammar.bare
        if start < self._silent_until or not self._may_link(self._source, start, end, bare):
            return
        self._add(self._places(self._text(lines)), lines)

    def _places(self, text: str, start: int = 0) -> Iterable[Place]:
        """The targets in running text from `start` on."""
        found = places_in(text[start:], self._grammar, self._labels, self._opaque)
        return [place._replace(start=place.start + start, end=place.end + start) for place in found]

    def _row(self, row: Range, columns: int) -> None:
        """A table row; cells beyond the header's are not shown (GFM 0.29, section 4.10)."""
        start, end = row
        if not self._may_link(self._source, start, end, self._grammar.bare):
            return
        text = self._source[start:end]
        for left, right in row_cells(text, self._dialect)[:columns]:
            self._flow([(start + left, start + right)])

    def _text(self, lines: Sequence[Range]) -> str:
        return "\n".join([self._source[start:end] for start, end in lines])

    def _add(self, places: Iterable[Place], lines: Sequence[Range]) -> None:
        """Add places in the joined lines as places in the source."""
        local = [0]
        for start, end in lines:
            local.append(local[-1] + end - start + 1)
        for place in places:
            first = bisect_right(local, place.start) - 1
            last = bisect_right(local, place.end) - 1
            start = lines[first][0] + place.start - local[first]
            end = lines[last][0] + place.end - local[last]
            self.places.append(Place(start, end, place.kind, place.writing))

    def _html(self, lines: Sequence[Range]) -> None:
        """The tags of an HTML block, and Markdown where a tag asks for it."""
        start, end = lines[0][0], lines[-1][1]
        if start < self._silent_until or self._source.find("<", start, end) < 0:
            return
        text = self._text(lines)
        places: list[Place] = []
        position = 0
        while mark := _HTML_MARK.search(text, position):
            tag = TAG.match(text, mark.start())
            if not tag:
                position = mark.end()
                continue
            places += tag_places(tag)
            if self._dialect.grammar.components and tag["name"] == "script" and not tag["close"]:
                places += imports_in(text, tag.end(), silent_end(tag))
            if self._markdown_in_html and holds_markdown(tag):
                places += self._places(text, tag.end())
                break
            position = silent_end(tag) or self._stay_silent(tag["name"], text, end)
        self._add(places, lines)

    def _stay_silent(self, name: str, text: str, end: int) -> int:
        """Remember that a script or style goes on behind its block, up to its closing tag."""
        closing = re.compile(rf"</{name}", re.IGNORECASE).search(self._source, end)
        self._silent_until = closing.start() if closing else 0
        return len(text)

    def _definition(self, covered: Sequence[int]) -> None:
        starts = self._starts = self._starts or line_starts(self._source)
        end = starts[covered[1]] if covered[1] < len(starts) else len(self._source)
        match = _DEFINITION.search(self._source, starts[covered[0]], end)
        if match:
            group = "plain" if match["angle"] is None else "angle"
            writing = Writing.PLAIN if group == "plain" else Writing.ANGLE
            self.places.append(Place(*match.span(group), TargetKind.DEFINITION, writing))


def _may_link(source: str, start: int, end: int, bare: bool) -> bool:  # noqa: FBT001
    """Whether a piece of the source has what every target needs; most have not."""
    find = source.find
    return (
        find("](", start, end) >= 0
        or find("<", start, end) >= 0
        or (bare and (find("://", start, end) >= 0 or find("www.", start, end) >= 0))
        or (bare and find("@", start, end) >= 0)
    )


def _may_link_to_files(source: str, start: int, end: int, _bare: bool) -> bool:  # noqa: FBT001
    """Whether a piece of the source has what every target needs that is no address on the web."""
    if source.find("<", start, end) >= 0:
        return True
    links = source.count("](", start, end)
    return links > sum(source.count(scheme, start, end) for scheme in _WEB) if links else False
