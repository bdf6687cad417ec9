"""Rules for tables: pipes, grids, and columns that dashes mark; captions above and below them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pandoc import patterns
from toolkit.dialects.blocks.pandoc.lists_of_attributes import list_titles
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank
from toolkit.dialects.blocks.scanning.scanner import trimmed
from toolkit.dialects.blocks.table import python_markdown_cells
from toolkit.dialects.blocks.values import Opaque, Table, Title
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pandoc.reader import Reader

_LIST_AT_END = re.compile(rf"[ \t]*(?:{patterns.ATTRIBUTES})[ \t]*$")
_GRID_LINE = re.compile(r"[ ]{0,3}[+|]")


def pipes(reader: Reader) -> bool:
    """A table whose columns pipes separate."""
    scan = reader.scanner
    start = scan.position
    below = scan.lines_from(start)
    head = scan.line()
    if below >= len(scan.text) or is_blank(head) or head.startswith(patterns.INDENT):
        return False
    marks = scan.line(below)
    if (
        not patterns.PIPE_BREAK.match(marks)
        or "|" not in head
        or "|" not in marks + "|" * ("+" in marks)
    ):
        return False
    columns = len(python_markdown_cells(marks.strip(BLANKS).replace("+", "|"), border=True))
    end = scan.lines_from(below)
    while end < len(scan.text) and "|" in scan.line(end) and not is_blank(scan.line(end)):
        end = scan.lines_from(end)
    rows = scan.rows(start, end)
    bare = trimmed(rows)
    reader.out.leaf(Table(reader.out.lines(bare), columns), rows)
    scan.position = end
    caption(reader)
    return True


def grid(reader: Reader) -> bool:
    """A table that is drawn; its columns have to stay as wide as they are."""
    scan = reader.scanner
    if scan.match(patterns.GRID) is None:
        return False
    end = scan.position
    while end < len(scan.text) and _GRID_LINE.match(scan.line(end)):
        end = scan.lines_from(end)
    if end == scan.lines_from(scan.position):
        return False
    return _add_whole(reader, end, "a grid table")


def columns(reader: Reader) -> bool:
    """A table whose columns dashes mark, with or without lines between its rows."""
    scan = reader.scanner
    start = scan.position
    line = scan.line()
    if patterns.DASHES.match(line):
        below = scan.lines_from(start)
        several = " " in line.strip(BLANKS)
        find = _multiline_end if several else _single_column_end
        # Dashes above a blank line are a rule.
        is_table = below < len(scan.text) and not is_blank(scan.line(below))
        end = find(reader, below) if is_table else 0
        return bool(end) and _add_whole(reader, end, "a table of columns")
    below = scan.lines_from(start)
    if below >= len(scan.text) or is_blank(line):
        return False
    marks = scan.line(below).rstrip(BLANKS)
    if not patterns.SIMPLE_HEAD.match(marks) or " " not in marks.strip(BLANKS):
        return False
    return _add_whole(reader, scan.text_end(scan.lines_from(below)), "a table of columns")


def _multiline_end(reader: Reader, position: int) -> int:
    """Return where a table ends whose first line is one of dashes; 0 where it is none."""
    scan = reader.scanner
    first = scan.line(reader.scanner.position).strip(BLANKS)
    separators = int(" " in first)
    while position < len(scan.text):
        line = scan.line(position)
        behind = scan.lines_from(position)
        if patterns.DASHES.match(line):
            if separators and (behind >= len(scan.text) or is_blank(scan.line(behind))):
                return behind
            separators += " " in line.strip(BLANKS)
        elif not separators and is_blank(line):
            return 0
        position = behind
    return 0


def _single_column_end(reader: Reader, position: int) -> int:
    """Return where a table of one column ends, whose first line is one of dashes; 0 for none.

    Its text starts in the next line. Dashes below text without a blank line end it, or its header
    where more text stands behind them and is ended; else those do that a blank line follows.
    """
    scan = reader.scanner
    text_end = position
    while text_end < len(scan.text) and _is_table_text(scan.line(text_end)):
        text_end = scan.lines_from(text_end)
    if text_end == position or text_end >= len(scan.text):
        return 0
    behind = scan.lines_from(text_end)
    if is_blank(scan.line(text_end)):
        return _footer_end(reader, text_end)
    if behind < len(scan.text) and _is_table_text(scan.line(behind)):
        return _footer_end(reader, behind) or behind
    return behind


def _is_table_text(line: str) -> bool:
    return not is_blank(line) and not patterns.DASHES.match(line)


def _footer_end(reader: Reader, position: int) -> int:
    """Return the end of the first line of dashes that a blank line follows; 0 for none."""
    scan = reader.scanner
    while position < len(scan.text):
        behind = scan.lines_from(position)
        last = behind >= len(scan.text) or is_blank(scan.line(behind))
        if last and patterns.DASHES.match(scan.line(position)):
            return behind
        position = behind
    return 0


def _add_whole(reader: Reader, end: int, what: str) -> bool:
    scan = reader.scanner
    reader.out.leaf(Opaque(markup=what), scan.rows(scan.position, end))
    scan.position = end
    caption(reader)
    return True


def caption(reader: Reader) -> bool:
    """The caption of a table, `: Words` or `Table: Words`, above it or below."""
    scan = reader.scanner
    position = scan.blank_end(scan.position)
    if position >= len(scan.text):
        return False
    mark = patterns.CAPTION.match(scan.line(position))
    if mark is None:
        return False
    end = scan.lines_from(position)
    while end < len(scan.text) and not reader.ends_text(end):
        end = scan.lines_from(end)
    rows = scan.rows(position, end)
    text = scan.text[position + mark.end() : end].rstrip(BLANKS)
    listed = _LIST_AT_END.search(text)
    whole = text
    text = text[: listed.start()] if listed else text
    left = position + mark.end()
    span = reader.out.range(scan.cut(left, left + len(text)))
    if text:
        shown = " ".join(text.split()) if "\n" in text else None
        reader.out.leaf(Title(span, Kind.CAPTION, Form.LINE, text=shown), rows)
    if listed:
        inner = reader.out.range(scan.cut(left + len(text), left + len(whole)))
        for title in list_titles(reader.out.places.source, *inner):
            reader.out.leaf(title, rows[-1:])
    scan.position = end
    return True


def caption_above(reader: Reader) -> bool:
    """A caption with its table below."""
    scan = reader.scanner
    mark = scan.match(patterns.CAPTION)
    if mark is None:
        return False
    start = scan.position
    end = scan.blank_end(scan.text_end(start))
    scan.position = end
    is_table = end < len(scan.text) and _starts_table(reader)
    scan.position = start
    return is_table and caption(reader)


def _starts_table(reader: Reader) -> bool:
    scan = reader.scanner
    below = scan.lines_from(scan.position)
    if scan.match(patterns.GRID) or scan.match(patterns.DASHES):
        return True
    if below >= len(scan.text):
        return False
    marks = scan.line(below)
    return bool(patterns.PIPE_BREAK.match(marks) or patterns.SIMPLE_HEAD.match(marks))
