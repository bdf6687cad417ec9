"""Blocks that VitePress adds: containers between colons, files of code, a table of contents.

Sources are VitePress' documentation, "Markdown Extensions", and the rules of its Markdown renderer.
VuePress has the same, with further containers from its themes and plugins.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.opaque import line_rule
from toolkit.dialects.blocks.pushing import nested, push_leaf, push_title
from toolkit.dialects.blocks.values import Container, Opaque, Title
from toolkit.dialects.parser import line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_OPENING = re.compile(
    r"(?P<colons>:{3,})[ \t]*(?P<name>[^\W\d_][\w-]*)(?![\w-])(?:#[^\s#{}]+)?"
    r"(?:[ \t]+(?P<title>\S[^\n]*?))?(?:[ \t]*\{[^{}\n]*\})?[ \t]*$"
)
_CLOSING = re.compile(r"(:{3,})[ \t]*$")
_TITLED = frozenset(
    "tip info warning danger details note important caution theorem card".split(),
)
"""Containers whose first line readers see; of others it may be anything."""
_INDENT = 4
_UNCLOSED = "unclosed containers"
_CODE_GROUP = "code-group"
_TABS = frozenset({"tabs", "code-tabs"})
_TAB = re.compile(r"@tab(?::active)?[ \t]+(?P<title>\S[^\n]*?)(?:[ \t]*(?<!\\)#[^#\n]*)?[ \t]*$")
"""The start of a tab of VuePress; after `#` stands its id."""
_CODE_LABEL = re.compile(r"<<<.*?\[(?P<label>[^\n]*[^!-~\n][^\n]*)\][ \t]*$")
"""A file of code whose label in a group is more than a name."""
_STANDS_IN = "containers"
_CONTENTS = re.compile(r"\[\[toc\]\](?: |$)", re.IGNORECASE)

contents = line_rule(_CONTENTS)
imported_code = line_rule(re.compile(r"@\[code[^\]\n]*\]\([^()\n]*\)[ \t]*$"))
"""A file of code in VuePress."""


def container(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """`::: name Title`, blocks, and as many colons or more.

    The first line of enough colons ends it, in code as well; without one it goes on to the end of
    what it stands in.
    """
    opening = _OPENING.match(line_text(state, start))
    if opening is None:
        return False
    if not silent:
        name = opening["name"]
        if opening["title"] and name in _TITLED:
            offset = text_range(state, start)[0]
            span = (offset + opening.start("title"), offset + opening.end("title"))
            title = Title(span, Kind.ADMONITION_TITLE, Form.LINE, name)
            push_title(state, start, title)
        last, closed = _end(state, start + 1, end, len(opening["colons"]))
        lines = (start + 1, last)
        outer = state.env.get(_STANDS_IN, "")
        state.env[_STANDS_IN] = name
        nested(state, "directive", lines, indent=state.blkIndent, block=Container(name))
        state.env[_STANDS_IN] = outer
        state.line = last + closed
    return True


def _end(state: StateBlock, line: int, end: int, colons: int) -> tuple[int, bool]:
    """The line after a container's last one, and whether colons stand there.

    From where none were found is remembered, so that a page is searched to its end once.
    """
    unclosed: dict[tuple[int, int], int] = state.env.setdefault(_UNCLOSED, {})
    place = (end, state.blkIndent)
    if colons >= unclosed.get(place, colons + 1):
        return end, False
    for number in range(line, end):
        if not state.isEmpty(number) and state.sCount[number] < state.blkIndent:
            return number, False
        closing = _CLOSING.match(line_text(state, number))
        shallow = state.sCount[number] - state.blkIndent < _INDENT
        if closing and shallow and len(closing[1]) >= colons:
            return number, True
    unclosed[place] = colons
    return end, False


def code_file(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """`<<< path/of/file` puts a file in as code."""
    if state.is_code_block(start) or not line_text(state, start).startswith("<<<"):
        return False
    if not silent:
        label = _CODE_LABEL.match(line_text(state, start))
        if label and state.env.get(_STANDS_IN) == _CODE_GROUP:
            offset = text_range(state, start)[0]
            span = (offset + label.start("label"), offset + label.end("label"))
            push_title(state, start, Title(span, Kind.CODE_TITLE, Form.CODE_LINE))
        push_leaf(state, (start, start + 1), Opaque())
    return True


def tab(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """`@tab Title` starts a tab of VuePress, in a container of such."""
    match = _TAB.match(line_text(state, start)) if state.env.get(_STANDS_IN) in _TABS else None
    if match is None:
        return False
    if not silent:
        offset = text_range(state, start)[0]
        span = (offset + match.start("title"), offset + match.end("title"))
        push_title(state, start, Title(span, Kind.TAB_TITLE, Form.LINE))
        push_leaf(state, (start, start + 1), Opaque())
    return True
