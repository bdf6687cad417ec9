"""Replace the inline elements of XLIFF by the Markdown that a program put into them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

INLINE = frozenset("g x bx ex ph bpt ept it pc sc ec cp".split())
"""XLIFF 1.2, section 2.4, and XLIFF 2.0, section 4.2.3."""
_MARKS = {"bold": "**", "x-strong": "**", "italic": "*", "x-em": "*", "x-emphasis": "*"}
"""The values of `ctype` in 1.2 for which Markdown has one mark."""
_CHARACTER = re.compile(r"x-cp-([0-9a-f]{1,6})")
"""The spelling of a character that XML cannot hold in our own files (2.0 has `<cp>`)."""
_SUBTYPES = {"xlf:b": "**", "xlf:i": "*"}
"""The values of `subType` in 2.0."""


class Code(NamedTuple):
    """The text that stands for an inline element's start and end; what it holds lies between."""

    start: str = ""
    end: str = ""


def code_of(tag: str, attributes: Mapping[str, str], data: Mapping[str, str]) -> Code:
    """Return what an inline element stands for; `data` are the texts of `<originalData>`."""
    if tag == "pc":
        mark = _SUBTYPES.get(attributes.get("subType", ""), "")
        return Code(
            data.get(attributes.get("dataRefStart", "")) or attributes.get("equivStart") or mark,
            data.get(attributes.get("dataRefEnd", "")) or attributes.get("equivEnd") or mark,
        )
    if tag == "g":
        mark = _MARKS.get(attributes.get("ctype", ""), "")
        # Diplodoc's programs write what they have taken out into attributes of their own.
        return Code(attributes.get("x-begin", mark), attributes.get("x-end", mark))
    if character := _CHARACTER.fullmatch(attributes.get("ctype", "")):
        return Code(chr(int(character[1], 16)))
    if tag == "cp":
        return Code(chr(int(attributes.get("hex", "0"), 16)))
    known = data.get(attributes.get("dataRef", "")) or attributes.get("equiv")
    return Code(known or attributes.get("equiv-text", ""))
