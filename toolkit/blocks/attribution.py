"""Who said what is quoted: the last paragraph of a directive, or an attribute above a quote (MyST).

The marks are those of Docutils ("reStructuredText Markup Specification", "Block Quotes"); the
attribute is that of MyST-Parser's page "Syntax extensions" ("Quote attribution").
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.blocks.opaque import ATTRIBUTES
from toolkit.parser import line_text, push_leaf, push_title, text_range
from toolkit.units import Form

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

_MARK = re.compile(r"(?:---?(?!-)|—) *(?=[^ \n])")
_ATTRIBUTE = re.compile(r'[{ ]attribution="(?P<text>[^"\\{}]+)"')
_KIND = "attribution"


def take_attribution(source: str, tokens: Sequence[Token], level: int) -> None:
    """Of the paragraphs at a level, make the first one behind another that has the mark a title."""
    paragraphs = [one for one in tokens if one.type == "paragraph" and one.level == level]
    for token in paragraphs[1:]:
        lines = token.meta["lines"]
        mark = _MARK.match(source, *lines[0])
        if mark:
            span = (mark.end(), lines[-1][1])
            token.type = "title"
            token.meta = {"range": span, "kind": _KIND, "name": "", "form": Form.LINE_START}
            if len(lines) > 1:
                rest = (source[start:end].strip() for start, end in lines[1:])
                token.meta["text"] = " ".join((source[mark.end() : lines[0][1]].rstrip(), *rest))
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
            push_title(state, start, span, _KIND, "", form=Form.ATTRIBUTE)
        push_leaf(state, "opaque", (start, start + 1))
    return True
