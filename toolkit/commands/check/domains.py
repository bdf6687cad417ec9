"""The checks over one domain: its pages, its template and its catalogs."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.catalogs.merge import merge
from toolkit.catalogs.statistics import count_among, live_messages
from toolkit.catalogs.template import definitions_of
from toolkit.catalogs.unit_comments import kind_of
from toolkit.catalogs.usable import translations
from toolkit.checks import Remark
from toolkit.checks.across import translations_of
from toolkit.checks.families import CHECKS
from toolkit.checks.fixes import fixed
from toolkit.commands.check.across import Pack, pack_of
from toolkit.commands.check.dead_targets import DEAD, dead_in_page, dead_in_translations
from toolkit.commands.check.places import Placed, finding_about
from toolkit.commands.check.shifted import shifted
from toolkit.commands.extract import fresh_template, template_in
from toolkit.model.errors import Problem, ToolkitError
from toolkit.model.findings import Fix
from toolkit.model.units import Kind
from toolkit.project.cache.work import shared_out
from toolkit.project.guards import guarded
from toolkit.project.store import changed_names, shares_of
from toolkit.site.title_translations import refused_titles
from toolkit.writing.refusals import refusal_text
from toolkit.writing.strings import localized_strings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.catalogs.po import CatalogFile
    from toolkit.catalogs.statistics import Count
    from toolkit.checks import Check
    from toolkit.checks.subject import Subject
    from toolkit.commands.check.plan import Plan
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.model.findings import Finding
    from toolkit.project.settings import Settings
    from toolkit.project.store import Domain, Run
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Refusal

_MARK = "starts with a byte order mark, which gettext's programs refuse; run yiben update"
_MISSING = "is missing; run yiben update"


@dataclass(frozen=True, slots=True)
class DomainChecked:
    """The findings in a domain."""

    findings: tuple[Finding, ...] = ()
    packed: tuple[bytes, ...] = ()
    """Further findings, packed."""
    problems: tuple[Problem, ...] = ()
    translations: tuple[Pack, ...] = ()
    """The translations of its catalogs, for the checks across them."""
    mended: tuple[str, ...] = ()
    """Catalogs that were mended on disk."""
    files: tuple[str, ...] = ()
    """Templates and catalogs that were looked at."""

    def __add__(self, other: DomainChecked) -> DomainChecked:
        return DomainChecked.of((self, other))

    @classmethod
    def of(cls, parts: Iterable[DomainChecked]) -> DomainChecked:
        """Join the findings in several domains."""
        listed = list(parts)
        return cls(
            tuple(chain.from_iterable(one.findings for one in listed)),
            tuple(chain.from_iterable(one.packed for one in listed)),
            tuple(chain.from_iterable(one.problems for one in listed)),
            tuple(chain.from_iterable(one.translations for one in listed)),
            tuple(chain.from_iterable(one.mended for one in listed)),
            tuple(chain.from_iterable(one.files for one in listed)),
        )


@dataclass(frozen=True, slots=True)
class _Scene:
    """A domain with its pages as they can be read."""

    plan: Plan
    run: Run
    domain: str
    pages: tuple[Page, ...]
    template: Catalog | None
    """`None` where a page cannot be read or the plan does not look at it."""

    @property
    def only_page(self) -> str:
        """The one page of the domain; empty where there are several."""
        return self.pages[0].document.path if len(self.pages) == 1 else ""

    def in_locale(self, locale: Locale) -> _Scene:
        """The domain with the pages that are translated into a locale."""
        pages = tuple(self.run.pages_in(self.pages, locale))
        template = self.template
        if template is not None:
            template = template_in(self.run, self.domain, template, self.pages, locale)
        return replace(self, pages=pages, template=template)

    def stale(self, old: CatalogFile, new: Catalog) -> tuple[Finding, ...]:
        """A finding when messages of a file are not as the pages want them, however written."""
        if new == old.written or old.catalog.messages == new.messages:
            return ()
        count = old.changes(self.run.with_catalog(old, new))
        behind = "1 message is" if count == 1 else f"{count} messages are"
        text = f"{behind} behind the pages; run yiben update"
        return (self._about(old.path, text),) if count else ()

    def marked(self, file: CatalogFile) -> tuple[Finding, ...]:
        """A finding for a file with a byte order mark."""
        finding = finding_about(file.path, "header", _MARK, 1, self.only_page)
        return (finding,) if file.has_mark else ()

    def missing(self, name: str) -> tuple[Finding, ...]:
        """A finding for a template or catalog that does not exist, where the pages want one."""
        wanted = self.template and self.template.messages
        return (self._about(name, _MISSING),) if wanted else ()

    def _about(self, name: str, text: str) -> Finding:
        paths = tuple(page.document.path for page in self.pages)
        return replace(finding_about(name, "stale", text, 0, self.only_page), others=paths)


def check_domain(plan: Plan, run: Run, domain: Domain) -> DomainChecked:
    """Check what the plan covers of a domain; of the rest, read what other domains need."""
    name, names = domain
    if not plan.covers(name):
        return _translations_alone(plan, run, name, names)
    pages, unreadable = run.pages(names)
    checked = DomainChecked(problems=unreadable)
    template = None
    if not unreadable and not plan.texts_only:
        try:
            template = fresh_template(run, name, pages)
        except ToolkitError as error:
            checked += DomainChecked(problems=error.problems)
    scene = _Scene(plan, run, name, tuple(pages), template)
    checked += DomainChecked(tuple(_dead(scene)))
    checked += _check_template(scene)
    for locale in plan.locales:
        if not run.project.in_locale(names, locale):
            continue
        try:
            checked += _check_catalog(scene.in_locale(locale), locale)
        except ToolkitError as error:
            checked += DomainChecked(problems=error.problems)
    return checked


def _dead(scene: _Scene) -> Iterator[Finding]:
    """Links of the pages that lead nowhere; the settings of the site have none."""
    if scene.plan.checks.isdisjoint(DEAD):
        return
    for page in scene.pages:
        if not scene.run.project.settings.holds_strings(page.document.path):
            yield from dead_in_page(scene.run, page)


def _dead_translated(scene: _Scene, catalog: Catalog) -> Iterator[tuple[str, Remark]]:
    if scene.plan.checks.isdisjoint(DEAD):
        return
    messages = {message.key: message for message in catalog.messages}
    known = translations(catalog)
    for page in scene.pages:
        if not scene.run.project.settings.holds_strings(page.document.path):
            yield from dead_in_translations(scene.run, page, messages, known)


def _translations_alone(plan: Plan, run: Run, name: str, names: list[str]) -> DomainChecked:
    """Read the translations of a domain that is not checked, without checking it."""
    tags = frozenset().union(*(plan.chosen or {}).values())
    page = run.project.place_of(names[0]) if len(names) == 1 else ""
    checked = DomainChecked()
    for locale in plan.locales:
        path = run.project.catalog_name(name, locale)
        try:
            catalog = run.catalog(path) if locale.tag in tags else None
        except ToolkitError:
            continue
        if catalog:
            tabs = frozenset(
                one.key for one in catalog.messages if Kind.TAB_TITLE in _kinds_of(one)
            )
            known = translations_of(locale.tag, path, catalog.messages, tabs, page)
            checked += DomainChecked(translations=(pack_of(path, known),))
    return checked


def _kinds_of(message: Message) -> frozenset[Kind | None]:
    """The kinds that a catalog's comments give a message, where its page is not read."""
    return frozenset(map(kind_of, message.extracted))


def _check_template(scene: _Scene) -> DomainChecked:
    """Compare the template with what it should be."""
    run, template = scene.run, scene.template
    name = run.project.template_name(scene.domain)
    if template is None:
        return DomainChecked()
    old = run.catalog_file(name)
    if old is None:
        return DomainChecked(scene.missing(name), files=(name,))
    return DomainChecked((*scene.stale(old, template), *scene.marked(old)), files=(name,))


def _check_catalog(scene: _Scene, locale: Locale) -> DomainChecked:
    plan, run = scene.plan, scene.run
    name = run.project.catalog_name(scene.domain, locale)
    file = run.catalog_file(name)
    covered = plan.covers(scene.domain, locale)
    checked = DomainChecked(files=(name,) if covered else ())
    if file is None:
        return checked + DomainChecked(scene.missing(name) if covered else ())
    subject = _subject(scene, file.catalog, locale)
    tabs = _keys(scene.pages, Kind.TAB_TITLE)
    checked += DomainChecked(
        translations=(
            pack_of(
                name,
                translations_of(locale.tag, name, subject.catalog.messages, tabs, scene.only_page),
            ),
        )
    )
    if not covered:
        return checked
    if plan.fix:
        file, mended = _mended(scene, file, subject)
        checked += DomainChecked(mended=mended)
        subject = replace(subject, catalog=file.catalog)
    return checked + DomainChecked(tuple(_findings(scene, file, subject)))


def _keys(pages: Sequence[Page], kind: Kind) -> frozenset[tuple[str | None, str]]:
    """The messages of all units of a kind."""
    units = (unit for page in pages for unit in page.units)
    return frozenset((unit.context, unit.text) for unit in units if unit.kind is kind)


def _subject(scene: _Scene, catalog: Catalog, locale: Locale) -> Subject:
    run, pages = scene.run, scene.pages
    dialect = pages[0].dialect if pages else run.dialect
    return scene.plan.subject(run.project.settings, locale, catalog, dialect, definitions_of(pages))


def _mended(
    scene: _Scene, file: CatalogFile, subject: Subject
) -> tuple[CatalogFile, tuple[str, ...]]:
    """The catalog mended, on disk as well, and its name if it changed."""
    run, plan = scene.run, scene.plan
    better = run.with_catalog(file, fixed(subject, plan.checks, plan.named))
    if better.data == file.data:
        return better, ()
    return better, changed_names([run.save_catalog(file.path, file.data, better)])


def _findings(scene: _Scene, file: CatalogFile, subject: Subject) -> Iterator[Finding]:
    run, template, catalog = scene.run, scene.template, subject.catalog
    name = file.path
    if template is not None:
        yield from scene.stale(file, merge(template, catalog).catalog)
    pages = {
        (unit.context, unit.text): page.document.path
        for page in reversed(scene.pages)
        for unit in page.units
    }
    placed = Placed(name, file.data, subject, pages, scene.only_page)
    parts = [partial(_placed, placed, part) for part in _remarks(scene, subject)]
    yield from chain.from_iterable(shared_out(run, parts, len(scene.pages)))
    yield from _completeness(scene, name, subject)
    for finding in scene.marked(file):
        yield replace(finding, fix=Fix.SAFE)


_Remarks = Callable[[], Iterable[tuple[str, Remark]]]


def _placed(placed: Placed, remarks: _Remarks) -> list[Finding]:
    return list(placed.findings(iter(remarks())))


def _remarks(scene: _Scene, subject: Subject) -> Iterator[_Remarks]:
    """The remarks about a catalog, in parts that know nothing of each other."""
    plan, catalog = scene.plan, subject.catalog
    for check in CHECKS.values():
        if check.id in plan.checks:
            yield partial(_remarks_of, check, subject)
    if "shifted" in plan.checks:
        yield partial(shifted, subject)
    for pages in shares_of(scene.pages):
        part = replace(scene, pages=tuple(pages))
        yield partial(_refused, part, catalog, subject.locale)
        yield partial(_dead_translated, part, catalog)


def _remarks_of(check: Check, subject: Subject) -> Iterator[tuple[str, Remark]]:
    return ((check.id, remark) for remark in check.remarks(subject))


def _refused(scene: _Scene, catalog: Catalog, locale: Locale) -> Iterator[tuple[str, Remark]]:
    settings = scene.run.project.settings
    messages = {message.key: message for message in catalog.messages}
    known = translations(catalog)
    for page in scene.pages:
        if page.document.path == settings.site:
            # PyYAML is slow to import.
            from toolkit.site.yaml_texts import localized_settings  # noqa: PLC0415

            _, left = localized_settings(page.document, page.units, known)
            for unit in left:
                text = (
                    "translation refused, source text used: "
                    "it would change more of the settings than its text"
                )
                yield "refused", Remark(text, message=messages.get((unit.context, unit.text)))
            yield from _refused_titles(settings, catalog)
            continue
        for refusal in _refusals(page, settings, locale, known):
            message = messages.get((refusal.unit.context, refusal.unit.text))
            piece = refusal.piece
            yield "refused", Remark(refusal_text(refusal), piece, message=message, facts=(piece,))


def _refused_titles(settings: Settings, catalog: Catalog) -> Iterator[tuple[str, Remark]]:
    if not settings.admonition_titles:
        return
    for message, foreign in refused_titles(catalog, settings.dialect_of("").grammar):
        pieces = [str(one) for one in foreign[:3]]
        text = f"translation refused, usual title used: it adds {', '.join(pieces)}"
        yield "refused", Remark(text, message=message, facts=tuple(pieces))


def _refusals(
    page: Page, settings: Settings, locale: Locale, known: Mapping[MessageKey, str]
) -> Sequence[Refusal]:
    """The translations that a build would not use."""
    if settings.holds_strings(page.document.path):
        return localized_strings(page.document, page.units, known, settings.allowed(locale))[1]
    return guarded(page, settings, locale, known).refusals


def _completeness(scene: _Scene, name: str, subject: Subject) -> Iterator[Finding]:
    messages = live_messages(subject.catalog)
    for page in scene.pages:
        path = page.document.path
        below = scene.run.project.name_below_content(path)
        least = scene.plan.min_complete.of(below, subject.locale.tag)
        if not least:
            continue
        count = count_among(page.units, messages, page.dialect.wordless)
        if count.complete < least:
            yield finding_about(name, "incomplete", _how_far(path, count, least), 0, path)


def _how_far(path: str, count: Count, least: float) -> str:
    return (
        f"only {int(count.complete)}% of {path} is translated, {least:g}% is required: "
        f"{count.untranslated.units} untranslated, {count.fuzzy.units} fuzzy"
    )
