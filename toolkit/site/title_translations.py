"""The titles of admonitions in a locale."""

from __future__ import annotations

from contextlib import suppress
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.ready_texts import ready_texts
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.reading.admonition_types import TYPES
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.inline import Grammar
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.project.store import Run
    from toolkit.writing.guard.feature import Feature


def site_titles(run: Run, locale: Locale) -> dict[str, str]:
    """Return the titles of admonitions in a locale, by type; none unless the settings ask for them.

    They are ours, but for those that the catalog of the site has, though nothing asks for them. A
    catalog that cannot be read gives none: its own check tells of it.
    """
    settings = run.project.settings
    if not settings.admonition_titles:
        return {}
    texts = dict(ready_texts(locale))
    if settings.site:
        with suppress(ToolkitError):
            texts |= _titles_of_site(run, locale)
    titles = {name: texts.get(name.capitalize(), "") for name in TYPES}
    return {name: text for name, text in titles.items() if text}


def _titles_of_site(run: Run, locale: Locale) -> dict[str, str]:
    """The titles that the catalog of the site has for a locale, and that bring nothing in."""
    settings = run.project.settings
    pages = [run.page(settings.site)] if locale.pseudo else []
    catalog = run.texts(settings.site, locale, pages) or Catalog()
    grammar = settings.dialect_of("").grammar
    refused = {title.message.id for title in refused_titles(catalog, grammar)}
    return {name: one.string for name, one in _titles(catalog).items() if name not in refused}


class RefusedTitle(NamedTuple):
    """A title whose translation would bring something in."""

    message: Message
    foreign: Sequence[Feature]


def refused_titles(catalog: Catalog, grammar: Grammar) -> Iterator[RefusedTitle]:
    """Iterate over the titles of admonitions in a catalog that are not used."""
    for name, message in _titles(catalog).items():
        foreign = foreign_features(name, message.string, grammar, place=Place.HTML)
        if foreign:
            yield RefusedTitle(message, foreign)


def _titles(catalog: Catalog) -> dict[str, Message]:
    """The translated titles of admonitions in a catalog, though nothing asks for them."""
    usable = [
        one
        for one in catalog.messages
        if one.string and not one.fuzzy and (one.obsolete or not one.context)
    ]
    # One that something asks for wins.
    found = {one.id: one for one in sorted(usable, key=attrgetter("obsolete"), reverse=True)}
    return {name: found[name] for name in map(str.capitalize, TYPES) if name in found}
