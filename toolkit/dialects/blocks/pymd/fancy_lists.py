"""Lists of PyMdown's `fancylists`: numbered by letters, Roman numerals or `#`, with `.` or `)`.

A list goes on only with items of its own type, and the block that holds lines of several types is
cut where the type changes.
"""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.lists import (
    ITEM_LISTS,
    add_items,
    add_loose_item,
    loosen_last_item,
)
from toolkit.dialects.blocks.pymd.slices import INDENT, Slice, sliced
from toolkit.dialects.blocks.pymd.tree import Node

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage, Processor

STYLES = "roman,alpha,generic"
"""The styles that are on unless a site says otherwise."""
FORCED = "force"
"""The first word of a list's type while its first item is still to come."""
STYLE_NAMES = {"1": "decimal", "a": "alpha", "A": "ALPHA", "i": "roman", "I": "ROMAN"}
"""The names of the styles in a `///` block."""

_ROMAN = r"""
    | (?=[IVXLCDM]{2})
      M* (?:C[MD]|D(?:C{0,4}|C{5}\b)|(?:C{0,9}|C{10}\b))
      (?:X[CL]|L(?:X{0,4}|X{5}\b)|(?:X{0,9}|X{10}\b))
      (?:I[XV]|V(?:I{0,4}|I{5}\b)|(?:I{0,9}|I{10}\b))
    | (?=[ivxlcdm])
      m* (?:c[md]|d(?:c{0,4}|c{5}\b)|(?:c{0,9}|c{10}\b))
      (?:x[cl]|l(?:x{0,4}|x{5}\b)|(?:x{0,9}|x{10}\b))
      (?:i[xv]|v(?:i{0,4}|i{5}\b)|(?:i{0,9}|i{10}\b))
"""
_ALPHA = r"| [a-z] | [A-Z](?=\)|\.[ ]{2})"
_ROMAN_LETTERS = frozenset("ivxlcdm")
_ARGUMENT = re.compile(r"type=([aAiI1])|start=-?[0-9]+")


class _Markers(NamedTuple):
    """The patterns of items' starts, by the styles that are on."""

    first: re.Pattern[str]
    bullet: re.Pattern[str]
    item: re.Pattern[str]
    nested: re.Pattern[str]
    roman: bool
    alpha: bool


class _Items(NamedTuple):
    """The items of a block, their type, and the lines behind them that are of another one."""

    items: list[Slice]
    type: str
    rest: Slice | None


def fancy_lists(styles: Collection[str]) -> tuple[Processor, Processor]:
    """The processors for numbered lists and for those with bullets."""
    markers = _markers(styles)
    return partial(_fancy_list, markers, "ol"), partial(_fancy_list, markers, "ul")


def fits_a_list(argument: str, styles: Collection[str]) -> bool:
    """Whether a `///` block for lists can have an argument."""
    for one in re.sub(r"\s*=\s*", "=", argument).split():
        match = _ARGUMENT.fullmatch(one)
        if match is None:
            return False
        style = STYLE_NAMES.get(match[1] or "1", "").lower()
        if style != "decimal" and style not in styles:
            return False
    return True


def forced_type(argument: str) -> str:
    """The type that a `///` block gives to the list in it."""
    found = [match[1] for match in _ARGUMENT.finditer(argument) if match[1]]
    return f"{FORCED}-{STYLE_NAMES[found[-1] if found else '1']}"


def _markers(styles: Collection[str]) -> _Markers:
    roman, alpha = "roman" in styles, "alpha" in styles
    forms = r"\d+" + (r"| \#" if "generic" in styles else "")
    if roman:
        forms += _ROMAN + ("" if alpha else r"| [IVXLCDM](?=\)|\.[ ]{2})")
    if alpha:
        forms += _ALPHA
    number = rf"(?:{forms})[).]"
    return _Markers(
        first=re.compile(rf"[ ]{{0,3}}{number}[ ]+", re.VERBOSE),
        bullet=re.compile(r"[ ]{0,3}[-+*][ ]+"),
        item=re.compile(rf"[ ]{{0,3}}(?P<mark>{number}|[-*+])[ ]+", re.VERBOSE),
        nested=re.compile(rf"[ ]{{4,7}}(?:{number}|[-*+])[ ]+", re.VERBOSE),
        roman=roman,
        alpha=alpha,
    )


def _fancy_list(
    markers: _Markers, tag: str, stage: BlockStage, parent: Node, blocks: Blocks
) -> bool:
    pattern = markers.first if tag == "ol" else markers.bullet
    if not pattern.match(blocks[0].text):
        return False
    last = parent.last
    if last is not None and last.tag != tag:
        last = None
    found = _items(markers, blocks.popleft(), last.names if last and tag == "ol" else "")
    if found.rest is not None:
        blocks.appendleft(found.rest)
    items = found.items
    if last is not None and last.names == found.type:
        node = last
        loosen_last_item(node)
        add_loose_item(stage, node, items.pop(0))
    elif parent.tag in ITEM_LISTS:
        node = parent
    elif last is not None and last.names.startswith(FORCED):
        node, node.names = last, found.type
    else:
        node = parent.add(Node(tag, names=found.type))
    add_items(stage, node, items)
    return True


def _items(markers: _Markers, block: Slice, known: str) -> _Items:
    """Cut a block into items of one type."""
    items: list[list[tuple[str, int]]] = []
    rows = list(block.rows())
    for index, (text, start) in enumerate(rows):
        match = markers.item.match(text)
        if match is None:
            nested = markers.nested.match(text)
            if nested and not items[-1][0][0].startswith(INDENT):
                items.append([])
            items[-1].append((text, start))
            continue
        kind, known = _type_of(markers, match["mark"], known, first=not items)
        if items and kind != known:
            return _Items([sliced(item) for item in items], known, sliced(rows[index:]))
        known = kind
        items.append([(text[match.end() :], start + match.end())])
    return _Items([sliced(item) for item in items], known, None)


def _type_of(markers: _Markers, mark: str, known: str, *, first: bool) -> tuple[str, str]:
    """The type of an item, and the one of its list; `known` is the type so far."""
    value, separator = mark[:-1], {".": "dot-", ")": "paren-"}.get(mark[-1], "")
    if not value:
        return "", known
    if known.startswith(FORCED):
        style = known.partition("-")[2]
        if _can_be(markers, value, style):
            return separator + style, separator + style
        known = ""
    if value == "#":
        return separator + (known.partition("-")[2] or "decimal"), known
    if value.isdigit():
        return f"{separator}decimal", known
    if len(value) > 1 or not _is_alphabetic(markers, value, separator, known, first=first):
        return separator + ("roman" if value.islower() else "ROMAN"), known
    return separator + ("alpha" if value.islower() else "ALPHA"), known


def _can_be(markers: _Markers, value: str, style: str) -> bool:
    """Whether an item's number can be of the style that its list is given."""
    match style.lower():
        case "decimal":
            fits = value.isdigit()
        case "roman":
            one = len(value) > 2 or value.lower() in "ivxlcdm"  # noqa: PLR2004 - as fancylists has it
            fits = markers.roman and value.isalpha() and one
        case _:
            fits = markers.alpha and len(value) == 1 and value.isalpha()
    return fits or value == "#"


def _is_alphabetic(
    markers: _Markers, value: str, separator: str, known: str, *, first: bool
) -> bool:
    """Whether one letter is one of the alphabet and no Roman numeral."""
    if not markers.alpha:
        return False
    if not markers.roman:
        return True
    alpha, roman = ("alpha", "roman") if value.islower() else ("ALPHA", "ROMAN")
    if value.lower() not in _ROMAN_LETTERS or known == separator + alpha:
        return True
    return first and known != separator + roman and value.lower() != "i"
