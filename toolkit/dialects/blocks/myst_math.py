"""Display mathematics as MyST has it: `$$ … $$ (label)`, and environments of amsmath.

The bounds are those that MyST-Parser's page "Math and equations" tells: both may hold blank lines,
and without their closing mark they are text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Opaque
from toolkit.dialects.parser import line_text

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_block import StateBlock

_DOLLARS_END = re.compile(r"\$\$[ \t]*(?:\([^()$\r\n]+\)[ \t]*)?$")
_OPENING = re.compile(
    r"\\begin\{(?P<name>(?:equation|multline|gather|align|alignat|flalign|[pbBvV]?matrix|eqnarray)"
    r"\*?)\}"
)


def dollar_formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """`$$ … $$`, over blank lines as well."""
    text = "" if state.is_code_block(start) else line_text(state, start)
    if not text.startswith("$$"):
        return False
    behind = start + 1
    if len(text.strip()) <= len("$$$") or not _DOLLARS_END.search(text, 2):
        if "$$" in text[2:]:
            return False
        behind = _behind(state, start + 1, end, "$$", _DOLLARS_END.search)
    if behind and not silent:
        push_leaf(state, (start, behind), Opaque())
    return bool(behind)


def environment(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    r"""`\begin{align} … \end{align}`."""
    text = "" if state.is_code_block(start) else line_text(state, start)
    opened = _OPENING.match(text)
    if opened is None:
        return False
    closing = rf"\end{{{opened['name']}}}"
    behind = _behind(state, start, end, closing, lambda line: line.rstrip().endswith(closing))
    if behind and not silent:
        push_leaf(state, (start, behind), Opaque())
    return bool(behind)


def _behind(
    state: StateBlock, line: int, end: int, mark: str, closes: Callable[[str], object]
) -> int:
    """The line after the one that closes a formula, 0 when none does.

    Up to where nothing closes one is remembered, so that each line is searched once.
    """
    searched = state.env.setdefault("unclosed formulas", {})
    if line <= searched.get((mark, end), -1):
        return 0
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if closes(line_text(state, line)):
            return line + 1
        line += 1
    searched[mark, end] = line
    return 0
