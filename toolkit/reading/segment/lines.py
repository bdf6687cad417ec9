"""The lines of a text: parts of them, and what stands between two of them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.reading.segment.joining import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.parser import Range

_PREFIX_TEXT = re.compile(r"[^\s>]")
_MARKS = re.compile(r"\S")


def without_task_box(source: str, lines: Sequence[Range], task: re.Pattern[str]) -> Sequence[Range]:
    """Return the lines of a list item without the box of a task."""
    (start, end), *rest = lines
    below = f"\n{source[slice(*rest[0])]}" if rest else ""
    box = task.match(source[start:end] + below)
    if not box:
        return lines
    return [(start + box.end(), end), *rest] if start + box.end() < end else rest


def text_of(
    source: str, lines: Sequence[Range], *, expands_tabs: bool, hard_ends: bool = False
) -> str:
    """Return the text of some lines; with `hard_ends` none are joined.

    With `expands_tabs` a tab at the end of a line is as many blanks as reach the next column that
    four divides, of which two break the line.
    """
    if len(lines) == 1:
        return source[slice(*lines[0])].rstrip(" \t")
    texts = [source[start:end] for start, end in lines]
    if expands_tabs:
        texts = [
            _with_blanks(source, line) if text.endswith("\t") else text
            for text, line in zip(texts, lines, strict=True)
        ]
    if hard_ends:
        return "\n".join([text.rstrip(" \t") for text in texts])
    return joined(texts)


def _with_blanks(source: str, line: Range) -> str:
    start, end = line
    begin = source.rfind("\n", 0, start) + 1
    blanks = len(source[begin:end].expandtabs(4)) - len(source[begin:end].rstrip().expandtabs(4))
    return source[start:end].rstrip() + " " * min(blanks, 2)


def prefix_between(source: str, lines: Sequence[Range], line_start: int | None) -> str:
    """Return what a second line of a unit starts with, or would start with if it had one.

    `line_start` is where the text of its first line starts, where that is in front of it.
    """
    if len(lines) > 1:
        return source[lines[0][1] : lines[1][0]].lstrip("\n")
    start = lines[0][0] if line_start is None else line_start
    if not start or source[start - 1] == "\n":
        return ""
    prefix = source[source.rfind("\n", 0, start) + 1 : start]
    return _blank(prefix) if prefix.strip(" >") else prefix


@lru_cache(maxsize=256)
def _blank(prefix: str) -> str:
    """The blanks that stand in a second line in the place of a first one's marks."""
    container, tag, rest = prefix.partition("<")
    return _PREFIX_TEXT.sub(" ", container) + _MARKS.sub(" ", tag + rest)
