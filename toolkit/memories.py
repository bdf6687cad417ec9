"""The project's memory: its own catalogs and the files that the settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalog import Catalog
from toolkit.errors import CatalogError, Problem, SettingsError
from toolkit.leverage import Leverage, lent
from toolkit.orphans import our_catalogs
from toolkit.po import read_catalog
from toolkit.tmx import read_tmx, unwritable, write_tmx

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.catalog import Message
    from toolkit.locale import Locale
    from toolkit.run import Outcome, Run


def leverage_of(run: Run, locale: Locale) -> Leverage:
    """What pages may take from elsewhere in a locale.

    Raises `SettingsError` when a memory file does not exist, `CatalogError` when it is broken.
    """
    own = [message for name in our_catalogs(run, locale.folder) for message in _of(run, name)]
    remembered = list(_remembered(run, locale))
    return Leverage(own, remembered, trusted=run.project.settings.trust_memory)


def exported(run: Run, locales: Sequence[Locale], outcome: Outcome) -> bytes:
    """All translations of the project as TMX; texts that XML cannot hold go to the problems."""
    catalogs: dict[Locale, list[Message]] = {}
    for locale in locales:
        catalogs[locale] = []
        for name in our_catalogs(run, locale.folder):
            for message in _of(run, name):
                catalogs[locale].append(message)
                if unwritable(message):
                    problem = "has a control character and is left out of the memory"
                    outcome.problems.append(Problem(name, message.line, 1, problem))
    return write_tmx(run.project.settings.source, catalogs)


def _of(run: Run, name: str) -> Iterator[Message]:
    """The translated messages of a catalog, the obsolete ones last."""
    try:
        catalog = run.catalog(name) or Catalog()
    except CatalogError:
        # It was told when its own page was updated.
        return
    for message in sorted(catalog.messages, key=lambda message: message.obsolete):
        if message.string and not message.fuzzy and not message.id_plural:
            yield lent(message, "")


def _remembered(run: Run, locale: Locale) -> Iterator[Message]:
    settings = run.project.settings
    for name in settings.memory:
        data = run.data(name)
        if data is None:
            raise SettingsError(Problem(name, 0, 0, "the memory of the settings does not exist"))
        if name.endswith(".tmx"):
            for message in read_tmx(name, data, settings.source, locale):
                yield lent(message, name)
        else:
            yield from _compendium(name, data, locale)


def _compendium(name: str, data: bytes, locale: Locale) -> Iterator[Message]:
    """The translated messages of a catalog from elsewhere, if it is one of this locale."""
    catalog = read_catalog(name, data)
    if dict(catalog.header).get("Language", "") in {"", locale.folder, locale.tag}:
        for message in catalog.messages:
            if message.string and not message.fuzzy and not message.id_plural:
                yield lent(message, name)
