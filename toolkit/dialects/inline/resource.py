"""Read the parentheses of an inline link: its target, and its title."""

from __future__ import annotations

import re
from typing import NamedTuple

_MAX_PARENTHESES = 32
"""Levels of parentheses in a target; CommonMark 0.31, section 6.3, asks for three at least."""
_BLANKS = r"[ \t\n]*+"
_TITLE = r"""(?:"(?:\\.|[^"\\])*+"|'(?:\\.|[^'\\])*+'|\((?:\\.|[^()\\])*+\))"""
_ANGLE = re.compile(rf"\({_BLANKS}<((?:\\.|[^<>\\\n])*+)>", re.DOTALL)
_OPENING = re.compile(rf"\({_BLANKS}")
_CHUNK = re.compile(r"(?:\\[!-/:-@\[-`{-~]|[^\x01-\x20\x7f()\\]|\\(?![!-/:-@\[-`{-~]))*+")
_CLOSING = re.compile(rf"(?:[ \t\n]++{_TITLE})?+{_BLANKS}\)", re.DOTALL)
_LOOSE_CLOSING = re.compile(r"""\s*+(?:"[^"]*+"|'[^']*+')?+\s*+\)""")
_PARENTHESIS = re.compile(r"\\.|[()]", re.DOTALL)
_MAX_LOOSE = 2000
"""Characters of a target that blanks are in."""


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


class LooseResources:
    """Targets as Python-Markdown reads them: blanks may stand in them, quotes anywhere."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._closing: dict[int, int] | None = None

    def __call__(self, opened: int) -> Resource | None:
        """The target between parentheses that open at `opened`."""
        found = commonmark_resource(self._text, opened)
        if found:
            return found
        angle = _ANGLE.match(self._text, opened)
        closed = angle and _LOOSE_CLOSING.match(self._text, angle.end())
        if angle and closed:
            return Resource(*angle.span(1), closed.end())
        closing = self._pairs().get(opened, 0)
        if not opened < closing <= opened + _MAX_LOOSE:
            return None
        content = _without_title(self._text[opened + 1 : closing].rstrip())
        start = opened + 1 + len(content) - len(content.lstrip())
        return Resource(start, start + len(content.strip()), closing + 1)

    def _pairs(self) -> dict[int, int]:
        """The closing parenthesis of each opening one, worked out once."""
        if self._closing is None:
            self._closing = {}
            opened: list[int] = []
            for match in _PARENTHESIS.finditer(self._text):
                if match[0] == "(":
                    opened.append(match.start())
                elif match[0] == ")" and opened:
                    self._closing[opened.pop()] = match.start()
        return self._closing


def _without_title(content: str) -> str:
    """The part in front of a title, which runs from the first quote of its kind to the last."""
    quote = content[-1:]
    first = content.find(quote)
    is_title = quote in {'"', "'"} and first < len(content) - 1
    return content[:first] if is_title else content
