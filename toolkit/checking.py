"""`yiben check`: every check over the pages and catalogs of a project; nothing is written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from toolkit import checks
from toolkit.checks import CHECKS, Subject, catalogs, messages
from toolkit.errors import ToolkitError
from toolkit.findings import Finding
from toolkit.guard import Guard
from toolkit.header import creation_date, template_header, with_header
from toolkit.merge import merge
from toolkit.run import Outcome, over_domains
from toolkit.statistics import Count, count_units
from toolkit.template import template_of
from toolkit.workflow import refused, translations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.catalog import Catalog
    from toolkit.locale import Locale
    from toolkit.run import Progress, Run
    from toolkit.template import Page

FAMILIES = (checks, catalogs, messages)
"""The modules whose checks are registered by importing them."""


def check_project(
    run: Run, locales: Sequence[Locale], min_complete: float, progress: Progress
) -> Outcome:
    """The findings over a project; `min_complete` is in percent of each page's words."""
    task = partial(_check_domain, tuple(locales), min_complete)
    outcome = over_domains(run, task, progress)
    outcome.findings.sort()
    return outcome


def _check_domain(
    locales: Sequence[Locale],
    min_complete: float,
    run: Run,
    domain: str,
    names: list[str],
    outcome: Outcome,
) -> None:
    pages = list(run.pages(names, outcome))
    if len(pages) < len(names):
        return
    template = _template(run, domain, pages, outcome)
    for locale in locales:
        try:
            outcome.findings += _catalog_findings(
                run, domain, template, locale, pages, min_complete
            )
            outcome.total += 1
        except ToolkitError as error:
            outcome.problems += error.problems


def _template(run: Run, domain: str, pages: Sequence[Page], outcome: Outcome) -> Catalog:
    """The template as it should be; one that differs on disk is a finding."""
    settings = run.project.settings
    name = run.project.template_name(domain)
    old = run.data(name)
    fresh = template_of(pages, settings.locations)
    title = settings.project or domain
    template = template_header(fresh, title, settings.source, creation_date(old) if old else "")
    if fresh.messages and run.written(template) != old:
        outcome.findings.append(_stale(name))
    return template


def _stale(name: str) -> Finding:
    return Finding(
        name, 0, "stale", CHECKS["stale"].severity, "is behind the pages; run yiben update"
    )


def _catalog_findings(
    run: Run,
    domain: str,
    template: Catalog,
    locale: Locale,
    pages: Sequence[Page],
    min_complete: float,
) -> list[Finding]:
    name = run.project.catalog_name(domain, locale)
    catalog = run.catalog(name)
    if catalog is None:
        return [_stale(name)] if template.messages else []
    findings = [*_message_findings(Subject(name, catalog, locale))]
    if run.written(with_header(merge(template, catalog), template, locale)) != run.data(name):
        findings.append(_stale(name))
    findings += _page_findings(run, name, catalog, pages)
    findings += _completeness(run, name, catalog, pages, min_complete)
    return findings


def _message_findings(subject: Subject) -> Iterator[Finding]:
    for known in CHECKS.values():
        yield from known.findings(subject)


def _page_findings(
    run: Run, name: str, catalog: Catalog, pages: Sequence[Page]
) -> Iterator[Finding]:
    settings = run.project.settings
    guard = Guard(run.dialect, settings.front_matter, settings.allow)
    for page in pages:
        built = guard.built(page.document, page.reading, translations(catalog))
        yield from refused(built, catalog, name)


def _completeness(
    run: Run, name: str, catalog: Catalog, pages: Sequence[Page], min_complete: float
) -> Iterator[Finding]:
    for page in pages:
        count = count_units(page.units, catalog, run.dialect.wordless)
        if count.complete < min_complete:
            yield Finding(
                name, 0, "incomplete", CHECKS["incomplete"].severity, _how_far(page, count)
            )


def _how_far(page: Page, count: Count) -> str:
    left = count.untranslated.units
    return (
        f"{page.document.path} is translated to {int(count.complete)} %: "
        f"{left} untranslated, {count.fuzzy.units} fuzzy"
    )
