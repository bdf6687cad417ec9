"""What of a text cannot hold links: code spans, mathematics, a project's own syntax."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.targets.html import AUTOLINK, TAG

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.parser import Range

MASK = "\0"
"""Stands for a character that is hidden; no document holds it."""
_TICKS = re.compile(r"\\.|`+", re.DOTALL)
_TICKS_AND_TAGS = re.compile(r"\\.|`+|<(?=[A-Za-z/!])", re.DOTALL)
_COMMENT = "<!--"


def masked(text: str, inline: tuple[str, ...], *, code_first: bool) -> str:
    """A text of the same length with its code spans, and what `inline` matches, hidden.

    Backticks in tags, autolinks and comments open no code span, unless the dialect reads code
    before all else (`code_first`).
    """
    if "`" in text:
        text = _without_code(text, _TICKS if code_first else _TICKS_AND_TAGS)
    return _pattern(inline).sub(_hidden, text) if inline else text


@lru_cache
def _pattern(inline: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(inline), re.DOTALL)


def _hidden(match: re.Match[str]) -> str:
    return MASK * len(match[0])


def _without_code(text: str, marks: re.Pattern[str]) -> str:
    pieces: list[str] = []
    position = 0
    for start, end in _code_spans(text, marks):
        pieces += (text[position:start], MASK * (end - start))
        position = end
    return "".join((*pieces, text[position:]))


def _code_spans(text: str, marks: re.Pattern[str]) -> Iterator[Range]:
    """Each code span: a run of backticks up to the next of its length (CommonMark 0.31, 6.1)."""
    runs: dict[int, list[int]] = defaultdict(list)
    for run in re.finditer("`+", text):
        runs[len(run[0])].append(run.start())
    comments_end = text.rfind("-->")
    position = 0
    while match := marks.search(text, position):
        start, position = match.span()
        if match[0] == "<":
            position = _angle_end(text, start, comments_end)
        elif match[0][0] == "`":
            known = runs[position - start]
            following = bisect_right(known, start)
            if following < len(known):
                position = known[following] + position - start
                yield start, position


def _angle_end(text: str, start: int, comments_end: int) -> int:
    """Behind the tag, autolink or comment that starts at `start`, or behind its `<`."""
    if text.startswith(_COMMENT, start):
        return text.find("-->", start + 2) + 3 if start + 2 <= comments_end else start + 1
    match = AUTOLINK.match(text, start) or TAG.match(text, start)
    return match.end() if match else start + 1
