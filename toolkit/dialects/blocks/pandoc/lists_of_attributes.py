"""Texts in lists of attributes, whose values may hold escaped quotes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import TEXT_ATTRIBUTES
from toolkit.dialects.blocks.values import Title
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = re.compile(
    rf"""(?<=[\s{{])(?P<name>{"|".join(sorted(TEXT_ATTRIBUTES))})="""
    r"""(?P<quote>["'])(?P<value>(?:\\.|(?!(?P=quote))[^\\\n])+)(?P=quote)"""
)
_ESCAPED = re.compile(r"\\([^\w\s])")


def list_titles(source: str, start: int, end: int) -> Iterator[Title]:
    """Yield the texts in a list of attributes."""
    for found in _TEXT.finditer(source, start, end):
        text = _ESCAPED.sub(r"\1", found["value"])
        yield Title(
            found.span("value"), Kind.HTML_ATTRIBUTE, Form.LIST_VALUE, found["name"], text=text
        )
