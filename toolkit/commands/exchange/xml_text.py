"""Text and attributes as XML holds them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from toolkit.language.characters import NOT_XML

if TYPE_CHECKING:
    from collections.abc import Callable

_PART = re.compile(rf"({NOT_XML.pattern})")
_KEPT = {"\r": "&#13;"}
"""The characters that XML's readers would change (XML 1.0, section 2.11)."""


def xml_text(text: str, stand_in: Callable[[str], str]) -> str:
    """Return a text as XML; `stand_in` makes an element of a character that XML cannot hold."""
    parts = _PART.split(text)
    return "".join(
        stand_in(part) if place % 2 else escape(part, _KEPT) for place, part in enumerate(parts)
    )


def plain(text: str) -> str:
    """Return a text for people as XML; what XML cannot hold is left out."""
    return xml_text(text, lambda _character: "")


def attribute(text: str) -> str:
    """Return a value with its quotes; what XML cannot hold is left out."""
    return quoteattr(NOT_XML.sub("", text), {"\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
