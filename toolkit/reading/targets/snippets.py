"""Files that PyMdown's extension `snippets` puts into a page.

The patterns follow its documentation, "Snippets Notation": a mark and a path in quotes in a line of
their own, or paths between two marks; `;` in front turns one off. Line numbers (`:4:6`, `:1:3,5:6`)
and section names (`:name`) at a path's end are not part of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

SNIPPET_MARK = "8<"
"""A substring of every page with snippets."""
_MARK = re.compile(
    r"^[ \t]*(?P<off>;*)-+8<-+"
    r"(?:[ \t]+(?P<quote>[\"'])(?P<path>(?:\\(?P=quote)|(?!(?P=quote)).)+)(?P=quote))?$",
    re.MULTILINE,
)
_PATH = re.compile(r"^[ \t]*(?P<path>[^;\s].*?)[ \t]*$", re.MULTILINE)
_PART = re.compile(r"(?:(?::-?\d*){1,2}(?:,-?\d*(?::-?\d*)?)*|:[A-Za-z][\w-]*)\Z", re.ASCII)


def snippet_places(source: str, first: int) -> Iterator[Place]:
    """The paths of the snippets behind offset `first`, in order."""
    if source.find(SNIPPET_MARK, first) < 0:
        return
    block = -1
    for mark in _MARK.finditer(source, first):
        if mark["off"]:
            continue
        if not mark["path"]:
            if block >= 0:
                yield from _block(source, block, mark.start())
            block = mark.end() if block < 0 else -1
        elif block < 0:
            writing = Writing.PATH if mark["quote"] == '"' else Writing.PATH_SINGLE
            yield _place(source, *mark.span("path"), writing)


def _block(source: str, start: int, end: int) -> Iterator[Place]:
    for line in _PATH.finditer(source, start, end):
        yield _place(source, *line.span("path"), Writing.PATH_LINE)


def _place(source: str, start: int, end: int, writing: Writing) -> Place:
    part = _PART.search(source[start:end])
    return Place(start, start + part.start() if part else end, TargetKind.SNIPPET, writing)
