"""The project's memory: its own catalogs and the files that the settings name."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain, zip_longest
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.memory import Entry, Memory, entries_of, reader_of, unwritable, write_tmx
from toolkit.catalogs.po import read_compendium, versions_of
from toolkit.commands.update.leverage import Lenders, Leverage, Part, Plain, text_of
from toolkit.commands.update.orphans import our_catalogs
from toolkit.commands.update.value import Translated, Wanted
from toolkit.language.field import names_language
from toolkit.model.catalog import Catalog, Message
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.project.cache import Values, digest_of
from toolkit.project.cache.by_content import by_content, keep_by_content
from toolkit.project.cache.facts import FILE
from toolkit.project.cache.values import from_bytes, to_bytes
from toolkit.project.project import different_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from toolkit.commands.update.value import UpdatedCatalog
    from toolkit.language.locale import Locale
    from toolkit.project.cache import Cache
    from toolkit.project.store import Run


@dataclass(frozen=True, slots=True)
class Remembered:
    """The content of the settings' memory files, and the problems of those that cannot be used."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...] = ()


_Lent = list[list[Any]]
"""The messages that a catalog lends: those in use, and the obsolete ones."""
_AT_ONCE = 64
"""Catalogs that are looked up at once."""
_MESSAGES = Values(Message)
_NAME = 16
"""Digits that name a text."""


def translated_elsewhere(run: Run, locale: Locale) -> tuple[str, Callable[[str], str]]:
    """The kind of the question whether any catalog translates a text, and what answers it."""
    known: set[str] = set()
    asked: list[str] = []

    def answer(text: str) -> str:
        if not asked:
            asked.append(text)
            catalogs = list(our_catalogs(run, locale.folder))
            found = partial(_translated_names, run)
            for names in by_content(run, _names_kind(locale), catalogs, found):
                known.update(_parted(names))
        return "1" if text in known else ""

    return _kind(locale), answer


def note_untranslated(run: Run, locale: Locale, messages: Iterable[Message]) -> None:
    """Note that an update rests on some texts having no translation anywhere in the project."""
    if not _asks(run):
        return
    for message in messages:
        run.facts.note(_kind(locale), _name_of(message.id), "")
    for name in {*run.project.settings.memory, run.project.left_over_name(locale)}:
        run.facts.note(FILE, name, run.facts.answer(FILE, name))


def translated_texts(run: Run, catalog: Catalog, data: bytes) -> Translated | None:
    """Name the texts that a catalog translates, and keep what it lends to others.

    `None` where nobody may ask for them.
    """
    if run.cache is None or run.dry or not _asks(run):
        return None
    found = Translated(digest_of(data), _names_in(catalog))
    if found.names:
        _keep_lent(run.cache, found.digest, _lent_by(catalog))
    return found


def keep_translated(run: Run, locale: Locale, updated: Iterable[UpdatedCatalog]) -> None:
    """Keep the names of the texts that catalogs translate now."""
    found: dict[str, tuple[str, str]] = {
        one.path: one.translated for one in updated if one.translated and one.locale == locale.tag
    }
    if found:
        catalogs = list(our_catalogs(run, locale.folder))
        keep_by_content(run, _names_kind(locale), catalogs, found)


def _asks(run: Run) -> bool:
    """Whether an update may rest on what other catalogs translate."""
    settings = run.project.settings
    return settings.catalog != "single" or bool(settings.memory)


def _names_kind(locale: Locale) -> str:
    return f"names {_kind(locale)}"


def _kind(locale: Locale) -> str:
    return f"translated into {locale.tag}"


def _name_of(text: str) -> str:
    return digest_of(text.encode("utf-8", "surrogatepass"))[:_NAME]


def _translated_names(run: Run, name: str) -> str:
    """The names of the texts that a catalog translates, one after the other."""
    return _names_in(_catalog(run, name))


def _names_in(catalog: Catalog) -> str:
    return names_of(one.id for one in filter(_is_lendable, catalog.messages))


def names_of(texts: Iterable[str]) -> str:
    """The names of some texts, one after the other."""
    return "".join(map(_name_of, texts))


def wanted_names(parts: Iterable[Wanted | None]) -> frozenset[str] | None:
    """Join what is wanted in several catalogs; `None` where that is everything."""
    listed = list(parts)
    if any(one is None or one.alike for one in listed):
        return None
    return frozenset(chain.from_iterable(_parted(one.names) for one in listed if one))


def _lent_by(catalog: Catalog) -> _Lent:
    """The messages of a catalog that other pages may take."""
    # Nobody takes over what the pages say of a text.
    lent = [
        replace(one, extracted=(), references=(), line=0)
        for one in filter(_is_lendable, catalog.messages)
    ]
    parted = [[one for one in lent if one.obsolete is obsolete] for obsolete in (False, True)]
    return [list(map(_MESSAGES.plain, messages)) for messages in parted]


def _keep_lent(cache: Cache, digest: str, lent: _Lent) -> None:
    """Keep what a catalog lends by the digest of its bytes."""
    cache.keep_value(_lent_key(cache, digest), zlib.compress(to_bytes(lent)))


def _lent_key(cache: Cache, digest: str) -> str:
    return cache.key("lent", digest)


def _all_lent(run: Run, catalogs: Sequence[str]) -> Iterator[_Lent]:
    """The messages that catalogs lend; those are read of which it is not known."""
    for start in range(0, len(catalogs), _AT_ONCE):
        some = catalogs[start : start + _AT_ONCE]
        digests = {name: run.facts.answer(FILE, name) for name in some}
        keys = [_lent_key(run.cache, one) for one in digests.values()] if run.cache else []
        known = run.cache.values(keys) if run.cache else {}
        for name, key in zip_longest(some, keys, fillvalue=""):
            yield _read_lent(known[key]) if key in known else _found_lent(run, name, digests[name])


def _read_lent(data: bytes) -> _Lent:
    found: _Lent = from_bytes(zlib.decompress(data))
    return found


def _found_lent(run: Run, name: str, digest: str) -> _Lent:
    """Read a catalog, and keep what it lends, unless its bytes are no longer those."""
    with run.facts.noting() as note:
        lent = _lent_by(_catalog(run, name))
    if run.cache and note.asked[FILE].answers.get(name) == digest:
        _keep_lent(run.cache, digest, lent)
        run.cache.write_much()
    return lent


def _is_lendable(message: Message) -> bool:
    return bool(message.string) and not message.fuzzy and not message.id_plural


def leverage_of(
    run: Run, locale: Locale, remembered: Remembered, wanted: frozenset[str] | None = None
) -> Leverage:
    """Return what pages may take from elsewhere in a locale.

    With `wanted`, of our catalogs only the texts of these names, and none for what is like them.
    """
    catalogs = _translating(run, locale, wanted)
    own = (
        Part(obsolete, _chosen(wanted, messages))
        for lent in _all_lent(run, catalogs)
        for obsolete, messages in zip((False, True), lent, strict=True)
    )
    waiting = run.project.left_over_name(locale)
    unnamed = {waiting} - set(run.project.settings.memory)
    left_over = entries_of(_catalog(run, waiting), waiting) if unnamed else ()
    memory = Memory.of(chain(remembered.entries, left_over))
    return Leverage(
        Lenders(own, _MESSAGES.value), memory, trusted=run.project.settings.trust_memory
    )


def _translating(run: Run, locale: Locale, wanted: frozenset[str] | None) -> Sequence[str]:
    """Choose the catalogs that translate some of the texts."""
    catalogs = list(our_catalogs(run, locale.folder))
    if wanted is None or run.cache is None:
        return catalogs
    found = partial(_translated_names, run)
    known = by_content(run, _names_kind(locale), catalogs, found)
    rows = zip(catalogs, known, strict=True)
    return [name for name, names in rows if not wanted.isdisjoint(_parted(names))]


def _chosen(wanted: frozenset[str] | None, messages: Sequence[Plain]) -> Sequence[Plain]:
    """Keep the messages with some texts."""
    if wanted is None:
        return messages
    return [one for one in messages if _name_of(text_of(one)) in wanted]


def _parted(names: str) -> Iterator[str]:
    return (names[at : at + _NAME] for at in range(0, len(names), _NAME))


@dataclass(frozen=True, slots=True)
class ExportedMemory:
    """All translations of a project as TMX."""

    data: bytes
    problems: tuple[Problem, ...] = ()
    """The texts that XML cannot hold, which are left out."""


def export_memory(parts: Mapping[Run, Sequence[Locale]]) -> ExportedMemory:
    """Write all translations of a project, or of its parts, as TMX.

    Raises `SettingsError` for parts that are written in different languages, of which TMX has one.
    """
    sources = dict.fromkeys(run.project.settings.source for run in parts)
    if len(sources) > 1:
        raise different_sources("memory", sources)
    entries: dict[Locale, list[Entry]] = {}
    problems: list[Problem] = []
    for run, locale in ((run, locale) for run, locales in parts.items() for locale in locales):
        found = list(_own_entries(run, locale))
        entries.setdefault(locale, []).extend(found)
        problem = "is left out of the memory: it has a character that XML cannot hold"
        problems += [
            Problem(entry.origin, entry.line, 1, problem) for entry in found if unwritable(entry)
        ]
    return ExportedMemory(write_tmx(entries, next(iter(sources))), tuple(problems))


def whole_memory(run: Run, locale: Locale, files: Remembered) -> Memory:
    """Return all that is translated into a locale: by the catalogs and by the memory files."""
    return Memory.of(chain(_own_entries(run, locale), files.entries))


def _own_entries(run: Run, locale: Locale) -> Iterator[Entry]:
    for name in our_catalogs(run, locale.folder):
        yield from entries_of(_catalog(run, name), name)


def _catalog(run: Run, name: str) -> Catalog:
    """A catalog of the project; an empty one when it cannot be read, which its own page tells."""
    try:
        return run.catalog(name) or Catalog()
    except ToolkitError:
        return Catalog()


def remembered(run: Run, locale: Locale) -> Remembered:
    """Read the memory files of the project; one that cannot be read leaves the others alone."""
    entries: list[Entry] = []
    problems: list[Problem] = []
    for name in run.project.settings.memory:
        try:
            entries += _entries(run, name, locale)
        except ToolkitError as error:
            problems += error.problems
    return Remembered(tuple(entries), tuple(problems))


def _entries(run: Run, name: str, locale: Locale) -> Iterable[Entry]:
    data = run.data(name)
    if data is None and name == run.project.left_over_name(locale):
        return ()
    if data is None:
        raise SettingsError(
            Problem(name, 0, 0, 'does not exist; "memory" in the settings names it')
        )
    read = reader_of(name)
    if read:
        return read(name, data, run.project.settings.source, locale)
    catalog = read_compendium(name, data)
    named = {value.strip() for key, value in catalog.header if key == "Language"} - {""}
    if not all(names_language(one, locale) for one in named):
        return ()
    return (*entries_of(catalog, name), *_chosen_from(catalog, name))


def _chosen_from(catalog: Catalog, name: str) -> Iterator[Entry]:
    """The translations of the texts that a compendium has several for, which it calls fuzzy."""
    for message in catalog.messages:
        versions = versions_of(message.string) if message.fuzzy and not message.id_plural else ()
        for version in versions if len(versions) > 1 else ():
            if version.strip():
                yield Entry(message.id, version, message.context, name, message.line, doubtful=True)
