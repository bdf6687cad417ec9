"""Rules for code and formulas: fences, indented code, environments, what dollars hold."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pandoc import patterns
from toolkit.dialects.blocks.pandoc.chunks import option_titles
from toolkit.dialects.blocks.pandoc.lists_of_attributes import list_titles
from toolkit.dialects.blocks.pandoc.patterns import INDENT
from toolkit.dialects.blocks.scanning.blanks import BLANKS, is_blank
from toolkit.dialects.blocks.values import Opaque

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.pandoc.reader import Reader
    from toolkit.dialects.blocks.scanning.scanner import Row

_DOLLARS = re.compile(r"[ ]{0,3}\$\$")


def fence(reader: Reader) -> bool:
    """Code between two fences; a cell's options may hold texts."""
    scan = reader.scanner
    start = scan.position
    closing = reader.fence_end(start)
    opened = scan.match(patterns.FENCE)
    if not closing or opened is None:
        return False
    end = scan.lines_from(closing)
    rows = scan.rows(start, end)
    info = opened["info"].strip(BLANKS)
    titles = list(option_titles(reader.out, info, rows[1:-1]))
    _attribute_titles(reader, rows[:1])
    for title, row in titles:
        reader.out.leaf(title, [row])
    token = reader.out.plain("fence", rows)
    token.info = info.strip("{}").lstrip(".=").replace(",", " ")
    token.markup = opened["run"]
    token.content = _without_texts(rows[1:-1], [row for _, row in titles])
    scan.position = end
    return True


def _without_texts(rows: Sequence[Row], own: Sequence[Row]) -> str:
    """Return lines of code; those whose texts are units of their own by their keys alone."""
    places = {place for _, place in own}
    return "".join(
        f"{text.partition(':')[0] if place in places else text}\n" for text, place in rows
    )


def _attribute_titles(reader: Reader, rows: Sequence[Row]) -> None:
    """Add the texts in a list of attributes that a line has."""
    if "{" not in rows[0][0]:
        return
    ((start, end),) = reader.out.lines(rows)
    for title in list_titles(reader.out.places.source, start, end):
        reader.out.leaf(title, rows)


def attributes_in(reader: Reader, start: int) -> None:
    """Add the texts in the list of attributes of a line."""
    scan = reader.scanner
    _attribute_titles(reader, scan.rows(start, scan.lines_from(start)))


def indented(reader: Reader) -> bool:
    """Code that is indented."""
    scan = reader.scanner
    if not scan.line().startswith(INDENT):
        return False
    start = end = position = scan.position
    while position < len(scan.text):
        line = scan.line(position)
        if not is_blank(line) and not line.startswith(INDENT):
            break
        position = scan.lines_from(position)
        end = position if not is_blank(line) else end
    rows = scan.rows(start, end)
    token = reader.out.plain("code_block", rows)
    token.content = "".join(f"{text.removeprefix(INDENT)}\n" for text, _ in rows)
    scan.position = end
    return True


def environment(reader: Reader) -> bool:
    """An environment of TeX."""
    scan = reader.scanner
    end = reader.environment_end(scan.position)
    if not end:
        return False
    if is_blank(scan.line(end)):
        end = scan.lines_from(end)
    reader.out.leaf(Opaque(), scan.rows(scan.position, end))
    scan.position = end
    return True


def formula(reader: Reader) -> bool:
    """A paragraph that is one formula, maybe with a list of attributes after it."""
    scan = reader.scanner
    if not _DOLLARS.match(scan.line()):
        return False
    end = scan.text_end(scan.position)
    if not _FORMULA.fullmatch(scan.text[scan.position : end].strip(BLANKS)):
        return False
    reader.out.leaf(Opaque(), scan.rows(scan.position, end))
    scan.position = end
    return True


_FORMULA = re.compile(
    rf"\$\$(?:\\.|[^$\\]|\$(?!\$))*\$\$[ \t]*(?:{patterns.ATTRIBUTES})?", re.DOTALL
)
