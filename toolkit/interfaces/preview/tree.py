"""A rendered page with its units as elements, and without anything that acts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape, unescape
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import lxml.html
from lxml import etree

from toolkit.interfaces.preview.inert import PAGE_ELEMENT, Places, make_inert, remove
from toolkit.language.characters import NOT_XML

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.interfaces.preview.marks import Markers

_TEXT_ATTRIBUTES = frozenset({"alt", "title", "aria-label", "placeholder", "content"})
_PHRASING = frozenset(
    "a abbr b bdi bdo br cite code data del dfn em i img input ins kbd label mark q s samp small "
    "span strong sub sup svg time tt u var wbr math audio video button".split()
)
_PAGE_TAG = re.compile(
    r"(</?)(?:html|head|body|frameset|plaintext|isindex)(?![\w:.-])", re.IGNORECASE
)
"""Matches tags that end a page, or never end, as lxml or browsers read them."""
_REFERENCE = re.compile(r"&#(?:[xX][\da-fA-F]+|\d+);?")
_MARK = "yiben-mark"
UNIT = "data-unit"
PART = "data-part"
"""Numbers of units in an element's attributes."""
_STATE = "data-state"
_NO_STATES: Mapping[int, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page's HTML, and which of its units have a place in it."""

    html: str
    placed: frozenset[int]


def rendered(
    html: str, markers: Markers, places: Places, states: Mapping[int, str] = _NO_STATES
) -> Rendered:
    """Return the rendered form of a marked page, with elements in the place of its marks.

    `states` are those of its units, by their numbers.
    """
    root = _parsed(html)
    make_inert(root, places)
    placed = _read_attributes(root, markers)
    placed |= _name_filled(root, markers)
    _make_marks(root, markers)
    for number, (start, end) in _pairs(root).items():
        _wrap(root, number, start, end)
        placed.add(number)
    _drop_marks(root)
    if states:
        _show_states(root, states)
    return Rendered(_inner(root), frozenset(placed))


def inner_of(html: str, number: int, markers: Markers, places: Places) -> str:
    """Return the HTML between the marks of one unit; the whole text's where they are lost."""
    root = _parsed(rendered(html, markers, places).html)
    for element in root.iter():
        if element.get(UNIT) == str(number):
            return _inner(element)
    first = root.find("p")
    return _inner(root if first is None else first)


def standalone(html: str, picture: Callable[[str], str]) -> str:
    """Return a page's HTML for a document of another make, its pictures given by `picture`."""
    root = _parsed(html)
    for element in root.iter():
        for name in ("id", "name", "for", "style", _STATE):
            element.attrib.pop(name, None)
        if element.get("src"):
            data = picture(element.get("src"))
            if data and element.tag == "img":
                element.set("src", data)
            else:
                element.attrib.pop("src")
    return _inner(root)


def _parsed(html: str) -> Any:  # noqa: ANN401 - lxml has no types
    parser = lxml.html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True)
    own = _REFERENCE.sub(_writable, _PAGE_TAG.sub(rf"\1{PAGE_ELEMENT}", html))
    body = NOT_XML.sub("\ufffd", own)
    return lxml.html.fragment_fromstring(body, create_parent="div", parser=parser)


def _writable(reference: re.Match[str]) -> str:
    """A character reference, or a mark for what lxml reads and doesn't write."""
    character = unescape(reference[0])
    return "\ufffd" if not character or NOT_XML.match(character) else reference[0]


def _inner(element: Any) -> str:  # noqa: ANN401
    parts = (etree.tostring(child, encoding="unicode", method="html") for child in element)
    return escape(element.text or "", quote=False) + "".join(parts)


def _read_attributes(root: Any, markers: Markers) -> set[int]:  # noqa: ANN401
    """Take marks out of attributes; the numbers of units whose text stands in one."""
    placed: set[int] = set()
    for element in root.iter():
        own: list[int] = []
        for name, value in element.attrib.items():
            if markers.opening not in value:
                continue
            pieces = list(markers.split(value))
            element.set(name, "".join(text for text, _, _ in pieces))
            if name in _TEXT_ATTRIBUTES:
                own += [number for _, ends, number in pieces if number >= 0 and not ends]
        if own:
            element.set(PART, " ".join(map(str, own)))
            placed.update(own)
    return placed


def _name_filled(root: Any, markers: Markers) -> set[int]:  # noqa: ANN401
    """Let blocks that hold the text of one unit alone stand for it; the numbers of these."""
    placed: set[int] = set()
    whole = markers.whole
    for element in root.iter():
        match = whole.fullmatch(element.text or "") if len(element) == 0 else None
        if match is None or not _is_free(element, root):
            continue
        number = markers.number(match["number"])
        if number not in placed:
            element.text = match["text"]
            element.set(UNIT, str(number))
            placed.add(number)
    return placed


def _make_marks(root: Any, markers: Markers) -> None:  # noqa: ANN401
    """Put an empty element in the place of each mark in a text."""
    for element in list(root.iter()):
        if element.text and markers.opening in element.text:
            pieces = list(markers.split(element.text))
            element.text = pieces[0][0]
            for place, mark in enumerate(_marks(pieces)):
                element.insert(place, mark)
        if element.tail and markers.opening in element.tail:
            pieces = list(markers.split(element.tail))
            element.tail = pieces[0][0]
            for mark in reversed(list(_marks(pieces))):
                element.addnext(mark)
                # lxml moves the tail of what an element is added to after it.


def _marks(pieces: list[tuple[str, bool, int]]) -> Iterator[Any]:
    for (_, ends, number), (after, _, _) in pairwise(pieces):
        mark = etree.Element(_MARK)
        mark.set("n", str(number))
        mark.set("end", "1" if ends else "")
        mark.tail = after
        yield mark


def _pairs(root: Any) -> dict[int, tuple[Any, Any]]:  # noqa: ANN401
    """The first start of each unit, with its end."""
    starts: dict[int, Any] = {}
    pairs: dict[int, tuple[Any, Any]] = {}
    for mark in root.iter(_MARK):
        number = int(mark.get("n"))
        if not mark.get("end"):
            starts.setdefault(number, mark)
        elif number in starts:
            pairs.setdefault(number, (starts[number], mark))
    return pairs


def _wrap(root: Any, number: int, start: Any, end: Any) -> None:  # noqa: ANN401
    parent = start.getparent()
    if parent is not end.getparent():
        _wrap_pieces(root, number, start, end)
        return
    siblings = list(parent)
    first, last = siblings.index(start), siblings.index(end)
    inside = siblings[first + 1 : last]
    fills = first == 0 and last == len(siblings) - 1
    blank = not (parent.text or "").strip() and not (end.tail or "").strip()
    if fills and blank and _is_free(parent, root):
        parent.set(UNIT, str(number))
        return
    span = etree.Element("span" if all(one.tag in _PHRASING | {_MARK} for one in inside) else "div")
    span.set(UNIT, str(number))
    span.text, start.tail = start.tail, None
    parent.insert(first + 1, span)
    for one in inside:
        tail = one.tail
        span.append(one)
        one.tail = tail


def _is_free(element: Any, root: Any) -> bool:  # noqa: ANN401
    """Whether a block may stand for a unit."""
    is_block = element.tag not in _PHRASING
    return is_block and element is not root and element.get(UNIT) is None


def _wrap_pieces(root: Any, number: int, start: Any, end: Any) -> None:  # noqa: ANN401
    """Make an element of each piece of text between two marks that stand in different elements."""
    between = False
    texts: list[tuple[Any, bool]] = []
    for kind, element in etree.iterwalk(root, events=("start", "end")):
        if kind == "start":
            between = between or element is start
            if element is end:
                break
            if between and element is not start and (element.text or "").strip():
                texts.append((element, True))
        elif between and (element.tail or "").strip():
            texts.append((element, False))
    for element, is_text in texts:
        span = etree.Element("span")
        span.set(UNIT, str(number))
        if is_text:
            span.text, element.text = element.text, None
            element.insert(0, span)
        else:
            span.text, element.tail = element.tail, None
            element.addnext(span)


def _show_states(root: Any, states: Mapping[int, str]) -> None:  # noqa: ANN401
    """Mark each unit's element with the state of its translation, so that no browser has to."""
    for element in root.iter():
        numbers = (element.get(UNIT) or element.get(PART) or "").split()
        if numbers:
            element.set(_STATE, states[int(numbers[0])])


def _drop_marks(root: Any) -> None:  # noqa: ANN401
    for mark in list(root.iter(_MARK)):
        remove(mark)
