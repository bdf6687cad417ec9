"""Join the lines of a unit to the text that translators see."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.language.characters import is_wide
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Sequence

_SHARED_PUNCTUATION = frozenset("“”‘’—…·")
"""Punctuation of Chinese that Latin scripts use too; its neighbour decides."""
_MARKUP = "*_~[]"
_PLAIN = frozenset(map(chr, range(0x21, 0x7F))) - frozenset(_MARKUP)
"""Characters between which a line's end is a blank, whatever stands before or behind them."""
_UNFINISHED = re.compile(
    r"\A[ \t]*\[[ xX]\]\Z"
    r"|(?:\]\([ \t]*<[^<>]*|(?<![\]!])\[\^[^\[\]]*|\b(?:href|src)\s*=\s*(?:\"[^\"<>]*|'[^'<>]*)"
    r"|[*_)\]`]\{[^{}]*)\Z"
)
"""Boxes of tasks, targets in angle brackets or quotes, labels and lists of attributes: a line's end
makes them others."""
_HELD = late(r"\{(?=[ \t]*(?:[.#]|\Z)|(?!/\*)[^{}]*(?:`|//))")
"""Braces around attributes, templates or `// …`, which tell lines from blanks."""
_ATTRIBUTES = re.compile(r"[*_)\]`]\{:?[ ]*[.#\w]")
"""The start of a list of attributes, which reaches to the last brace of its line."""
_MARKS = frozenset("*_~")
_MARKS_BEFORE = late(r"[*_~]+\Z")
_MARKS_BEHIND = late(r"[*_~]+")
_CLOSING = late(r"[^\w\s*_~][*_~]+\Z")
_OPENING = late(r"[*_~]+[^\w\s*_~]")
"""Marks of emphasis beside punctuation: with a letter on their other side they make none."""


def joined(lines: Sequence[str]) -> str:
    """The lines of a paragraph as one text.

    A soft line break becomes a blank, or nothing between two characters of scripts without blanks
    (CSS Text 3, section 4.1.3, "segment break transformation"). A hard break (two blanks or a
    backslash in front of it, CommonMark 0.31, section 6.7) stays as it is.
    """
    if len(lines) == 1:
        return lines[0].rstrip(" \t")
    pieces: list[str] = []
    held = _lines_in_braces(lines) if "{" in "".join(lines) else ()
    for index, (line, below) in enumerate(pairwise(lines)):
        if _is_hard_break(line):
            pieces += (line, "\n")
            continue
        text = line.rstrip(" \t")
        kept = index in held or _is_unfinished(text)
        pieces += (text, "\n" if kept else _soft_break(text, below, lines, index))
    return "".join((*pieces, lines[-1].rstrip(" \t")))


def _is_hard_break(line: str) -> bool:
    return line.endswith("  ") or (line.endswith("\\") and not line.endswith("\\\\"))


def _is_unfinished(line: str) -> bool:
    marked = "[" in line or "]" in line or "=" in line or "{" in line
    return marked and bool(_UNFINISHED.search(line))


def _lines_in_braces(lines: Sequence[str]) -> set[int]:
    """The numbers of lines that end inside of braces which tell lines from blanks."""
    last_brace = max((number for number, line in enumerate(lines) if "}" in line), default=0)
    kept, held = set(), False
    for number, line in enumerate(lines):
        if _is_hard_break(line):
            continue
        held = _held(line.rstrip(" \t"), before=held)
        if held or (number < last_brace and _ATTRIBUTES.search(line)):
            kept.add(number)
    return kept


def _held(line: str, *, before: bool) -> bool:
    """Whether a line ends inside of braces that tell lines from blanks."""
    last = max(line.rfind("{"), line.rfind("}"))
    if last < 0:
        return before
    return line[last] == "{" and line[last - 1 : last] != "{" and bool(_HELD.match(line, last))


def _keeps_blank(before: str, after: str, lines: Sequence[str], index: int) -> bool:
    """Whether marks of emphasis beside the end of line `index` would be others without a blank.

    Beside punctuation they need it; an underscore binds letters alone; two runs would be one; and
    what closes nothing in front of a line's end could open something in front of a letter.
    """
    if before[-1:] not in _MARKS and after[:1] not in _MARKS:
        return False
    closing, opening = _MARKS_BEFORE.search(before), _MARKS_BEHIND.match(after)
    if not closing and not opening:
        return False
    marks = (closing[0] if closing else "") + (opening[0] if opening else "")
    if (closing and opening) or "_" in marks or _CLOSING.search(before) or _OPENING.match(after):
        return True
    if not closing:
        return False
    return not any(closing[0][0] in text for text in (*lines[:index], before[: closing.start()]))


def _soft_break(before: str, after: str, lines: Sequence[str], index: int) -> str:
    """Return what stands in the text for the end of line `index`."""
    plain = before[-1:] in _PLAIN and after[:1] in _PLAIN
    if plain or _keeps_blank(before, after, lines, index):
        return " "
    left = before.rstrip(_MARKUP)[-1:]
    right = after.lstrip(_MARKUP)[:1]
    if left.isascii() and right.isascii():
        return " "
    sides = is_wide(left), is_wide(right)
    if all(sides):
        return ""
    shared = left in _SHARED_PUNCTUATION, right in _SHARED_PUNCTUATION
    return "" if (sides[0] and shared[1]) or (sides[1] and shared[0]) else " "
