"""Directives of MyST: a fence of backticks, tildes or colons with `{name}`, options and a body.

The syntax follows MyST-Parser's pages "Roles and Directives" and "Syntax extensions".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.parser import line_text, nested, push_leaf, text_range
from toolkit.units import Form

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_OPEN = re.compile(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[^\s{}`]{1,99})\}[ \t]*(?P<title>.*)$"
)
_COLONS = re.compile(r":{3,}")
_OPTION = re.compile(r":[^\s:][^:]{0,99}:(?:[ \t]|$)")

TITLED = frozenset(
    "admonition card dropdown epigraph grid-item-card rubric sidebar tab-item topic "
    "attention caution danger error hint important note seealso tip warning "
    "list-table table csv-table centered details".split()
)
"""Directives whose argument is text, or whose first line belongs to the body."""

MARKDOWN = frozenset(
    "admonition attention caution danger error hint important note seealso tip warning "
    "versionadded versionchanged versionremoved deprecated topic sidebar epigraph highlights "
    "pull-quote compound container class figure table list-table margin details aside only "
    "grid grid-item grid-item-card card card-carousel tab-set tab-item dropdown "
    "div glossary".split()
)
"""Directives whose body is Markdown; that of all others is copied as it is."""


def directive(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A directive; with a body that is not known to be Markdown it holds only its title."""
    if state.is_code_block(start):
        return False
    text = line_text(state, start)
    match = _OPEN.match(text)
    if match is None or (match["fence"][0] == "`" and "`" in match["title"]):
        return False
    if silent:
        return True
    body_end = _body_end(state, start + 1, end, match["fence"])
    closed = body_end < end and _closes(state, body_end, match["fence"])
    behind = body_end + closed
    _push_title(state, start, match)
    if match["name"] in MARKDOWN:
        body = _behind_options(state, start + 1, body_end)
        push_leaf(state, "opaque", (start, body))
        nested(state, "directive", (body, body_end), indent=state.blkIndent, name=match["name"])
        state.line = behind
    else:
        push_leaf(state, "opaque", (start, behind))
    return True


def colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Colons without `{name}`, which MyST-Parser shows as code."""
    match = None if state.is_code_block(start) else _COLONS.match(line_text(state, start))
    if match is None:
        return False
    if not silent:
        last = _body_end(state, start + 1, end, match[0])
        closed = last < end and _closes(state, last, match[0])
        push_leaf(state, "opaque", (start, last + closed))
    return True


def _push_title(state: StateBlock, line: int, match: re.Match[str]) -> None:
    title = match["title"].rstrip(" \t")
    if title and match["name"] in TITLED:
        offset = text_range(state, line)[0] + match.start("title")
        token = Token("title", "", 0, map=[line, line + 1], block=True)
        token.meta = {
            "range": (offset, offset + len(title)),
            "kind": "directive",
            "name": match["name"],
            "form": Form.LINE,
        }
        state.tokens.append(token)


def _closes(state: StateBlock, line: int, fence: str) -> bool:
    text = line_text(state, line).rstrip(" \t")
    return len(text) >= len(fence) and not text.strip(fence[0]) and not state.is_code_block(line)


def _body_end(state: StateBlock, line: int, end: int, fence: str) -> int:
    """The line that closes a directive, or the one behind its container's last."""
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if not state.isEmpty(line) and _closes(state, line, fence):
            return line
        line += 1
    return line


def _behind_options(state: StateBlock, line: int, end: int) -> int:
    """The first line of a body: behind `:key: value` lines or a block between two `---`."""
    if line < end and line_text(state, line).startswith("---"):
        for closing in range(line + 1, end):
            if line_text(state, closing).startswith("---"):
                return closing + 1
        return end
    if line < end and _OPTION.match(line_text(state, line)):
        while line < end and line_text(state, line).startswith(":"):
            if line_text(state, line).startswith(":::"):
                break
            line += 1
    return line
