"""Definitions with an indented body, as Goldmark and pulldown-cmark have them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import nested
from toolkit.dialects.blocks.values import Container
from toolkit.dialects.parser import indented_end, line_text

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

_DEFINITION = re.compile(r":[ \t]+[^ \t\n]")
_TIGHT_DEFINITION = re.compile(":")
_TERMS = frozenset({"paragraph", "definition_close"})
_INDENT = 4


def definition_rule(*, columns: bool = False) -> BlockRule:
    """The rule for `:   what a term means`, its body indented; terms are the paragraph above it.

    With nothing before it in its container it is a paragraph. With `columns` the body stands
    at the column of its first text, as in a list item, the paragraph above is one term, and the
    colon needs no blank after it (pulldown-cmark's definition lists); else it is indented by four.
    """
    marker = _TIGHT_DEFINITION if columns else _DEFINITION

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start) or not marker.match(line_text(state, start)):
            return False
        if silent:
            # A line that is not indented as its container continues with the paragraph in it.
            return bool(state.sCount[start] >= state.blkIndent)
        if not state.tokens or state.tokens[-1].type not in _TERMS:
            return False
        text = line_text(state, start)
        blanks = len(text) - len(text[1:].lstrip(" \t"))
        own = blanks if blanks <= _INDENT else 2
        indent = state.sCount[start] + (own if columns else _INDENT)
        body_end = _lazy_end(state, start + 1, end, indent, marker)
        mark, shift, column = state.bMarks[start], state.tShift[start], state.sCount[start]
        state.tShift[start], state.sCount[start] = shift + blanks, indent
        term = Container(one_term=columns)
        state.line = nested(state, "definition", (start, body_end), indent=indent, block=term)
        state.bMarks[start], state.tShift[start], state.sCount[start] = mark, shift, column
        return True

    return rule


definition = definition_rule()


def _lazy_end(state: StateBlock, line: int, end: int, indent: int, marker: re.Pattern[str]) -> int:
    """Return `indented_end`, but with unindented lines directly under the first one."""
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.sCount[line] < indent and marker.match(line_text(state, line)):
            return line
        line += 1
    body_end = indented_end(state, line, end, indent)
    return max(line, body_end)
