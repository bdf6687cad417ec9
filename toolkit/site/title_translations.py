"""The titles of admonitions in a locale."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.catalogs.ready_texts import ready_texts
from toolkit.catalogs.usable import translations
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.reading.admonition_types import TYPES
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


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
    kept = (one for one in catalog.messages if one.obsolete and one.string)
    found = {one.id: one.string for one in kept if not one.fuzzy}
    live = translations(catalog).items()
    found |= {text: string for (context, text), string in live if not context}
    grammar = settings.dialect_of("").grammar
    names = (name for name in map(str.capitalize, TYPES) if name in found)
    return {
        name: found[name]
        for name in names
        if not foreign_features(name, found[name], grammar, place=Place.HTML)
    }
