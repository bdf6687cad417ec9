"""Blocks of HTML and of Vue's components, as VitePress' Markdown renderer bounds them.

Any tag that is not known to stand in running text starts a block, as a component would; a component
alone in its line leaves the rest of that line to Markdown.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.html import BLOCK_NAMES
from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Html, Title
from toolkit.dialects.blocks.vue_tags import ATTRIBUTES, NAME, TAG
from toolkit.dialects.parser import line_text, text_range, text_ranges
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_INLINE_NAMES = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|br|button|canvas|cite|code|data|datalist|del|dfn|em|embed|i"
    "|iframe|img|input|ins|kbd|label|map|mark|meter|noscript|object|output|picture|progress|q|ruby"
    "|s|samp|script|select|small|span|strong|sub|sup|svg|textarea|time|u|tt|var|video|wbr"
)
_ALONE = re.compile(rf"<{NAME}{ATTRIBUTES}\s*+/>")
_CLOSED = re.compile(rf"<(?P<name>{NAME}){ATTRIBUTES}\s*+>.*</(?P=name)\s*+>")
_BLANK = re.compile(r"\Z")
_COMPONENT = re.compile(rf"</?(?!(?:{_INLINE_NAMES})(?![\w-])){NAME}(?=\s|/?>|\Z)")
_STARTS: tuple[tuple[re.Pattern[str], re.Pattern[str], bool], ...] = (
    (
        re.compile(r"<(?:script|pre|style)(?=\s|>|\Z)", re.IGNORECASE),
        re.compile(r"</(?:script|pre|style)>", re.IGNORECASE),
        True,
    ),
    (re.compile(r"<!--"), re.compile(r"-->"), True),
    (re.compile(r"<\?"), re.compile(r"\?>"), True),
    (re.compile(r"<![A-Z]"), re.compile(r">"), True),
    (re.compile(r"<!\[CDATA\["), re.compile(r"\]\]>"), True),
    (re.compile(rf"</?(?:{BLOCK_NAMES})(?=\s|/?>|\Z)", re.IGNORECASE), _BLANK, True),
    (_COMPONENT, _BLANK, True),
    (re.compile(rf"(?:{TAG.pattern})\s*\Z"), _BLANK, False),
)
"""The start of a block of HTML, its end, and whether it ends a paragraph before it."""


def component_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A block of HTML or of components, as VitePress bounds it."""
    if state.is_code_block(start):
        return False
    text = line_text(state, start)
    kind = next((kind for kind in _STARTS if kind[0].match(text)), None)
    if kind is None:
        return False
    if silent:
        return kind[2]
    if kind[0] is _COMPONENT and (match := _ALONE.match(text) or _CLOSED.match(text)):
        _push_with_rest(state, start, match.end())
        return True
    last = _last_line(state, start, end, kind[1])
    lines = text_ranges(state, start, last)
    push_leaf(state, (start, last), Html(lines))
    return True


def _last_line(state: StateBlock, start: int, end: int, ending: re.Pattern[str]) -> int:
    """The line after a block that a pattern ends."""
    search = ending.match if ending is _BLANK else ending.search
    if search(line_text(state, start)):
        return start + 1
    for line in range(start + 1, end):
        if state.sCount[line] < state.blkIndent:
            return line
        text = line_text(state, line)
        if search(text):
            return line + bool(text)
    return end


def _push_with_rest(state: StateBlock, line: int, length: int) -> None:
    """A component and the running text after it, which ends with the line."""
    start, end = text_range(state, line)
    rest = state.src[start + length : end]
    push_leaf(state, (line, line + 1), Html(((start, start + length),), alone=True))
    if rest.strip():
        left = end - len(rest.lstrip())
        span = (left, left + len(rest.strip()))
        push_leaf(state, (line, line + 1), Title(span, Kind.PARAGRAPH, Form.LINE))
