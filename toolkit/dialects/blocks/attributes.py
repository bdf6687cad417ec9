"""Lists of attributes as Python-Markdown's extension `attr_list` reads them, and texts in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTES = re.compile(r"[ ]*\{:?[ ]*(?P<list>[^}\n ][^\n]*)\}[ ]*$")
_ATTRIBUTE = re.compile(r"[^ =}]+=\".*?\"|[^ =}]+='.*?'|[^ =}]+=[^ =}]+|[^ =}]+|[ ]")


def is_attribute_list(line: str) -> bool:
    """Whether a line is a list of attributes as `attr_list` reads them for a block."""
    match = _ATTRIBUTES.match(line)
    if match is None:
        return False
    rest = match["list"]
    while rest and (one := _ATTRIBUTE.match(rest)):
        rest = rest[one.end() :]
    return "}" not in rest


TEXT_ATTRIBUTES = frozenset(
    {"alt", "title", "aria-label", "placeholder", "data-title", "data-description"}
)
"""Attributes whose values readers see."""
_TEXT = re.compile(
    rf"""(?<=[\s{{:])(?P<name>{"|".join(sorted(TEXT_ATTRIBUTES))})="""
    r"""(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)')"""
)


def attribute_texts(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the texts in a list of attributes: start, end and the attribute's name."""
    for found in _TEXT.finditer(source, start, end):
        group = "single" if found["double"] is None else "double"
        yield *found.span(group), found["name"]
