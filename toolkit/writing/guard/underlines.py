"""Texts of several lines above a line of dashes, which would underline a single one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_UNDERLINE = re.compile(r"(?:\r\n?|\n)[ \t>]*(?:=+|-+)[ \t]*(?:\r|\n|\Z)")
_BREAK = re.compile(r"(?<=\S) (?=\S)|(?<=[，。；：、！？])(?=\w)")
"""Return where a line may end: at a blank, or after Chinese punctuation, which includes one."""
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"), ("{", "}"))


def in_two_lines(unit: Unit, text: str, document: Document) -> str:
    """Put a text in two lines where its source has several above a line of dashes."""
    source = document.text[unit.span.start : unit.span.end]
    if "\n" in text or not ("\n" in source or "\r" in source):
        return text
    if not _UNDERLINE.match(document.text, unit.span.end):
        return text
    for place in reversed(list(_BREAK.finditer(text))):
        first, second = text[: place.start()], text[place.end() :]
        if _is_closed(first):
            return f"{first}\n{second}"
    return text


def _is_closed(text: str) -> bool:
    """Whether no code, link, tag or attribute list goes on behind a text."""
    ticks = text.count("`") % 2
    return not ticks and all(text.count(one) == text.count(other) for one, other in _PAIRS)
