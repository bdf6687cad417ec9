"""Rules for quotes, lists, lists of definitions and footnotes."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.kramdown import patterns
from toolkit.dialects.blocks.kramdown.leaves import indented_end
from toolkit.dialects.blocks.kramdown.patterns import INDENT
from toolkit.dialects.blocks.kramdown.reader import Last, Reader
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank
from toolkit.dialects.blocks.scanning.scanner import Scanner, without_marks
from toolkit.dialects.blocks.values import Container

if TYPE_CHECKING:
    from toolkit.dialects.blocks.scanning.scanner import Row

_LIST_IAL_LINE = re.compile(rf"(?:{patterns.ITEM_IAL.pattern})?\s*$", re.ASCII)
_INDENT = re.compile(INDENT)
_KINDS = {"ol": "ordered_list", "ul": "bullet_list"}


class _Start(NamedTuple):
    """The first line of an item: its text, and the column at which its further lines stand."""

    row: Row
    indent: int


def quote(reader: Reader) -> bool:
    """A quote, with lines that go on without its mark."""
    scan = reader.scanner
    if scan.match(patterns.QUOTE) is None:
        return False
    start = scan.position
    end = scan.lines_from(start)
    while end < len(scan.text) and not patterns.ends_lazy(scan.line(end)):
        end = scan.lines_from(end)
    rows = scan.rows(start, end)
    scan.position = end
    with reader.out.inside("blockquote", rows):
        reader.within(without_marks(rows, patterns.QUOTE))
    reader.added(Last.BLOCK)
    return True


def items(reader: Reader) -> bool:
    """A list."""
    first = reader.scanner.match(patterns.LIST_START)
    if first is None:
        return False
    kind = "ol" if first["mark"][0].isdigit() else "ul"
    start = reader.scanner.position
    found, ended = _ListLines(reader.scanner, kind).read()
    rows = reader.scanner.rows(start, reader.scanner.position)
    last = Last.BLOCK
    with reader.out.inside(_KINDS[kind], rows):
        for parts in found:
            with reader.out.inside("list_item", [row for part in parts for row in part]):
                last = _read_item(reader, parts)
    reader.added(Last.BLOCK)
    if last is Last.BLANK and not ended:
        reader.before_gap, reader.gap = Last.BLOCK, 1
        reader.added(Last.BLANK)
    return True


def _read_item(reader: Reader, parts: list[list[Row]]) -> Last:
    """Read the parts of an item one after the other, as children of one."""
    inner = Reader(reader.page, Scanner.of(parts[0]))
    for part in parts:
        inner.scanner = Scanner.of(part)
        inner.read()
    return inner.last


class _ListLines:
    """The lines of a list's items."""

    def __init__(self, scanner: Scanner, kind: str) -> None:
        self._scanner = scanner
        self._kind = kind
        self._start = _item_start(kind, 4)
        self._indent = 0
        self._parts: list[list[list[Row]]] = []
        self._is_nested = False

    def read(self) -> tuple[list[list[list[Row]]], bool]:
        """Return the items, each in parts that are read by themselves, and if a marker ended it."""
        scan = self._scanner
        behind_blank = False
        while not scan.is_done:
            line = scan.line()
            if behind_blank and patterns.RULE.match(line):
                break
            if patterns.END_MARK.match(line):
                scan.position = scan.lines_from(scan.position)
                return self._parts, True
            row = (line, scan.place(scan.position))
            if self._start.match(line):
                self._item(row)
                behind_blank = False
            elif is_blank(line):
                self._is_nested = behind_blank = True
                self._parts[-1][-1].append(row)
            elif _goes_on(line, self._indent, lazily=not behind_blank):
                self._further(row)
                behind_blank = False
            else:
                break
            scan.position = scan.lines_from(scan.position)
        return self._parts, False

    def _item(self, row: Row) -> None:
        first = patterns.LIST_START.match(row[0])
        width = first.end("mark") if first else 0
        begin = _first_line(row, width)
        self._indent = begin.indent
        self._start = _item_start(self._kind, begin.indent)
        self._is_nested = patterns.LIST_START.match(begin.row[0]) is not None
        self._parts.append([[begin.row]])

    def _further(self, row: Row) -> None:
        line, place = row
        indented = line.startswith(" " * self._indent)
        if indented:
            line, place = line[self._indent :], place + self._indent
        parts = self._parts[-1]
        starts = patterns.LIST_START.match(line) is not None
        if starts and indented and not self._is_nested:
            parts.append([])
            self._is_nested = True
        elif starts and not indented and self._is_nested:
            # A list's item that is not indented goes on the text of the nested list.
            width = self._indent + len(INDENT)
            line, place = " " * width + line, place - width
        parts[-1].append((line, place))


def _first_line(row: Row, width: int) -> _Start:
    """Return an item's first line without its mark and list of attributes."""
    content = row[0][width:]
    if _LIST_IAL_LINE.match(content):
        indent = len(INDENT)
    else:
        indent = width + len(content) - len(content.lstrip(" "))
    ial = patterns.ITEM_IAL.match(content)
    cut = ial.end() if ial else len(content) - len(content.lstrip(BLANKS))
    cut = min(cut, len(content))
    return _Start((content[cut:], row[1] + width + cut), indent)


@lru_cache(maxsize=64)
def _item_start(kind: str, indent: int) -> re.Pattern[str]:
    mark = {"ol": r"\d+\.", "ul": "[+*-]", "dl": ":"}[kind]
    return re.compile(rf"[ ]{{0,{min(max(indent, 1) - 1, 3)}}}{mark}[\t| ]")


def _goes_on(line: str, indent: int, *, lazily: bool) -> bool:
    """Whether a line that is not blank belongs to an item whose text stands at a column."""
    if line.startswith(" " * indent):
        return True
    if not lazily:
        return False
    shallow = len(line) - len(line.lstrip(" ")) <= min(indent, 3)
    return not (
        shallow and (patterns.IAL.match(line) or patterns.HTML_EDGE.match(line))
    ) and not patterns.STASHED.match(line)


def definitions(reader: Reader) -> bool:
    """Definitions of the terms in the paragraph above them."""
    scan = reader.scanner
    if scan.match(patterns.DEFINITION_START) is None or not _has_terms(reader):
        return False
    rows: list[list[Row]] = []
    indent = len(INDENT)
    start = _item_start("dl", indent)
    behind_blank = False
    while not scan.is_done:
        line = scan.line()
        row = (line, scan.place(scan.position))
        if start.match(line):
            mark = patterns.DEFINITION_START.match(line)
            begin = _first_line(row, mark.end("mark") if mark else 1)
            indent, start = begin.indent, _item_start("dl", begin.indent)
            rows.append([begin.row])
            behind_blank = False
        elif patterns.END_MARK.match(line):
            break
        elif is_blank(line):
            rows[-1].append(row)
            behind_blank = True
        elif _goes_on(line, indent, lazily=not behind_blank):
            width = indent if line.startswith(" " * indent) else 0
            rows[-1].append((line[width:], row[1] + width))
            behind_blank = False
        else:
            break
        scan.position = scan.lines_from(scan.position)
    for part in rows:
        with reader.out.inside("definition", part, Container()):
            reader.within(part)
    reader.added(Last.BLOCK)
    if behind_blank:
        reader.before_gap, reader.gap = Last.BLOCK, 1
        reader.added(Last.BLANK)
    return True


def _has_terms(reader: Reader) -> bool:
    if reader.last is Last.PARAGRAPH:
        return True
    return reader.last is Last.BLANK and reader.gap == 1 and reader.before_gap is Last.PARAGRAPH


def footnote(reader: Reader) -> bool:
    """The definition of a footnote, with the indented lines below it."""
    scan = reader.scanner
    found = scan.match(patterns.FOOTNOTE)
    if found is None:
        return False
    start = scan.position
    end = indented_end(reader, scan.lines_from(start))
    first = (found["text"], scan.place(found.start("text")))
    rows = scan.rows(start, end)
    inner = [first, *without_marks(rows[1:], _INDENT)]
    scan.position = end
    with reader.out.inside("footnote_reference", rows, Container(found["label"])):
        reader.within(inner)
    reader.added(Last.DEFINITION)
    return True
