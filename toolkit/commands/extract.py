"""Pages to templates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.header import CREATED, same_texts, template_header
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import template_of
from toolkit.project.pool import over_domains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.catalog import Catalog
    from toolkit.project.outcome import Outcome
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run
    from toolkit.reading.page import Page


def extract(run: Run, progress: Progress) -> Outcome:
    """Bring the templates up to date.

    A domain with a page that cannot be read keeps its template as it is.
    """
    return over_domains(run, _extract_domain, progress)


def _extract_domain(run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    before = len(outcome.problems)
    pages = list(run.pages(names, outcome))
    if len(outcome.problems) == before:
        save_template(run, domain, fresh_template(run, domain, pages), outcome)


def fresh_template(run: Run, domain: str, pages: Sequence[Page]) -> Catalog:
    """The template of a domain as it has to be, with the date of the old one if that will do."""
    settings = run.project.settings
    name = run.project.template_name(domain)
    fresh = template_of(pages, settings.locations)
    title = settings.project or domain
    old = run.catalog(name)
    if old is None or not same_texts(fresh, old):
        return template_header(fresh, title, settings.source)
    created = dict(old.header).get(CREATED, "")
    return template_header(fresh, title, settings.source, created)


def save_template(
    run: Run, domain: str, template: Catalog, outcome: Outcome, *, normalize: bool = False
) -> None:
    """Write a template, unless it holds nothing and never did; all of it with `normalize`."""
    name = run.project.template_name(domain)
    if template.messages or run.exists(name):
        old = (None if normalize else run.catalog_file(name)) or CatalogFile(name)
        run.save(name, run.with_catalog(old, template).data, outcome)
