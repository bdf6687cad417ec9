"""Pandoc's reading of inline text, as far as it acts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline.mark import Markup
from toolkit.dialects.inline.resource import Resource
from toolkit.dialects.inline.runs import Runs
from toolkit.dialects.inline.scanning import ScanningReader, closing, opening, pattern_rule, tag
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.inline.scanning import Rules
    from toolkit.dialects.inline.state import InlineState

_AUTOLINK = late(r"<([A-Za-z][A-Za-z0-9.+-]*:[^\s<>]*)>")
_MAIL = late(r"<([^\s<>@]+@[^\s<>@]+)>")
_ESCAPE = late(r"\\([^\w\s]|_|[ \n])")
_ENTITY = late(r"&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#[xX][0-9a-fA-F]+);")
_MATH = late(
    r"\$\$(?:\\.|[^\\])+?\$\$|\$(?=\S)(?:\\.|[^\\$\n]|\n(?!\n)){1,9999}?(?<=\S)\$(?!\d)", re.DOTALL
)
_ANGLE = late(r"\(\s*<([^<>\n]*)>")
_TITLE = late(r"\s+(?:\"(?:\\.|[^\"\\]|\"(?!\s*\)))*\"|'(?:\\.|[^'\\]|'(?!\s*\)))*')\s*\)")
_MARKS = late(r"[<`\[$@{&]|\n|[\"'][ ]")
_CLOSING = late(r"\s*\)")
_PIECE = late(r"\\.|[()]|\s+(?=[\"'])", re.DOTALL)


def code_at(text: str, start: int) -> tuple[int, int, int]:
    """Return where the run of backticks at a place ends, and the code after it; -1 for none."""
    runs = _runs_of(text)
    code = runs.code_at(start)
    return (code.inner, code.inner_end, code.end) if code else (runs.end_of(start), -1, -1)


@lru_cache(maxsize=4)
def _runs_of(text: str) -> Runs:
    """Return the runs of backticks of a text, which each of them asks for."""
    return Runs(text)


def resource(text: str, opened: int) -> Resource | None:
    """Return the target between parentheses that open at `opened`."""
    angle = _ANGLE.match(text, opened)
    if angle:
        start, end = angle.span(1)
        position = angle.end()
    else:
        start = opened + 1
        position = end = _target_end(text, start)
        if end < 0:
            return None
    closed = _TITLE.match(text, position) or _CLOSING.match(text, position)
    if closed is None:
        return None
    # A title that holds marks may be none, so that they act; they are read in any case.
    behind = position if _MARKS.search(text, position, closed.end()) else closed.end()
    target = text[start:end]
    left = start + len(target) - len(target.lstrip())
    return Resource(left, max(left, start + len(target.rstrip())), behind)


def _target_end(text: str, start: int) -> int:
    """Return the end of a target: before its title or parenthesis; -1 for none."""
    level = 0
    for piece in _PIECE.finditer(text, start):
        if piece[0] == "(":
            level += 1
        elif piece[0] == ")":
            if not level:
                return piece.start()
            level -= 1
        elif piece[0].isspace() and not level and _TITLE.match(text, piece.start()):
            return piece.start()
    return -1


def _code(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rules
    inner, closing_run, end = code_at(state.src, state.pos)
    # Of a run that nothing closes the backticks after the first may still open code.
    return closing_run >= 0 and state.take(Markup.CODE, end, inner, closing_run)


PANDOC: Rules = (
    ("escape", pattern_rule(Markup.ESCAPE, _ESCAPE, 1), r"\\"),
    ("code", _code, "`"),
    ("formula", pattern_rule(Markup.FORMULA, _MATH), r"\$"),
    ("autolink", pattern_rule(Markup.AUTOLINK, _AUTOLINK, 1), "<"),
    ("mail", pattern_rule(Markup.MAIL, _MAIL, 1), "<"),
    ("tag", tag, "<"),
    ("opening", opening, r"!?\["),
    ("closing", closing, r"\]"),
    ("entity", pattern_rule(Markup.CHARACTER, _ENTITY), "&"),
)


def pandoc_reader() -> ScanningReader:
    """Return a reader of texts as Pandoc reads them."""
    return ScanningReader(PANDOC, resource)
