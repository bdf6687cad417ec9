"""Measure the completeness of a project's translations, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import Amount, Count, count_among, live_messages
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ToolkitError
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, over_known
from toolkit.project.store import shares_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run


@dataclass(frozen=True, slots=True)
class Statistics:
    """The completeness of a project's translations."""

    counts: Mapping[str, Mapping[str, Count]]
    """The count of each page, by the tag of each locale."""
    problems: tuple[Problem, ...] = ()


_VALUES = Values(Statistics, Count, Amount, Problem)


def statistics(
    run: Run,
    locales: Sequence[Locale],
    progress: Progress,
    done: Sequence[Statistics] | None = None,
) -> Statistics:
    """Count what is translated into some locales, page by page.

    `done` are the counts of each domain, where these are known already.
    """
    domains, problems = run.domains()
    parts = done
    if parts is None:
        shares = [(name, list(some)) for name, names in domains for some in shares_of(names)]
        effort = sum(len(names) for _, names in domains) if len(shares) > len(domains) else 0
        task = task_of(locales)._replace(effort=effort)
        parts = list(over_known(run, run, task, progress, shares))
    counts = {
        locale.tag: {page: count for one in parts for page, count in one.counts[locale.tag].items()}
        for locale in locales
    }
    # A catalog that cannot be read is a problem of each share.
    found = dict.fromkeys(problem for one in parts for problem in one.problems)
    return Statistics(counts, (*problems, *found))


def task_of(locales: Sequence[Locale]) -> Task[Run, Domain, Statistics]:
    """Return the work on a domain."""
    return Task(partial(_count_domain, locales), partial(_name, locales), _VALUES)


def _name(locales: Sequence[Locale], domain: Domain) -> str:
    return joined("stats", *(one.tag for one in locales), "", domain[0], *domain[1])


def _count_domain(locales: Sequence[Locale], run: Run, domain: Domain) -> Statistics:
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
        messages = live_messages(catalog)
        for page in run.pages_in(pages, locale):
            if page.units:
                count = count_among(page.units, messages, page.dialect.wordless)
                counts[locale.tag][page.document.path] = count
    return Statistics(counts, tuple(problems))
