"""How much emphasis a text really has, and which marks of it do nothing."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from toolkit.dialect import Emphasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

_MARKED = re.compile(r"(?P<mark>[*_]{1,3}).{0,40}?(?P=mark)|[*_]", re.DOTALL)
_ESCAPED = re.compile(r"\\[*_]")
_ALONE = re.compile(r"(?<!\S)[*_]{1,3}(?!\S)")
_PYTHON_MARKDOWN = (
    (re.compile(r"\*{3}([^*]+)\*{3}"), 2),
    (re.compile(r"(?<!\w)_{3}([^_]+)_{3}(?!\w)"), 2),
    (re.compile(r"\*\*(.+?)\*\*", re.DOTALL), 1),
    (re.compile(r"(?<!\w)__(.+?)__(?!\w)", re.DOTALL), 1),
    (re.compile(r"\*([^*]+)\*"), 1),
    (re.compile(r"(?<!\w)_([^_]+)_(?!\w)"), 1),
)
"""Python-Markdown's marks, longest first; with each how many elements it makes."""


class Emphasized(NamedTuple):
    """What came of the marks in a text."""

    pieces: int
    """Emphasized pieces."""
    dead: tuple[str, ...]
    """Marks that stay as they are, each with what may have been meant."""


def emphasized(text: str, kind: Emphasis, wordless: re.Pattern[str]) -> Emphasized:
    """The emphasis of a text as a dialect's programs make it."""
    if "*" not in text and "_" not in text:
        return Emphasized(0, ())
    if kind is Emphasis.COMMONMARK:
        return _commonmark(text)
    return _python_markdown(wordless.sub("\ufffc", text))


def _commonmark(text: str) -> Emphasized:
    tokens = list(_tokens(_parser().parseInline(text)))
    count = sum(token.type in {"em_open", "strong_open"} for token in tokens)
    plain = "".join(token.content if token.type == "text" else "\ufffc" for token in tokens)
    return Emphasized(count, _dead(plain))


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": True})


def _python_markdown(text: str) -> Emphasized:
    escaped = _ESCAPED.findall(text)
    text = _ALONE.sub("", _ESCAPED.sub("", text))
    count = 0
    for pattern, elements in _PYTHON_MARKDOWN:
        text, found = pattern.subn(r"\1", text)
        count += found * elements
    return Emphasized(count, (*_dead(text), *escaped))


def _dead(text: str) -> tuple[str, ...]:
    return tuple(match[0] for match in _MARKED.finditer(text))
