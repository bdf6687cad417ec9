"""Keep the box of a task as it is.

cmark-gfm ticks it wherever `[x]` stands in its line. Pandoc makes one of what is shown as `[x]`, or
as `☐`, however it is written.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline import hidden_code
from toolkit.dialects.inline.grammar import Flavour
from toolkit.model.units import Kind
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from toolkit.dialects.inline import Grammar
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_LIST_ITEM, _PANDOC = Kind.LIST_ITEM, Flavour.PANDOC
_TICK = re.compile(r"\[(?P<letter>[xX])\]")
_OPEN_BOX = re.compile(r"\[[ \t]\][ \t]+\Z")
_ESCAPED = re.compile(r"\\([^\w\s])")
_SHOWN_BOX = re.compile(r"\s*(?:\[(?:[xX]|\s+)\]|[☐☒])(?=\s)")


def with_open_box(unit: Unit, text: str, document: Document, grammar: Grammar) -> str:
    """Return a text whose ticks outside code are written so that they tick no box."""
    if not ticks_of(unit, text, document, grammar):
        return text
    first, end, rest = text.partition("\n")
    pieces: list[str] = []
    position = 0
    for tick in _TICK.finditer(hidden_code(first, grammar)):
        letter = f"[&#{ord(tick['letter'])};]"
        pieces += (first[position : tick.start()], letter)
        position = tick.end()
    return "".join((*pieces, first[position:], end, rest))


def ticks_of(unit: Unit, text: str, document: Document, grammar: Grammar) -> list[Feature]:
    """Return what of a text ticks a box that its source leaves open, or makes one."""
    if grammar.flavour is _PANDOC:
        return _boxes_of(unit, text)
    if unit.kind is not _LIST_ITEM or not grammar.cmark or "]" not in text:
        return []
    ticks = _TICK.findall(text.partition("\n")[0])
    if not ticks or not _is_behind_open_box(unit, document):
        return []
    return [Feature(Act.BOX, f"[{letter}]") for letter in ticks]


def _boxes_of(unit: Unit, text: str) -> list[Feature]:
    """Return the box that a list item starts with in what Pandoc shows of a text."""
    if unit.kind is not Kind.LIST_ITEM:
        return []
    box = _SHOWN_BOX.match(html.unescape(_ESCAPED.sub(r"\1", text)))
    return [Feature(Act.BOX, box[0].strip())] if box else []


def _is_behind_open_box(unit: Unit, document: Document) -> bool:
    start = unit.span.start
    source = document.text[start : unit.span.end].partition("\n")[0]
    return bool(_OPEN_BOX.search(document.text_before(start))) and not _TICK.search(source)
