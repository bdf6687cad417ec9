"""The rule for HTML of block level."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown import html
from toolkit.dialects.blocks.kramdown.reader import Last, Reader
from toolkit.dialects.blocks.scanning.blanks import is_blank
from toolkit.dialects.blocks.values import Html, Text

if TYPE_CHECKING:
    from toolkit.dialects.blocks.kramdown.html import Piece
    from toolkit.dialects.blocks.scanning.scanner import Row

_DEEPEST = 3
"""Blanks before a tag that starts a block."""


def element(reader: Reader) -> bool:
    """A comment, an element, or the tag that closes the one that is read."""
    scan = reader.scanner
    line = scan.line()
    blanks = len(line) - len(line.lstrip(" "))
    if blanks > _DEEPEST or not line.startswith("<", blanks):
        return False
    start = scan.position + blanks
    ends = not blanks and scan.has_behind("-->", start)
    comment = html.COMMENT.match(scan.text, start) if ends else None
    if comment:
        _html(reader, start, comment.end())
        _go_on(reader, comment.end())
        reader.added(Last.BLOCK)
        return True
    closing = html.CLOSING.match(scan.text, start)
    if closing:
        reader.is_closed = closing["name"].lower() == reader.element
        return reader.is_closed
    tag = html.opens_block(scan.text, start)
    if tag is None:
        return False
    opened: list[str] = []
    _go_on(reader, _read(reader, list(html.pieces(scan.text, tag, opened)), opened))
    reader.added(Last.BLOCK)
    return True


def _read(reader: Reader, pieces: list[Piece], opened: list[str]) -> int:
    """Read the pieces of an element; return where it ends."""
    scan = reader.scanner
    end = scan.position
    while pieces:
        piece, *pieces = pieces
        if piece.content == "block":
            start = end = _content(reader, piece)
            closing = html.CLOSING.match(scan.text, start + _blanks(scan.text, start))
            opened.pop()
            if closing:
                pieces = list(html.rest_of(scan.text, start, closing.end(), opened))
        elif piece.content == "span":
            rows = [row for row in scan.rows(piece.start, piece.end) if not is_blank(row[0])]
            if rows:
                reader.out.leaf(Text(reader.out.lines(rows)), rows)
            end = piece.end
        else:
            _html(reader, piece.start, piece.end)
            end = piece.end
    return end


def _content(reader: Reader, piece: Piece) -> int:
    """Read the content of an element as blocks; return where it ends."""
    scan = reader.scanner
    scan.position = _behind_blanks(scan.text, piece.start)
    if scan.is_done:
        return len(scan.text)
    inner = Reader(reader.page, scan, piece.name)
    inner.read()
    return scan.position


def _blanks(text: str, start: int) -> int:
    rest = text[start : start + _DEEPEST + 1]
    return len(rest) - len(rest.lstrip(" "))


def _behind_blanks(text: str, start: int) -> int:
    """The start of the next line where nothing is left of this one."""
    end = text.find("\n", start)
    return end + 1 if end >= 0 and is_blank(text[start:end]) else start


def _go_on(reader: Reader, end: int) -> None:
    scan = reader.scanner
    scan.position = _behind_blanks(scan.text, end)


def _html(reader: Reader, start: int, end: int) -> None:
    """Add HTML as it stands between two characters."""
    rows: list[Row] = reader.scanner.rows(start, end)
    while rows and is_blank(rows[-1][0]):
        rows.pop()
    while rows and is_blank(rows[0][0]):
        rows.pop(0)
    if rows:
        reader.out.leaf(Html(reader.out.lines(rows)), rows)
