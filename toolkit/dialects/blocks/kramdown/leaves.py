"""Rules for what holds no blocks: code, headings, rules, formulas, paragraphs, blank lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown import patterns
from toolkit.dialects.blocks.kramdown.liquid import unmasked
from toolkit.dialects.blocks.kramdown.patterns import INDENT
from toolkit.dialects.blocks.kramdown.reader import Last
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank
from toolkit.dialects.blocks.scanning.tag_texts import PARAMETERS, parameter_titles
from toolkit.dialects.blocks.values import Heading, Opaque, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.kramdown.liquid import Stashed
    from toolkit.dialects.blocks.kramdown.reader import Reader
    from toolkit.dialects.blocks.scanning.scanner import Row
    from toolkit.dialects.parser import Range

_CLOSING_MARKS = re.compile(r"[\t ]+#+$")


def blank(reader: Reader) -> bool:
    """Blank lines."""
    scan = reader.scanner
    if scan.match(patterns.BLANK) is None:
        return False
    if reader.last is not Last.BLANK:
        reader.before_gap, reader.gap = reader.last, 0
    reader.gap += 1
    scan.position = scan.lines_from(scan.position)
    reader.added(Last.BLANK)
    return True


def liquid(reader: Reader) -> bool:
    """Tags of Liquid alone in a line, and what was taken out of the page for them."""
    scan = reader.scanner
    line = scan.line()
    stashed = patterns.STASHED.match(line)
    if stashed:
        _stashed(reader, reader.page.stashed[int(stashed["number"])])
    elif patterns.LIQUID_TAGS.match(line) or reader.page.scanned.is_own_syntax(line):
        behind = scan.lines_from(scan.position)
        _tags(reader, scan.rows(scan.position, behind))
    else:
        return False
    scan.position = scan.lines_from(scan.position)
    reader.added(Last.BOUNDARY)
    return True


def _tags(reader: Reader, rows: Sequence[Row]) -> None:
    """Add tags with the texts that they give to what they put in."""
    lines = reader.out.lines(rows)
    span = lines[0][0], lines[-1][1]
    source = reader.out.places.source
    if _INCLUDE.search(source, *span):
        for title in parameter_titles(source, span, PARAMETERS):
            reader.out.leaf(title, rows)
    reader.out.leaf(Opaque(), rows)


_INCLUDE = re.compile(r"\{%-?\s*include", re.ASCII)


def _stashed(reader: Reader, stashed: Stashed) -> None:
    rows = stashed.rows
    if not stashed.is_code:
        _tags(reader, rows)
        return
    token = reader.out.plain("fence", rows)
    token.info, token.markup = stashed.language, "{%"
    token.content = content_of([text for text, _ in rows[1:-1]])


def content_of(lines: Sequence[str]) -> str:
    """Return lines of code as they stand in the source."""
    return unmasked("".join(f"{line}\n" for line in lines))


def code(reader: Reader) -> bool:
    """Code that is indented, with lines that go on lazily."""
    scan = reader.scanner
    if not scan.line().startswith(INDENT):
        return False
    start = scan.position
    end = indented_end(reader, start)
    scan.position = end
    rows = scan.rows(start, end)
    token = reader.out.plain("code_block", rows)
    token.content = content_of([text.removeprefix(INDENT) for text, _ in rows])
    reader.added(Last.BLOCK)
    return True


def indented_end(reader: Reader, start: int) -> int:
    """Return where lines end that are indented or follow such ones lazily."""
    scan = reader.scanner
    position = end = start
    indented = False
    while position < len(scan.text):
        line = scan.line(position)
        behind = scan.lines_from(position)
        if line.startswith(INDENT) and not is_blank(line):
            indented, end = True, behind
        elif is_blank(line):
            indented = False
        elif indented and not patterns.ends_lazy(line):
            end = behind
        else:
            break
        position = behind
    return end


def fence(reader: Reader) -> bool:
    """Code between two lines of backticks or tildes; nothing without the second.

    Where nothing closes a run a part of it may be one, and the rest a word after it.
    """
    scan = reader.scanner
    opened = scan.match(patterns.FENCE)
    info = patterns.FENCE_INFO.match(opened["info"]) if opened else None
    if opened is None or info is None:
        return False
    run, mark = opened["run"], opened["mark"]
    inner = scan.lines_from(scan.position)
    for length in range(len(run), 2, -1):
        closing = scan.fence_end(mark * length, r"\s*?", inner)
        if closing >= 0:
            language = run[length:] + info["language"]
            _add_fence(reader, mark * length, language, scan.lines_from(closing))
            return True
    return False


def _add_fence(reader: Reader, run: str, language: str, end: int) -> None:
    scan = reader.scanner
    rows = scan.rows(scan.position, end)
    scan.position = end
    token = reader.out.plain("fence", rows)
    token.info, token.markup = language, run
    token.content = content_of([text for text, _ in rows[1:-1]])
    reader.added(Last.BLOCK)


def heading(reader: Reader) -> bool:
    """A heading marked by `#`, at the start of a line."""
    scan = reader.scanner
    found = scan.match(patterns.HEADING)
    if found is None:
        return False
    start = found.start("text")
    end, place = _title_end(scan.text, start, found.end("text"))
    marks = _CLOSING_MARKS.search(scan.text[start:end])
    end = start + marks.start() if marks else end
    if end <= start:
        return False
    _add_heading(reader, (start, end), place, (len(found["level"]), 1))
    return True


def underlined_heading(reader: Reader) -> bool:
    """A heading of one line with a line below it."""
    scan = reader.scanner
    line = scan.line()
    below = scan.lines_from(scan.position)
    if not reader.is_behind_boundary or is_blank(line[:4]) or below >= len(scan.text):
        return False
    found = patterns.UNDERLINE.match(scan.line(below))
    if found is None:
        return False
    start = scan.position + len(line) - len(line.lstrip(BLANKS))
    end, place = _title_end(scan.text, start, scan.position + len(line))
    if end <= start:
        return False
    _add_heading(reader, (start, end), place, (2 if found["level"] == "-" else 1, 2))
    return True


def _title_end(text: str, start: int, end: int) -> tuple[int, Range]:
    """Return the end of a heading's text, and the place of its id or where one would stand."""
    end = start + len(text[start:end].rstrip(BLANKS))
    found = patterns.HEADING_ID.search(text, start - 1, end)
    if found is None:
        return end, (end, end)
    return start + len(text[start : found.start()].rstrip(BLANKS)), found.span()


def _add_heading(reader: Reader, span: Range, place: Range, shape: tuple[int, int]) -> None:
    """Add a heading by the places of its text and its id, its level and number of lines."""
    scan, out = reader.scanner, reader.out
    level, count = shape
    end = scan.behind(count)
    text = (out.range(scan.cut(*span)),)
    attributes = out.piece(scan, place)
    if attributes[0] == attributes[1] and reader.pending and reader.list_above:
        attributes = reader.list_above
    block = Heading(text, level, marked=count == 1, attributes=attributes)
    reader.heading = out.leaf(block, scan.rows(scan.position, end))
    scan.position = end
    reader.added(Last.BLOCK)


def rule(reader: Reader) -> bool:
    """A horizontal rule."""
    scan = reader.scanner
    if scan.match(patterns.RULE) is None:
        return False
    behind = scan.lines_from(scan.position)
    reader.out.plain("hr", scan.rows(scan.position, behind))
    scan.position = behind
    reader.added(Last.BLOCK)
    return True


def formula(reader: Reader) -> bool:
    """A formula between two dollars twice, with nothing beside it."""
    scan = reader.scanner
    start = scan.position
    if not reader.is_behind_boundary or "$$" not in scan.line()[:5]:
        return False
    if not scan.has_behind("$$", scan.text.index("$$", start) + 2):
        return False
    found = patterns.MATH.match(scan.text, scan.position)
    if found is None or not reader.is_in_front_of_boundary(found.end()):
        return False
    reader.out.leaf(Opaque(), scan.rows(scan.position, found.end()))
    scan.position = found.end()
    reader.added(Last.BLOCK)
    return True


def paragraph(reader: Reader) -> bool:
    """Whatever is left, up to what ends it."""
    scan = reader.scanner
    start = scan.position
    position = scan.lines_from(start)
    while position < len(scan.text) and not _ends(reader, scan.line(position)):
        position = scan.lines_from(position)
    rows = scan.rows(start, position)
    scan.position = position
    if reader.last is not Last.PARAGRAPH or not reader.out.extend_paragraph(rows):
        reader.out.leaf(Text(reader.out.lines(rows)), rows)
    reader.added(Last.PARAGRAPH)
    return True


def _ends(reader: Reader, line: str) -> bool:
    if patterns.ends_paragraph(line):
        return True
    if "{" in line and patterns.LIQUID_TAGS.match(line) and "{%" in line:
        return True
    return reader.page.scanned.is_own_syntax(line)
