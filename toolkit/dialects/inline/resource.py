"""Read the parentheses of an inline link: its target, and its title."""

from __future__ import annotations

import re
from typing import NamedTuple

from toolkit.model.expressions import late

_MAX_PARENTHESES = 32
"""Levels of parentheses in a target; CommonMark 0.31, section 6.3, asks for three at least."""
_BLANKS = r"[ \t\n]*+"
_TITLE = r"""(?:"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\))"""
_ANGLE = late(rf"\({_BLANKS}<((?:\\.|[^<>\\\n])*+)>", re.DOTALL)
_OPENING = late(rf"\({_BLANKS}")
_CHUNK = late(r"(?:\\[!-/:-@\[-`{-~]|[^\x01-\x20\x7f()\\]|\\(?![!-/:-@\[-`{-~]))*+")
_CLOSING = late(rf"(?:[ \t\n]++{_TITLE})?+{_BLANKS}\)", re.DOTALL)


class Resource(NamedTuple):
    """Start and end of a target, and where its closing parenthesis ends."""

    start: int
    end: int
    behind: int


def commonmark_resource(text: str, opened: int) -> Resource | None:
    """The target between parentheses that open at `opened` (CommonMark 0.31, section 6.3)."""
    angle = _ANGLE.match(text, opened)
    if angle:
        closed = _CLOSING.match(text, angle.end())
        return Resource(*angle.span(1), closed.end()) if closed else None
    opening = _OPENING.match(text, opened)
    if not opening or text.startswith("<", opening.end()):
        return None
    start = opening.end()
    end = _plain_end(text, start)
    closed = _CLOSING.match(text, end)
    return Resource(start, end, closed.end()) if closed else None


def _plain_end(text: str, position: int) -> int:
    """The end of a target: a blank or a parenthesis that it did not open."""
    level = 0
    while chunk := _CHUNK.match(text, position):
        position = chunk.end()
        mark = text[position : position + 1]
        if mark == "(" and level < _MAX_PARENTHESES:
            level += 1
        elif mark == ")" and level:
            level -= 1
        else:
            break
        position += 1
    return position
