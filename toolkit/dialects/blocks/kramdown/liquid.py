"""Tags of Liquid, which Jekyll resolves before kramdown sees a page.

Sources are the documentation of Jekyll ("Tags", "Includes") and of Liquid ("Template", "Control
flow"). What a pair like `highlight` holds, and tags of several lines, are taken out of the page as
a whole; a line that holds nothing but tags is blank for kramdown, or what another file brings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import Slice, placeholder

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.scanning.scanner import Row

_PAIR = re.compile(
    r"\{%-?\s*+(?P<name>raw|comment|highlight|javascript|schema|stylesheet|mermaid|math)\b"
    r"(?P<rest>(?:[^%]|%(?!\}))*+)%\}(?P<body>(?:(?!\{%-?\s*+end(?P=name)\b).)*+)"
    r"\{%-?\s*+end(?P=name)\s*+-?%\}"
    r"|\{%-?(?P<tag>(?:[^%]|%(?!\}))*+)%\}",
    re.DOTALL,
)
_LANGUAGE = re.compile(r"\s*(\S+)")


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


_TRIMMING = re.compile(r"\{[{%]-\s*\w*|-[%}]\}(?=[ \t]*\n)")


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
    for match in _PAIR.finditer(page.text):
        first = bisect_right(starts, match.start()) - 1
        last = bisect_right(starts, match.end() - 1) - 1
        around = (
            page.text[starts[first] : match.start()] + page.text[match.end() : starts[last + 1]]
        )
        alone = last == first and not match["name"]
        if first < line or alone or match["name"] == "raw" or around.strip(" \t\n>"):
            continue
        kept += rows[line:first]
        own = rows[first : last + 1]
        language = _LANGUAGE.match(match["rest"] or "")
        is_code = match["name"] == "highlight" and last > first
        found.append(Stashed(own, language[1] if language and is_code else "", is_code))
        indent = page.text[starts[first] : match.start()]
        kept.append((indent + placeholder(len(found) - 1), own[0][1]))
        line = last + 1
    kept += rows[line:]
    return Slice("\n".join(text for text, _ in kept), [start for _, start in kept]), found


_FENCED = re.compile(
    r"(?P<before>[ ]*(?:\{%-?\s*end\w+\s*-?%\}[ ]*)*)(?P<fence>(?:`{3,}|~{3,})[^`{]*?)"
    r"(?P<behind>(?:[ ]*\{%-?[^%]*%\})*[ ]*)$"
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
