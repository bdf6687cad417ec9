"""Rules for lists of attributes, extensions, markers, definitions of links and abbreviations."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import attribute_texts
from toolkit.dialects.blocks.kramdown import patterns
from toolkit.dialects.blocks.kramdown.liquid import unmasked
from toolkit.dialects.blocks.kramdown.reader import Last
from toolkit.dialects.blocks.pushing import replace_block
from toolkit.dialects.blocks.scanning.blanks import BLANKS
from toolkit.dialects.blocks.values import Heading, Opaque, Title, block_of
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from toolkit.dialects.blocks.kramdown.reader import Reader


def attributes(reader: Reader) -> bool:
    """A list of attributes alone in a line, or the definition of one."""
    scan = reader.scanner
    line = scan.line()
    if "{:" not in line[:5]:
        return False
    named = patterns.NAMED_LIST.match(line) is not None
    if not named and patterns.IAL.match(line) is None:
        return False
    behind = scan.lines_from(scan.position)
    rows = scan.rows(scan.position, behind)
    ((start, end),) = reader.out.lines(rows)
    for left, right, name in attribute_texts(reader.out.places.source, start, end):
        title = Title((left, right), Kind.HTML_ATTRIBUTE, Form.LIST_VALUE, name)
        reader.out.leaf(title, rows)
    if not named:
        _belongs(reader, (start, end))
    reader.out.leaf(Opaque(), rows)
    scan.position = behind
    reader.added(Last.BOUNDARY)
    return True


def _belongs(reader: Reader, place: tuple[int, int]) -> None:
    """Note the list of a heading above it for that heading; another may be for a block below."""
    if reader.last in {Last.BLANK, Last.NOTHING, Last.BOUNDARY}:
        reader.pending, reader.list_above = True, place
        return
    heading = reader.heading
    block = block_of(heading) if heading and reader.out.tokens[-1] is heading else None
    if heading and isinstance(block, Heading) and block.attributes:
        left, right = block.attributes
        if left == right:
            replace_block(heading, Heading(block.lines, block.level, block.marked, place))


def extension(reader: Reader) -> bool:
    """`{::name /}`, or `{::name}` with all up to `{:/name}`."""
    scan = reader.scanner
    found = scan.match(patterns.EXTENSION)
    if found is None or found["name"] not in {"comment", "nomarkdown", "options"}:
        return False
    end = scan.lines_from(scan.position)
    if not found["alone"]:
        stop = re.compile(rf"^[ ]{{0,3}}\{{:/(?:{found['name']})?\}}\s*?$", re.MULTILINE | re.ASCII)
        closing = stop.search(scan.text, end) if scan.has_behind("{:/", end) else None
        if closing is None:
            return False
        end = scan.lines_from(closing.start())
    reader.out.leaf(Opaque(), scan.rows(scan.position, end))
    scan.position = end
    reader.added(Last.BOUNDARY)
    return True


def end_mark(reader: Reader) -> bool:
    """The end-of-block marker."""
    scan = reader.scanner
    if scan.match(patterns.END_MARK) is None:
        return False
    behind = scan.lines_from(scan.position)
    reader.out.leaf(Opaque(), scan.rows(scan.position, behind))
    scan.position = behind
    reader.added(Last.BOUNDARY)
    return True


def link(reader: Reader) -> bool:
    """The definition of a link."""
    scan = reader.scanner
    found = patterns.LINK.match(scan.text, scan.position)
    plain = (found["plain"] or "") if found else ""
    if found is None or re.search(r"[ \t]+[\"']", plain):
        return False
    target = unmasked(plain if found["angle"] is None else found["angle"])
    reader.page.scanned.define(scan, found, target, found["title"] or "")
    reader.added(Last.DEFINITION)
    return True


def abbreviation(reader: Reader) -> bool:
    """The definition of an abbreviation, whose long form is a text."""
    scan = reader.scanner
    found = scan.match(patterns.ABBREVIATION)
    if found is None:
        return False
    behind = scan.lines_from(scan.position)
    rows = scan.rows(scan.position, behind)
    text = found["text"]
    bare = text.strip(BLANKS)
    if bare:
        start = found.start("text") + len(text) - len(text.lstrip(BLANKS))
        span = reader.out.range(scan.cut(start, start + len(bare)))
        reader.out.leaf(Title(span, Kind.ABBREVIATION, Form.LINE), rows)
    else:
        reader.out.leaf(Opaque(), rows)
    scan.position = behind
    reader.added(Last.DEFINITION)
    return True
