"""Tags of templates that hold what stands between them, such as Liquid's and Jinja's `if`.

Liquid stops at one whose partner is missing, and hides what comes to stand between two of them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.writing.guard.anywhere import folded
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

_TAG = re.compile(r"\{%[-+]?\s*+(?P<name>\w++)(?:[^%]|%(?!\}))*+%\}")
_END = "end"
_PAIRED = frozenset(
    "if unless for case capture comment raw highlight tablerow block macro call filter with "
    "autoescape trans verbatim".split()
)
_SHOWN = frozenset("raw highlight block call filter with autoescape trans verbatim".split())
"""Pairs that show what stands between them; others may not."""
_VERBATIM = frozenset({"raw", "comment", "verbatim"})
"""Between these no tag acts."""
_WITHIN = frozenset({"else", "elsif", "elif", "when"})


def parted_template_tags(source: str, text: str, *, strict: bool) -> Iterator[Feature]:
    """Yield the tags whose partners a translation does not have, but its source has.

    Where a site may do without templates, texts that are about their tags may name one alone.
    """
    own, theirs = _unpaired(source, text), _unpaired(text, source)
    if theirs == own or (own and not strict and {*theirs} <= {*own}):
        return
    missing = [one for one in theirs if one not in own] or theirs or own
    yield Feature(Act.MACRO, f"{missing[0]} without its partner")


def _unpaired(text: str, other: str) -> tuple[str, ...]:
    """Return the tags of a text that have no partner in it, in order.

    The names of pairs are those that templates have, and those that something ends in `other`.
    """
    opened: list[tuple[str, str]] = []
    for tag in _acting(text):
        name, written = tag["name"], folded(tag[0])
        if name.startswith(_END):
            if opened and opened[-1][0] == name.removeprefix(_END):
                opened.pop()
            else:
                opened.append(("", written))
        elif (name in _WITHIN and not opened) or _is_paired(name, text, other):
            opened.append((name, written))
    return tuple(written for _, written in opened)


def always_shown(text: str) -> str:
    """Return a text without its tags, and without what is shown under a condition only."""
    kept: list[str] = []
    depth = position = 0
    for tag in _acting(text):
        name = tag["name"].removeprefix(_END)
        if not depth:
            kept.append(text[position : tag.start()])
        if name in _PAIRED - _SHOWN:
            depth = depth + 1 if tag["name"] == name else max(0, depth - 1)
        position = tag.end()
    return "".join((*kept, "" if depth else text[position:]))


def _is_paired(name: str, *texts: str) -> bool:
    return name in _PAIRED or any(f"{_END}{name}" in text for text in texts)


def _acting(text: str) -> Iterator[re.Match[str]]:
    """Yield the tags of a text, without those between two that keep them from acting."""
    verbatim = ""
    for tag in _TAG.finditer(text, 0, text.rfind("%}") + 2):
        if verbatim and tag["name"] != _END + verbatim:
            continue
        verbatim = tag["name"] if tag["name"] in _VERBATIM and not verbatim else ""
        yield tag
