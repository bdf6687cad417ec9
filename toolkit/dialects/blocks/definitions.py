"""Definition lists as MyST has them: a term in a line of its own, `: what it means` below it.

The bounds are those of the plugin `deflist` of mdit-py-plugins, which MyST-Parser reads them with.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import nested, push_leaf
from toolkit.dialects.blocks.values import Container, Text
from toolkit.dialects.parser import line_text, text_range

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_MARK = re.compile(r"[:~][ \t]+(?=[^ \t])")
_INDENT = 2


def defined_term(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A term and its definitions; a blank line may stand between the two.

    Inside a definition the mark of the next one ends a paragraph.
    """
    if state.is_code_block(start):
        return False
    if silent:
        return state.ddIndent >= 0 and bool(_MARK.match(line_text(state, start)))
    line = start + 1
    if line < end and state.isEmpty(line):
        line += 1
    if not _is_definition(state, line, end):
        return False
    push_leaf(state, (start, start + 1), Text((text_range(state, start),)))
    while _is_definition(state, line, end):
        line = _read_definition(state, line, end)
    state.line = line
    return True


def _is_definition(state: StateBlock, line: int, end: int) -> bool:
    return (
        line < end
        and state.sCount[line] >= state.blkIndent
        and bool(_MARK.match(line_text(state, line)))
    )


def _read_definition(state: StateBlock, line: int, end: int) -> int:
    """Read a definition as far as it goes; gives the line after it."""
    shift, column, outer = state.tShift[line], state.sCount[line], state.ddIndent
    mark = _MARK.match(line_text(state, line))
    width = mark.end() if mark else _INDENT
    state.tShift[line], state.sCount[line] = shift + width, column + width
    state.ddIndent = column + _INDENT
    term = Container(one_term=True)
    behind = nested(state, "definition", (line, end), indent=column + _INDENT, block=term)
    state.tShift[line], state.sCount[line], state.ddIndent = shift, column, outer
    return behind
