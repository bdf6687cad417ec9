"""Whether a text holds anything to translate, and which references it makes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.segment.joining import is_wide

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_START = re.compile(r"[^\W\d_]+(?:[ ,.;!?)]|$)")
_TEXT_ATTRIBUTE = re.compile(r"""\b(?:alt|title|aria-label|placeholder)\s*=\s*["'][^"']*[^\W\d_]""")
_BRACKET = re.compile(r"\\.|(?<!`)(?P<ticks>`++).{0,999}?(?<!`)(?P=ticks)(?!`)|[\[\]]", re.DOTALL)
_LONGEST_LABEL = 1001
"""Characters of a label with its brackets (CommonMark 0.31, section 4.7: 999 without)."""
_TICKS = re.compile(r"(?<!`)`+")
_HOLDERS = tuple(
    (mark, re.compile(opening + closing, re.DOTALL), re.compile(closing, re.DOTALL))
    for mark, opening, closing in (
        ("](", r"\]\(.*?", r"(?<!\\)\"\s*\)"),
        ("](", r"\]\(.*?", r"(?<!\\)'\s*\)"),
        ("](", r"\]\(.*?", r"(?<!\\)\)\s*\)"),
        ("](", r"\]\(.*?", r"(?<!\\)\)"),
        ("<!--", r"<!--.*?", r"-->"),
        ("<", r"<[^<>]+", r">"),
        ("<", r"<(?:[^<>\"']|\"[^\"]*\"|'[^']*')++", r">"),
        ("{", r"\{[^{}]+", r"\}"),
        ("$", r"(?<!\$)(?P<run>\$++).+?(?<!\$)(?P=run)", r"(?!\$)"),
    )
)
"""What may hold backticks that are part of no code span: how it starts, all of it, how it ends."""
_CODE = re.compile(r"\\.|(?<!`)(?P<ticks>`++).*?(?<!`)(?P=ticks)(?!`)", re.DOTALL)


def without_code(text: str) -> str:
    """A text without its code spans; all of it when its backticks do not pair."""
    if "`" not in text or _has_odd_ticks(text):
        return text
    return _CODE.sub(lambda match: " " if match["ticks"] else match[0], text)


def certain_code_taken(text: str) -> str:
    """A text without its code spans; all of it where a program may see others than we do.

    Backticks in a link's title, a tag, a formula or an expression open no code span.
    """
    if "`" not in text:
        return text
    if any(_has_odd_ticks(held) for held in _held(text)):
        return text
    return without_code(text)


def _held(text: str) -> Iterator[str]:
    """What may hold backticks; none is looked for behind where the last one could end."""
    for mark, pattern, closing in _HOLDERS:
        if mark in text:
            end = max((match.end() for match in closing.finditer(text)), default=0)
            yield from (match[0] for match in pattern.finditer(text, 0, end))


def _has_odd_ticks(text: str) -> bool:
    """Whether some of the backticks in a text pair with none."""
    runs = [match[0] for match in _TICKS.finditer(text)]
    return any(runs.count(run) % 2 for run in set(runs))


def has_words(text: str, wordless: re.Pattern[str]) -> bool:
    """Whether letters are left in `text` when all that `wordless` matches is taken away."""
    if not text:
        return False
    if is_wide(text[0]) or _PLAIN_START.match(text):
        return bool(_LETTER.search(text))
    rest = wordless.sub(_text_attributes, text)
    return bool(_LETTER.search(rest))


def _text_attributes(match: re.Match[str]) -> str:
    """Of a tag its text attributes count as words, of all else nothing does."""
    attribute = _TEXT_ATTRIBUTE.search(match[0]) if match[0][0] == "<" else None
    return attribute[0][attribute[0].index("=") :] if attribute else " "


def bracketed(text: str) -> Iterator[tuple[int, int]]:
    """Each `[…]` outside code spans as start and end, inner ones first."""
    opened: list[int] = []
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            yield opened.pop(), match.end()


def short_references(text: str) -> Iterator[tuple[int, int]]:
    """Each `[label]` or `[label][]` that names its target by its own text.

    Gives start and end of the first brackets (CommonMark 0.31, section 6.3, "collapsed" and
    "shortcut reference link"); whether the label is defined is not asked.
    """
    for start, end in bracketed(text):
        if end - start > _LONGEST_LABEL:
            continue
        after = text[end : end + 1]
        if after == "(":
            continue
        if after == "[" and not text.startswith("[]", end):
            continue
        if text[start + 1] in "^]" or (start and text[start - 1] == "]"):
            continue
        yield start, end


def used_labels(text: str, defined: Collection[str]) -> tuple[str, ...]:
    """The labels of the short references in `text` that resolve among `defined`."""
    labels = (text[start + 1 : end - 1] for start, end in short_references(text))
    return tuple(label for label in labels if normalizeReference(label) in defined)
