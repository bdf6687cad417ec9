"""Tags of Liquid, which Jekyll resolves before kramdown sees a page.

Sources are the documentation of Jekyll ("Tags", "Includes") and of Liquid ("Template", "Control
flow"). What a pair like `highlight` holds, and tags of several lines, are taken out of the page as
a whole; a line that holds nothing but tags is blank for kramdown, or what another file brings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.slices import Slice, placeholder

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.scanning.scanner import Row

_PAIRS = frozenset(
    {"raw", "comment", "highlight", "javascript", "schema", "stylesheet", "mermaid", "math"}
)
_TAG = re.compile(r"\{%-?\s*+(?P<name>\w*+)(?P<rest>(?:[^%]|%(?!\}))*+)%\}", re.ASCII)
_LANGUAGE = re.compile(r"\s*(\S+)", re.ASCII)


class _Region(NamedTuple):
    """A tag of several lines, or a pair of tags with all between them."""

    start: int
    end: int
    name: str
    """The name of the pair."""
    rest: str


def _regions(text: str) -> Iterator[_Region]:
    last = {name: text.rfind(f"end{name}") for name in _PAIRS}
    position, end = 0, text.rfind("%}")
    while position <= end and (tag := _TAG.search(text, position, end + 2)):
        position, name = tag.end(), tag["name"]
        closing = None
        if name in _PAIRS and last[name] >= position:
            closing = re.compile(rf"\{{%-?\s*+end{name}\s*+-?%\}}", re.ASCII).search(text, position)
        if closing:
            position = closing.end()
            yield _Region(tag.start(), position, name, tag["rest"])
        elif "\n" in tag[0]:
            yield _Region(*tag.span(), "", "")


@dataclass(frozen=True, slots=True)
class Stashed:
    """Lines that are taken out of a page: of code with its language, or of something else."""

    rows: Sequence[Row]
    language: str
    is_code: bool


_PIPE = "\x04"
"""Stands for a `|` in a tag, which kramdown never sees."""
_TAGS = re.compile(r"\{\{[^{}\n]*\}\}|\{%(?:[^%\n]|%(?!\}))*%\}")


def unmasked(text: str) -> str:
    """Return a text as it stands in the source."""
    return text.replace(_PIPE, "|")


def _masked(page: Slice) -> Slice:
    """Return a page whose tags hold no `|` for others to find."""
    if "|" not in page.text or "{" not in page.text:
        return page
    text = page.text.replace(_PIPE, "\x1a")
    return Slice(_TAGS.sub(lambda tag: tag[0].replace("|", _PIPE), text), page.starts)


def nesting(source: str) -> tuple[str, ...]:
    """Return the tags of a page that take the blanks and line ends beside them away."""
    return tuple(_TRIMMING.findall(source)) if "-" in source and "{" in source else ()


_TRIMMING = re.compile(r"\{[{%]-\s*\w*|-[%}]\}(?=[ \t]*\n)", re.ASCII)


def without_regions(page: Slice) -> tuple[Slice, list[Stashed]]:
    """Return a page with a placeholder for each region of whole lines, and the regions."""
    page = _masked(page)
    if "{%" not in page.text:
        return page, []
    page = _with_bare_fences(page)
    rows = list(page.rows())
    starts = [0]
    for row, _ in rows:
        starts.append(starts[-1] + len(row) + 1)
    kept: list[Row] = []
    found: list[Stashed] = []
    line = 0
    for region in _regions(page.text):
        first = bisect_right(starts, region.start) - 1
        last = bisect_right(starts, region.end - 1) - 1
        indent = page.text[starts[first] : region.start]
        behind = page.text[region.end : starts[last + 1]]
        alone = _MARKERS.fullmatch(indent) and not behind.strip(" \t\n>")
        if first < line or region.name == "raw" or not alone:
            continue
        kept += rows[line:first]
        own = rows[first : last + 1]
        language = _LANGUAGE.match(region.rest)
        is_code = region.name == "highlight" and last > first
        found.append(Stashed(own, language[1] if language and is_code else "", is_code))
        kept.append((indent + placeholder(len(found) - 1), own[0][1]))
        line = last + 1
    kept += rows[line:]
    return Slice("\n".join(text for text, _ in kept), [start for _, start in kept]), found


_MARKERS = re.compile(r"[ \t>]*(?:(?:[-+*]|\d{1,9}\.)[ \t]+)*", re.ASCII)
"""Matches what stands before a tag that is alone in its line, or in its item."""
_FENCED = re.compile(
    r"(?P<before>[ ]*(?:\{%-?\s*end\w+\s*-?%\}[ ]*)*)(?P<fence>(?:`{3,}|~{3,})[^`{]*?)"
    r"(?P<behind>(?:[ ]*\{%-?[^%]*%\})*[ ]*)$",
    re.ASCII,
)


def _with_bare_fences(page: Slice) -> Slice:
    """Return a page without the tags that stand beside fences in their lines."""
    rows: list[Row] = []
    for text, place in page.rows():
        fence = _FENCED.match(text) if "{%" in text and ("```" in text or "~~~" in text) else None
        if fence:
            indent = len(text) - len(text.lstrip(" "))
            row = " " * indent + fence["fence"]
            rows.append((row, place + fence.start("fence") - indent))
        else:
            rows.append((text, place))
    return Slice("\n".join(text for text, _ in rows), [start for _, start in rows])
