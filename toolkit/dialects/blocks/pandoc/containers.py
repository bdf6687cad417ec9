"""Rules for quotes, lists, definitions, footnotes, fenced divs and HTML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pandoc import patterns
from toolkit.dialects.blocks.pandoc.code import attributes_in
from toolkit.dialects.blocks.pandoc.patterns import INDENT
from toolkit.dialects.blocks.scanning.blanks import is_blank
from toolkit.dialects.blocks.scanning.scanner import without_marks
from toolkit.dialects.blocks.values import Container, Html, Opaque, Text

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pandoc.reader import Reader
    from toolkit.dialects.blocks.scanning.scanner import Row

_CLASS = re.compile(r"\.(?P<name>[^\s{}.#=]+)")


def quote(reader: Reader) -> bool:
    """A quote, with lines that go on without its mark."""
    scan = reader.scanner
    if scan.match(patterns.QUOTE) is None:
        return False
    start = end = scan.position
    while end < len(scan.text):
        marked = patterns.QUOTE.match(scan.line(end))
        if not marked and reader.ends_text(end):
            break
        end = scan.lines_from(end)
    rows = scan.rows(start, end)
    scan.position = end
    with reader.out.inside("blockquote", rows):
        reader.within(without_marks(rows, patterns.QUOTE))
    return True


def div(reader: Reader) -> bool:
    """`::: {.name}`, blocks, and a line of colons."""
    scan = reader.scanner
    line = scan.line()
    if reader.is_div and patterns.DIV_END.match(line):
        reader.out.leaf(Opaque(), [(line, scan.place(scan.position))])
        scan.position = scan.lines_from(scan.position)
        reader.is_closed = True
        return True
    opened = patterns.DIV.match(line)
    if opened is None:
        return False
    start = scan.position
    attributes_in(reader, start)
    behind = scan.lines_from(start)
    name = opened["name"]
    if name is None:
        found = _CLASS.search(opened["list"])
        name = found["name"] if found else ""
    scan.position = behind
    with reader.out.inside("directive", scan.rows(start, behind), Container(name)):
        reader.div()
    return True


def items(reader: Reader) -> bool:
    """A list: items up to one of another kind, or what does not belong to the last."""
    scan = reader.scanner
    if not patterns.list_start(scan.line()):
        return False
    bullets = patterns.BULLET.match(scan.line()) is not None
    start = scan.position
    found: list[list[Row]] = []
    while not scan.is_done:
        line = scan.line()
        width = patterns.list_start(line)
        if not width or (patterns.BULLET.match(line) is not None) != bullets:
            break
        found.append(_item(reader, width))
    rows = scan.rows(start, scan.position)
    with reader.out.inside("bullet_list" if bullets else "ordered_list", rows):
        for item in found:
            with reader.out.inside("list_item", item):
                reader.within(item, in_list=True)
    return True


def _item(reader: Reader, width: int) -> list[Row]:
    """Read the lines of an item: its first paragraph, and what is indented below it."""
    scan = reader.scanner
    line, place = scan.line(), scan.place(scan.position)
    rows: list[Row] = [(line[width:], place + width)]
    scan.position = scan.lines_from(scan.position)
    indent = " " * width
    while not scan.is_done and _goes_on(reader, width):
        rows.append(_dedented(reader, indent))
    while True:
        blanks, position = _blanks(reader)
        if position >= len(scan.text) or not scan.line(position).startswith(indent):
            break
        rows += blanks
        scan.position = position
        rows.append(_dedented(reader, indent))
        while not scan.is_done and _belongs(reader, indent):
            rows.append(_dedented(reader, indent))
    _, scan.position = _blanks(reader)
    return rows


def _goes_on(reader: Reader, width: int) -> bool:
    """Whether a line goes on the first lines of an item."""
    scan = reader.scanner
    line = scan.line()
    if is_blank(line) or patterns.list_start(line):
        return False
    if line.startswith(" " * width) and patterns.list_start(line[width:].lstrip(" ")):
        return False
    if patterns.FENCE.match(line) and reader.fence_end(scan.position):
        return False
    return not (reader.around.in_div and patterns.DIV_END.match(line))


def _belongs(reader: Reader, indent: str) -> bool:
    """Whether a line goes on what is indented below an item."""
    line = reader.scanner.line()
    if is_blank(line) or (reader.around.in_div and patterns.DIV_END.match(line)):
        return False
    return line.startswith(indent) or not patterns.list_start(line)


def _dedented(reader: Reader, indent: str) -> Row:
    scan = reader.scanner
    line, place = scan.line(), scan.place(scan.position)
    scan.position = scan.lines_from(scan.position)
    if line.startswith(indent):
        return line[len(indent) :], place + len(indent)
    return line, place


def _blanks(reader: Reader) -> tuple[list[Row], int]:
    """Return the blank lines from here on, and where the line after them starts."""
    scan = reader.scanner
    end = scan.blank_end(scan.position)
    rows = scan.rows(scan.position, end) if end > scan.position else ()
    return [("", place) for _, place in rows], end


def definitions(reader: Reader) -> bool:
    """A term in a line of its own, and its definitions below it, maybe after a blank line."""
    scan = reader.scanner
    if not _is_definition(reader, _below_term(reader)):
        return False
    row = (scan.line(), scan.place(scan.position))
    reader.out.leaf(Text(reader.out.lines([row])), [row])
    position = _below_term(reader)
    while _is_definition(reader, position):
        scan.position = position
        mark = patterns.DEFINITION.match(scan.line())
        rows = _item(reader, mark.end() if mark else len(INDENT))
        with reader.out.inside("definition", rows, Container(one_term=True)):
            reader.within(rows, in_list=True)
        position = scan.position
    return True


def _below_term(reader: Reader) -> int:
    scan = reader.scanner
    position = scan.lines_from(scan.position)
    if position < len(scan.text) and is_blank(scan.line(position)):
        position = scan.lines_from(position)
    return position


def _is_definition(reader: Reader, position: int) -> bool:
    scan = reader.scanner
    return position < len(scan.text) and bool(patterns.DEFINITION.match(scan.line(position)))


def note(reader: Reader) -> bool:
    """The definition of a footnote, with the indented blocks below it."""
    scan = reader.scanner
    found = scan.match(patterns.NOTE)
    if found is None:
        return False
    start = scan.position
    rows: list[Row] = [(found["text"], scan.place(found.start("text")))]
    scan.position = scan.lines_from(start)
    while not scan.is_done and not is_blank(scan.line()) and not scan.match(patterns.NOTE):
        rows.append(_dedented(reader, INDENT))
    while True:
        blanks, position = _blanks(reader)
        if position >= len(scan.text) or not scan.line(position).startswith(INDENT):
            break
        rows += blanks
        scan.position = position
        while not scan.is_done and not is_blank(scan.line()) and not scan.match(patterns.NOTE):
            rows.append(_dedented(reader, INDENT))
    whole = scan.rows(start, scan.position)
    with reader.out.inside("footnote_reference", whole, Container(found["label"])):
        reader.within(rows)
    return True


def html(reader: Reader) -> bool:
    """A tag of block level, or all of an element that holds no Markdown; comments."""
    scan = reader.scanner
    if "<" not in scan.line()[:4]:
        return False
    ends = scan.has_behind("-->", scan.position) or "<!--" not in scan.line()
    comment = patterns.COMMENT.match(scan.text, scan.position) if ends else None
    tag = None if comment else patterns.BLOCK_TAG.match(scan.text, scan.position)
    found = comment or tag
    if found is None:
        return False
    end = found.end()
    if tag and not tag["closing"] and tag["name"].lower() in patterns.VERBATIM_TAGS:
        closing = re.compile(rf"</{tag['name']}\s*>", re.IGNORECASE).search(scan.text, end)
        end = closing.end() if closing else len(scan.text)
    rows = [row for row in scan.rows(scan.position, end) if not is_blank(row[0])]
    reader.out.leaf(Html(reader.out.lines(rows)), rows)
    line_end = scan.text.find("\n", end)
    rest = scan.text[end:line_end] if line_end >= 0 else ""
    scan.position = end if not is_blank(rest) else min(len(scan.text), max(line_end, end) + 1)
    return True
