"""The command that checks translations."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import (
    locales_option,
    main,
    progress,
    run_of,
    scope_of,
    since_option,
)
from toolkit.interfaces.cli.reporting import (
    Reporter,
    ReportOptions,
    apart,
    report_options,
    say_rest,
)
from toolkit.interfaces.cli.talk import say, say_file, tell
from toolkit.interfaces.cli.watching import watch_option
from toolkit.language.phrases import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.checks import Check
    from toolkit.checks.baseline import Entry
    from toolkit.commands.check import Checked, Plan
    from toolkit.commands.check.choosing import Choice
    from toolkit.commands.check.scope import Scope
    from toolkit.model.findings import Finding
    from toolkit.project.store import Run


@main.command(epilog="Example: yiben check --since origin/main --min-complete 100")
@click.argument("files", metavar="[PAGE|CATALOG]...", nargs=-1)
@locales_option
@since_option
@report_options
@click.option(
    "--min-complete",
    metavar="PCT",
    type=click.FloatRange(0, 100),
    help="Percentage of each page's words that must be translated.",
)
@click.option("--fix", is_flag=True, help="Fix what can be fixed safely; style only if selected.")
@click.option("--list", "listing", is_flag=True, help="List the checks.")
@click.option("--explain", metavar="ID", help="Explain a check, with a bad and a good example.")
@watch_option
@cache_option
@click.pass_obj
def check(directory: Path, /, listing: bool, explain: str | None, **words: Any) -> None:  # noqa: ANN401, FBT001
    """Check pages, templates and catalogs; exit 1 on errors.

    With PAGE or CATALOG, checks only these: a page together with all of its catalogs, a folder
    with everything in it. With --since, reports only what differs from the merge base of HEAD and
    REF, and counts the rest.
    """
    from toolkit.checks.families import CHECKS

    if listing or explain:
        click.echo(_explained(CHECKS, explain))
        return
    for name in (*words["select"], *words["ignore"]):
        known_check(name, CHECKS)
    report = ReportOptions.of(words)
    _Check(directory, _CheckOptions(**words), report).run()


class _CheckOptions(NamedTuple):
    """The options of `yiben check`."""

    files: tuple[str, ...]
    locales: tuple[str, ...]
    since: str
    min_complete: float | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    fix: bool


class _PartChecked(NamedTuple):
    """A part of a project, or a whole one, with what its checks found."""

    run: Run
    plan: Plan
    checked: Checked
    scope: Scope | None

    def could_occur(self, entry: Entry) -> bool:
        """Whether this run could have found an entry of the baseline."""
        looked_at = entry.path in self.checked.files or not self.run.exists(entry.path)
        return entry.check in self.plan.checks and looked_at


class _Check:
    """One run of `yiben check`."""

    def __init__(self, directory: Path, options: _CheckOptions, report: ReportOptions) -> None:
        self._directory = directory
        self._options = options
        self._form = report
        self._projects = projects_of(directory)
        self._reporter = Reporter(directory, self._projects[0], report)

    def run(self) -> None:
        """Run the checks, write the report and end with its exit status."""
        from toolkit.checks.families import SITE_CHECKS
        from toolkit.model.findings import ordered

        runs = [run_of(one, dry=not self._options.fix) for one in self._projects]
        choices = self._choices(runs)
        parts = [self._checked(run, one) for run, one in zip(runs, choices, strict=True)]
        found = ordered(finding for part in parts for finding in part.checked.findings)
        if self._form.write_baseline:
            self._reporter.write_baseline(found, SITE_CHECKS)
            sys.exit(MISUSE if any(part.checked.problems for part in parts) else 0)
        findings = self._reporter.fresh(
            found, lambda entry: any(part.could_occur(entry) for part in parts)
        )
        findings, rest = apart(findings, [part.scope for part in parts if part.scope])
        self._reporter.report(findings)
        say_rest(rest)
        if self._form.form != "text" or self._form.output != "-":
            tell(one for one in findings if one.check == "syntax")
        say_fixes(findings)
        sys.exit(_status(findings))

    def _checked(self, run: Run, choice: Choice | None) -> _PartChecked:
        from toolkit.commands.check import check_project

        scope = scope_of(run, self._options.since)
        plan = self._plan(run, choice)
        checked = check_project(run, plan, progress("check"))
        for name in checked.mended:
            say(f"fixed {name}")
        for name in sorted(checked.files):
            say_file(f"checked {name}")
        return _PartChecked(run, plan, checked, scope)

    def _choices(self, runs: Sequence[Run]) -> Sequence[Choice | None]:
        """Return the choice that the named files mean in each part of the project."""
        from toolkit.commands.check.choosing import choice_of

        files = self._options.files
        if not files:
            return [None for _ in runs]
        choices = [choice_of(run, (self._directory, Path()), files) for run in runs]
        for name in files:
            if all(name in choice.strangers for choice in choices):
                say(f"{name}: is not a page or catalog of this project; skipped")
        return choices

    def _plan(self, run: Run, choice: Choice | None) -> Plan:
        from toolkit.commands.check import CheckOptions, plan_of

        options = self._options
        return plan_of(
            run,
            run.project.locales(options.locales),
            CheckOptions(
                frozenset(options.select),
                frozenset(options.ignore),
                options.min_complete,
                options.fix,
                choice.chosen if choice else None,
            ),
        )


def _status(findings: Sequence[Finding]) -> int:
    if any(one.check == "syntax" for one in findings):
        return MISUSE
    return FINDINGS if any(one.severity == "error" for one in findings) else 0


def say_fixes(findings: Sequence[Finding]) -> None:
    """Suggest `--fix` where it helps."""
    from toolkit.model.findings import Fix

    safe = sum(one.fix is Fix.SAFE for one in findings)
    if safe:
        say(f"yiben check --fix can fix {safe} of these")
    style = Counter(one.check for one in findings if one.fix is Fix.STYLE)
    if style:
        words = " ".join(f"--select {name}" for name in sorted(style))
        say(f"yiben check --fix {words} can fix {style.total()} of these")


def _explained(known: Mapping[str, Check], name: str | None) -> str:
    """List the checks, one per line, or explain one."""
    if name is None:
        width = max(map(len, known))
        ordered = sorted(known.values(), key=lambda one: (one.severity, one.id))
        return "\n".join(f"{one.id:{width}} {one.severity:8} {one.title}" for one in ordered)
    found = known[known_check(name, known)]
    return f"{name} ({found.severity})\n\n{found.explanation}"


def known_check(name: str, known: Mapping[str, Check]) -> str:
    """Return the id of a check; raise a usage error if it does not exist."""
    if name not in known:
        hint = did_you_mean(name, known, "yiben check --list lists them all")
        raise click.UsageError(f'unknown check "{name}"; {hint}')
    return name
