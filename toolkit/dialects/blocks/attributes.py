"""Lists of attributes as Python-Markdown's extension `attr_list` reads them, and texts in them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.values import Text, Title
from toolkit.model.expressions import late
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_ATTRIBUTE = r"""(?:[.#][^\s{}=]+|[\w:@-]+=(?:"[^"]*"|'[^']*'|[^\s{}"']+))"""
ATTRIBUTES = re.compile(rf"\{{:?[ ]*{_ATTRIBUTE}(?:[ ]+{_ATTRIBUTE})*[ ]*\}}[ \t]*$")
"""An attribute list alone in a line (Python-Markdown's `attr_list`)."""
_BLOCK_LIST = re.compile(r"[ ]*\{:?[ ]*(?P<list>[^}\n ][^\n]*)\}[ ]*$")
_ONE = late(r"[^ =}]+=\".*?\"|[^ =}]+='.*?'|[^ =}]+=[^ =}]+|[^ =}]+|[ ]")


def is_attribute_list(line: str) -> bool:
    """Whether a line is a list of attributes as `attr_list` reads them for a block."""
    match = _BLOCK_LIST.match(line)
    if match is None:
        return False
    rest = match["list"]
    while rest and (one := _ONE.match(rest)):
        rest = rest[one.end() :]
    return "}" not in rest


TEXT_ATTRIBUTES = frozenset(
    {
        *("alt", "title", "aria-label", "placeholder", "data-title", "data-description"),
        *("fig-alt", "fig-cap", "tbl-cap", "lst-cap"),
    }
)
"""Attributes whose values readers see."""
_TEXT = late(
    rf"""(?<=[\s{{:])(?P<name>{"|".join(sorted(TEXT_ATTRIBUTES))})="""
    r"""(?:"(?P<double>[^"\n]+)"|'(?P<single>[^'\n]+)')"""
)


def attribute_texts(source: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Yield the texts in a list of attributes: start, end and the attribute's name."""
    for found in _TEXT.finditer(source, start, end):
        group = "single" if found["double"] is None else "double"
        yield *found.span(group), found["name"]


def attribute_titles(source: str, start: int, end: int) -> Iterator[Title]:
    """Yield the texts in a list of attributes that is no part of a text."""
    for left, right, name in attribute_texts(source, start, end):
        yield Title((left, right), Kind.HTML_ATTRIBUTE, Form.LIST_VALUE, name)


def without_last_list(block: Text, _opened: str, source: str) -> Iterator[Text | Title]:
    """Leave out a list of attributes in a paragraph's last line, but for the texts in it."""
    found = ATTRIBUTES.match(source, *block.lines[-1])
    if found is None:
        yield block
        return
    if block.lines[:-1]:
        yield Text(block.lines[:-1], block.line_start)
    yield from attribute_titles(source, *found.span())
