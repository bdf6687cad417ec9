"""`yiben check`: every check over the pages and catalogs of a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.checks.across import drifting
from toolkit.checks.families import CHECKS
from toolkit.commands.check.domains import DomainChecked, check_domain
from toolkit.commands.check.places import finding_about
from toolkit.commands.check.plan import CheckOptions, Plan, plan_of
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, ToolkitError
from toolkit.model.findings import Finding
from toolkit.project.pool import over

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run

__all__ = ["CheckOptions", "Checked", "Plan", "check_project", "plan_of"]


@dataclass(frozen=True, slots=True)
class Checked:
    """The findings in a project."""

    findings: tuple[Finding, ...]
    """The findings in the order of their places, problems included."""
    problems: tuple[Problem, ...]
    """Problems with unreadable files."""
    mended: tuple[str, ...]
    """Catalogs that were mended on disk."""
    files: frozenset[str]
    """Pages, templates and catalogs that were looked at."""


def check_project(run: Run, plan: Plan, progress: Progress) -> Checked:
    """Run the checks of a plan over a project."""
    domains, problems = run.domains()
    total = DomainChecked(problems=tuple(problems) if plan.chosen is None else ())
    for checked in over(run, partial(check_domain, plan), progress, domains):
        total += checked
    found = [*total.findings, *_drifting(run, plan, domains, total)]
    found += [_syntax(problem) for problem in total.problems]
    if plan.chosen is None:
        found += _no_targets(run, plan, domains)
    return Checked(
        tuple(sorted(_reported(run, plan, found))),
        total.problems,
        total.mended,
        _files(run, plan, domains, total),
    )


def _reported(run: Run, plan: Plan, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that the plan asks for, each once, as severe as the project has them."""
    for finding in dict.fromkeys(findings):
        page = run.project.name_below_content(finding.page) if finding.page else ""
        severity = plan.severity(finding.check, page)
        if severity and finding.check in plan.checks:
            yield replace(finding, severity=severity)


def _drifting(
    run: Run, plan: Plan, domains: Sequence[Domain], total: DomainChecked
) -> Iterator[Finding]:
    """Find differences between catalogs, one of which is checked."""
    covered = {
        run.project.catalog_name(domain, locale)
        for domain, _ in domains
        for locale in plan.locales
        if plan.covers(domain, locale)
    }
    for finding in drifting(total.translations):
        if covered.intersection((finding.path, *finding.others)):
            yield finding


def _syntax(problem: Problem) -> Finding:
    severity = CHECKS["syntax"].severity
    path, line, column = problem.path, problem.line, problem.column or 1
    return Finding(path, line, "syntax", severity, problem.text, column)


def _files(run: Run, plan: Plan, domains: Sequence[Domain], total: DomainChecked) -> frozenset[str]:
    pages = (run.project.page_name(n) for domain, ns in domains if plan.covers(domain) for n in ns)
    return frozenset((*total.files, *pages))


def _no_targets(run: Run, plan: Plan, domains: Sequence[Domain]) -> Iterator[Finding]:
    """A finding for each locale with catalogs of the project's pages that is no target."""
    settings = run.project.settings
    if set(plan.locales) < set(settings.targets) or "no-target" not in plan.checks:
        return
    known = {"templates", settings.source.folder, *(one.folder for one in settings.targets)}
    for folder in run.project.catalog_folders():
        names = [f"{folder}/LC_MESSAGES/{domain}.po" for domain, _ in domains]
        paths = [path for name in names if run.exists(path := f"{settings.catalogs}/{name}")]
        if paths and folder not in known:
            yield _no_target(run, folder, paths)


def _no_target(run: Run, folder: str, paths: list[str]) -> Finding:
    translated = 0
    for path in paths:
        try:
            catalog = run.catalog(path)
        except ToolkitError:
            continue
        translated += sum(message.translated for message in catalog.messages) if catalog else 0
    text = (
        f"{folder} has {counted(translated, 'message')} translated but is not a target; "
        "add it to targets, or delete its catalogs"
    )
    return replace(finding_about(paths[0], "no-target", text), others=tuple(paths[1:]))
