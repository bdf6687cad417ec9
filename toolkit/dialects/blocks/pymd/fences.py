"""Fenced code as PyMdown's `superfences` finds it: over the whole page, before anything else.

A fence may stand at any column and in any depth of quotes; it is closed by the same marks at the
same column. An opening that turns out to be none is given up where it does, and what was passed
until then is not looked through again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import Slice
from toolkit.dialects.blocks.pymd.stash import Fence
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialects.blocks.pymd.stash import Row, Stash

_PREFIX = re.compile(r"[> ]*")
_OPENING = re.compile(r"(?P<mark>~{3,}|`{3,})(?P<info>(?:[ ]*\.?[\w#.+-]+(?=[ ]|$))?(?P<rest>.*))$")
_ATTRIBUTES = late(r"[ ]*\{.*\}[ ]*$")
_OPTIONS = late(r"(?:[ ]*[a-zA-Z]\w*(?:=(?P<quote>[\"']).*?(?P=quote))?(?=[ ]|$))+[ ]*$", re.ASCII)
_OPTION = late(r"(?P<key>[a-zA-Z]\w*)(?:=(?P<quote>[\"'])(?P<value>.*?)(?P=quote))?", re.ASCII)
_VALUES = {
    "hl_lines": re.compile(r"\d+(?:-\d+)?(?:[ ]+\d+(?:-\d+)?)*$"),
    "linenums": re.compile(r"\d"),
    "title": re.compile(""),
    "title_mode": re.compile(""),
}


@dataclass(slots=True)
class _Open:
    """A fence that is open."""

    line: int
    prefix: str
    mark: str
    info: str
    quotes: int
    blank: bool = False
    """Whether blank lines stand in front of this one."""
    rows: tuple[Row, ...] = ()


def stash_fences(page: Slice, stash: Stash, *, relaxed: bool = False) -> Slice:
    """The page with a placeholder for each piece of fenced code.

    With `relaxed` anything may stand behind the marks that open it.
    """
    if "```" not in page.text and "~~~" not in page.text:
        return page
    texts, starts = page.text.split("\n"), page.starts
    fences = _fences(texts, starts, relaxed=relaxed)
    if not fences:
        return page
    new_texts: list[str] = []
    new_starts: list[int] = []
    position = 0
    for opened, behind in fences:
        new_texts += texts[position : opened.line]
        new_starts += starts[position : opened.line + 1]
        fence = Fence(opened.rows, len(opened.prefix), opened.mark, opened.info)
        new_texts.append(opened.prefix + stash.keep(fence))
        position = behind
    new_texts += texts[position:]
    new_starts += starts[position:]
    return Slice("\n".join(new_texts), new_starts)


def _fences(texts: list[str], starts: Sequence[int], *, relaxed: bool) -> list[tuple[_Open, int]]:
    """Each fence with the line behind it."""
    found: list[tuple[_Open, int]] = []
    position = 0
    for line in [line for line, text in enumerate(texts) if "```" in text or "~~~" in text]:
        opened = _opening(texts[line], line, relaxed=relaxed) if line >= position else None
        if opened:
            closed, position = _read(opened, texts, starts)
            if closed:
                found.append((opened, position))
    return found


def _read(opened: _Open, texts: list[str], starts: Sequence[int]) -> tuple[bool, int]:
    """Read the lines of a fence; gives whether it is closed, and the line behind it."""
    prefix, closing = opened.prefix, opened.prefix + opened.mark
    for line in range(opened.line + 1, len(texts)):
        text = texts[line]
        if not opened.quotes and text.startswith(prefix) and not text.startswith(closing):
            continue
        ends = _ends(opened, text)
        if ends is not None:
            lines = slice(opened.line, line + 1)
            opened.rows = tuple(zip(texts[lines], starts[lines], strict=True))
            return ends, line + 1
    return False, len(texts)


def _opening(text: str, line: int, *, relaxed: bool) -> _Open | None:
    prefix = _PREFIX.match(text)
    prefix_text = prefix[0] if prefix else ""
    match = _OPENING.match(text, len(prefix_text))
    if match is None or not (relaxed or _is_header(match["rest"])):
        return None
    return _Open(line, prefix_text, match["mark"], match["info"], prefix_text.count(">"))


def _is_header(rest: str) -> bool:
    """Whether what stands behind a fence's language are attributes or options that it knows."""
    if not rest.strip():
        return True
    if _ATTRIBUTES.match(rest):
        return True
    if not _OPTIONS.match(rest):
        return False
    values = {option["key"]: option["value"] for option in _OPTION.finditer(rest)}
    return all(
        key in _VALUES and _VALUES[key].match(key if value is None else value)
        for key, value in values.items()
    )


def _ends(opened: _Open, text: str) -> bool | None:
    """Whether a line closes the fence, `None` where it goes on; `False` where it was none."""
    width = len(opened.prefix)
    if not opened.quotes and text.startswith(opened.prefix):
        return True if _is_closing(opened, text[width:]) else None
    match = _PREFIX.match(text, 0, width)
    prefix = match[0] if match else ""
    content = text[len(prefix) :]
    quotes = prefix.count(">")
    if opened.quotes:
        return _ends_quoted(opened, len(prefix) >= width, content, quotes)
    if quotes:
        return False
    if not text.strip():
        return None
    if len(prefix) != width and content:
        return False
    return True if _is_closing(opened, content) else None


def _ends_quoted(opened: _Open, indented: bool, content: str, quotes: int) -> bool | None:  # noqa: FBT001
    if quotes > opened.quotes:
        return False
    if not content:
        opened.blank = True
        return None
    if not indented or (opened.blank and quotes < opened.quotes):
        return False
    if _is_closing(opened, content):
        return True
    opened.blank = False
    return None


def _is_closing(opened: _Open, content: str) -> bool:
    return content.startswith(opened.mark) and content.rstrip(" ") == opened.mark
