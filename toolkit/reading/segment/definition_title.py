"""The title in the definition of a link: `[label]: target "title"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.reading.segment.joining import joined

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.dialects.blocks.values import ReferenceDefinition
    from toolkit.dialects.parser import Range

_TITLE = re.compile(r"""[ \t\n](?:"(.*)"|'(.*)'|\((.*)\))[ \t]*$""", re.DOTALL)


_REFERENCE = re.compile(r"\[((?:\\.|[^\[\]\\]){1,999})\](?!:)", re.DOTALL)
_NOWHERE = frozenset({"", "#"})


def comments_among(source: str) -> Callable[[ReferenceDefinition], bool]:
    """Return what tells whether a definition is a comment (`[//]: # (…)`, `[comment]: <> (…)`).

    That is one which leads nowhere, and which nothing on the page refers to.
    """
    used: set[str] = set()

    def is_comment(definition: ReferenceDefinition) -> bool:
        if definition.url not in _NOWHERE:
            return False
        if not used:
            used.update(normalizeReference(found[1]) for found in _REFERENCE.finditer(source))
            used.add("")
        return normalizeReference(definition.label) not in used

    return is_comment


def definition_title(source: str, start: int, end: int) -> Range | None:
    """Return where the title of a definition stands between its marks, where it has one."""
    title = _TITLE.search(source[start:end].rstrip())
    if title is None:
        return None
    left, right = title.span(title.lastindex or 0)
    return start + left, start + right


def title_text(source: str, start: int, title: Range) -> str:
    """Return a title's text; its lines stand in the quotes that the definition at `start` is in."""
    first, *others = source[slice(*title)].split("\n")
    if not others:
        return first.strip()
    depth = source[start : source.index("[", start)].count(">")
    marks = re.compile(rf"(?:[ \t]*>){{0,{depth}}}")
    return joined([first.strip(), *(marks.sub("", line, count=1).strip() for line in others)])
