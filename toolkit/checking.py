"""`yiben check`: every check over the pages and catalogs of a project."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.checks import Said
from toolkit.checks.across import drifting, told
from toolkit.checks.families import CHECKS
from toolkit.checks.ignoring import ignored_checks
from toolkit.checks.subject import Subject
from toolkit.errors import Problem, ToolkitError
from toolkit.findings import Finding, Severity
from toolkit.fixes import fixed
from toolkit.glossary import Glossary
from toolkit.merge import merge
from toolkit.po import place_of
from toolkit.run import Outcome, over_domains
from toolkit.site_yaml import localized_settings
from toolkit.statistics import count_units
from toolkit.template import definitions_of
from toolkit.workflow import fresh_template, guard_of, refusal_text, translations

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.catalog import Catalog, Message
    from toolkit.locale import Locale
    from toolkit.po import CatalogFile
    from toolkit.run import Progress, Run
    from toolkit.statistics import Count
    from toolkit.template import Page


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run of the checks is to do."""

    locales: tuple[Locale, ...]
    checks: frozenset[str]
    """The ids of the checks that run."""
    named: frozenset[str] = frozenset()
    """Those that the user chose by name."""
    severities: Mapping[str, Severity] = field(default_factory=dict)
    """Severities by check where the project has others than ours."""
    min_complete: Mapping[str, float] = field(default_factory=dict)
    """Percent of each page's words that have to be translated, by locale tag."""
    glossary: Glossary = field(default_factory=Glossary)
    """The terms of all locales."""
    fix: bool = False
    """Whether catalogs are mended where that is safe, before they are checked."""

    def severity(self, check: str) -> Severity:
        """How bad a finding of a check is in this project."""
        return self.severities.get(check, CHECKS[check].severity)


def plan_of(
    run: Run,
    locales: Sequence[Locale],
    select: frozenset[str],
    ignore: frozenset[str],
    min_complete: float | None,
) -> Plan:
    """The plan that a project's settings and the user's options make; options go first.

    Raises `SettingsError` when the glossary cannot be used.
    """
    settings = run.project.settings
    off = {name for name, word in settings.severity.items() if word == "off"}
    known = frozenset(CHECKS) if select else frozenset(CHECKS) - off
    wanted = settings.min_complete if min_complete is None else min_complete
    if not isinstance(wanted, Mapping):
        wanted = {locale.tag: wanted for locale in locales}
    return Plan(
        locales=tuple(locales),
        checks=(select or known) - ignore,
        named=select,
        severities={
            name: Severity(word) for name, word in settings.severity.items() if word != "off"
        },
        min_complete=wanted,
        glossary=run.glossary(),
    )


def check_project(run: Run, plan: Plan, progress: Progress) -> Outcome:
    """The findings over a project, in the order of their places; problems are among them."""
    outcome = over_domains(run, partial(_check_domain, plan), progress)
    outcome.findings += drifting(outcome.translations)
    outcome.findings += [_syntax(problem) for problem in outcome.problems]
    chosen = (finding for finding in outcome.findings if finding.check in plan.checks)
    outcome.findings = sorted(
        replace(finding, severity=plan.severity(finding.check)) for finding in set(chosen)
    )
    return outcome


def _syntax(problem: Problem) -> Finding:
    column = problem.column or 1
    check = CHECKS["syntax"]
    return Finding(problem.path, problem.line, check.id, check.severity, problem.text, column)


def _check_domain(plan: Plan, run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    pages = list(run.pages(names, outcome))
    if len(pages) < len(names):
        return
    template = _template(run, domain, pages, outcome)
    for locale in plan.locales:
        try:
            _check_catalog(plan, run, domain, template, locale, pages, outcome)
            outcome.total += 1
        except ToolkitError as error:
            outcome.problems += error.problems


def _template(run: Run, domain: str, pages: Sequence[Page], outcome: Outcome) -> Catalog:
    """The template as it should be; one that differs on disk is a finding."""
    name = run.project.template_name(domain)
    template = fresh_template(run, domain, pages)
    old = run.catalog_file(name)
    if old:
        outcome.findings += _stale(old, run.with_catalog(old, template))
    elif template.messages:
        outcome.findings.append(_finding(name, "stale", _MISSING))
    return template


_MISSING = "is missing; run yiben update"


def _stale(old: CatalogFile, new: CatalogFile) -> Iterator[Finding]:
    """A finding when messages of a file are not as the pages want them, however it is written."""
    count = old.changes(new)
    if count:
        many = "1 message is" if count == 1 else f"{count} messages are"
        yield _finding(old.path, "stale", f"{many} behind the pages; run yiben update")


def _finding(path: str, check: str, text: str, line: int = 0) -> Finding:
    return Finding(path, line, check, CHECKS[check].severity, text)


def _check_catalog(  # noqa: PLR0913, PLR0917 - a domain's parts
    plan: Plan,
    run: Run,
    domain: str,
    template: Catalog,
    locale: Locale,
    pages: Sequence[Page],
    outcome: Outcome,
) -> None:
    name = run.project.catalog_name(domain, locale)
    file = run.catalog_file(name)
    if file is None:
        if template.messages:
            outcome.findings.append(_finding(name, "stale", _MISSING))
        return
    settings = run.project.settings
    subject = Subject(
        file.catalog,
        locale,
        settings.source,
        pages[0].dialect if pages else run.dialect,
        settings.targets,
        settings.allow,
        definitions_of(pages),
        plan.glossary.of(locale),
    )
    if plan.fix:
        file = _mended(plan, run, file, subject, outcome)
        subject = replace(subject, catalog=file.catalog)
    catalog = subject.catalog
    outcome.findings += _stale(file, run.with_catalog(file, merge(template, catalog).catalog))
    placed = _Placed(name, file.data)
    outcome.findings += placed.findings(_said(plan, subject))
    outcome.findings += placed.findings(_refused(run, catalog, pages))
    outcome.findings += _completeness(plan, name, subject, pages)
    outcome.translations += told(locale.tag, name, catalog.messages)


def _mended(
    plan: Plan, run: Run, file: CatalogFile, subject: Subject, outcome: Outcome
) -> CatalogFile:
    """The catalog mended, on disk as well."""
    better = run.with_catalog(file, fixed(subject, plan.checks, plan.named))
    if better.data != file.data:
        run.save_catalog(file.path, file.data, better, outcome)
    return better


def _said(plan: Plan, subject: Subject) -> Iterator[tuple[str, Said]]:
    for check in CHECKS.values():
        if check.id in plan.checks:
            for said in check.said(subject):
                yield check.id, said


def _refused(run: Run, catalog: Catalog, pages: Sequence[Page]) -> Iterator[tuple[str, Said]]:
    settings = run.project.settings
    messages = {message.key: message for message in catalog.messages}
    known = translations(catalog)
    for page in pages:
        if page.document.path == settings.site:
            _, left = localized_settings(page.document, page.units, known)
            for unit in left:
                text = "translation refused, source text used: the settings would not stay the same"
                yield "refused", Said(text, message=messages.get((unit.context, unit.text)))
            continue
        for refusal in guard_of(page, settings).built(page.document, page.reading, known).refusals:
            message = messages.get((refusal.unit.context, refusal.unit.text))
            yield "refused", Said(refusal_text(refusal), refusal.piece, message=message)


class _Placed:
    """Gives what checks say its place in the catalog."""

    def __init__(self, name: str, data: bytes) -> None:
        self._name = name
        self._data = data
        self._lines: list[str] = []

    def findings(self, said: Iterator[tuple[str, Said]]) -> Iterator[Finding]:
        """A finding for each, but for what a comment at its message ignores."""
        for check, one in said:
            if one.message is None:
                yield _finding(self._name, check, one.text, 1)
            elif check not in ignored_checks(one.message):
                yield self._placed(check, one, one.message)

    def _placed(self, check: str, said: Said, message: Message) -> Finding:
        if not self._lines:
            self._lines = self._data.decode("utf-8", "replace").replace("\r", "").split("\n")
        keyword = "msgid" if said.lost else "msgstr"
        line, excerpt = place_of(self._lines, message.line, said.piece, keyword)
        return Finding(
            self._name,
            line,
            check,
            CHECKS[check].severity,
            said.text,
            excerpt.start + 1,
            f"{message.context}\4{message.id}" if message.context else message.id,
            excerpt,
            (message.references or ("",))[0],
        )


def _completeness(
    plan: Plan, name: str, subject: Subject, pages: Sequence[Page]
) -> Iterator[Finding]:
    wanted = plan.min_complete.get(subject.locale.tag, 0)
    for page in pages if wanted else ():
        count = count_units(page.units, subject.catalog, page.dialect.wordless)
        if count.complete < wanted:
            yield _finding(name, "incomplete", _how_far(page, count, wanted))


def _how_far(page: Page, count: Count, wanted: float) -> str:
    left = count.untranslated.units
    return (
        f"{page.document.path} is translated to {int(count.complete)} % instead of {wanted:g} %: "
        f"{left} untranslated, {count.fuzzy.units} fuzzy"
    )
