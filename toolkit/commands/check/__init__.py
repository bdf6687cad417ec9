"""`yiben check`: every check over the pages and catalogs of a project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache, partial
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.checks.families import CHECKS
from toolkit.commands.check.across import Pack, differences, kept_apart
from toolkit.commands.check.dead_targets import DEAD, source_site
from toolkit.commands.check.domains import DomainChecked, check_domain
from toolkit.commands.check.packing import pack_findings, unpack_findings
from toolkit.commands.check.places import finding_about
from toolkit.commands.check.plan import CheckOptions, Plan, plan_of
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, ToolkitError
from toolkit.model.findings import Finding, by_path, ordered
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, over_known, over_noted

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


def check_project(
    run: Run,
    plan: Plan,
    progress: Progress,
    done: Sequence[DomainChecked] | None = None,
) -> Checked:
    """Run the checks of a plan over a project; `done` has the known results."""
    if done is None:
        run.renew()
    domains, problems = run.domains()
    first = DomainChecked(problems=tuple(problems) if plan.chosen is None else ())
    parts = _checked(run, plan, progress, domains) if done is None else done
    total = DomainChecked.of(chain((first,), parts))
    packed = chain.from_iterable(map(unpack_findings, total.packed))
    found = [*total.findings, *packed, *_drifting(run, plan, progress, domains, total)]
    found += [_syntax(problem) for problem in total.problems]
    if plan.chosen is None:
        found += _no_targets(run, plan, domains)
    return Checked(
        tuple(ordered(_reported(run, plan, found))),
        total.problems,
        total.mended,
        _files(run, plan, domains, total),
    )


_VALUES = Values(DomainChecked, Pack, Problem)


def _checked(
    run: Run, plan: Plan, progress: Progress, domains: Sequence[Domain]
) -> Iterator[DomainChecked]:
    task = task_of(run, plan, domains)
    if plan.fix:
        # Whoever mends things finds out everything anew.
        return over_known(run, run, task._replace(settled=_unknown), progress, domains, {})
    return over_known(run, run, task, progress, domains)


def _unknown(_: DomainChecked) -> None:
    """Nobody knows what a run that mends something finds the next time."""


def task_of(run: Run, plan: Plan, domains: Sequence[Domain]) -> Task[Run, Domain, DomainChecked]:
    """Return the work on a domain, with how its results are kept."""
    name = partial(_name, plan, _before(run, plan, domains))
    return Task(partial(_check_domain, plan), name, _VALUES)


def _check_domain(plan: Plan, run: Run, domain: Domain) -> DomainChecked:
    """Check a domain, and leave its translations in the cache until they are asked for."""
    checked = check_domain(plan, run, domain)
    checked = replace(checked, findings=(), packed=(pack_findings(checked.findings),))
    if run.cache is None or run.cache.trouble:
        return checked
    return replace(checked, translations=kept_apart(run.cache, checked.translations))


def _before(run: Run, plan: Plan, domains: Sequence[Domain]) -> str:
    """Name what all domains rest on: the plan, and what is known of the site."""
    is_flat = run.project.settings.holds_strings
    pages = [name for _, names in domains for name in names if not is_flat(name)]
    known = "" if plan.checks.isdisjoint(DEAD) else source_site(run, pages).key
    rules = plan.emphasis
    emphasis = (rules.punctuation, sorted(rules.whole_words)) if rules else ()
    tags = [one.tag for one in plan.locales]
    parts = (tags, sorted(plan.checks), plan.min_complete, plan.glossary, emphasis)
    return joined(known, *map(repr, parts))


def _name(plan: Plan, before: str, domain: Domain) -> str:
    name, pages = domain
    tags = frozenset().union(*(plan.chosen or {}).values())
    covered = [one.tag for one in plan.locales if plan.covers(name, one)]
    scope = f"{plan.chosen is None} {plan.covers(name)} {covered} {sorted(tags)}"
    return joined("check", before, scope, name, *pages)


def _reported(run: Run, plan: Plan, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings that the plan asks for, each once, as severe as the project has them."""
    below = cache(run.project.name_below_content)
    severity_of = cache(plan.severity)
    groups = by_path(findings).values()
    for finding in chain.from_iterable(map(dict.fromkeys, groups)):
        page = below(finding.page) if finding.page else ""
        severity = severity_of(finding.check, page)
        if severity and finding.check in plan.checks:
            same = severity is finding.severity
            yield finding if same else replace(finding, severity=severity)


def _drifting(
    run: Run, plan: Plan, progress: Progress, domains: Sequence[Domain], total: DomainChecked
) -> Iterator[Finding]:
    """Find differences between catalogs, one of which is checked."""
    covered = {
        run.project.catalog_name(domain, locale)
        for domain, _ in domains
        for locale in plan.locales
        if plan.covers(domain, locale)
    }
    again = partial(_packs_again, run, plan, progress, domains)
    for finding in differences(run, total.translations, again):
        if covered.intersection((finding.path, *finding.others)):
            yield finding


def _packs_again(
    run: Run, plan: Plan, progress: Progress, domains: Sequence[Domain], paths: Sequence[str]
) -> Sequence[Pack]:
    """Make the packs of some catalogs once more."""
    wanted = frozenset(paths)
    some = [one for one in domains if not wanted.isdisjoint(_catalogs(run, plan, one))]
    parts = over_noted(run, partial(check_domain, replace(plan, fix=False)), progress, some)
    return DomainChecked.of(parts).translations


def _catalogs(run: Run, plan: Plan, domain: Domain) -> Iterator[str]:
    return (run.project.catalog_name(domain[0], locale) for locale in plan.locales)


def _syntax(problem: Problem) -> Finding:
    severity = CHECKS["syntax"].severity
    path, line, column = problem.path, problem.line, problem.column or 1
    return Finding(path, line, "syntax", severity, problem.text, column)


def _files(run: Run, plan: Plan, domains: Sequence[Domain], total: DomainChecked) -> frozenset[str]:
    pages = (run.project.place_of(n) for domain, ns in domains if plan.covers(domain) for n in ns)
    return frozenset((*total.files, *pages))


def _no_targets(run: Run, plan: Plan, domains: Sequence[Domain]) -> Iterator[Finding]:
    """A finding for each locale with catalogs of the project's pages that is no target."""
    settings = run.project.settings
    if set(plan.locales) < set(settings.targets) or "no-target" not in plan.checks:
        return
    known = {"templates", settings.source.folder, *(one.folder for one in settings.targets)}
    for folder in set(run.project.catalog_folders()) - known:
        names = [f"{folder}/LC_MESSAGES/{domain}.po" for domain, _ in domains]
        paths = [path for name in names if run.exists(path := f"{settings.catalogs}/{name}")]
        if paths:
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
    found = finding_about(paths[0], "no-target", text, facts=(folder,))
    return replace(found, others=tuple(paths[1:]))
