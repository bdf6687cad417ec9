"""Blocks that hold nothing to translate: formulas, macros, lists of attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import ATTRIBUTES, attribute_titles
from toolkit.dialects.blocks.pushing import push_leaf, push_title
from toolkit.dialects.blocks.values import Opaque
from toolkit.dialects.parser import line_text, text_range
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule

_MACRO = late(r"\{%.*%\}[ \t]*$|\{\{[^}]*\}\}[ \t]*$|\{#.*#\}[ \t]*$")
_FORMULAS = (
    (re.compile(r"\$\$"), re.compile(r"\$\$[ \t]*$")),
    (re.compile(r"\\\["), re.compile(r"\\\][ \t]*$")),
    (re.compile(r"\\begin\{[a-z]+\*?\}"), re.compile(r"\\end\{[a-z]+\*?\}[ \t]*$")),
)
_DOLLARS = late(r"(\${2,})(?P<rest>[^$]*)$")


def line_rule(pattern: re.Pattern[str]) -> BlockRule:
    """The rule for a line that holds nothing to translate when `pattern` matches its text."""

    def rule(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start) or not pattern.match(line_text(state, start)):
            return False
        if not silent:
            push_leaf(state, (start, start + 1), Opaque())
        return True

    return rule


macro = line_rule(_MACRO)


def attribute_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """A list of attributes alone in a line, with the texts in it."""
    if state.is_code_block(start) or not ATTRIBUTES.match(line_text(state, start)):
        return False
    if not silent:
        push_attribute_texts(state, start)
        push_leaf(state, (start, start + 1), Opaque())
    return True


def push_attribute_texts(state: StateBlock, line: int) -> None:
    """Note the texts in a list of attributes that fills a line."""
    for title in attribute_titles(state.src, *text_range(state, line)):
        push_title(state, line, title)


def formula(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    r"""Display mathematics: `$$ … $$`, `\[ … \]` or an environment, with no blank line in it."""
    if state.is_code_block(start):
        return False
    text = line_text(state, start)
    for opening, closing in _FORMULAS:
        opened = opening.match(text)
        if opened is None:
            continue
        last = _formula_end(state, start, end, opened.end(), closing)
        if last and not silent:
            push_leaf(state, (start, last), Opaque())
        return bool(last)
    return False


def formula_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Display mathematics as remark-math has it: bounded like fenced code, by two dollars or more.

    Without a closing line it goes to the end of its container.
    """
    opened = _DOLLARS.match(line_text(state, start))
    if opened is None:
        return False
    if not silent:
        line = start + 1
        while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            closing = _DOLLARS.match(line_text(state, line))
            line += 1
            if closing and not closing["rest"].strip() and len(closing[1]) >= len(opened[1]):
                break
        push_leaf(state, (start, line), Opaque())
    return True


def _formula_end(
    state: StateBlock, start: int, end: int, opened: int, closing: re.Pattern[str]
) -> int:
    """The line after the formula's last one, 0 when nothing closes it.

    Up to where nothing closes one is remembered, so that each line is searched once.
    """
    searched = state.env.setdefault("unclosed formulas", {})
    if start < searched.get(closing, 0):
        return 0
    line = start
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        if closing.search(line_text(state, line), opened if line == start else 0):
            return line + 1
        line += 1
    searched[closing] = line
    return 0
