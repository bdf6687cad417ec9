"""Field lists as MyST has them: `:name: body`, more of the body indented below it.

The syntax follows the page "Syntax extensions" of MyST-Parser ("Field Lists") and Docutils'
"reStructuredText Markup Specification".
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import nested, push_title
from toolkit.dialects.blocks.values import Text, Title, block_of, note_block
from toolkit.dialects.parser import indented_end, line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_FIELD = re.compile(r":(?P<name>[ \t]*[^:\s][^:]*):[ \t]*")
_MEANT = re.compile(
    r"(?:abstract|arg|argument|address|author|authors|cvar|contact|copyright|date|except|exception|"
    r"ivar|key|keyword|kwarg|kwparam|meta|nocomments|no-search|nosearch|orphan|param|parameter|"
    r"property|raise|raises|return|returns|revision|rtype|status|throws|tocdepth|tparam|type|var|"
    r"vartype|version|yield|yields|ytype)\b"
)
"""Names of fields that mean something to Docutils or Sphinx."""


def field(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A field; its body stands at the column of its least indented line."""
    match = None if state.is_code_block(start) else _FIELD.match(line_text(state, start))
    if match is None:
        return False
    if silent:
        return True
    own = text_range(state, start)[0]
    _push_name(state, start, match)
    behind = indented_end(state, start + 1, end, state.sCount[start] + 1)
    columns = [state.sCount[line] for line in range(start + 1, behind) if not state.isEmpty(line)]
    indent = min((*columns, state.sCount[start] + match.end()))
    first, shift, column = len(state.tokens), state.tShift[start], state.sCount[start]
    state.tShift[start], state.sCount[start] = shift + match.end(), indent
    nested(state, "field", (start, behind), indent=indent)
    state.tShift[start], state.sCount[start] = shift, column
    token = state.tokens[first + 1]
    text = block_of(token)
    if isinstance(text, Text) and token.map and token.map[0] == start:
        note_block(token, replace(text, line_start=own))
    return True


def _push_name(state: StateBlock, line: int, match: re.Match[str]) -> None:
    """The name of a field, as a text where it is none of those that mean something."""
    if _MEANT.match(match["name"].lstrip()):
        return
    start = text_range(state, line)[0] + match.start("name")
    span = (start, start + len(match["name"]))
    push_title(state, line, Title(span, Kind.FIELD_NAME, Form.BETWEEN_COLONS))
