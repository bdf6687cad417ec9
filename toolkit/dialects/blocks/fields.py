"""Field lists as MyST has them: `:name: body`, more of the body indented below it.

The syntax follows the page "Syntax extensions" of MyST-Parser ("Field Lists") and Docutils'
"reStructuredText Markup Specification".
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import nested, push_title
from toolkit.dialects.blocks.values import Heading, Text, Title, block_of, note_block
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


_NO_QUOTE_MARK = re.compile(r"[^\s>]")


@dataclass(frozen=True, slots=True)
class _Field:
    """A field: its first line, the one after its last, and where its body stands."""

    line: int
    behind: int
    match: re.Match[str]
    column: int
    """The column of the body's first text."""
    columns: list[int]
    """The columns of its further lines."""


def field(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """A field; its body stands at the column of its least indented line."""
    match = None if state.is_code_block(start) else _FIELD.match(line_text(state, start))
    if match is None:
        return False
    if silent:
        return True
    behind = indented_end(state, start + 1, end, state.sCount[start] + 1)
    columns = [state.sCount[line] for line in range(start + 1, behind) if not state.isEmpty(line)]
    found = _Field(start, behind, match, state.sCount[start] + match.end(), columns)
    _push_name(state, found)
    _read_body(state, found)
    return True


def _read_body(state: StateBlock, found: _Field) -> None:
    """Read a field's body.

    Where lines of it stand before its first text MyST-Parser reads blanks up to that, so that
    nothing but running text can begin there.
    """
    start, own = found.line, text_range(state, found.line)[0]
    indent = min((*found.columns, found.column))
    source, shift, column = state.src, state.tShift[start], state.sCount[start]
    text = own + found.match.end()
    skipped = found.column - indent if text < state.eMarks[start] else 0
    state.src = f"{source[: text - skipped]}{' ' * skipped}{source[text:]}"
    state.tShift[start], state.sCount[start] = shift + found.match.end() - skipped, indent
    first = len(state.tokens)
    nested(state, "field", (start, found.behind), indent=indent)
    state.src, state.tShift[start], state.sCount[start] = source, shift, column
    token = state.tokens[first + 1]
    block = block_of(token)
    if not isinstance(block, Text | Heading) or not token.map or token.map[0] != start:
        return
    block = replace(block, lines=((text, block.lines[0][1]), *block.lines[1:]))
    note_block(token, replace(block, line_start=own) if isinstance(block, Text) else block)


def _push_name(state: StateBlock, found: _Field) -> None:
    """Note the name of a field, as a text where it is none of those that mean something.

    Where further lines of its body stand no less far behind than the first, that has to keep its
    column.
    """
    match = found.match
    if _MEANT.match(match["name"].lstrip()):
        return
    own = text_range(state, found.line)[0]
    name = match["name"].strip(" \t")
    start = own + match.start("name") + match["name"].index(name)
    end = start + len(name)
    title = Title((start, end), Kind.FIELD_NAME, Form.BETWEEN_COLONS)
    is_aligned = found.columns and min(found.columns) >= found.column
    if is_aligned and own + match.end() < state.eMarks[found.line] and "\t" not in match[0]:
        before = state.src[state.src.rfind("\n", 0, own) + 1 : own]
        title = Title(
            (start, own + match.end()),
            Kind.FIELD_NAME,
            Form.ALIGNED_NAME,
            text=name,
            prefix=_NO_QUOTE_MARK.sub(" ", before) + " " * match.end(),
        )
    push_title(state, found.line, title)
