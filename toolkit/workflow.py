"""The work of the commands: pages to templates, templates to catalogs, catalogs to pages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.assemble import assemble
from toolkit.catalog import Catalog
from toolkit.dialects import dialect_named
from toolkit.errors import CatalogError, Problem, ToolkitError
from toolkit.files import read_bytes, write_bytes
from toolkit.header import template_header, with_header
from toolkit.merge import merge
from toolkit.po import read_catalog, write_catalog
from toolkit.segment import segment
from toolkit.statistics import Count, count_units
from toolkit.template import Page, template_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.catalog import MessageKey
    from toolkit.locale import Locale
    from toolkit.project import Project

Progress = Callable[[Sequence[str]], Iterable[str]]
"""Passes on the items it is given, and may show how far they have come."""


@dataclass(slots=True)
class Outcome:
    """What a run did: files it wrote (or would write), and what went wrong on the way."""

    total: int = 0
    """Files looked at."""
    changed: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in what another part of the run did."""
        self.total += other.total
        self.changed += other.changed
        self.problems += other.problems
        self.notes += other.notes


class Run:
    """One run over a project. With `dry`, files are compared but not written."""

    def __init__(self, project: Project, *, dry: bool = False) -> None:
        self.project = project
        settings = project.settings
        self.dialect = dialect_named(settings.dialect).leaving_out(settings.opaque)
        self._dry = dry

    def page(self, name: str) -> Page:
        """A page of the project, segmented."""
        document = self.project.document(name)
        return Page(document, segment(document, self.dialect, self.project.settings.front_matter))

    def domains(self, outcome: Outcome) -> dict[str, list[str]]:
        """The pages of each domain; links that cannot be followed go to the problems."""
        pages, problems = self.project.pages()
        outcome.problems += problems
        domains: dict[str, list[str]] = {}
        for page in pages:
            domains.setdefault(self.project.domain(page), []).append(page)
        return domains

    def pages(self, names: Iterable[str], outcome: Outcome) -> Iterator[Page]:
        """The pages that can be read; the others go to the problems."""
        for name in names:
            try:
                yield self.page(name)
            except ToolkitError as error:
                outcome.problems += error.problems

    def catalog(self, name: str) -> Catalog | None:
        """A template or catalog of the project, `None` when there is none yet."""
        path = self.project.root / name
        return read_catalog(name, read_bytes(path, name)) if path.exists() else None

    def save(self, name: str, data: bytes, outcome: Outcome, *, durable: bool = False) -> None:
        """Write a file unless it holds `data` already; `durable` for what cannot be made again."""
        outcome.total += 1
        path = self.project.root / name
        if self._dry:
            changed = not path.is_file() or read_bytes(path, name) != data
        else:
            changed = write_bytes(path, data, name, durable=durable)
        if changed:
            outcome.changed.append(name)

    def save_catalog(self, name: str, catalog: Catalog, outcome: Outcome) -> None:
        """Write a template or catalog unless it stands there already."""
        data = write_catalog(catalog, self.project.settings.wrap)
        self.save(name, data, outcome, durable=name.endswith(".po"))


def extract(run: Run, progress: Progress) -> tuple[dict[str, Catalog], Outcome]:
    """Bring the templates up to date; they are given by domain.

    A domain with a page that cannot be read keeps its template as it is.
    """
    outcome = Outcome()
    templates: dict[str, Catalog] = {}
    domains = run.domains(outcome)
    for domain in progress(list(domains)):
        try:
            template = _template(run, domain, domains[domain], outcome)
        except ToolkitError as error:
            outcome.problems += error.problems
            continue
        if template:
            templates[domain] = template
    return templates, outcome


def _template(run: Run, domain: str, pages: Sequence[str], outcome: Outcome) -> Catalog | None:
    settings = run.project.settings
    reading = Outcome()
    fresh = template_of(run.pages(pages, reading), settings.locations)
    outcome.add(reading)
    name = run.project.template_name(domain)
    if reading.problems or not fresh.messages:
        return None
    old = run.catalog(name)
    template = template_header(fresh, old, settings.project or domain, settings.source)
    run.save_catalog(name, template, outcome)
    return template


def update(run: Run, locales: Sequence[Locale], progress: Progress) -> Outcome:
    """Bring templates and the catalogs of `locales` up to date, making those that are missing."""
    templates, outcome = extract(run, progress)
    for domain, template in templates.items():
        for locale in locales:
            try:
                _update_catalog(run, domain, template, locale, outcome)
            except ToolkitError as error:
                outcome.problems += error.problems
    return outcome


def _update_catalog(
    run: Run, domain: str, template: Catalog, locale: Locale, outcome: Outcome
) -> None:
    name = run.project.catalog_name(domain, locale)
    old = run.catalog(name) or Catalog()
    check_belongs(old, template, name)
    run.save_catalog(name, with_header(merge(template, old), template, locale), outcome)


def check_belongs(catalog: Catalog, template: Catalog, name: str) -> None:
    """Raise `CatalogError` when a catalog is plainly for another page.

    That is when it shares no text with the template and no file that its references name.
    """
    live = [message for message in catalog.messages if not message.obsolete]
    if not live or not template.messages:
        return
    texts = {message.id for message in template.messages}
    if any(message.id in texts for message in catalog.messages):
        return
    ours, theirs = _files(template), _files(Catalog(tuple(live)))
    if ours & theirs or not theirs:
        return
    text = f"is the catalog of {', '.join(sorted(theirs)[:2])}; not one text of this page is in it"
    raise CatalogError(Problem(name, live[0].line, 1 if live[0].line else 0, text))


def check_translates(catalog: Catalog, page: Page, name: str) -> None:
    """Raise `CatalogError` when not one text of the page is in a catalog that has some."""
    texts = {unit.text for unit in page.units}
    if catalog.messages and texts and texts.isdisjoint(message.id for message in catalog.messages):
        text = f"is not the catalog of {page.document.path}; not one text of the page is in it"
        raise CatalogError(Problem(name, catalog.messages[0].line, 1, text))


def _files(catalog: Catalog) -> set[str]:
    references = (place for message in catalog.messages for place in message.references)
    return {place.rpartition(":")[0] or place for place in references}


def translations(catalog: Catalog) -> dict[MessageKey, str]:
    """What the build may use: translated, not fuzzy, not obsolete."""
    return {message.key: message.string for message in catalog.messages if message.translated}


def build(run: Run, locales: Sequence[Locale], progress: Progress) -> Outcome:
    """Write the localized pages of `locales`."""
    outcome = Outcome()
    domains = run.domains(outcome)
    shared = _Catalogs(run, outcome)
    for domain in progress(list(domains)):
        for page in run.pages(domains[domain], outcome):
            for locale in locales:
                _build_page(run, shared, domain, page, locale, outcome)
    for tag, count in shared.missing.items():
        outcome.notes.append(f"{tag}: no catalog for {count} pages, built in the source language")
    return outcome


class _Catalogs:
    """The translations of a run, each catalog read once while its domain is built."""

    def __init__(self, run: Run, outcome: Outcome) -> None:
        self._run = run
        self._outcome = outcome
        self._domain = ""
        self._read: dict[str, dict[MessageKey, str] | None] = {}
        self.missing: dict[str, int] = {}

    def of(self, domain: str, locale: Locale) -> dict[MessageKey, str] | None:
        """The translations of a domain; `None` when its catalog cannot be read."""
        if domain != self._domain:
            self._domain, self._read = domain, {}
        if locale.tag not in self._read:
            self._read[locale.tag] = self._load(domain, locale)
        return self._read[locale.tag]

    def _load(self, domain: str, locale: Locale) -> dict[MessageKey, str] | None:
        try:
            catalog = self._run.catalog(self._run.project.catalog_name(domain, locale))
        except ToolkitError as error:
            self._outcome.problems += error.problems
            return None
        if catalog is None:
            self.missing[locale.tag] = self.missing.get(locale.tag, 0) + 1
            return {}
        return translations(catalog)


def _build_page(
    run: Run, catalogs: _Catalogs, domain: str, page: Page, locale: Locale, outcome: Outcome
) -> None:
    known = catalogs.of(domain, locale)
    if known is None:
        return
    name = page.document.path.removeprefix(f"{run.project.settings.content}/")
    try:
        path = run.project.checked_output(name, locale)
        built = assemble(page.document, page.units, known)
        run.save(path.relative_to(run.project.root).as_posix(), built.to_bytes(), outcome)
    except ToolkitError as error:
        outcome.problems += error.problems


def statistics(
    run: Run, locales: Sequence[Locale], outcome: Outcome
) -> dict[str, dict[str, Count]]:
    """For each locale the count of each page."""
    counts: dict[str, dict[str, Count]] = {locale.tag: {} for locale in locales}
    catalogs: dict[tuple[str, str], Catalog | None] = {}
    for domain, names in run.domains(outcome).items():
        for page in run.pages(names, outcome):
            for locale in locales:
                key = (domain, locale.tag)
                if key not in catalogs:
                    catalogs[key] = _readable(run, domain, locale, outcome)
                catalog = catalogs[key]
                if catalog is not None and page.units:
                    count = count_units(page.units, catalog, run.dialect.wordless)
                    counts[locale.tag][page.document.path] = count
    return counts


def _readable(run: Run, domain: str, locale: Locale, outcome: Outcome) -> Catalog | None:
    try:
        return run.catalog(run.project.catalog_name(domain, locale)) or Catalog()
    except ToolkitError as error:
        outcome.problems += error.problems
        return None


def page_catalog(page: Page, old: Catalog, locale: Locale | None) -> Catalog:
    """The catalog of a page outside any project, with what `old` knows already."""
    fresh = template_of([page])
    check_belongs(old, fresh, page.document.path)
    template = template_header(fresh, old, page.document.path)
    return with_header(merge(template, old), template, locale)
