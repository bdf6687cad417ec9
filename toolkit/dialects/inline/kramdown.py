"""Kramdown's reading of inline text: one pass from left to right, with rules of its own.

They are tried in kramdown's order. A code span ends at the next run of backticks that is long
enough, targets may have blanks in them, and of links in each other the outer one counts.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline.brackets import Gap
from toolkit.dialects.inline.mark import Markup
from toolkit.dialects.inline.resource import Resource
from toolkit.dialects.inline.runs import RUN
from toolkit.dialects.inline.scanning import ScanningReader, closing, opening, pattern_rule, tag
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.inline.scanning import Rules
    from toolkit.dialects.inline.state import InlineState

_AUTOLINK = late(r"<((?:mailto|https?|ftps?):[^\n>]+)>")
_MAIL = late(r"<([\w.-]+@[\w.-]+)>")
_ESCAPE = late(r"\\([\\.*_+`<>()\[\]{}#!:|\"'$=~-])")
_ENTITY = late(r"&(?:[\w:][\w.:-]*|#\d+|#x[0-9a-fA-F]+);")
_MATH = late(r"\$\$.*?\$\$", re.DOTALL)


_ANGLE_TARGET = late(r"\(<([^\n]*?)>")
_PARENTHESIS = late(r"(\()|(\))|\s(?=['\"])", re.ASCII)
_TITLE = late(r"\s*?([\"'])(.+?)\1\s*?\)", re.DOTALL | re.ASCII)
_BLANK = late(r"\s", re.ASCII)
"""Ruby's blanks, to which others of Unicode's don't belong."""
_BLANKS = " \t\n\r\f\v\0"


def resource(text: str, opened: int) -> Resource | None:
    """Return the target between parentheses that open at `opened`."""
    angle = _ANGLE_TARGET.match(text, opened)
    if angle:
        start, end = angle.span(1)
        position = angle.end()
        if text.startswith(")", position):
            return Resource(start, end, position + 1)
    else:
        start = opened + 1
        position, end = _target_end(text, opened)
        if end >= 0:
            return _stripped(text, start, end, end + 1)
        if position < 0:
            return None
        end = position
    title = _TITLE.match(text, position)
    return _stripped(text, start, end, title.end()) if title else None


def _target_end(text: str, opened: int) -> tuple[int, int]:
    """Return where a title may start, and where the closing parenthesis stands; -1 for neither."""
    level = 0
    for mark in _PARENTHESIS.finditer(text, opened):
        if mark[1]:
            level += 1
        elif mark[2]:
            level -= 1
            if level == 0:
                return -1, mark.start()
        else:
            return mark.end(), -1
    return -1, -1


def _stripped(text: str, start: int, end: int, behind: int) -> Resource:
    target = text[start:end]
    left = start + len(target) - len(target.lstrip(_BLANKS))
    return Resource(left, max(left, start + len(target.rstrip(_BLANKS))), behind)


def code_at(text: str, start: int) -> tuple[int, int, int]:
    """Return where the run of backticks at a place ends, and the code after it; -1 for none."""
    run = RUN.match(text, start)
    inner = run.end() if run else start + 1
    ticks = text[start:inner]
    before, after = text[start - 1 : start] if start else "", text[inner : inner + 1]
    if len(ticks) == 1 and (not before or _BLANK.match(before)) and _BLANK.match(after):
        return inner, -1, -1
    closing = text.find(ticks, inner)
    return inner, closing, closing + len(ticks) if closing >= 0 else -1


def _code(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rules
    inner, closing, end = code_at(state.src, state.pos)
    if closing < 0:
        state.pos = inner
        return True
    return state.take(Markup.CODE, end, inner, closing)


KRAMDOWN: Rules = (
    ("code", _code, "`"),
    ("autolink", pattern_rule(Markup.AUTOLINK, _AUTOLINK, 1), "<"),
    ("mail", pattern_rule(Markup.MAIL, _MAIL, 1), "<"),
    ("tag", tag, "<"),
    ("opening", opening, r"!?\["),
    ("closing", closing, r"\]"),
    ("formula", pattern_rule(Markup.FORMULA, _MATH), r"\$\$"),
    ("entity", pattern_rule(Markup.CHARACTER, _ENTITY), "&"),
    ("escape", pattern_rule(Markup.ESCAPE, _ESCAPE, 1), r"\\"),
)


def kramdown_reader() -> ScanningReader:
    """Return a reader of texts as kramdown reads them."""
    return ScanningReader(KRAMDOWN, resource, Gap.BLANK)
