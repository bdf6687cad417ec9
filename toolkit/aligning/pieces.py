"""Pieces by which two pages are compared: units, code blocks, and what survives translation."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Table, block_of
from toolkit.language.characters import HAN
from toolkit.language.code_spans import code_span
from toolkit.language.scripts import HAN_SCRIPTS
from toolkit.model.expressions import late
from toolkit.model.units import Kind
from toolkit.reading import canonical
from toolkit.reading.segment.cells import cells_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolkit.model.units import Unit
    from toolkit.reading.page import Page

CODE = "code"
"""The kind of a code block, which holds no unit but stands between some."""
_TRANSLATED_CODE = "code with units"
"""The detail of a code block of which some texts are units."""
FLOWING = frozenset(
    {
        *(Kind.PARAGRAPH, Kind.LIST_ITEM, Kind.QUOTE),
        *(Kind.FOOTNOTE, Kind.DEFINITION, Kind.HTML_TEXT),
    }
)
"""Kinds whose texts a translator may have cut otherwise."""
CODE_CELL = "code cell"
"""The kind of a table cell that holds code alone, as only one of two pages may have it."""
SILENT = frozenset({CODE, CODE_CELL})
"""The kinds of what has no text to translate."""
BROKEN = "broken header"
"""The kind of a paragraph that was meant to open a block, and holds no text of its own."""
_QUOTE = '["\u201c-\u201e\u00ab\u2039\u300c\u300e\uff02]'
_HEADER = late(
    rf"\\?(?:(?:={{3}}[+!]?|!{{3}}|\?{{3}}\+?|/{{3}}|[:\uff1a]{{3,}})\s*(?:\w|{_QUOTE})"
    rf"|(?:={{2}}[+!]?|[!\uff01]{{2,}}|[?\uff1f]{{2,}}\+?)\s+(?:\w+\s+)?{_QUOTE}|::\s+\w)"
)
"""Matches how a block opens, also where a mark of it is missing or another one."""
_CODE_TOKENS = frozenset({"fence", "code_block"})
_CODE_SPAN = late(code_span())
_TARGET = late(r"\]\(\s*<?([^\s()<>]{1,500})|\b(?:href|src)\s{0,9}=\s{0,9}[\"']?([^\"'\s>]{1,500})")
_LABEL = late(r"(?<=\])\[[^\[\]\n]{0,500}\]")
"""A reference's label, which no reader sees."""
_URL = late(r"\b[a-z]{3,6}://[^\s<>()\"'`\u3000-\u303f\u4e00-\uffef]{1,500}")
IMAGE = r"!\[[^\[\]]{0,500}\](?:\([^()]{0,500}\)|\[[^\[\]]{0,100}\])?"
_IMAGE = late(IMAGE)
_MACRO = late(r"\{\{[^{}\n]{1,200}\}\}|\{%[^{}\n]{1,200}%\}|\{[ #.:][^{}\n]{1,200}\}")
_NOTE = late(r"\[\^([^\[\]\s]{1,100})\]")
_TAG = late(r"</?([A-Za-z][A-Za-z0-9-]{0,30})\b[^<>]{0,500}>")
_EMOJI = late(r":[a-z0-9_+-]{2,50}:")
_NUMBER = late(r"\d{1,30}(?:[.:,]\d{1,30}){0,9}")
_WORD = late(r"[A-Za-z\u00c0-\u024f\u0370-\u052f][\w.-]{0,60}", re.ASCII)
_FOREIGN_WORD = late(r"[^\W\d_]{2,60}")
_HAN_PAIR = late(f"(?=([{HAN}]{{2}}))")
_ENDS = {":": ":", "\uff1a": ":", "?": "?", "\uff1f": "?", "!": "!", "\uff01": "!"}
_LOCALE_PART = late(r"(?:[._-](?:zh|en|ja|ko|de|fr|es|pt|ru|it|ar)(?:[_-]\w{2,4})?)+$")
_ESCAPE = late(r"\\([!-/:-@\[-`{-~])")
_STEM = 8
"""Letters of a word that count, so that endings do not."""
_CODE_LINES = 200
_KNOWN = 16384
"""Texts whose marks are remembered."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A unit, or a code block between units, as something to find a partner for."""

    kind: str
    detail: str
    line: int
    """Its line on the page, from 1."""
    column: int
    """The column of a table cell, from 0; 0 for other pieces."""
    depth: str
    """The container's prefix in front of it."""
    size: int
    """Letters and digits of its prose: what is not code, target or tag."""
    marks: Mapping[str, bool]
    """The marks that may be found again in a translation, and whether each has to be."""
    text: str
    unit: Unit | None = field(default=None, compare=False)
    """`None` for a code block."""
    columns: int = 0
    """The columns of the table it is in; 0 for other pieces."""


def _no_hints(_text: str) -> Iterable[str]:
    return ()


def pieces_of(
    page: Page, script: str, other: str, hints: Callable[[str], Iterable[str]] = _no_hints
) -> list[Piece]:
    """The pieces of a page in their order.

    `script` is the page's, `other` its partner's (ISO 15924). `hints` gives marks for a text that
    the text itself does not show, such as those of a memory.
    """
    found = [_unit_piece(page, unit, script, other, hints) for unit in page.units]
    widths = dict(_widths(page)) if any(unit.kind.in_table for unit in page.units) else {}
    found = [
        replace(piece, columns=widths.get(piece.line, 0))
        if piece.unit and piece.unit.kind.in_table
        else piece
        for piece in found
    ]
    cells = {
        (piece.line, piece.column) for piece in found if piece.unit and piece.unit.kind.in_table
    }
    found += _code_pieces(page)
    bare = _code_cells(page, script, other)
    found += (piece for piece in bare if (piece.line, piece.column) not in cells)
    return sorted(found, key=place_on_page)


def place_on_page(piece: Piece) -> tuple[int, int, int]:
    """The place of a piece, which no other piece of its page has."""
    return piece.line, piece.column, piece.unit.span.start if piece.unit else 0


def quoted(page: Page) -> Iterator[tuple[int, str]]:
    """Comments of a page, with the offset behind each: many hold the text that was translated."""
    text = page.document.text
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            return
        yield end + 3, " ".join(text[start + 4 : end].split())
        start = text.find("<!--", end)


def _unit_piece(
    page: Page, unit: Unit, script: str, other: str, hints: Callable[[str], Iterable[str]]
) -> Piece:
    line, _ = page.document.place(unit.span.start)
    marks = dict(_known_marks(unit.text, script, other))
    linked = canonical.linked(unit.text, page.reading.definitions, page.dialect.grammar)
    marks.update((f"t:{place_of(target)}", True) for target in linked)
    marks.update(dict.fromkeys(hints(unit.text), False))
    column = 0
    if unit.kind.in_table:
        column = _pipes(page.document.text_before(unit.span.start))
    depth = unit.continuation.strip("\r\n")
    size = prose_size(unit.text)
    kind = BROKEN if unit.kind is Kind.PARAGRAPH and _HEADER.match(unit.text) else unit.kind
    return Piece(kind, unit.detail, line, column, depth, size, marks, unit.text, unit)


def _pipes(text: str) -> int:
    before = text.replace("\\|", "")
    return before.count("|") - before.lstrip().startswith("|")


def _code_pieces(page: Page) -> Iterator[Piece]:
    """The code blocks of a page; `detail` tells those of which texts are units."""
    starts = (unit.span.start for unit in page.units if unit.kind.in_code)
    places = {page.document.place(start)[0] for start in starts}
    for token in page.reading.tokens:
        if token.type in _CODE_TOKENS and token.map:
            lines = [line.strip() for line in token.content.split("\n")[:_CODE_LINES]]
            marks = {f"l:{line}": True for line in lines if line}
            marks[f"i:{token.info}"] = False
            own = places.isdisjoint(range(token.map[0] + 1, token.map[1] + 1))
            detail = CODE if own else _TRANSLATED_CODE
            yield Piece(CODE, detail, token.map[0] + 1, 0, "", 0, marks, token.content)


def _widths(page: Page) -> Iterator[tuple[int, int]]:
    """The lines of tables, each with the number of columns."""
    for token in page.reading.tokens:
        table = block_of(token)
        if isinstance(table, Table) and token.map:
            head = cells_of(page.reading.source, table.rows[0], page.dialect)
            count = len(list(head))
            yield from ((line + 1, count) for line in range(*token.map))


def _code_cells(page: Page, script: str, other: str) -> Iterator[Piece]:
    """The cells of tables in which there is nothing but code."""
    for line, column, text in _cells_of_bodies(page):
        if "`" in text and not prose_size(text):
            marks = dict(marks_of(text, script, other))
            yield Piece(CODE_CELL, CODE_CELL, line, column, "", 0, marks, text)


def _cells_of_bodies(page: Page) -> Iterator[tuple[int, int, str]]:
    """The cells of tables below their heads: line, column and text."""
    source = page.reading.source
    for token in page.reading.tokens:
        table = block_of(token)
        rows = table.rows[2:] if isinstance(table, Table) else ()
        for line, row in enumerate(rows, (token.map or (0,))[0] + 3):
            cells = cells_of(source, row, page.dialect)
            yield from ((line, column, source[a:b]) for column, (a, b) in enumerate(cells))


def prose(text: str) -> str:
    """A text without code spans, targets, tags, macros."""
    for pattern_of in (_CODE_SPAN, _URL, _TARGET, _LABEL, _MACRO, _TAG):
        text = pattern_of.sub(" ", text)
    return text


def is_same(one: str, other: str) -> bool:
    """Whether two texts say the same, but for blanks, escapes and what is marked as code."""
    return _unmarked(one) == _unmarked(other)


def _unmarked(text: str) -> list[str]:
    return _ESCAPE.sub(r"\1", text).replace("`", "").split()


@lru_cache(maxsize=_KNOWN)
def prose_size(text: str) -> int:
    """Letters and digits of the prose of a text; alternative texts are often left as they are."""
    if "![" in text:
        text = _IMAGE.sub(" ", text)
    return sum(map(str.isalnum, prose(text)))


@lru_cache(maxsize=_KNOWN)
def _known_marks(text: str, script: str, other: str) -> tuple[tuple[str, bool], ...]:
    """The marks of a text, which other editions of its page have as well."""
    return tuple(marks_of(text, script, other))


def marks_of(text: str, script: str, other: str) -> Iterator[tuple[str, bool]]:
    """The marks of a text that its translation may keep, as `class:what`, and whether each must.

    Words of the partner's script must, when the text's own script is another one: a Latin word in
    a Chinese text stands in its English source as well. Otherwise words may, as names do.
    """
    yield from _markup_marks(text)
    plain = prose(text)
    for match in _NUMBER.finditer(plain):
        yield f"n:{match[0]}", True
    for match in _CODE_SPAN.finditer(text):
        for word in _WORD.findall(match[2]):
            yield f"w:{_stem(word)}", False
    for word in _words(plain, script, other):
        yield f"w:{_stem(word)}", False
    if script in HAN_SCRIPTS and other in HAN_SCRIPTS:
        for match in _HAN_PAIR.finditer(plain):
            yield f"w:{match[1]}", False
    end = _ENDS.get(text.rstrip("*_ ")[-1:])
    if end:
        yield f"p:{end}", False


def _words(text: str, script: str, other: str) -> Iterator[str]:
    pattern = _FOREIGN_WORD if script == other and script != "Latn" else _WORD
    yield from pattern.findall(text)


def _markup_marks(text: str) -> Iterator[tuple[str, bool]]:
    for match in _CODE_SPAN.finditer(text):
        yield f"c:{match[2].strip().casefold()}", True
    for match in _TARGET.finditer(text):
        yield f"t:{place_of(match[1] or match[2])}", True
    for match in _URL.finditer(text):
        yield f"t:{place_of(match[0])}", True
    for kind, found in (("f", _NOTE), ("h", _TAG)):
        for match in found.finditer(text):
            yield f"{kind}:{match[1].lower()}", True
    for kind, found in (("m", _MACRO), ("e", _EMOJI)):
        for match in found.finditer(text):
            yield f"{kind}:{match[0].lower()}", True
    if "**" in text or "__" in text:
        yield "b:", False
    if "](" in text or "][" in text:
        yield "a:", False


def place_of(target: str) -> str:
    """The part of a link target that stays in every language: the last one of its path."""
    path, _, _ = canonical.target(target).partition("#")
    if not path:
        return "#"
    last = path.rstrip("/").rpartition("/")[2]
    name = _LOCALE_PART.sub("", last.rpartition(".")[0] or last)
    return name.lower()


def _stem(word: str) -> str:
    return word.rstrip(".-_").casefold().removesuffix("s")[:_STEM]
