"""Builds the localized pages of a project, each guarded once for all that look at it."""

from __future__ import annotations

import re
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.header import CREATED
from toolkit.catalogs.statistics import count_among, live_messages
from toolkit.catalogs.translators import translators_of
from toolkit.catalogs.usable import translations
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.model.expressions import late
from toolkit.project.cache import joined
from toolkit.project.cache.work import derived
from toolkit.project.guards import GuardedPage, guarded
from toolkit.project.settings import Anchors
from toolkit.site.as_of import Past
from toolkit.site.asking import Either
from toolkit.site.credits import MARK, credit_line
from toolkit.site.links import Renames, new_ids
from toolkit.site.localizing import localized, request_of, stand_ins
from toolkit.site.outdated import IN_PLACE, outdated_texts, with_marks
from toolkit.site.pinning import fragments
from toolkit.writing.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from toolkit.catalogs.statistics import Count
    from toolkit.dialects.dialect import Dialect
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.model.document import Document
    from toolkit.model.findings import Finding
    from toolkit.project.settings import Settings
    from toolkit.project.store import Run
    from toolkit.reading.page import Page
    from toolkit.site.layout import Layout
    from toolkit.site.localizing import PageRequest

_DAY = late(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOST = 64
"""Pages that are kept; those that link to each other mostly lie near each other."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The facts that the localized pages of a site need from each other."""

    linked: Collection[str] = frozenset()
    """The fragments that anything in them links to."""
    titles: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The titles of admonitions that have none, by locale."""
    terms: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """The translated terms of glossaries, by locale."""
    follows: bool = False
    """Whether links follow the headings of other pages where these cannot be pinned."""
    on_top: bool = True
    """Whether pages get the notice and the keys of front matter that the settings ask for."""


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page of a localized site."""

    document: Document
    findings: tuple[Finding, ...]
    """Translations that it had to do without."""
    urls: tuple[tuple[str, str], ...]
    """The urls that were changed, and what to."""


class _Kept(NamedTuple):
    catalog: Catalog
    built: GuardedPage


class _Known(NamedTuple):
    """A catalog with its texts and messages."""

    catalog: Catalog
    texts: Mapping[MessageKey, str]
    messages: Mapping[MessageKey, Message]


class PageBuilder:
    """Builds the localized pages of a project.

    A page is guarded once, though others that link to its headings look at it as well. Whoever
    builds many pages keeps one builder; a new one takes the files as they are by then.
    """

    def __init__(self, run: Run) -> None:
        run.renew()
        self._run = run
        self._kept: OrderedDict[tuple[str, str], _Kept] = OrderedDict()
        self._last: _Known | None = None
        self._renames: dict[str, Renames] = {}
        self._past = Past(run)

    def build(
        self, page: Page, locale: Locale, catalog: Catalog, layout: Layout, around: Surroundings
    ) -> BuiltPage:
        """Build a page as the settings want it; raises `ToolkitError` for one that it needs."""
        settings = self._run.project.settings
        name = self._run.project.name_below_content(page.document.path)
        wanted = request_of(settings, page.dialect, locale, name, layout)
        past = self._past.of(page, locale, catalog, around.linked)
        linked = around.linked
        if past:
            page, catalog = past.page, past.catalog
            linked = Either(linked, frozenset(fragments([page.document.text])))
        if wanted.notice:
            day = _DAY.match(dict(catalog.header).get(CREATED, ""))
            wanted = replace(wanted, day=day[0] if day else "")
            wanted = wanted.at(self._count(page, catalog), locale, past)
        wanted = replace(
            wanted,
            linked=linked,
            moved=past.urls if past else {},
            renames=self._renames_in(locale) if around.follows else None,
            titles=around.titles.get(locale.tag, {}),
            terms=around.terms.get(locale.tag, {}),
        )
        if settings.credits and around.on_top:
            wanted = self._credited(page, locale, catalog, wanted)
        if not around.on_top:
            wanted = replace(wanted, notice="", front_matter={})
        return self.localize(page, locale, catalog, wanted)

    def _credited(
        self, page: Page, locale: Locale, catalog: Catalog, wanted: PageRequest
    ) -> PageRequest:
        """Name the translators of a page with translations, or list all where it asks for them."""
        setting = locale.text_of(self._run.project.settings.credits)
        if setting and MARK in page.document.text:
            return replace(wanted, translators=self._all_translators(locale))
        done = self._count(page, catalog).translated.units
        line = credit_line(setting, locale, translators_of(catalog)) if done else ""
        return replace(wanted, credits=line)

    def _all_translators(self, locale: Locale) -> tuple[str, ...]:
        """The translators of all catalogs of a locale, those of the first pages first."""
        run = self._run
        # Which catalogs there are is not among what can be asked again.
        run.facts.note_fleeting()
        names: dict[str, None] = {}
        for domain, _ in run.domains()[0]:
            try:
                catalog = run.catalog(run.project.catalog_name(domain, locale))
            except ToolkitError:
                continue
            names |= dict.fromkeys(translators_of(catalog) if catalog else ())
        return tuple(names)

    def localize(
        self, page: Page, locale: Locale, catalog: Catalog, wanted: PageRequest
    ) -> BuiltPage:
        """Build a page as a site wants it."""
        made = localized(self.guarded(page, locale, catalog, wanted.untranslated), wanted)
        project = self._run.project
        domain = project.domain(project.name_below_content(page.document.path))
        place = project.catalog_name(domain, locale)
        return BuiltPage(made.document, tuple(refused(made.refusals, catalog, place)), made.urls)

    def guarded(
        self, page: Page, locale: Locale, catalog: Catalog, untranslated: str = ""
    ) -> GuardedPage:
        """Put the translations of a page into it, and nothing else.

        `untranslated` stands for texts that have none.
        """
        settings = self._run.project.settings
        texts = self._known_of(catalog).texts
        outdated: Mapping[MessageKey, str] = {}
        if settings.outdated == IN_PLACE:
            outdated = outdated_texts(page, catalog, settings.source)
            texts = {**texts, **outdated}
        if untranslated:
            texts = {**stand_ins(page, untranslated), **texts}
            return with_marks(guarded(page, settings, locale, texts), outdated)
        key = (page.document.path, locale.tag)
        kept = self._kept.get(key)
        is_same = kept and (kept.catalog is catalog or kept.catalog == catalog)
        if kept and is_same and kept.built.page.document == page.document:
            self._kept.move_to_end(key)
            return kept.built
        built = with_marks(guarded(page, settings, locale, texts), outdated)
        self._kept[key] = _Kept(catalog, built)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return built

    def _count(self, page: Page, catalog: Catalog) -> Count:
        """Count what a catalog translates of a page."""
        return count_among(page.units, self._known_of(catalog).messages, page.dialect.wordless)

    def _known_of(self, catalog: Catalog) -> _Known:
        """Look a catalog up, once for the pages that share it."""
        if self._last is None or self._last.catalog is not catalog:
            self._last = _Known(catalog, translations(catalog), live_messages(catalog))
        return self._last

    def _renames_in(self, locale: Locale) -> Renames:
        """The ids in the localized pages of a locale, found out once."""
        facts, tag = self._run.facts, locale.tag

        def note(name: str, old: str, new: str) -> None:
            facts.note(f"heading {tag}", joined(name, old), new)

        if tag not in self._renames:
            self._renames[tag] = Renames(partial(self._new_ids, locale), note)
        return self._renames[tag]

    def _new_ids(self, locale: Locale, name: str) -> Mapping[str, str]:
        """The new ids of a page's headings; none where they keep the old ones."""
        settings = self._run.project.settings
        if not follows_headings(settings, settings.dialect_of(name)):
            return {}

        def compute() -> Mapping[str, str]:
            page = self._run.page(name)
            catalog = self._run.texts(self._run.project.domain(name), locale, [page]) or Catalog()
            past = self._past.of(page, locale, catalog)
            if past:
                page, catalog = past.page, past.catalog
            return new_ids(self.guarded(page, locale, catalog), settings.slugs)

        try:
            return derived(self._run, f"headings {locale.tag}", name, compute)
        except ToolkitError:
            self._run.facts.note_fleeting()
            raise

    def new_id(self, locale: Locale, key: str) -> str:
        """Answer the question for the new id of a heading of a page."""
        try:
            return self._renames_in(locale).new_id(*key.split("\0", 1))
        except ToolkitError as error:
            return f"!{error}"


def follows_headings(settings: Settings, dialect: Dialect) -> bool:
    """Whether links follow headings: as the setting says, or because they cannot be pinned."""
    anchors = settings.anchors
    pins = anchors in {Anchors.PIN, Anchors.PIN_ALL}
    return anchors is Anchors.REWRITE or (pins and not dialect.heading_id)
