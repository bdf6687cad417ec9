"""Tags, comments and declarations of HTML in a page, as Python-Markdown's HTML parser tells them.

It is the parser of Python's library with changes of Python-Markdown's: no tag holds a backtick, and
what is not closed is text.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Generator

_TAG = re.compile(
    r"<(?P<name>[a-zA-Z][^`\s/>\x00]*)"
    r"(?P<attributes>(?:[\s/]*(?:(?<=[\s'\"/])[^`\s/>][^\s/=>]*"
    r"(?:\s*=+\s*(?:'[^']*'|\"[^\"]*\"|(?!['\"])[^`>\s]*)(?:\s*,)*)?"
    r"(?:\s|/(?!>))*)*)?\s*)"
)
_ATTRIBUTE = late(
    r"(?<=[\s'\"/])(?P<name>[^\s/>][^\s/=>]*)"
    r"(?:\s*=+\s*(?P<value>'[^']*'|\"[^\"]*\"|(?!['\"])[^>\s]*))?(?:\s|/(?!>))*"
)
_CLOSING_NAME = re.compile(r"[a-zA-Z][^\s/>\x00]*")
_COMMENT_END = re.compile(r"--!?>")
_UNFINISHED = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ=/")
_WITHOUT_TAGS = frozenset({"script", "style"})


class Markup(Enum):
    """Markup between angle brackets."""

    OPENING = auto()
    EMPTY = auto()
    """A tag that ends with `/>`."""
    CLOSING = auto()
    COMMENT = auto()
    DECLARATION = auto()
    """A declaration or a processing instruction."""


class Mark(NamedTuple):
    """A piece of markup and its place."""

    kind: Markup
    start: int
    end: int
    name: str = ""
    attributes: str = ""


def marks_of(text: str) -> Generator[Mark, str, None]:
    """The markup of a page, in order.

    The reader may send the name of an element whose content is no markup; what follows is passed
    over up to its closing tag.
    """
    position, last = 0, text.rfind(">")
    while (start := text.find("<", position, last + 1)) >= 0:
        mark = _mark_at(text, start)
        if isinstance(mark, int):
            position = mark
            continue
        raw = yield mark
        position = mark.end
        if raw:
            closing = re.compile(rf"</\s*{raw}\s*>", re.IGNORECASE).search(text, position)
            position = closing.start() if closing else len(text)


def _mark_at(text: str, start: int) -> Mark | int:
    """The markup at a place, or where to go on when there is none."""
    second = text[start + 1 : start + 2]
    if second.isascii() and second.isalpha():
        return _opening(text, start)
    if second == "/":
        return _closing(text, start)
    if text.startswith("<!--", start):
        end = _COMMENT_END.search(text, start + 4)
        return Mark(Markup.COMMENT, start, end.end()) if end else start + 1
    if second in {"!", "?"}:
        return _declaration(text, start, second)
    return start + 1


def _opening(text: str, start: int) -> Mark | int:
    match = _TAG.match(text, start)
    if match is None:
        return start + 1
    end = match.end()
    if text.startswith(">", end):
        kind, end = Markup.OPENING, end + 1
    elif text.startswith("/>", end):
        kind, end = Markup.EMPTY, end + 2
    else:
        unfinished = end == len(text) or text[end] in _UNFINISHED
        return start + 1 if unfinished else end
    return Mark(kind, start, end, match["name"].lower(), match["attributes"])


def _closing(text: str, start: int) -> Mark | int:
    name = _CLOSING_NAME.match(text, start + 2)
    end = text.find(">", start) + 1
    if name is None or not end:
        return start + 2
    return Mark(Markup.CLOSING, start, end, name[0].lower())


def _declaration(text: str, start: int, second: str) -> Mark | int:
    closing = "?>" if second == "?" else "]]>" if text.startswith("<![CDATA[", start) else ">"
    end = text.find(closing, start + 2)
    known = second == "?" or text[start + 2 : start + 9].lower() in {"doctype", "[cdata["}
    return Mark(Markup.DECLARATION, start, end + len(closing)) if known and end > 0 else start + 2


def attribute_values(attributes: str) -> dict[str, str]:
    """The attributes of a tag; one without a value has its own name as value."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        value = match["value"]
        name = match["name"].lower()
        found[name] = name if value is None else value.strip("\"'")
    return found


def holds_no_markup(name: str) -> bool:
    """Whether what an element holds is read as text only."""
    return name in _WITHOUT_TAGS


_SILENT = re.compile(
    r"<(?P<close>/?)(?P<name>pre|script|style|textarea|svg|math)(?![\w-])", re.IGNORECASE
)


def open_silent(text: str) -> str:
    """The element without text of its own in which a piece of HTML ends; empty where in none."""
    inside = ""
    for match in _SILENT.finditer(text):
        name = match["name"].lower()
        if not inside and not match["close"]:
            inside = name
        elif name == inside and match["close"]:
            inside = ""
    return inside


def end_of_silent(text: str, name: str) -> int:
    """The end of an element that is open at a text's start; the text's end if there is none."""
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text)
    return closing.start() if closing else len(text)
