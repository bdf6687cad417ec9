"""The state of a project's translations as a whole: completeness, findings, last changes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.statistics import Count
from toolkit.checks.baseline import compared, read_baseline
from toolkit.commands import check, stats
from toolkit.commands.check import CheckOptions, plan_of
from toolkit.commands.completeness_history import Point, points_of
from toolkit.model.errors import ToolkitError
from toolkit.project.cache.work import over_together
from toolkit.project.git import Repository, top_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.model.findings import Finding
    from toolkit.project.git import Commit
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run


@dataclass(frozen=True, slots=True)
class Cell:
    """The state of a page in a locale."""

    count: Count
    errors: int = 0
    warnings: int = 0
    changed: int = 0
    """The time of its catalog's last commit, in seconds since 1970; 0 where there is none."""
    behind: bool = False
    """Whether the page was committed later than its catalog."""


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page in all locales."""

    path: str
    section: str
    """The first folder below the content folder; empty for a page that lies in it."""
    changed: int
    """The time of its last commit; 0 where there is none."""
    errors: int
    """Errors of the page itself and of its template."""
    warnings: int
    cells: Mapping[str, Cell]
    """The state in each locale, by its tag; locales without a translation are missing."""


@dataclass(frozen=True, slots=True)
class Status:
    """The state of a project's translations."""

    locales: tuple[Locale, ...]
    pages: tuple[PageRow, ...]
    history: tuple[Point, ...] = ()
    """The completeness of each locale over time; empty unless it was asked for."""
    problems: tuple[Problem, ...] = ()

    @classmethod
    def of(cls, parts: Sequence[Status]) -> Status:
        """Join the states of the parts of a project."""
        locales = dict.fromkeys(chain.from_iterable(one.locales for one in parts))
        return cls(
            tuple(locales),
            tuple(chain.from_iterable(one.pages for one in parts)),
            Point.joined([one.history for one in parts]),
            tuple(chain.from_iterable(one.problems for one in parts)),
        )


class _Counted(NamedTuple):
    errors: int
    warnings: int


def status_of(
    run: Run, locales: Sequence[Locale], progress: Progress, *, history: bool = False
) -> Status:
    """Count, check and date all pages of a project; outside of git, nothing has a date."""
    plan = plan_of(run, locales, CheckOptions())
    run.renew()
    domains, _ = run.domains()
    tasks = (stats.task_of(locales), check.task_of(run, plan, domains))
    counts, findings = over_together(run, tasks, progress, domains)
    found = stats.statistics(run, locales, progress, counts)
    checked = check.check_project(run, plan, progress, findings)
    log = list(_log(run))
    dates = _dates(log)
    wrong = _findings(run, locales, checked.findings)
    paths = dict.fromkeys(path for pages in found.counts.values() for path in pages)
    rows = tuple(_row(run, locales, path, found.counts, wrong, dates) for path in paths)
    points = points_of(run, locales, log, progress) if history else ()
    problems = tuple(dict.fromkeys((*found.problems, *checked.problems)))
    return Status(tuple(locales), rows, points, problems)


def _dates(log: Iterable[Commit]) -> Mapping[str, int]:
    """Return the time of each file's last commit."""
    dates: dict[str, int] = {}
    for commit in log:
        for name in commit.files:
            dates.setdefault(name, commit.time)
    return dates


def _findings(
    run: Run, locales: Sequence[Locale], found: Sequence[Finding]
) -> Mapping[tuple[str, str], _Counted]:
    """Count errors and warnings by page and locale, but for those of the baseline."""
    errors: Counter[tuple[str, str]] = Counter()
    warnings: Counter[tuple[str, str]] = Counter()
    folders = {locale.folder: locale.tag for locale in locales}
    start = f"{run.project.settings.catalogs}/"
    for one in _fresh(run, found):
        tag = folders.get(one.path.removeprefix(start).partition("/")[0], "")
        (errors if one.severity == "error" else warnings)[one.page, tag] += 1
    keys = errors.keys() | warnings.keys()
    return {key: _Counted(errors[key], warnings[key]) for key in keys}


def _fresh(run: Run, findings: Sequence[Finding]) -> Sequence[Finding]:
    name = run.project.settings.baseline
    data = run.data(name) if name else None
    if data is None:
        return findings
    return compared(findings, read_baseline(name, data), lambda _: False).fresh


def _log(run: Run) -> Iterator[Commit]:
    """The commits that changed pages or catalogs; none outside of git, or without git."""
    if top_of(run.project.root) is None:
        return
    settings = run.project.settings
    try:
        yield from Repository(run.project.root).log(settings.content, settings.catalogs)
    except ToolkitError:
        return


def _row(
    run: Run,
    locales: Iterable[Locale],
    path: str,
    counts: Mapping[str, Mapping[str, Count]],
    checked: Mapping[tuple[str, str], _Counted],
    dates: Mapping[str, int],
) -> PageRow:
    project = run.project
    name = project.name_below_content(path)
    written = dates.get(path, 0)
    cells = {}
    for locale in locales:
        count = counts[locale.tag].get(path)
        if count is None:
            continue
        changed = dates.get(project.catalog_name(project.domain(name), locale), 0)
        found = checked.get((path, locale.tag), _Counted(0, 0))
        is_behind = bool(count.translated.units and changed) and changed < written
        cells[locale.tag] = Cell(count, found.errors, found.warnings, changed, is_behind)
    parts = PurePosixPath(name).parts
    own = checked.get((path, ""), _Counted(0, 0))
    return PageRow(path, parts[0] if len(parts) > 1 else "", written, *own, cells)


def total_of(cells: Iterable[Cell]) -> Cell:
    """Sum cells up; the last change is the latest of theirs."""
    listed = list(cells)
    return Cell(
        sum((one.count for one in listed), Count()),
        sum(one.errors for one in listed),
        sum(one.warnings for one in listed),
        max((one.changed for one in listed), default=0),
        any(one.behind for one in listed),
    )
