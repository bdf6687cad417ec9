"""Blocks with an indented body as Python-Markdown has them: `!!!`, `???`, `===`, `: ` and `///`.

The patterns follow the documented syntax of the extensions `admonition`, `def_list` and `abbr` of
Python-Markdown and `details`, `tabbed` and `blocks` of PyMdown Extensions.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pushing import nested, push_leaf, push_title
from toolkit.dialects.blocks.values import Container, Title
from toolkit.dialects.parser import indented_end, line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

_CLASSES = r"[\w-]+(?: +[\w-]+)*"
_ADMONITION = re.compile(rf'!!! ?(?P<type>{_CLASSES})(?: +"(?P<title>.*)")? *$')
_DETAILS = re.compile(rf'\?\?\?\+? ?(?:(?P<type>{_CLASSES}))?(?:(?(type) +| *)"(?P<title>.*)")? *$')
_TAB = re.compile(r'===[+!]{0,2} +"(?P<title>.*)" *$')
_DEFINITION = re.compile(r":[ \t]+\S")
_TIGHT_DEFINITION = re.compile(":")
_TERMS = frozenset({"paragraph", "definition_close"})
_ABBREVIATION = re.compile(r"\*\[[^\]]+\] ?:[ \t]*(?P<text>\S.*?)[ \t]*$")
_BLOCK_START = re.compile(
    r"(?P<fence>/{3,})[ \t]*(?P<type>[\w-]+)[ \t]*(?:\|[ \t]*(?P<title>.*?))?[ \t]*$"
)
_BLOCK_END = re.compile(r"(/{3,})[ \t]*$")
_CODE_FENCE = re.compile(r"(`{3,}|~{3,})")
_UNTITLED_BLOCKS = frozenset({"html", "caption", "figure-caption", "table-caption", "define"})
_INDENT = 4


def _push_title(
    state: StateBlock, line: int, match: re.Match[str], kind: Kind, name: str, form: Form
) -> None:
    """Note the title of the block that starts at `line`, where it has one."""
    offset = text_range(state, line)[0]
    start, end = match.span("title")
    if start < end:
        push_title(state, line, Title((offset + start, offset + end), kind, form, name))


def _indented_block(pattern: re.Pattern[str], container: str, title: Kind) -> BlockRule:
    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start):
            return False
        match = pattern.match(line_text(state, start))
        if match is None:
            return False
        if not silent:
            name = (match.groupdict().get("type") or "").partition(" ")[0]
            _push_title(state, start, match, title, name, Form.QUOTED)
            indent = state.sCount[start] + _INDENT
            body_end = indented_end(state, start + 1, end, indent)
            lines = start + 1, body_end
            nested(state, container, lines, indent=indent, block=Container(name))
        return True

    return rule


admonition = _indented_block(_ADMONITION, "admonition", Kind.ADMONITION_TITLE)
details = _indented_block(_DETAILS, "details", Kind.DETAILS_TITLE)
tab = _indented_block(_TAB, "tab", Kind.TAB_TITLE)


def definition_rule(*, columns: bool = False) -> BlockRule:
    """The rule for `:   what a term means`, its body indented; terms are the paragraph above it.

    With nothing in front of it in its container it is a paragraph. With `columns` the body stands
    at the column of its first text, as in a list item, the paragraph above is one term, and the
    colon needs no blank behind it (pulldown-cmark's definition lists); else it is indented by four.
    """
    marker = _TIGHT_DEFINITION if columns else _DEFINITION

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start) or not marker.match(line_text(state, start)):
            return False
        if silent:
            # A line that is not indented as its container goes on with the paragraph in it.
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
    """As `indented_end`, but lines directly under the first one belong to it unindented too."""
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if state.sCount[line] < indent and marker.match(line_text(state, line)):
            return line
        line += 1
    body_end = indented_end(state, line, end, indent)
    return max(line, body_end)


def abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """`*[HTML]: Hypertext Markup Language`."""
    if state.is_code_block(start):
        return False
    match = _ABBREVIATION.match(line_text(state, start))
    if match is None:
        return False
    if not silent:
        offset = text_range(state, start)[0]
        span = (offset + match.start("text"), offset + match.end("text"))
        push_leaf(state, (start, start + 1), Title(span, Kind.ABBREVIATION, Form.LINE))
    return True


def fenced_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """`/// type | Title`, indented options, Markdown, and `///` of the same length."""
    if state.is_code_block(start):
        return False
    match = _BLOCK_START.match(line_text(state, start))
    close = match and _closing_line(state, start + 1, end, match["fence"])
    if not match or not close:
        return False
    if not silent:
        if match["type"] not in _UNTITLED_BLOCKS:
            kind = Kind.TAB_TITLE if match["type"] == "tab" else Kind.BLOCK_TITLE
            _push_title(state, start, match, kind, match["type"], Form.LINE)
        body = indented_end(state, start + 1, close, state.sCount[start] + _INDENT)
        block = Container(match["type"])
        nested(state, "block", (body, close), indent=state.blkIndent, block=block)
        state.line = close + 1
    return True


def _closing_line(state: StateBlock, line: int, end: int, fence: str) -> int | None:
    """The line that closes a `///` block; what stands in fenced code does not count.

    That nothing closes such a fence is remembered, so that a page is searched to its end once.
    """
    unclosed = state.env.setdefault("unclosed blocks", set())
    if (fence, end) in unclosed:
        return None
    code = ""
    while line < end:
        text = line_text(state, line)
        if code:
            code = "" if text.rstrip() == code else code
        elif opened := _CODE_FENCE.match(text):
            code = opened[1]
        elif (closing := _BLOCK_END.match(text)) and closing[1] == fence:
            return line
        line += 1
    unclosed.add((fence, end))
    return None


def list_continuation(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Text indented by four behind a list belongs to its last item, however wide the marker was."""
    if silent or not state.is_code_block(start) or not state.tokens:
        return False
    if state.tokens[-1].type not in {"bullet_list_close", "ordered_list_close"}:
        return False
    indent = state.blkIndent + _INDENT
    nested(state, "list_item", (start, indented_end(state, start, end, indent)), indent=indent)
    return True
