"""MyST, the Markdown that Sphinx reads through MyST-Parser, with its optional extensions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.blocks import directives, material, opaque
from toolkit.dialect import Dialect
from toolkit.dialects.commonmark import commonmark_blocks
from toolkit.dialects.gfm import FOOTNOTE_MARK, MATH, gfm_blocks

if TYPE_CHECKING:
    from toolkit.parser import PageParser

_ROLE = r"\{[A-Za-z][\w:.+-]{0,99}\}(?=`)"
_ATTRIBUTES = r"(?<=[)\]`*_])\{[^{}\n]{0,999}\}"
_SUBSTITUTION = re.compile(r"\{\{[^}]{1,999}\}\}[ \t]*$")
_TARGET = re.compile(r"\([^\n]{1,999}\)=[ \t]*$")
_COMMENT = re.compile(r"%")
_BREAK = re.compile(r"\+[ \t]*\+[ \t]*\+")
_FIELD = re.compile(r":[^\s:][^:\n]{0,99}:(?:[ \t]|$)")


def myst_blocks(parser: PageParser) -> None:
    """Directives, targets, comments, block breaks, definitions and fields."""
    add = parser.block.add
    line_rule = opaque.line_rule
    add("colon_fence", directives.colon_fence, before="fence", starts=":")
    add("directive", directives.directive, before="colon_fence", starts="`~:")
    add("definition", material.definition, before="code", starts=":")
    add("field", line_rule(_FIELD), before="code", starts=":", interrupts=False)
    add("comment", line_rule(_COMMENT), before="code", starts="%")
    add("block_break", line_rule(_BREAK), before="list", starts="+")
    add("target", line_rule(_TARGET), before="code", starts="(")
    add("substitution", line_rule(_SUBSTITUTION), before="code", starts="{", interrupts=False)
    add("attribute_line", opaque.attribute_line, before="code", starts="{")


DIALECT = Dialect(
    name="myst",
    plugins=(commonmark_blocks, gfm_blocks, myst_blocks),
    inline=(MATH, FOOTNOTE_MARK, _ROLE, _ATTRIBUTES),
)
