"""The commands that tell how good and how complete the translations are."""

from __future__ import annotations

import os
import sys
from collections import Counter
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.interfaces.cli.program import (
    FINDINGS,
    MISUSE,
    check_output,
    locales_option,
    main,
    progress,
    project_of,
    since_option,
    write_file,
    write_text,
)
from toolkit.interfaces.cli.talk import is_quiet, paint, plain, say, say_file, tell
from toolkit.language.plurals import counted

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.checks import Check
    from toolkit.checks.baseline import Compared, Entry
    from toolkit.commands.check import Checked, Plan
    from toolkit.commands.check.scope import Scope
    from toolkit.model.findings import Finding


_FOR_REPOSITORIES = frozenset({"github", "gitlab", "sarif", "junit"})
"""Reports whose readers know paths from the top of the repository."""
_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")


@main.command(epilog="Example: yiben check --since origin/main --min-complete 100")
@click.argument("files", metavar="[PAGE|CATALOG]...", nargs=-1)
@locales_option
@since_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where the report goes.")
@click.option(
    "--paths",
    type=click.Choice(["project", "repository"]),
    help="What paths of the report start from; the repository in github, gitlab, sarif, junit.",
)
@click.option(
    "--min-complete",
    metavar="PCT",
    type=click.FloatRange(0, 100),
    help="Percent of each page's words that have to be translated.",
)
@click.option("--select", metavar="ID", multiple=True, help="Only this check; again for more.")
@click.option("--ignore", metavar="ID", multiple=True, help="Not this check; again for more.")
@click.option("--baseline", metavar="FILE", help="Leave out the findings that FILE holds.")
@click.option("--write-baseline", is_flag=True, help="Put all findings into the baseline.")
@click.option("--prune-baseline", is_flag=True, help="Take out what no longer occurs.")
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; style only when selected.")
@click.option("--list", "listing", is_flag=True, help="List the checks.")
@click.option("--explain", metavar="ID", help="Explain a check, with a bad and a good example.")
@click.pass_obj
def check(directory: Path, /, listing: bool, explain: str | None, **words: Any) -> None:  # noqa: ANN401, FBT001
    """Check pages, templates and catalogs; exit 1 on errors.

    With PAGE or CATALOG, only these: a page with all of its catalogs, a folder with what is in it.
    With --since, only what differs from the commit that HEAD and REF have in common; the rest is
    counted.
    """
    from toolkit.checks.families import CHECKS

    if listing or explain:
        click.echo(_explained(CHECKS, explain))
        return
    for name in (*words["select"], *words["ignore"]):
        _known_check(name, CHECKS)
    _Check(directory, _CheckOptions(**words)).run()


class _CheckOptions(NamedTuple):
    """What the user asked of `yiben check`."""

    files: tuple[str, ...]
    locales: tuple[str, ...]
    since: str
    form: str
    output: str
    paths: str | None
    min_complete: float | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: str | None
    write_baseline: bool
    prune_baseline: bool
    fix: bool


class _Check:
    """One run of `yiben check`."""

    def __init__(self, directory: Path, options: _CheckOptions) -> None:
        from toolkit.project.store import Run

        self._directory = directory
        self._options = options
        self._project = project_of(directory)
        self._run = Run(self._project, dry=not options.fix)

    def run(self) -> None:
        """Run the checks, write the report and end with its exit status."""
        from toolkit.commands.check import check_project
        from toolkit.commands.check.scope_reading import scope_since
        from toolkit.project.project import BASELINE

        options = self._options
        check_output(self._directory, options.output)
        if options.baseline and (options.write_baseline or options.prune_baseline):
            check_output(self._directory, options.baseline, allowed={BASELINE})
        scope = scope_since(self._run, options.since) if options.since else None
        plan = self._plan()
        checked = check_project(self._run, plan, progress("check"))
        for name in checked.mended:
            say(f"mended {name}")
        for name in sorted(checked.files):
            say_file(f"checked {name}")
        if options.write_baseline:
            self._write_baseline(checked.findings)
            sys.exit(MISUSE if checked.problems else 0)
        findings = self._fresh(checked, plan)
        if scope:
            findings, rest = _apart(findings, scope)
        self._report(findings)
        if scope:
            _say_rest(rest)
        if options.form != "text" or options.output != "-":
            tell(one for one in findings if one.check == "syntax")
        say_fixes(findings)
        sys.exit(_status(findings))

    def _plan(self) -> Plan:
        from toolkit.commands.check import CheckOptions, plan_of
        from toolkit.commands.check.choosing import choice_of

        options = self._options
        chosen = None
        if options.files:
            choice = choice_of(self._run, (self._directory, Path()), options.files)
            chosen = choice.chosen
            for name in choice.strangers:
                say(f"{name}: is no page or catalog of this project; passed over")
        return plan_of(
            self._run,
            self._project.locales(options.locales),
            CheckOptions(
                frozenset(options.select),
                frozenset(options.ignore),
                options.min_complete,
                options.fix,
                chosen,
            ),
        )

    def _report(self, findings: Sequence[Finding]) -> None:
        from toolkit.interfaces.reports.findings import REPORTS, as_text

        options = self._options
        findings = placed_for(findings, self._project.root, options.form, options.paths)
        if options.form == "text":
            to_terminal = options.output == "-"
            text = as_text(findings, paint if to_terminal else plain, brief=is_quiet())
        else:
            text = REPORTS[options.form](findings)
        if options.output != "-":
            write_file(
                self._directory, options.output, f"{text}\n".encode("utf-8", "backslashreplace")
            )
        elif text or options.form != "text":
            write_text(text)
        summary = os.environ.get("GITHUB_STEP_SUMMARY", "") if options.form == "github" else ""
        if summary:
            from toolkit.interfaces.reports.comments import step_summary

            with Path(summary).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(step_summary(findings) + "\n")

    def _baseline_file(self) -> tuple[str, Path]:
        """The baseline's name as the user or the settings have it, and its place."""
        options = self._options
        name = options.baseline or self._project.settings.baseline
        if not name and (options.write_baseline or options.prune_baseline):
            raise click.UsageError("no baseline; name one with --baseline FILE or in the settings")
        return name, (self._directory if options.baseline else self._project.root) / name

    def _fresh(self, checked: Checked, plan: Plan) -> tuple[Finding, ...]:
        """The findings that the baseline does not hold; a project's own may still be unwritten."""
        from toolkit.checks.baseline import compared, read_baseline
        from toolkit.project.files import read_bytes

        name, path = self._baseline_file()
        if not name or not (self._options.baseline or path.exists()):
            return checked.findings
        entries = read_baseline(name, read_bytes(path, name))

        def could_occur(entry: Entry) -> bool:
            looked_at = entry.path in checked.files or not self._run.exists(entry.path)
            return entry.check in plan.checks and looked_at

        result = compared(checked.findings, entries, could_occur)
        self._tell_baseline(name, path, result, entries)
        return result.fresh

    def _tell_baseline(
        self, name: str, path: Path, result: Compared, entries: Sequence[Entry]
    ) -> None:
        from toolkit.checks.baseline import without
        from toolkit.project.files import write_bytes

        say(f"{name}: {counted(result.hidden, 'finding')} hidden")
        if not result.gone:
            return
        if self._options.prune_baseline:
            write_bytes(path, without(entries, result.gone), name)
            say(f"{name}: {counted(len(result.gone), 'finding')} taken out")
            return
        for entry in result.gone[:_MOST_GONE]:
            say(f"{name}: no longer occurs: {entry}")
        more = len(result.gone) - _MOST_GONE
        if more > 0:
            say(f"{name}: and {more} more that no longer occur")
        say(f"{name}: yiben check --prune-baseline takes out what no longer occurs")

    def _write_baseline(self, findings: Sequence[Finding]) -> None:
        from toolkit.checks.baseline import NEVER_HIDDEN, baseline_of
        from toolkit.project.files import write_bytes

        name, path = self._baseline_file()
        write_bytes(path, baseline_of(findings), name)
        left = sum(one.check in NEVER_HIDDEN for one in findings)
        say(f"{name}: {counted(len(findings) - left, 'finding')}")
        if left:
            names = ", ".join(sorted(NEVER_HIDDEN))
            say(f"{name}: without {counted(left, 'finding')} of {names}, which no baseline hides")


_MOST_GONE = 10
"""Entries of a baseline that are named; more are counted."""


def _status(findings: Sequence[Finding]) -> int:
    if any(one.check == "syntax" for one in findings):
        return MISUSE
    return FINDINGS if any(one.severity == "error" for one in findings) else 0


def _apart(
    findings: Sequence[Finding], scope: Scope
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings about a change, and the rest."""
    inside = [scope.covers(one) for one in findings]
    pairs = list(zip(findings, inside, strict=True))
    return tuple(one for one, is_in in pairs if is_in), tuple(
        one for one, is_in in pairs if not is_in
    )


def _say_rest(rest: Sequence[Finding]) -> None:
    if rest:
        errors = sum(one.severity == "error" for one in rest)
        sums = f"{counted(errors, 'error')}, {counted(len(rest) - errors, 'warning')}"
        say(f"outside the change, not shown: {sums}")


def say_fixes(findings: Sequence[Finding]) -> None:
    """Name `--fix` where it helps."""
    from toolkit.model.findings import Fix

    safe = sum(one.fix is Fix.SAFE for one in findings)
    if safe:
        say(f"yiben check --fix mends {safe} of these")
    style = Counter(one.check for one in findings if one.fix is Fix.STYLE)
    if style:
        words = " ".join(f"--select {name}" for name in sorted(style))
        say(f"yiben check --fix {words} mends {style.total()} of these")


def placed_for(
    findings: Sequence[Finding], root: Path, form: str, paths: str | None
) -> tuple[Finding, ...]:
    """The findings with the paths that the readers of a report need."""
    from toolkit.project.git import top_of

    wanted = paths or ("repository" if form in _FOR_REPOSITORIES else "project")
    top = top_of(root) if wanted == "repository" else None
    prefix = root.resolve().relative_to(top).as_posix() if top else "."
    if prefix == ".":
        return tuple(findings)
    return tuple(one.below(prefix) for one in findings)


def _explained(known: Mapping[str, Check], name: str | None) -> str:
    """A line a check, or all that there is to say of one."""
    if name is None:
        width = max(map(len, known))
        ordered = sorted(known.values(), key=lambda one: (one.severity, one.id))
        return "\n".join(f"{one.id:{width}} {one.severity:8} {one.title}" for one in ordered)
    found = known[_known_check(name, known)]
    return f"{name} ({found.severity})\n\n{found.explanation}"


def _known_check(name: str, known: Mapping[str, Check]) -> str:
    if name not in known:
        close = get_close_matches(name, known, n=1)
        hint = f'did you mean "{close[0]}"?' if close else "yiben check --list names them"
        raise click.UsageError(f'unknown check "{name}"; {hint}')
    return name


@main.command(epilog="Example: yiben stats --format json")
@locales_option
@since_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.pass_obj
def stats(directory: Path, locales: tuple[str, ...], since: str, form: str) -> None:
    """Show how complete the translations are, in units and in words."""
    from toolkit.commands.check.scope_reading import scope_since
    from toolkit.commands.stats import statistics
    from toolkit.interfaces.reports.statistics import REPORTS
    from toolkit.project.outcome import Outcome
    from toolkit.project.store import Run

    run = Run(project_of(directory))
    outcome = Outcome()
    scope = scope_since(run, since) if since else None
    targets = run.project.locales(locales)
    counts = statistics(run, targets, outcome)
    total = len(set().union(*counts.values()))
    if scope:
        counts = {
            locale.tag: {
                page: count
                for page, count in counts[locale.tag].items()
                if scope.covers_page(page, locale)
            }
            for locale in targets
        }
    click.echo(REPORTS[form](counts))
    rest = total - len(set().union(*counts.values()))
    if rest:
        say(f"outside the change, not shown: {counted(rest, 'page')}")
    tell(outcome.problems)
    sys.exit(MISUSE if outcome.problems else 0)
