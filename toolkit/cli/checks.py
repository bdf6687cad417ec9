"""The commands that tell how good and how complete the translations are."""

from __future__ import annotations

import os
import sys
from collections import Counter
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from toolkit.cli.program import (
    FINDINGS,
    MISUSE,
    check_output,
    locales_option,
    main,
    progress,
    project_of,
    tell,
    write_file,
    write_output,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.checks import Check
    from toolkit.findings import Finding
    from toolkit.project import Project


_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")


@main.command(epilog="Example: yiben check --min-complete 100")
@locales_option
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@click.option("-o", "--output", metavar="FILE", default="-", help="Where the report goes.")
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
@click.option("--fix", is_flag=True, help="Mend what is safe to mend; style only when selected.")
@click.option("--list", "listing", is_flag=True, help="List the checks.")
@click.option("--explain", metavar="ID", help="Explain a check, with a bad and a good example.")
@click.pass_obj
def check(directory: Path, /, listing: bool, explain: str | None, **words: Any) -> None:  # noqa: ANN401, FBT001
    """Check pages, templates and catalogs; exit 1 on errors."""
    from toolkit.checks.families import CHECKS

    if listing or explain:
        click.echo(_explained(CHECKS, explain))
        return
    for name in (*words["select"], *words["ignore"]):
        _known_check(name, CHECKS)
    _checked(directory, _CheckOptions(**words))


class _CheckOptions(NamedTuple):
    """What the user asked of `yiben check`."""

    locales: tuple[str, ...]
    form: str
    output: str
    min_complete: float | None
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    baseline: str | None
    write_baseline: bool
    fix: bool


def _checked(directory: Path, options: _CheckOptions) -> None:
    """Run the checks, write the report and end with its exit status."""
    from toolkit.baseline import new_findings
    from toolkit.checking import check_project, plan_of
    from toolkit.project import BASELINE
    from toolkit.run import Run

    project = project_of(directory)
    check_output(directory, options.output)
    if options.write_baseline and options.baseline:
        check_output(directory, options.baseline, allowed={BASELINE})
    run = Run(project, dry=not options.fix)
    plan = plan_of(
        run,
        project.locales(options.locales),
        frozenset(options.select),
        frozenset(options.ignore),
        options.min_complete,
    )
    plan = replace(plan, fix=options.fix)
    outcome = check_project(run, plan, progress("check"))
    for name in outcome.changed:
        click.echo(f"mended {name}", err=True)
    findings = outcome.findings
    baseline = options.baseline or project.settings.baseline
    if options.write_baseline:
        _write_baseline(directory, project, baseline, findings, by_user=bool(options.baseline))
        sys.exit(MISUSE if outcome.problems else 0)
    known = _baseline(directory, project, baseline, by_user=bool(options.baseline))
    findings = new_findings(findings, known)
    _report(directory, options, findings)
    if options.form != "text" or options.output != "-":
        tell(outcome.problems)
    errors = any(finding.severity == "error" for finding in findings)
    sys.exit(MISUSE if outcome.problems else FINDINGS if errors else 0)


def _report(directory: Path, options: _CheckOptions, findings: Sequence[Finding]) -> None:
    from toolkit.reports.findings import REPORTS

    report = f"{REPORTS[options.form](findings)}\n".encode("utf-8", "backslashreplace")
    if options.output == "-":
        write_output(report)
    else:
        write_file(directory, options.output, report)
    summary = os.environ.get("GITHUB_STEP_SUMMARY", "") if options.form == "github" else ""
    if summary:
        from toolkit.reports.comments import step_summary

        with Path(summary).open("a", encoding="utf-8", errors="backslashreplace") as file:
            file.write(step_summary(findings) + "\n")


def _baseline_path(directory: Path, project: Project, name: str, *, by_user: bool) -> Path:
    return directory / name if by_user else project.root / name


def _baseline(directory: Path, project: Project, name: str, *, by_user: bool) -> Counter[str]:
    """The baseline; a project's own may still have to be written."""
    from toolkit.baseline import read_baseline
    from toolkit.files import read_bytes

    path = _baseline_path(directory, project, name, by_user=by_user)
    if not name or not (by_user or path.exists()):
        return Counter()
    return read_baseline(name, read_bytes(path, name))


def _write_baseline(
    directory: Path, project: Project, name: str, findings: Sequence[Finding], *, by_user: bool
) -> None:
    from toolkit.baseline import baseline_of
    from toolkit.files import write_bytes

    if not name:
        raise click.UsageError("no baseline; name one with --baseline FILE or in the settings")
    path = _baseline_path(directory, project, name, by_user=by_user)
    write_bytes(path, baseline_of(findings), name)
    click.echo(f"{name}: {len(findings)} findings", err=True)


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
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.pass_obj
def stats(directory: Path, locales: tuple[str, ...], form: str) -> None:
    """Show how complete the translations are, in units and in words."""
    from toolkit.completeness import statistics
    from toolkit.reports.statistics import REPORTS
    from toolkit.run import Outcome, Run

    run = Run(project_of(directory))
    outcome = Outcome()
    counts = statistics(run, run.project.locales(locales), outcome)
    click.echo(REPORTS[form](counts))
    tell(outcome.problems)
    sys.exit(MISUSE if outcome.problems else 0)
