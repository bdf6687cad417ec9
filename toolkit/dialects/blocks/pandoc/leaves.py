"""Rules for headings, rules, lines, definitions of links, metadata and paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pandoc import patterns
from toolkit.dialects.blocks.pandoc.lists_of_attributes import list_titles
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank
from toolkit.dialects.blocks.scanning.tag_texts import PARAMETERS, parameter_titles
from toolkit.dialects.blocks.values import Figure, Heading, Opaque, Text, Title
from toolkit.language.code_spans import code_span
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.pandoc.reader import Reader
    from toolkit.dialects.blocks.scanning.scanner import Row
    from toolkit.dialects.parser import Range


def blank(reader: Reader) -> bool:
    """Blank lines."""
    scan = reader.scanner
    if scan.match(patterns.BLANK) is None:
        return False
    scan.position = scan.lines_from(scan.position)
    return True


def heading(reader: Reader) -> bool:
    """A heading marked by `#`."""
    scan = reader.scanner
    found = scan.match(patterns.HEADING)
    if found is None:
        return False
    start = found.start("text") if found["text"] else found.end("level")
    end = start + len((found["text"] or "").rstrip(BLANKS))
    listed = patterns.HEADING_LIST.search(scan.text[start:end])
    place = (start + listed.start(), end) if listed else (end, end)
    end = place[0] if listed else end
    marks = patterns.CLOSING_MARKS.search(scan.text[start:end].rstrip(BLANKS))
    end = start + (marks.start() if marks else end - start)
    end = start + len(scan.text[start:end].rstrip(BLANKS))
    _add_heading(reader, (start, end), place, (len(found["level"]), 1))
    return True


def underlined_heading(reader: Reader) -> bool:
    """A line with another one of dashes or equals signs below it."""
    scan = reader.scanner
    line = scan.line()
    below = scan.lines_from(scan.position)
    if below >= len(scan.text) or is_blank(line):
        return False
    found = patterns.UNDERLINE.match(scan.line(below))
    if found is None or patterns.DIV.match(line) or patterns.list_start(line):
        return False
    start = scan.position + len(line) - len(line.lstrip(BLANKS))
    end = scan.position + len(line.rstrip(BLANKS))
    listed = patterns.HEADING_LIST.search(scan.text[start:end])
    place = (start + listed.start(), end) if listed else (end, end)
    _add_heading(reader, (start, place[0]), place, (1 if found["mark"][0] == "=" else 2, 2))
    return True


def _add_heading(reader: Reader, span: Range, place: Range, shape: tuple[int, int]) -> None:
    """Add a heading by the places of its text and its list, its level and number of lines."""
    scan, out = reader.scanner, reader.out
    level, count = shape
    end = scan.behind(count)
    text = (out.range(scan.cut(*span)),)
    block = Heading(text, level, marked=count == 1, attributes=out.piece(scan, place))
    out.leaf(block, scan.rows(scan.position, end))
    scan.position = end


def rule(reader: Reader) -> bool:
    """A horizontal rule."""
    scan = reader.scanner
    if scan.match(patterns.RULE) is None:
        return False
    behind = scan.lines_from(scan.position)
    reader.out.plain("hr", scan.rows(scan.position, behind))
    scan.position = behind
    return True


def opaque_line(reader: Reader) -> bool:
    """Shortcodes alone in a line, and commands of TeX."""
    scan = reader.scanner
    line = scan.line()
    tex = "\\" in line and patterns.TEX_LINE.match(line)
    if not (tex or patterns.SHORTCODE.match(line) or reader.page.scanned.is_own_syntax(line)):
        return False
    behind = scan.lines_from(scan.position)
    if tex and behind < len(scan.text) and not is_blank(scan.line(behind)):
        return False
    rows = scan.rows(scan.position, behind)
    ((start, end),) = reader.out.lines(rows)
    for title in parameter_titles(reader.out.places.source, (start, end), PARAMETERS):
        reader.out.leaf(title, rows)
    reader.out.leaf(Opaque(), rows)
    scan.position = behind
    return True


def metadata(reader: Reader) -> bool:
    """A block of YAML in the midst of a page."""
    scan = reader.scanner
    if scan.match(patterns.YAML) is None:
        return False
    position = scan.lines_from(scan.position)
    if position >= len(scan.text) or is_blank(scan.line(position)):
        return False
    while position < len(scan.text) and not patterns.YAML_END.match(scan.line(position)):
        position = scan.lines_from(position)
    if position >= len(scan.text):
        return False
    end = scan.lines_from(position)
    reader.out.leaf(Opaque(), scan.rows(scan.position, end))
    scan.position = end
    return True


def lines(reader: Reader) -> bool:
    """A block of lines that each start with `|`."""
    scan = reader.scanner
    start = position = scan.position
    if not scan.match(patterns.LINE_BLOCK):
        return False
    while position < len(scan.text) and scan.line(position).startswith(("| ", "|", " ")):
        line = scan.line(position)
        if line.startswith("|") and line != "|" and not patterns.LINE_BLOCK.match(line):
            break
        position = scan.lines_from(position)
    groups: list[list[Row]] = []
    for text, place in scan.rows(start, position):
        if text.startswith("|"):
            groups.append([(text[2:], place + 2)])
        else:
            groups[-1].append((text, place))
    for rows in groups:
        _line(reader, [(text, place) for text, place in rows if not is_blank(text)])
    scan.position = position
    return True


def _line(reader: Reader, rows: Sequence[Row]) -> None:
    if rows:
        spans = reader.out.lines(rows)
        text = " ".join(text.strip(BLANKS) for text, _ in rows) if len(rows) > 1 else None
        span = spans[0][0], spans[-1][1]
        reader.out.leaf(Title(span, Kind.PARAGRAPH, Form.LINE, text=text), rows)


def link(reader: Reader) -> bool:
    """The definition of a link."""
    scan = reader.scanner
    found = patterns.LINK.match(scan.text, scan.position)
    if found is None:
        return False
    target = found["plain"] if found["angle"] is None else found["angle"]
    reader.page.scanned.define(scan, found, target, (found["title"] or "")[1:-1])
    return True


def title_block(reader: Reader, count: int) -> None:
    """The lines of title, authors and date at the start of a page; titles alone are texts."""
    scan = reader.scanner
    for number in range(count):
        found = scan.match(patterns.TITLE_LINE)
        if found is None:
            return
        start = scan.position
        end = scan.lines_from(start)
        while (
            end < len(scan.text) and scan.line(end).startswith(" ") and not is_blank(scan.line(end))
        ):
            end = scan.lines_from(end)
        rows = scan.rows(start, end)
        if number == 0 and len(rows) == 1 and not is_blank(found["text"]):
            text = found["text"].rstrip(BLANKS)
            left = found.start("text")
            span = reader.out.range(scan.cut(left, left + len(text)))
            reader.out.leaf(Title(span, Kind.FRONT_MATTER, Form.LINE, "title"), rows)
        else:
            reader.out.leaf(Opaque(), rows)
        scan.position = end


def paragraph(reader: Reader) -> bool:
    """Whatever is left, up to what ends it."""
    scan = reader.scanner
    start = scan.position
    position = scan.lines_from(start)
    while position < len(scan.text) and not reader.ends_text(position):
        position = scan.lines_from(position)
    tag = _tag_in(scan.text[start:position]) if "<" in scan.text[start:position] else 0
    end = start + tag if tag else position
    rows = scan.rows(start, end)
    scan.position = end
    text = scan.text[start:end]
    figure = _FIGURE.fullmatch(text.strip(BLANKS))
    if figure:
        _figure(reader, figure, start + len(text) - len(text.lstrip(BLANKS)))
    else:
        image = _ANY_FIGURE.fullmatch(text.strip(BLANKS))
        kind = Figure if image and not is_blank(image["alt"]) else Text
        reader.out.leaf(kind(reader.out.lines(rows)), rows)
    return True


def _figure(reader: Reader, figure: re.Match[str], start: int) -> None:
    """Add the caption of an image that stands alone in its paragraph, and its other texts."""
    scan, out = reader.scanner, reader.out
    rows = scan.rows(start, start + figure.end())
    if not is_blank(figure["alt"]):
        alt = figure["alt"]
        shown = " ".join(alt.split()) if "\n" in alt else None
        left, right = (start + place for place in figure.span("alt"))
        title = Title(out.range(scan.cut(left, right)), Kind.CAPTION, Form.BRACKETED, text=shown)
        out.leaf(title, rows)
    left, right = out.range(scan.cut(start + figure.start("rest"), start + figure.end()))
    for title in list_titles(out.places.source, left, right):
        out.leaf(title, rows[-1:])
    if is_blank(figure["alt"]):
        out.leaf(Opaque(), rows)


_IMAGE = r"!\[(?P<alt>(?:\\.|`[^`\n]*`|[^\[\]\\`]|\[(?:\\.|[^\[\]\\])*\])*)\]"
_FIGURE = re.compile(
    rf"{_IMAGE}"
    r"\((?:[^()\n\\\"']|\\.|\([^()\n]*\))*\)"
    rf"(?P<rest>[ ]*(?:{patterns.ATTRIBUTES})?)",
    re.DOTALL,
)
_QUOTED = r"\"(?:\\.|[^\"\\])*+\"|'(?:\\.|[^'\\])*+'"
_ANY_FIGURE = re.compile(
    rf"{_IMAGE}(?:\((?:[^()\\\"']|\\.|\([^()]*\)|{_QUOTED})*+\)|[ ]?\[[^\[\]]*\])?"
    rf"(?:{patterns.ATTRIBUTES})?",
    re.DOTALL,
)
"""Matches images with titles and by reference as well, whose marks are part of the text."""


def _tag_in(text: str) -> int:
    """Return where a block-level tag ends a paragraph; 0 if none does."""
    for found in _CODE_OR_TAG.finditer(text):
        if found["tag"]:
            return found.start("tag") if not is_blank(text[: found.start("tag")]) else 0
    return 0


_CODE_OR_TAG = re.compile(
    rf"\\.|{code_span()}|(?P<tag>{patterns.BLOCK_TAG.pattern})",
    re.DOTALL | re.IGNORECASE,
)
