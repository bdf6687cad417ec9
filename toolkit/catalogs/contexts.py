"""Contexts that tell equal texts of a page apart, where somebody asks for it.

A context names what a text is, and under which headings it stands; never a line or number. So it
stays when equal texts come, go or move.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.catalogs.unit_comments import kind_of, name_of, trail

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from toolkit.model.catalog import Catalog
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page

SPLIT = "yiben: split"
"""The translator's comment that asks for a message of its own for each place of a text."""
_TAG = re.compile(r"<(?P<name>[A-Za-z][\w-]*)[^<>]*>\s*\Z")
_LONGEST_TAG = 500
_OTHERS = "text"
"""The name of all kinds that no list names."""

Known = dict[str, frozenset[str | None]]
"""The contexts that each text has."""


def contexts_in(catalogs: Iterable[Catalog]) -> Known:
    """The contexts of the texts in some templates or catalogs."""
    found: dict[str, set[str | None]] = defaultdict(set)
    for catalog in catalogs:
        for message in catalog.messages:
            found[message.id].add(message.context)
    return {text: frozenset(contexts) for text, contexts in found.items() if contexts != {None}}


def splits_in(catalog: Catalog) -> frozenset[str]:
    """The texts that a translator wants to translate place by place."""
    return frozenset(one.id for one in catalog.messages if any(map(_asks, one.comments)))


def _asks(comment: str) -> bool:
    return comment.strip().casefold() == SPLIT


def with_known(page: Page, known: Known, kinds: Collection[str]) -> Page:
    """A page whose texts have the contexts under which a template knows them."""

    def context(unit: Unit) -> str | None:
        contexts = known.get(unit.text, frozenset())
        own = (_place(unit), _as(_class(page, unit, kinds))) if contexts else ()
        return next((one for one in own if one in contexts), None)

    return _replaced(page, context) if known else page


def in_contexts(
    pages: Sequence[Page], splits: Collection[str], kinds: Collection[str], old: Catalog | None
) -> list[Page]:
    """Give contexts to equal texts of some pages where these are wanted.

    `splits` are texts that are told apart by their places, `kinds` those that differ from all
    others. Texts keep the contexts that they have in the `old` template.
    """
    plain = [_plain(page, kinds) for page in pages]
    classes = _classes(plain, kinds, old) if kinds else {}

    def context(page: Page, unit: Unit) -> str | None:
        if unit.text in splits:
            return _place(unit)
        named = classes.get(unit.text)
        return named.get(_class(page, unit, kinds)) if named else None

    if not (splits or classes):
        return plain
    return [_replaced(page, partial(context, page)) for page in plain]


def _plain(page: Page, kinds: Collection[str]) -> Page:
    """A page whose texts have the contexts of its writer alone."""
    own = [
        unit
        for unit in page.units
        if unit.context and unit.context in {_place(unit), _as(_class(page, unit, kinds))}
    ]
    if not own:
        return page
    known = {id(unit) for unit in own}
    units = tuple(replace(unit, context=None) if id(unit) in known else unit for unit in page.units)
    return replace(page, reading=replace(page.reading, units=units))


def _replaced(page: Page, context: Callable[[Unit], str | None]) -> Page:
    units = tuple(
        replace(unit, context=found) if unit.context is None and (found := context(unit)) else unit
        for unit in page.units
    )
    return replace(page, reading=replace(page.reading, units=units))


def _classes(
    pages: Sequence[Page], kinds: Collection[str], old: Catalog | None
) -> Mapping[str, Mapping[str, str]]:
    """The contexts by class of the texts that stand there as several; one class has none."""
    present: dict[str, set[str]] = defaultdict(set)
    for page in pages:
        for unit in page.units:
            if unit.context is None:
                present[unit.text].add(_class(page, unit, kinds))
    known, holders = _old_classes(old, kinds)
    found = {}
    for text, classes in present.items():
        all_ = classes | known.get(text, set())
        if len(all_) > 1 or known.get(text, set()) - {holders.get(text)}:
            holder = holders.get(text, _OTHERS)
            found[text] = {one: _as(one) for one in all_ if one != holder}
    return found


def _old_classes(
    old: Catalog | None, kinds: Collection[str]
) -> tuple[dict[str, set[str]], dict[str, str]]:
    """The classes of the texts in a template, and the class of the message without a context."""
    known: dict[str, set[str]] = defaultdict(set)
    holders: dict[str, str] = {}
    named = {_as(one): one for one in (*kinds, _OTHERS)}
    for message in old.messages if old else ():
        if message.context in named:
            known[message.id].add(named[message.context])
        elif message.context is None:
            kind = next(filter(None, map(kind_of, message.extracted)), None)
            holders[message.id] = kind if kind and kind in kinds else _OTHERS
    return known, holders


def _class(page: Page, unit: Unit, kinds: Collection[str]) -> str:
    """The listed kind that a unit is of: by its kind, its name, or the tag that it stands in."""
    name = name_of(unit)
    tag = _TAG.search(page.document.text, max(0, unit.span.start - _LONGEST_TAG), unit.span.start)
    names = (unit.kind, name, name.partition(" ")[0], tag["name"].lower() if tag else "")
    return next((str(one) for one in names if one in kinds), _OTHERS)


def _as(name: str) -> str:
    return f"as {name}"


def _place(unit: Unit) -> str:
    headings = trail(unit)
    return f"{unit.kind} under {headings}" if headings else f"{unit.kind} of the page"
