"""Measure the completeness of a project's translations, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import Count, count_units
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.store import Domain, Run


@dataclass(frozen=True, slots=True)
class Statistics:
    """The completeness of a project's translations."""

    counts: Mapping[str, Mapping[str, Count]]
    """The count of each page, by the tag of each locale."""
    problems: tuple[Problem, ...] = ()


def statistics(run: Run, locales: Sequence[Locale]) -> Statistics:
    """Count what is translated into some locales, page by page."""
    domains, problems = run.domains()
    parts = [_count_domain(run, locales, domain) for domain in domains]
    counts = {
        locale.tag: {page: count for one in parts for page, count in one.counts[locale.tag].items()}
        for locale in locales
    }
    return Statistics(counts, (*problems, *(found for one in parts for found in one.problems)))


def _count_domain(run: Run, locales: Sequence[Locale], domain: Domain) -> Statistics:
    name, names = domain
    pages, unreadable = run.pages(names)
    problems = list(unreadable)
    counts: dict[str, dict[str, Count]] = {locale.tag: {} for locale in locales}
    for locale in locales if pages else ():
        try:
            catalog = run.catalog(run.project.catalog_name(name, locale)) or Catalog()
        except ToolkitError as error:
            problems += error.problems
            continue
        for page in pages:
            if page.units:
                count = count_units(page.units, catalog, page.dialect.wordless)
                counts[locale.tag][page.document.path] = count
    return Statistics(counts, tuple(problems))
