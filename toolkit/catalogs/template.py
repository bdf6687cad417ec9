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
    under,
)
from toolkit.model.catalog import Catalog, Message
from toolkit.model.units import Kind
from toolkit.reading.left_out import holds_only_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

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
    page, unit, number, name = places[0]
    names = (NAMES_ONLY,) if holds_only_names(unit, page.dialect) else ()
    # Most texts stand in one place, and have no notes.
    if len(places) == 1 and not unit.notes:
        about = (description(unit), *names, *under(unit))
        comments: tuple[str, ...] = (*about, *attribution(page.units, number))
        references: tuple[str, ...] = (name,) if page.document.path else ()
    else:
        comments = tuple(dict.fromkeys(_comments_of(places, names, locations)))
        found = [place.reference for place in places if place.page.document.path]
        references = tuple(dict.fromkeys(found))
    shown = references if locations is not Locations.NEVER else ()
    return Message(text, "", context, extracted=comments, references=shown)


def _comments_of(
    places: Sequence[_Place], names: tuple[str, ...], locations: Locations
) -> Iterator[str]:
    """The comments of a text, some of which may be the same."""
    units = [place.unit for place in places]
    yield from map(description, units)
    yield from names
    yield from _under_several(places, locations)
    for place in places:
        yield from attribution(place.page.units, place.number)
    for unit in units:
        yield from notes(unit)


def _under_several(places: Sequence[_Place], locations: Locations) -> list[str]:
    """The headings that a text stands under; where these differ, each with its places."""
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
