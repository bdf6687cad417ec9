"""Attributions of quotes: the last paragraph of a directive, or an attribute above a quote (MyST).

The marks are those of Docutils ("reStructuredText Markup Specification", "Block Quotes"); the
attribute is that of MyST-Parser's page "Syntax extensions" ("Quote attribution").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import ATTRIBUTES
from toolkit.dialects.blocks.opaque import push_attribute_texts
from toolkit.dialects.blocks.pushing import push_leaf, push_title, replace_block
from toolkit.dialects.blocks.values import Opaque, Text, Title, block_of
from toolkit.dialects.parser import line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_MARK = re.compile(r"(?:---?(?!-)|—) *(?=[^ \n])")
_ATTRIBUTE = re.compile(r'[{ ]attribution="(?P<text>[^"\\{}]+)"')


def take_attribution(source: str, tokens: Sequence[Token], level: int) -> None:
    """Make a title of the first paragraph at a level that follows another and has the mark."""
    blocks = [(token, block_of(token)) for token in tokens if token.level == level]
    paragraphs = [(token, block.lines) for token, block in blocks if isinstance(block, Text)]
    for token, lines in paragraphs[1:]:
        mark = _MARK.match(source, *lines[0])
        if mark:
            text = None
            if len(lines) > 1:
                rest = (source[start:end].strip() for start, end in lines[1:])
                text = " ".join((source[mark.end() : lines[0][1]].rstrip(), *rest))
            span = (mark.end(), lines[-1][1])
            replace_block(token, Title(span, Kind.ATTRIBUTION, Form.LINE_START, text=text))
            return


def attribute_line(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """An attribute list alone in a line, which may say who is quoted below it."""
    text = "" if state.is_code_block(start) else line_text(state, start)
    if not ATTRIBUTES.match(text):
        return False
    if not silent:
        if said := _ATTRIBUTE.search(text):
            offset = text_range(state, start)[0]
            span = (offset + said.start("text"), offset + said.end("text"))
            push_title(state, start, Title(span, Kind.ATTRIBUTION, Form.ATTRIBUTE))
        push_attribute_texts(state, start)
        push_leaf(state, (start, start + 1), Opaque())
    return True
