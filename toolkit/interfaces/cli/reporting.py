"""Report findings in all formats, compared with a baseline."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from click.core import ParameterSource

from toolkit.interfaces.cli.endings import ending_of
from toolkit.interfaces.cli.streams import (
    check_output,
    has_colours,
    write_file,
    write_parts,
    write_text,
)
from toolkit.interfaces.cli.talk import is_quiet, paint, plain, say
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.checks.baseline import Compared, Entry
    from toolkit.commands.check.scope import Scope
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project

_FOR_REPOSITORIES = frozenset({"github", "gitlab", "sarif", "junit"})
"""Reports whose readers know paths from the top of the repository."""
_FORMATS = ("text", "json", "github", "gitlab", "sarif", "junit", "markdown")
_OF_OTHERS = frozenset({".json", ".sarif", ".xml", ".md", ".markdown"})
"""Endings of files in the formats but text."""
_MOST_GONE = 10
"""Entries of a baseline that are named; more are counted."""
_OPTIONS = (
    click.option(
        "--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True
    ),
    click.option("-o", "--output", metavar="FILE", default="-", help="Write the report to FILE."),
    click.option(
        "--paths",
        type=click.Choice(["project", "repository"]),
        help="What paths in the report are relative to; the repository for github, gitlab, "
        "sarif and junit.",
    ),
    click.option("--select", metavar="ID", multiple=True, help="Only this check; repeatable."),
    click.option("--ignore", metavar="ID", multiple=True, help="Skip this check; repeatable."),
    click.option("--baseline", metavar="FILE", help="Hide the findings that are listed in FILE."),
    click.option("--write-baseline", is_flag=True, help="Write all findings to the baseline."),
    click.option(
        "--prune-baseline", is_flag=True, help="Remove what no longer occurs from the baseline."
    ),
)


def report_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that reports findings."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


class ReportOptions(NamedTuple):
    """The choice of findings and the place where they are reported."""

    form: str
    output: str
    paths: str | None
    baseline: str | None
    write_baseline: bool
    prune_baseline: bool

    @classmethod
    def of(cls, words: dict[str, Any]) -> ReportOptions:
        """Take the options of a report out of all that the user gave."""
        return cls(*(words.pop(name) for name in cls._fields))


class Reporter:
    """Reports the findings of one run."""

    def __init__(self, directory: Path, project: Project, options: ReportOptions) -> None:
        from toolkit.project.project import BASELINE

        self._directory = directory
        self._project = project
        self._options = options
        check_output(directory, options.output)
        _check_form(options.output)
        if options.baseline and (options.write_baseline or options.prune_baseline):
            check_output(directory, options.baseline, allowed={BASELINE})

    def report(self, findings: Sequence[Finding]) -> None:
        """Write the report."""
        from toolkit.interfaces.reports.findings import REPORTS, as_text, text_parts

        options = self._options
        findings = placed_for(findings, self._project.root, options.form, options.paths)
        is_text = options.form == "text"
        if is_text and options.output == "-":
            colours = paint if has_colours() else plain
            write_parts(text_parts(findings, colours, brief=is_quiet()))
        elif is_text:
            self._write(as_text(findings, plain, brief=is_quiet()))
        else:
            self._write(REPORTS[options.form](findings))
        summary = os.environ.get("GITHUB_STEP_SUMMARY", "") if options.form == "github" else ""
        if summary:
            from toolkit.interfaces.reports.comments import step_summary

            with Path(summary).open("a", encoding="utf-8", errors="backslashreplace") as file:
                file.write(step_summary(findings) + "\n")

    def _write(self, text: str) -> None:
        if self._options.output == "-":
            write_text(text)
        else:
            data = f"{text}\n".encode("utf-8", "backslashreplace")
            write_file(self._directory, self._options.output, data)

    def _baseline_file(self) -> tuple[str, Path]:
        """The baseline's name as the user or the settings have it, and its place."""
        options = self._options
        name = options.baseline or self._project.settings.baseline
        if not name and (options.write_baseline or options.prune_baseline):
            raise click.UsageError("no baseline; name one with --baseline FILE or in the settings")
        return name, (self._directory if options.baseline else self._project.root) / name

    def fresh(
        self, findings: Sequence[Finding], could_occur: Callable[[Entry], bool]
    ) -> tuple[Finding, ...]:
        """The findings that the baseline does not hold; a project's own may still be unwritten.

        `could_occur` tells the entries that this run would have found.
        """
        from toolkit.checks.baseline import compared, read_baseline
        from toolkit.project.files import read_bytes

        name, path = self._baseline_file()
        if not name or not (self._options.baseline or path.exists()):
            return tuple(findings)
        entries = read_baseline(name, read_bytes(path, name))
        result = compared(findings, entries, could_occur)
        self._tell_baseline(name, path, result)
        return result.fresh

    def _tell_baseline(self, name: str, path: Path, result: Compared) -> None:
        from toolkit.checks.baseline import without_gone
        from toolkit.project.files import write_bytes

        say(f"{name}: {counted(result.hidden, 'finding')} hidden")
        if self._options.prune_baseline:
            write_bytes(path, without_gone(result), name)
            if result.gone:
                say(f"{name}: {counted(len(result.gone), 'finding')} removed")
            if result.worded:
                say(f"{name}: {counted(result.worded, 'finding')} no longer known by wording alone")
            return
        if result.gone:
            self._tell_gone(name, result.gone)
        elif result.worded:
            count = counted(result.worded, "finding")
            say(f"{name}: {count} known by wording alone; {self._pruning()} mends that")

    def _tell_gone(self, name: str, gone: Sequence[Entry]) -> None:
        for entry in gone[:_MOST_GONE]:
            say(f"{name}: no longer occurs: {entry}")
        more = len(gone) - _MOST_GONE
        if more > 0:
            say(f"{name}: and {more} more that no longer occur")
        say(f"{name}: {self._pruning()} removes what no longer occurs")

    @staticmethod
    def _pruning() -> str:
        return f"yiben {click.get_current_context().info_name} --prune-baseline"

    def write_baseline(self, findings: Sequence[Finding], kept: frozenset[str]) -> None:
        """Put findings into the baseline; entries of the checks `kept` stay in it."""
        from toolkit.checks.baseline import NEVER_HIDDEN, baseline_of, read_baseline
        from toolkit.project.files import read_bytes, write_bytes

        name, path = self._baseline_file()
        entries = read_baseline(name, read_bytes(path, name)) if kept and path.exists() else ()
        others = [entry for entry in entries if entry.check in kept]
        write_bytes(path, baseline_of(findings, others), name)
        left = sum(one.check in NEVER_HIDDEN for one in findings)
        say(f"{name}: {counted(len(findings) - left, 'finding')}")
        if left:
            names = ", ".join(sorted(NEVER_HIDDEN))
            say(f"{name}: without {counted(left, 'finding')} of {names}, which no baseline hides")


def apart(
    findings: Sequence[Finding], scopes: Sequence[Scope]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings about a change, as the scope of any part of the project has it, and the rest.

    Without a scope, all are.
    """
    if not scopes:
        return tuple(findings), ()
    inside = [any(scope.covers(one) for scope in scopes) for one in findings]
    pairs = list(zip(findings, inside, strict=True))
    about = tuple(one for one, is_in in pairs if is_in)
    return about, tuple(one for one, is_in in pairs if not is_in)


def say_rest(rest: Sequence[Finding]) -> None:
    """Count the findings that are outside of a change."""
    if rest:
        errors = sum(one.severity == "error" for one in rest)
        sums = f"{counted(errors, 'error')}, {counted(len(rest) - errors, 'warning')}"
        say(f"outside the change, not shown: {sums}")


def _check_form(output: str) -> None:
    """Raise `ProjectError` for text in a file that another format ends so, if nobody chose it."""
    chosen = click.get_current_context().get_parameter_source("form")
    ending = ending_of(output)
    if chosen is ParameterSource.DEFAULT and ending in _OF_OTHERS:
        text = f"would hold text, not what {ending} names; choose a format with --format"
        raise ProjectError(Problem(output, 0, 0, text))


def placed_for(
    findings: Sequence[Finding], root: Path, form: str, paths: str | None
) -> tuple[Finding, ...]:
    """The findings with the paths that the readers of a report need."""
    from toolkit.project.git import top_of

    wanted = paths or ("repository" if form in _FOR_REPOSITORIES else "project")
    top = top_of(root) if wanted == "repository" else None
    prefix = real_path(root).relative_to(top).as_posix() if top else "."
    if prefix == ".":
        return tuple(findings)
    return tuple(one.below(prefix) for one in findings)
