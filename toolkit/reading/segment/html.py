"""The texts of an HTML block: what stands between its block-level tags, and text attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.html import INLINE_ELEMENTS
from toolkit.dialects.blocks.vue_tags import attribute_texts
from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTES = r"""(?:[^<>"']|"[^"]{0,9999}"|'[^']{0,9999}'){0,999}"""
_MARK = re.compile(
    rf"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)|<![^>]*>|<(?P<close>/?)(?P<name>[A-Za-z][\w:-]*){_ATTRIBUTES}>",
    re.DOTALL,
)
_TAG_LINE = re.compile(
    rf"[ \t]*(?P<tag><(?P<close>/?)(?P<name>[A-Za-z][\w:-]*){_ATTRIBUTES}>)[ \t]*(?:\n|\Z)"
)
_WITHOUT_TEXT = frozenset("script style pre textarea svg math template".split())
_TEXT_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(?P<name>alt|title|aria-label|placeholder)\s*=\s*"""
    r"""(?:"(?P<double>[^"]+)"|'(?P<single>[^']+)')""",
    re.IGNORECASE,
)
_BLANK_LINES = re.compile(rf"{_MARK.pattern}|(?P<gap>\n[ \t>]*(?=\n))", re.DOTALL)
"""Blank ones, maybe in a quote; a `>` alone may end a tag as well."""
_LINE_STARTS = re.compile(r"[ \t]*(?:\n[ \t>]*)*")

_BARE_TAGS = re.compile(
    r"(?:\s*+<(?:/?[A-Za-z][\w:-]*+[^<>\"'=]*+|!--(?:(?!-->)[^<>])*+--)>)++\s*+"
)
"""Matches blocks of nothing but comments and tags without values."""

Piece = tuple[int, int, Form, str]
"""Start, end, how it is written, and what it is."""


def html_pieces(text: str, *, components: bool = False) -> Iterator[Piece]:
    """The pieces of an HTML block that may hold words, in order.

    With `components` its tags may be Vue's, whose templates hold texts.
    """
    if _BARE_TAGS.fullmatch(text):
        return
    silent = _WITHOUT_TEXT - {"template"} if components else _WITHOUT_TEXT
    position = 0
    run = 0
    alone = _tags_around(text)
    while match := _MARK.search(text, position):
        position = match.end()
        name = (match["name"] or "").lower()
        if name in INLINE_ELEMENTS and match.start() not in alone:
            continue
        yield from _run_pieces(text, run, match.start())
        if name:
            yield from attribute_pieces(text, match.start(), match.end(), components=components)
        if name in silent and not match["close"]:
            position = _end_of_element(text, name, position)
        run = position
    yield from _run_pieces(text, run, len(text))


def _tags_around(text: str) -> tuple[int, ...]:
    """The places of a tag that stands alone in a block's first line, and of the one that closes it.

    It is this line that makes a block of inline elements (CommonMark 0.31, section 4.6, condition
    7): with text behind the tag there would be a paragraph.
    """
    first = _TAG_LINE.match(text)
    if not first or first["close"]:
        return (first.start("tag"),) if first else ()
    level = 0
    for match in _MARK.finditer(text, first.start("tag")):
        if match["name"] == first["name"]:
            level += -1 if match["close"] else 1
            if not level:
                return first.start("tag"), match.start()
    return (first.start("tag"),)


def _end_of_element(text: str, name: str, position: int) -> int:
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(text, position)
    return closing.end() if closing else len(text)


def _run_pieces(text: str, start: int, end: int) -> Iterator[Piece]:
    """A run of text and inline tags, cut at blank lines."""
    position = start
    for match in _BLANK_LINES.finditer(text, start, end):
        if match["gap"]:
            yield from _trimmed(text, position, match.start())
            position = match.end()
    yield from _trimmed(text, position, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[Piece]:
    """A run without the blanks around it, nor marks of a quote in front of its first line."""
    run = text[start:end]
    starts = _LINE_STARTS.match(run)
    left = starts.end() if starts else 0
    left += len(run[left:]) - len(run[left:].lstrip())
    right = len(run.rstrip())
    last = run.rfind("\n", left, right) + 1
    if last and not run[last:right].strip(" \t>") and not _is_tag_end(run, last):
        right = len(run[:last].rstrip())
    if left < right:
        yield start + left, start + right, Form.HTML, "HTML text"


def _is_tag_end(run: str, place: int) -> bool:
    return run.rfind("<", 0, place) > run.rfind(">", 0, place)


def attribute_pieces(
    text: str, start: int = 0, end: int | None = None, *, components: bool = False
) -> Iterator[Piece]:
    """The text attributes (`alt`, `title`, `aria-label`, `placeholder`) of tags in a range.

    Of `components` others are texts as well.
    """
    end = len(text) if end is None else end
    if components:
        for name, left, right in attribute_texts(text, start, end):
            yield left, right, Form.ATTRIBUTE, f"HTML attribute · {name}"
        return
    for match in _TEXT_ATTRIBUTE.finditer(text, start, end):
        group = "double" if match["double"] else "single"
        yield *match.span(group), Form.ATTRIBUTE, f"HTML attribute · {match['name'].lower()}"


def without_tags(text: str) -> str:
    """An HTML text without its tags and comments."""
    return _MARK.sub(" ", text)
