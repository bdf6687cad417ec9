"""Catalogs of another layout: what one a page said goes into one a folder, or for all, and back.

The setting `catalog` decides which pages share a catalog. After it changed, the catalogs of the
former layout are sources of the new ones: each translation goes to the catalogs of the pages that
have its text, or that its `#:` names. What nobody takes stays in the old file as obsolete.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.retiring import has_translation
from toolkit.catalogs.template import template_of
from toolkit.commands.update.orphans import Inheritance, is_retired, without_mark
from toolkit.model.catalog import Catalog

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.commands.update.orphans import Orphans
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.project.store import Domain, Run

LAYOUTS = ("page", "folder", "single")
"""The values of the setting `catalog`."""


def inheritance(
    run: Run, locales: Sequence[Locale], domains: Sequence[Domain], lost: Orphans
) -> Inheritance:
    """Find out which catalogs take over from those of another layout."""
    catalogs: dict[tuple[str, str], Catalog] = {}
    heirs: dict[str, tuple[str, ...]] = {}
    rest: dict[str, tuple[Message, ...]] = {}
    for locale in locales:
        orphans = frozenset(name for name in lost[locale.tag] if not is_retired(run, name))
        change = _Change(run, locale, domains, orphans)
        found = change.earlier()
        catalogs |= {(domain, locale.tag): one for domain, one in found.items()}
        for name in sorted(orphans & change.takers.keys()):
            takers = change.takers[name]
            heirs[name] = tuple(run.project.catalog_name(one, locale) for one in takers)
            taken = [found[one] for one in takers]
            rest[name] = tuple(_not_in(taken, change.catalog(name).messages))
    return Inheritance(catalogs, heirs, rest)


def _not_in(taken: Sequence[Catalog], messages: Iterable[Message]) -> Iterator[Message]:
    """The messages whose words none of some catalogs has."""
    known = {(one.key, one.string, one.plurals) for catalog in taken for one in catalog.messages}
    for message in messages:
        if has_translation(message) and (message.key, message.string, message.plurals) not in known:
            yield message


class _Change:
    """A change of the layout of a locale's catalogs."""

    def __init__(
        self, run: Run, locale: Locale, domains: Sequence[Domain], orphans: frozenset[str]
    ) -> None:
        self._run = run
        self._locale = locale
        self._own = {
            name: pages
            for name, names in domains
            if (pages := run.project.in_locale(names, locale))
        }
        self._catalogs: dict[str, Catalog] = {}
        self._texts: dict[str, _PageTexts] = {}
        self.takers = self._takers(orphans)
        """The domains that take over from a file, by its name."""

    def catalog(self, name: str) -> Catalog:
        """A catalog of the former layout; an empty one where there is none."""
        if name not in self._catalogs:
            self._catalogs[name] = self._run.catalog(name) or Catalog()
        return self._catalogs[name]

    def _takers(self, orphans: frozenset[str]) -> dict[str, list[str]]:
        former = [one for one in LAYOUTS if one != self._run.project.settings.catalog]
        owners = {self._own_name(domain): domain for domain in self._own}
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for layout in former:
            places = self._places(layout)
            is_sure = not orphans.isdisjoint(places)
            for name, domains in places.items():
                takers = [one for one in domains if is_sure or self._was_in(one, name)]
                owner = [owners[name]] if takers and name in owners else []
                found[name] |= dict.fromkeys((*owner, *takers))
        return {name: list(domains) for name, domains in found.items() if domains}

    def _was_in(self, domain: str, name: str) -> bool:
        """Whether the pages of a domain without a catalog had theirs in another file."""
        own = self._own_name(domain)
        if self._run.exists(own) and not is_retired(self._run, own):
            return False
        messages = [one for one in self.catalog(name).messages if not one.obsolete]
        return self._texts_of(domain).had(messages)

    def _places(self, layout: str) -> dict[str, list[str]]:
        """The catalogs of the pages in another layout, with the domains that have these now."""
        project = self._run.project
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for domain, pages in self._own.items():
            for page in pages if not project.settings.holds_strings(pages[0]) else ():
                name = project.catalog_name(project.domain_as(layout, page), self._locale)
                found[name][domain] = None
        return {name: list(domains) for name, domains in found.items() if self._run.exists(name)}

    def earlier(self) -> dict[str, Catalog]:
        """Return the catalog that each domain starts from when it takes over messages."""
        sources: dict[str, list[str]] = defaultdict(list)
        for name, domains in self.takers.items():
            for domain in domains:
                sources[domain].append(name)
        found = {domain: self._earlier(domain, names) for domain, names in sources.items()}
        for domain, catalog in found.items():
            own = self._own_name(domain)
            taken = [found[one] for one in self.takers.get(own, ()) if one in found]
            left = _not_in([catalog, *taken], self.catalog(own).messages)
            known = {one.key for one in catalog.messages}
            kept = (one for one in left if one.key not in known)
            found[domain] = replace(catalog, messages=(*catalog.messages, *kept))
        return found

    def _texts_of(self, domain: str) -> _PageTexts:
        if domain not in self._texts:
            self._texts[domain] = _PageTexts(self._run, self._own[domain])
        return self._texts[domain]

    def _own_name(self, domain: str) -> str:
        return self._run.project.catalog_name(domain, self._locale)

    def _earlier(self, domain: str, names: Sequence[str]) -> Catalog:
        """All that a domain's own catalog and its sources say of its pages, its own first."""
        own = self._own_name(domain)
        every = [own, *(name for name in names if name != own)]
        wanted = self._texts_of(domain)
        found: dict[MessageKey, list[Message]] = defaultdict(list)
        for name in every:
            shared = self.takers.get(name, [domain]) != [domain]
            for message in self.catalog(name).messages:
                if not shared or wanted.has(message):
                    found[message.key].append(message)
        heads = [self.catalog(name) for name in every]
        head = next((one for one in heads if one.header), Catalog())
        has_own = {one.key for one in self.catalog(own).messages if has_translation(one)}
        chosen = (_chosen(same, first=key in has_own) for key, same in found.items())
        return replace(without_mark(head), messages=tuple(chosen))


class _PageTexts:
    """The texts of some pages, now or when a catalog was written."""

    def __init__(self, run: Run, names: Sequence[str]) -> None:
        pages, _ = run.pages(names)
        self._keys = {message.key for message in template_of(pages).messages}
        self._places = {page.document.path for page in pages}

    def has(self, message: Message) -> bool:
        """Whether a message is of these pages."""
        return message.key in self._keys or self._is_named(message)

    def _is_named(self, message: Message) -> bool:
        places = (place.rpartition(":")[0] or place for place in message.references)
        return not self._places.isdisjoint(places)

    def had(self, messages: Sequence[Message]) -> bool:
        """Whether some messages of a catalog are these texts."""
        shared = sum(message.key in self._keys for message in messages)
        return any(map(self._is_named, messages)) or 0 < len(self._keys) <= 2 * shared


def _chosen(same: Sequence[Message], *, first: bool) -> Message:
    """One of several messages of a text: that of the catalog itself, or what most of them say."""
    if first:
        return _with_notes(same[0], same)
    counts = Counter(one.string for one in same)
    best = max(same, key=lambda one: (_rank(one), counts[one.string]))
    return _with_notes(best, same)


def _rank(message: Message) -> int:
    """The worth of a message: translated, fuzzy, obsolete, untranslated."""
    if not has_translation(message):
        return 0
    if message.obsolete:
        return 1
    return 2 if message.fuzzy else 3


def _with_notes(message: Message, same: Iterable[Message]) -> Message:
    """A message with the notes that translators made at any of its places."""
    notes = (note for one in same if one.string == message.string for note in one.comments)
    return replace(message, comments=tuple(dict.fromkeys((*message.comments, *notes))))
