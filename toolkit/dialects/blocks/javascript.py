"""JavaScript as far as JSX and MDX need it: where expressions, modules and strings end."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARK = late(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')|(?P<line_comment>//[^\n]*)"
    r"|(?P<comment>/\*)|(?P<template>`)|(?P<open>[{(\[])|(?P<close>[})\]])",
    re.DOTALL,
)
_TEMPLATE = late(r"\\.|`|\$\{", re.DOTALL)
_BLANK_LINE = late(r"\n[ \t]*(?=\n|\Z)")
_LONGEST = 20_000
"""Characters of an expression, once one was found that nothing closes."""
_MOST_UNCLOSED = 100
_DEPTH = 100


class Reach:
    """Limits the search for an expression's end once one was found unclosed.

    A page with such does not compile; many of them shall cost no more than one.
    """

    def __init__(self) -> None:
        self._unclosed = 0

    def behind(self, text: str, start: int, end: int) -> int:
        """The offset after the expression at `start`, -1 where nothing closes it."""
        if self._unclosed >= _MOST_UNCLOSED:
            return -1
        limit = min(end, start + _LONGEST) if self._unclosed else end
        found = expression_end(text, start, limit)
        self._unclosed += found < 0
        return found


def expression_end(text: str, start: int, end: int | None = None) -> int:
    """The offset after the expression whose brace stands at `start`, -1 if nothing closes it."""
    limit = len(text) if end is None else end
    if not text.startswith("{", start, limit):
        return -1
    code = _JavaScript(text, limit)
    position = start
    while mark := _MARK.search(text, position, limit):
        position = code.behind(mark)
        if position < 0 or not code.opened:
            return position
    return -1


def module_end(text: str, start: int, limit: int) -> int:
    """The offset after the `import` or `export` at `start`: a blank line outside of brackets.

    -1 where brackets are not closed.
    """
    code = _JavaScript(text, limit)
    position = start
    blank = _BLANK_LINE.search(text, position, limit)
    while True:
        mark = _MARK.search(text, position, limit)
        if not code.opened:
            if blank and blank.start() < position:
                blank = _BLANK_LINE.search(text, position, limit)
            if blank and (mark is None or blank.start() < mark.start()):
                return blank.start() + 1
        if mark is None:
            return -1 if code.opened else limit
        position = code.behind(mark)
        if position < 0:
            return -1


def strings_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The strings of an expression, as start and end with their quotes.

    Templates are among them where nothing is put into them.
    """
    code = _JavaScript(text, end)
    position = start
    while mark := _MARK.search(text, position, end):
        depth = len(code.opened)
        position = code.behind(mark)
        if position < 0:
            return
        if mark["string"] or (mark["template"] and len(code.opened) == depth):
            yield mark.start(), position


class _JavaScript:
    """Keeps count of the brackets and templates that are open while JavaScript is read."""

    def __init__(self, text: str, limit: int) -> None:
        self.opened: list[str] = []
        self._text = text
        self._limit = limit

    def behind(self, mark: re.Match[str]) -> int:
        """The offset from which to read on after a mark, -1 where that cannot be told."""
        if mark["open"]:
            self.opened.append(mark[0])
        elif mark["comment"]:
            closing = self._text.find("*/", mark.end(), self._limit)
            return closing + 2 if closing >= 0 else -1
        elif mark["template"] or (mark["close"] and self.opened and self.opened.pop() == "${"):
            return self._template(mark.end())
        return mark.end() if len(self.opened) < _DEPTH else -1

    def _template(self, position: int) -> int:
        """Read a template's text up to its end or to `${`."""
        while mark := _TEMPLATE.search(self._text, position, self._limit):
            position = mark.end()
            if mark[0] == "${":
                self.opened.append("${")
            if mark[0][0] != "\\":
                return position
        return -1
