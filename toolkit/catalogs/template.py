"""Turn the units of pages into the messages of a template."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from toolkit.catalogs.unit_comments import (
    NAMES_ONLY,
    attribution,
    description,
    notes,
    trail,
)
from toolkit.model.catalog import Catalog, Message
from toolkit.model.units import Kind
from toolkit.reading.left_out import holds_only_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.model.catalog import MessageKey
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page


_BLANK = re.compile(r"\s")
_DETAIL_MARK = " · "
_KINDS = frozenset(Kind)


class Locations(StrEnum):
    """The precision of the places in `#:`."""

    LINE = "line"
    FILE = "file"
    NEVER = "never"


def definitions_of(pages: Iterable[Page]) -> Mapping[str, str]:
    """Return the targets of the reference definitions in some pages, by normalized label."""
    return {label: target for page in pages for label, target in page.reading.definitions.items()}


def template_of(pages: Iterable[Page], locations: Locations = Locations.LINE) -> Catalog:
    """The messages of some pages, each text once, in the order of their first places."""
    places: dict[MessageKey, list[_Place]] = {}
    for page in pages:
        names = _references(page, locations)
        for number, (unit, name) in enumerate(zip(page.units, names, strict=True)):
            key = unit.context, unit.text
            places.setdefault(key, []).append(_Place(page, unit, number, name))
    return Catalog(tuple(_message(key, found, locations) for key, found in places.items()))


def _references(page: Page, locations: Locations) -> Sequence[str]:
    """The names of places in `#:`, blanks as in addresses: most programs end a name at them."""
    document = page.document
    path = _BLANK.sub(lambda blank: quote(blank[0]), document.path)
    if locations is Locations.LINE:
        return [f"{path}:{line}" for line in document.lines_at(u.span.start for u in page.units)]
    return [path] * len(page.units)


class _Place(NamedTuple):
    """One of the places of a text."""

    page: Page
    unit: Unit
    number: int
    """The unit's place among those of the page."""
    reference: str
    """The name of the place in `#:`."""


def _message(key: MessageKey, places: Sequence[_Place], locations: Locations) -> Message:
    context, text = key
    first = places[0]
    comments: dict[str, None] = {}
    references: dict[str, None] = {}
    for place in places:
        comments[description(place.unit)] = None
        if place.page.document.path and locations is not Locations.NEVER:
            references[place.reference] = None
    if holds_only_names(first.unit, first.page.dialect):
        comments[NAMES_ONLY] = None
    for line in _under(places, locations):
        comments[line] = None
    for place in places:
        if quoted := attribution(place.page.units, place.number):
            comments[quoted] = None
    for place in places:
        for line in notes(place.unit):
            comments[line] = None
    return Message(text, "", context, extracted=tuple(comments), references=tuple(references))


def _under(places: Sequence[_Place], locations: Locations) -> list[str]:
    """The headings a text stands under; where these differ, each with its places."""
    if len(places) == 1 or len({place.unit.trail for place in places}) == 1:
        headings = trail(places[0].unit)
        return [f"under: {headings}"] if headings else []
    trails: dict[str, list[str]] = {}
    for place, name in zip(places, _names(places, locations), strict=True):
        trails.setdefault(trail(place.unit), []).append(name)
    return [
        f"under: {headings} ({', '.join(names)})" if len(trails) > 1 else f"under: {headings}"
        for headings, names in trails.items()
        if headings
    ]


def _names(places: Sequence[_Place], locations: Locations) -> list[str]:
    """Return names for the places of a text: their references, or else numbers."""
    names = [place.reference for place in places]
    if locations is Locations.LINE or (
        locations is Locations.FILE and len(set(names)) == len(names)
    ):
        return names
    return [f"place {number} of {len(names)}" for number in range(1, len(names) + 1)]
