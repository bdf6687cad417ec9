"""Three-way merges of lists and of a catalog's header."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from toolkit.model.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

_Value = TypeVar("_Value")
_Item = TypeVar("_Item", bound="Hashable")
_Header = tuple[tuple[str, str], ...]
_List = tuple[str, ...]
_Fields = dict[tuple[str, int], str]
"""Values by name and by how often that name came before."""

_DATES = ("POT-Creation-Date", "PO-Revision-Date")
_NO_FIELDS: _Header = (("", ""),)
"""A header entry without text, as the PO reader gives it."""
_NO_DATE = datetime.min.replace(tzinfo=UTC)


def placed(lead: Iterable[_Item], other: Iterable[_Item]) -> list[_Item]:
    """The items of both: `lead` in its order, each new one of `other` behind what it follows."""
    known = dict.fromkeys(lead)
    first: list[_Item] = []
    behind: dict[_Item, list[_Item]] = defaultdict(list)
    place = first
    for item in other:
        if item in known:
            place = behind[item]
        else:
            place.append(item)
    return [*first, *(item for known_one in known for item in (known_one, *behind[known_one]))]


def changed_side(base: _Value, ours: _Value, theirs: _Value) -> _Value:
    """The value of the side that changed it; ours if both did."""
    return theirs if ours == base else ours


def joined_list(base: _List, ours: _List, theirs: _List) -> _List:
    """An ordered set with what both sides added, without what either took away."""
    if base in (ours, theirs) or ours == theirs:
        return changed_side(base, ours, theirs)
    before, mine, other = map(_numbered, (base, ours, theirs))
    # What one side tells more often and the other less stays, so that merging again gives the same.
    grown = {item for item, _ in {*mine, *other} - {*before}}
    gone = {*before} - ({*mine} & {*other})
    return tuple(slot[0] for slot in placed(mine, other) if slot not in gone or slot[0] in grown)


def _numbered(items: Iterable[str]) -> list[tuple[str, int]]:
    """Each item with how often it came before: blank comment lines are many and all count."""
    seen: Counter[str] = Counter()
    slots = []
    for item in items:
        slots.append((item, seen[item]))
        seen[item] += 1
    return slots


def merged_header(base: Catalog, ours: Catalog, theirs: Catalog) -> Catalog:
    """The merged header, without messages yet."""
    comments = joined_list(base.header_comments, ours.header_comments, theirs.header_comments)
    flags = joined_list(base.header_flags, ours.header_flags, theirs.header_flags)
    fields = _merged_fields(*(_fields(catalog.header) for catalog in (base, ours, theirs)))
    there = (
        changed_side(bool(base.header), bool(ours.header), bool(theirs.header)) or comments or flags
    )
    return Catalog((), fields or (_NO_FIELDS if there else ()), comments, flags)


def _fields(header: _Header) -> _Fields:
    if header == _NO_FIELDS:
        return {}
    slots = _numbered(name for name, _ in header)
    return {slot: value for slot, (_, value) in zip(slots, header, strict=True)}


def _merged_fields(before: _Fields, ours: _Fields, theirs: _Fields) -> _Header:
    """The fields of both sides, in the order of the side that changed it."""
    unmoved = list(ours) == list(before)
    values = {
        slot: _field(slot[0], before.get(slot), ours.get(slot), theirs.get(slot))
        for slot in (placed(theirs, ours) if unmoved else placed(ours, theirs))
    }
    return tuple((name, value) for (name, _), value in values.items() if value is not None)


def _field(name: str, base: str | None, ours: str | None, theirs: str | None) -> str | None:
    if name in _DATES and base not in (ours, theirs):
        return max(ours, theirs, key=_moment)
    return changed_side(base, ours, theirs)


def _moment(date: str | None) -> datetime:
    """The moment of a header date, the earliest time for a placeholder or none."""
    try:
        moment = datetime.fromisoformat((date or "").strip())
    except ValueError:
        return _NO_DATE
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
