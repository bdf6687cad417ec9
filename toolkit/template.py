"""From the units of pages to the messages of a template."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.catalog import Catalog, Message
from toolkit.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.catalog import MessageKey
    from toolkit.dialect import Dialect
    from toolkit.document import Document
    from toolkit.segment import Reading
    from toolkit.units import Unit

_TRAIL_MARK = " › "
_DETAIL_MARK = " · "
_LEVELS = " 123456"
"""What `heading 2` has behind its kind."""
_KINDS = frozenset(Kind)


class Locations(StrEnum):
    """How closely `#:` tells where a text stands."""

    LINE = "line"
    FILE = "file"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Page:
    """A document and what was read in it."""

    document: Document
    reading: Reading

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units in their order."""
        return self.reading.units

    @property
    def dialect(self) -> Dialect:
        """The dialect it is written in."""
        return self.reading.dialect


def definitions_of(pages: Iterable[Page]) -> Mapping[str, str]:
    """Where the reference definitions of some pages lead, by their normalized labels."""
    return {label: target for page in pages for label, target in page.reading.definitions.items()}


def template_of(pages: Iterable[Page], locations: Locations = Locations.LINE) -> Catalog:
    """The messages of some pages, each text once, in the order of their first places."""
    messages: dict[MessageKey, Message] = {}
    for page in pages:
        for unit in page.units:
            message = _message(page.document, unit, locations)
            known = messages.get(message.key)
            messages[message.key] = _united(known, message) if known else message
    return Catalog(tuple(messages.values()))


def _message(document: Document, unit: Unit, locations: Locations) -> Message:
    references: tuple[str, ...] = ()
    if locations is Locations.LINE:
        references = (f"{document.path}:{document.place(unit.span.start)[0]}",)
    elif locations is Locations.FILE:
        references = (document.path,)
    return Message(
        id=unit.text,
        context=unit.context,
        extracted=comments_of(unit),
        references=references,
    )


def comments_of(unit: Unit) -> tuple[str, ...]:
    """What the unit is, where it stands, and what the writer says about it."""
    under = _TRAIL_MARK.join(" ".join(heading.split()) for heading in unit.trail)
    place = (f"under: {under}",) if under else ()
    return (unit.detail, *place, *unit.notes)


def kind_of(comment: str) -> Kind | None:
    """Return the kind of unit that an extracted comment tells, `None` where it tells none."""
    word = comment.partition(_DETAIL_MARK)[0].rstrip(_LEVELS)
    return Kind(word) if word in _KINDS else None


def _united(first: Message, again: Message) -> Message:
    return replace(
        first,
        extracted=_both(first.extracted, again.extracted),
        references=_both(first.references, again.references),
    )


def _both(first: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *more)))
