"""Directives of MyST: a fence of backticks, tildes or colons with `{name}`, options and a body.

The syntax follows MyST-Parser's pages "Roles and Directives" and "Syntax extensions".
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.directive_contents import Directive, push_body, push_contents
from toolkit.dialects.blocks.directive_options import Lines, first_body_line
from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Opaque
from toolkit.dialects.parser import line_text, text_range

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

_OPEN = re.compile(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[^\s{}`]{1,99})\}[ \t]*(?P<argument>.*)$"
)
_COLONS = re.compile(r"(?P<fence>:{3,})[ \t]*(?P<name>[^\s]*)")


def directive_rule(own: frozenset[str]) -> BlockRule:
    """The rule for directives; without a body that is known to be Markdown one has few texts.

    `own` are further ones that hold Markdown; `name.0` has text for its argument.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start):
            return False
        match = _OPEN.match(line_text(state, start))
        if match is None or (match["fence"][0] == "`" and "`" in match["argument"]):
            return False
        if not silent:
            push_contents(state, _opened(state, start, end, match), own)
        return True

    return rule


def colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Colons without `{name}`: a container of Markdown, with a class after them or without."""
    match = None if state.is_code_block(start) else _COLONS.match(line_text(state, start))
    if match is None:
        return False
    if not silent:
        last = _body_end(state, start + 1, end, match["fence"])
        behind = last + (last < end and _closes(state, last, match["fence"]))
        offset = text_range(state, start)[1]
        found = Directive(
            name=match["name"],
            line=start,
            argument=(offset, offset),
            colons=True,
            body=start + 1,
            end=last,
            behind=behind,
        )
        push_body(state, found, begins=False)
        state.line = behind
    return True


def comment(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """`% a comment`."""
    text = "" if state.is_code_block(start) else line_text(state, start)
    if not text.startswith("%"):
        return False
    if not silent:
        push_leaf(state, (start, start + 1), Opaque(comment=text[1:].strip()))
    return True


def _opened(state: StateBlock, start: int, end: int, match: re.Match[str]) -> Directive:
    body_end = _body_end(state, start + 1, end, match["fence"])
    closed = body_end < end and _closes(state, body_end, match["fence"])
    argument = match["argument"].rstrip(" \t")
    offset = text_range(state, start)[0] + match.start("argument")
    lines = Lines(state, start + 1, body_end)
    return Directive(
        name=match["name"].lower(),
        line=start,
        argument=(offset, offset + len(argument)),
        colons=match["fence"][0] == ":",
        body=first_body_line(lines),
        end=body_end,
        behind=body_end + closed,
    )


def _closes(state: StateBlock, line: int, fence: str) -> bool:
    text = line_text(state, line).rstrip(" \t")
    return len(text) >= len(fence) and not text.strip(fence[0]) and not state.is_code_block(line)


def _body_end(state: StateBlock, line: int, end: int, fence: str) -> int:
    """The line that closes a directive, or the one after its container's last.

    That nothing closes such a fence up to a line is remembered, so that a page full of them is not
    searched to its end for each. In a quote lines start after its marks.
    """
    unclosed = state.env.setdefault("unclosed directives", {})
    column = state.bMarks[line - 1] - state.src.rfind("\n", 0, state.bMarks[line - 1])
    key = fence[0], end, state.blkIndent, column
    length, first, last = unclosed.get(key, (len(fence) + 1, 0, 0))
    if length <= len(fence) and first <= line <= last:
        return int(last)
    first = line
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if not state.isEmpty(line) and _closes(state, line, fence):
            return line
        line += 1
    unclosed[key] = len(fence), first, line
    return line
