"""The rule for tables, in which separators may stand anywhere, or not at all."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown import patterns
from toolkit.dialects.blocks.kramdown.liquid import unmasked
from toolkit.dialects.blocks.kramdown.reader import Last
from toolkit.dialects.blocks.scanning.scanner import trimmed
from toolkit.dialects.blocks.table import python_markdown_cells
from toolkit.dialects.blocks.values import Table, Title
from toolkit.language.code_spans import code_span
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.kramdown.reader import Reader
    from toolkit.dialects.blocks.scanning.scanner import Row
    from toolkit.dialects.parser import Range

_CODE = re.compile(rf"{code_span(lines=False)}|<code\b[^>]*>.*?</code>")
_PIPE = re.compile(r"(?<!\\)\|")


def table(reader: Reader) -> bool:
    """Lines with a `|` in each, between boundaries."""
    scan = reader.scanner
    line = scan.line()
    if not reader.is_behind_boundary or "|" not in line or not patterns.TABLE_LINE.match(line):
        return False
    if len(line) - len(line.lstrip(" ")) > 3:  # noqa: PLR2004 - it would be code
        return False
    end = scan.position
    while end < len(scan.text) and patterns.TABLE_LINE.match(scan.line(end)):
        end = scan.lines_from(end)
    rows = scan.rows(scan.position, end)
    if not reader.is_in_front_of_boundary(end) or not all(_has_pipe(text) for text, _ in rows):
        return False
    if all(_is_separator(text) for text, _ in rows):
        return False
    _add(reader, rows)
    scan.position = end
    reader.added(Last.BLOCK)
    return True


def _has_pipe(text: str) -> bool:
    # Code keeps a backslash in front of it from what stands behind it.
    return bool(_PIPE.search(_CODE.sub(" ", text))) or _is_separator(text)


def _is_separator(text: str) -> bool:
    return bool(patterns.TABLE_SEPARATOR.match(text) or patterns.TABLE_FOOTER.match(text))


def _cells(text: str) -> list[Range]:
    return python_markdown_cells(text, border=True)


def _add(reader: Reader, rows: Sequence[Row]) -> None:
    """Add a table with a header as such, of another one each cell."""
    bare = trimmed(rows)
    separators = [number for number, (text, _) in enumerate(bare) if _is_separator(text)]
    if separators == [1]:
        columns = max(len(_cells(text)) for text, _ in bare)
        reader.out.leaf(Table(reader.out.lines(bare), columns), rows)
        return
    header = separators[0] if separators and separators[0] else 0
    for number, (text, place) in enumerate(bare):
        if number in separators:
            continue
        kind = Kind.TABLE_HEADER if number < header else Kind.TABLE_CELL
        for start, end in _cells(text):
            if start < end:
                span = reader.out.range((place + start, place + end))
                title = Title(
                    span, kind, Form.CODE_CELL, text=unmasked(_PIPED.sub("|", text[start:end]))
                )
                reader.out.leaf(title, [rows[number]])


_PIPED = re.compile(r"\\\|")
