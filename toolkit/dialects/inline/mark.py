"""A piece of markup in a text: what it is, and where exactly it stands."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MASK = "\0"
"""Stands for a character that is hidden; no document holds it."""


class Markup(StrEnum):
    """The kind of a piece of markup."""

    CODE = "code span"
    ESCAPE = "escape"
    TAG = "tag"
    COMMENT = "comment"
    INSTRUCTION = "instruction"
    """`<?…?>`, `<!…>` and `<![CDATA[…]]>`."""
    AUTOLINK = "autolink"
    """A URL between `<` and `>`."""
    MAIL = "mail address"
    """A mail address, between `<` and `>` or bare."""
    URL = "bare URL"
    LINK = "link"
    """`[text](target "title")`."""
    IMAGE = "image"
    """`![alt](target "title")`."""
    REFERENCE = "reference"
    """`[text][label]`."""
    SHORT = "short reference"
    """`[label]` or `[label][]`."""
    FOOTNOTE = "footnote"
    CHARACTER = "character reference"
    FORMULA = "formula"
    ROLE = "role"
    EXPRESSION = "expression"
    """JavaScript between braces (MDX)."""
    STRAY = "stray mark"
    """A brace or `<` that begins nothing, where that is a fault (MDX)."""


class Mark(NamedTuple):
    """A piece of markup, and the part of it that says most.

    `inner` and `inner_end` bound the content of code and roles, the target of links, the label of
    references.
    """

    kind: Markup
    start: int
    end: int
    inner: int
    inner_end: int


def masked(text: str, found: Iterable[Mark]) -> str:
    """Return a text of the same length with some marks hidden, which do not overlap."""
    pieces: list[str] = []
    position = 0
    for mark in found:
        pieces += (text[position : mark.start], MASK * (mark.end - mark.start))
        position = mark.end
    return "".join((*pieces, text[position:])) if pieces else text


def outermost(found: Iterable[Mark]) -> list[Mark]:
    """Return the marks that stand in no other one, in order."""
    kept: list[Mark] = []
    for mark in sorted(found, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
