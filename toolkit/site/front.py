"""Additions at the top of a localized page: its language in the front matter, and a notice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Heading, block_of
from toolkit.model.document import Document, Edit, Span
from toolkit.model.expressions import late
from toolkit.reading.segment.front_matter import LEAD
from toolkit.reading.segment.json_values import json_values
from toolkit.reading.segment.toml_values import toml_values

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.reading.segment import Reading

_OTHER = late(rf"(?:{LEAD.pattern})?(?:(?P<toml>\+\+\+)[ \t]*(?:\r\n|\n|\r)|\{{)")
_TOML_END = late(r"^\+\+\+", re.MULTILINE)
_FENCE = late(rf"(?:{LEAD.pattern})?---[ \t]*(\r\n|\n|\r)")


def with_front_matter(document: Document, reading: Reading, values: Mapping[str, str]) -> Document:
    """The page with some keys of its front matter set; it gets one if it has none.

    A key that is there keeps its line, and its place; `reading` is what was read in the page.
    """
    if not values:
        return document
    newline = document.newline
    other = _OTHER.match(document.text) if reading.header.lines else None
    if other:
        end = _end(document, reading)
        edits = _toml_edits if other["toml"] else _json_edits
        return document.edited(edits(document, other.end(), end, values))
    opening = _FENCE.match(document.text) if reading.header.lines else None
    if opening is None and reading.header.lines:
        # Bare `key: value` lines.
        return _with_lines(document, 0, _end(document, reading), values, newline)
    if opening is None:
        lines = "".join(f"{key}: {value}{newline}" for key, value in values.items())
        text = f"---{newline}{lines}---{newline}{newline}"
        return document.edited([Edit(Span(0, 0), text)])
    return _with_lines(document, opening.end(), _end(document, reading), values, newline)


def _end(document: Document, reading: Reading) -> int:
    starts = (*document.line_starts, len(document.text))
    return starts[min(reading.header.lines, len(starts) - 1)]


def _with_lines(
    document: Document, start: int, end: int, values: Mapping[str, str], newline: str
) -> Document:
    edits = []
    missing = ""
    for key, value in values.items():
        known = re.compile(rf"^{re.escape(key)}[ \t]*:[ \t]*([^\r\n]*)", re.MULTILINE)
        found = known.search(document.text, start, end)
        if found:
            edits.append(Edit(Span(*found.span(1)), value))
        else:
            missing += f"{key}: {value}{newline}"
    if missing:
        edits.append(Edit(Span(start, start), missing))
    return document.edited(edits)


def _toml_edits(
    document: Document, start: int, end: int, values: Mapping[str, str]
) -> Iterator[Edit]:
    """The edits that set keys in front matter of TOML."""
    body = _TOML_END.split(document.text[start:end], maxsplit=1)[0]
    known = {value.key: value for value in toml_values(body, start, values)}
    missing = ""
    for key, text in values.items():
        if key in known:
            yield Edit(Span(known[key].start, known[key].end), f'"{text}"')
        else:
            missing += f'{key} = "{text}"{document.newline}'
    if missing:
        yield Edit(Span(start, start), missing)


def _json_edits(
    document: Document, start: int, _end: int, values: Mapping[str, str]
) -> Iterator[Edit]:
    """The edits that set keys in front matter of JSON."""
    found = json_values(document.text[start - 1 :], values)
    known = {value.key: value.moved(start - 1) for value in found[1]} if found else {}
    missing = []
    for key, text in values.items():
        if key in known:
            yield Edit(Span(known[key].start, known[key].end), f'"{text}"')
        else:
            missing.append(f'{document.newline}"{key}": "{text}"')
    if missing:
        more = "" if document.text[start:].lstrip().startswith("}") else ","
        yield Edit(Span(start, start), ",".join(missing) + more)


def with_notice(document: Document, reading: Reading, notice: str) -> Document:
    """The page with a block of text of its own before all others.

    A page that begins with its title has it after that: programs look for the title first.
    """
    if not notice:
        return document
    newline = document.newline
    text = notice.strip().replace("\n", newline)
    title = _title_end(document, reading)
    if title:
        before = "" if document.text[:title].endswith(newline) else newline
        rest = document.text[title:].strip()
        return document.edited(
            [Edit(Span(title, title), f"{before}{newline}{text}{newline if rest else ''}")]
        )
    place = _end(document, reading) if reading.header.lines else 0
    blank = newline if place and not document.text[:place].endswith(newline * 2) else ""
    return document.edited([Edit(Span(place, place), f"{blank}{text}{newline}{newline}")])


def _title_end(document: Document, reading: Reading) -> int:
    """The end of the title that a page begins with; 0 where it begins with anything else."""
    first = reading.tokens[0] if reading.tokens else None
    block = block_of(first) if first else None
    if first is None or not first.map or not isinstance(block, Heading) or block.level != 1:
        return 0
    starts = (*document.line_starts, len(document.text))
    return starts[min(first.map[1], len(starts) - 1)]
