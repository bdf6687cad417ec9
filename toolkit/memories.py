"""The project's memory: its own catalogs and the files that the settings name."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from toolkit.catalog import Catalog
from toolkit.errors import Problem, SettingsError, ToolkitError
from toolkit.language_field import names_language
from toolkit.leverage import Leverage
from toolkit.memory import Memory, entries_of, read_tmx, unwritable, write_tmx
from toolkit.orphans import our_catalogs
from toolkit.po import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.locale import Locale
    from toolkit.memory import Entry
    from toolkit.run import Outcome, Run


def leverage_of(run: Run, locale: Locale) -> Leverage:
    """What pages may take from elsewhere in a locale.

    Raises `SettingsError` when a memory file does not exist, `CatalogError` when it is broken.
    """
    own = [
        message
        for name in our_catalogs(run, locale.folder)
        for message in sorted(_catalog(run, name).messages, key=lambda one: one.obsolete)
        if message.string and not message.fuzzy and not message.id_plural
    ]
    waiting = run.project.left_over_name(locale)
    unnamed = {waiting} - set(run.project.settings.memory)
    left_over = entries_of(_catalog(run, waiting), waiting) if unnamed else ()
    memory = Memory.of(chain(_remembered(run, locale), left_over))
    return Leverage(own, memory, trusted=run.project.settings.trust_memory)


def remembered_translations(run: Run, locale: Locale) -> dict[str, str]:
    """The translation of every text that the memory files of the project have one for.

    Raises as `leverage_of` does.
    """
    return {entry.source: entry.translation for entry in _remembered(run, locale)}


def exported(run: Run, locales: Sequence[Locale], outcome: Outcome) -> bytes:
    """All translations of the project as TMX; texts that XML cannot hold go to the problems."""
    entries: dict[Locale, list[Entry]] = {}
    for locale in locales:
        names = our_catalogs(run, locale.folder)
        found = [entry for name in names for entry in entries_of(_catalog(run, name), name)]
        entries[locale] = found
        problem = "has a character that XML cannot hold and is left out of the memory"
        outcome.problems += [
            Problem(entry.origin, entry.line, 1, problem) for entry in found if unwritable(entry)
        ]
    return write_tmx(entries, run.project.settings.source)


def _catalog(run: Run, name: str) -> Catalog:
    """A catalog of the project; an empty one when it cannot be read, which its own page tells."""
    try:
        return run.catalog(name) or Catalog()
    except ToolkitError:
        return Catalog()


def _remembered(run: Run, locale: Locale) -> Iterator[Entry]:
    settings = run.project.settings
    for name in settings.memory:
        data = run.data(name)
        if data is None and name == run.project.left_over_name(locale):
            continue
        if data is None:
            raise SettingsError(Problem(name, 0, 0, "the memory of the settings does not exist"))
        if name.endswith(".tmx"):
            yield from read_tmx(name, data, settings.source, locale)
            continue
        catalog = read_catalog(name, data)
        named = dict(catalog.header).get("Language", "")
        if not named or names_language(named, locale):
            yield from entries_of(catalog, name)
