"""The command that shows how complete the translations are: as a table, a page, badges."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.groups import MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import (
    locales_option,
    main,
    progress,
    run_of,
    scope_of,
    since_option,
)
from toolkit.interfaces.cli.streams import write_report
from toolkit.interfaces.cli.talk import say, say_file, tell
from toolkit.language.phrases import counted
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from toolkit.catalogs.statistics import Count
    from toolkit.model.errors import Problem
    from toolkit.project.project import Project


@main.command(epilog="Example: yiben stats --format html --export status --history")
@locales_option
@since_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "csv", "html"]),
    default="text",
    show_default=True,
)
@click.option(
    "--export", metavar="DIR", default="", help="The folder for the page (html) and for badges."
)
@click.option("--history", is_flag=True, help="Draw the completeness over time, from git (html).")
@click.option("--badge", is_flag=True, help="Write a badge for each locale (SVG).")
@click.option(
    "--analysis",
    is_flag=True,
    help="Count the words left to translate, by their likeness to translated texts.",
)
@click.option(
    "--prices",
    metavar="FILE",
    help="TOML file with the price of a word in each group of --analysis.",
)
@cache_option
@click.pass_obj
def stats(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    locales: tuple[str, ...],
    since: str,
    form: str,
    export: str,
    prices: str | None,
    *,
    history: bool,
    badge: bool,
    analysis: bool,
) -> None:
    """Show how complete the translations are, in units and in words.

    With --analysis, group untranslated and fuzzy messages by their likeness to texts that are
    translated already: repetitions, the same text, similar texts (95-99, 85-94, 75-84 percent),
    new texts.

    With --format html --export DIR, write one page about all locales and sections: completeness,
    findings, last changes by git, and with --history a chart over time.
    """
    options = _Options(form, export, since, history=history, badge=badge)
    _check(options, analysis=analysis, prices=prices)
    if analysis:
        from toolkit.interfaces.cli.analysing import print_analysis

        print_analysis(directory, locales, prices, form)
    if form == "html":
        _export_page(directory, locales, options)
        return
    from toolkit.interfaces.reports.statistics import REPORTS

    counts: dict[str, dict[str, Count]] = {}
    problems: list[Problem] = []
    rest = 0
    for project in projects_of(directory):
        found = _counted(project, locales, since)
        for tag, pages in found.counts.items():
            counts.setdefault(tag, {}).update(pages)
        problems += found.problems
        rest += found.rest
    if badge:
        _write(directory, export, _badges(counts))
    write_report(REPORTS[form](counts))
    if rest:
        say(f"outside the change, not shown: {counted(rest, 'page')}")
    tell(problems)
    sys.exit(MISUSE if problems else 0)


class _Options(NamedTuple):
    form: str
    export: str
    since: str
    history: bool
    badge: bool


def _check(options: _Options, *, analysis: bool, prices: str | None) -> None:
    """Raise a usage error for options that don't go together."""
    if prices and not analysis:
        raise click.UsageError("--prices needs --analysis")
    if analysis and (options.form == "html" or options.export):
        raise click.UsageError("--analysis has no page; use another format without --export")
    if options.form == "html" and not options.export:
        raise click.UsageError("--format html needs --export DIR")
    if options.form == "html" and options.since:
        raise click.UsageError("the page shows everything; --since goes with the other formats")
    if options.history and options.form != "html":
        raise click.UsageError("--history needs --format html")
    if options.badge and not options.export:
        raise click.UsageError("--badge needs --export DIR")
    if options.export and not (options.badge or options.form == "html"):
        raise click.UsageError("--export needs --format html or --badge")


def _export_page(directory: Path, locales: tuple[str, ...], options: _Options) -> None:
    """Write the page about the project, then exit with the status of the run."""
    from toolkit.commands.status import Status, status_of
    from toolkit.interfaces.reports.status.page import GENERATOR, status_page
    from toolkit.project.export_folder import check_folder

    projects = projects_of(directory)
    for project in projects:
        check_folder(project, directory / options.export, GENERATOR)
    status = Status.of(
        [
            status_of(run_of(one), one.locales(locales), progress("stats"), history=options.history)
            for one in projects
        ]
    )
    title = next((one.settings.project for one in projects if one.settings.project), "")
    files = {"index.html": status_page(status, title or real_path(projects[0].root).name)}
    if options.badge:
        counts = {
            locale.tag: {
                row.path: row.cells[locale.tag].count
                for row in status.pages
                if locale.tag in row.cells
            }
            for locale in status.locales
        }
        files |= _badges(counts)
    _write(directory, options.export, files)
    place = directory / options.export / "index.html"
    say(f"stats: {counted(len(files), 'file')} written; open {place}")
    tell(status.problems)
    sys.exit(MISUSE if status.problems else 0)


def _badges(counts: Mapping[str, Mapping[str, Count]]) -> dict[str, str]:
    """A badge for each locale, and one for all of them, by the names of their files."""
    from toolkit.catalogs.statistics import Count
    from toolkit.interfaces.reports.status.badges import badge
    from toolkit.language.locale import locale_of

    totals = {tag: sum(pages.values(), Count()) for tag, pages in counts.items()}
    found = {
        f"badge-{tag}.svg": badge(locale_of(tag).own_name or tag, count)
        for tag, count in totals.items()
    }
    return found | {"badge.svg": badge("translated", sum(totals.values(), Count()))}


def _write(directory: Path, folder: str, files: Mapping[str, str]) -> None:
    from toolkit.project.files import write_bytes

    for name, text in files.items():
        data = text.encode("utf-8", "replace")
        if write_bytes(directory / folder / name, data, f"{folder}/{name}", durable=False):
            say_file(f"wrote {folder}/{name}")


class _Counted(NamedTuple):
    """The counts of a project, or of one of its parts."""

    counts: Mapping[str, Mapping[str, Count]]
    problems: tuple[Problem, ...]
    rest: int
    """Pages that are outside of the change."""


def _counted(project: Project, locales: tuple[str, ...], since: str) -> _Counted:
    from toolkit.commands.stats import statistics

    run = run_of(project, dry=True)
    scope = scope_of(run, since)
    targets = project.locales(locales)
    found = statistics(run, targets, progress("stats"))
    counts = found.counts
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
    return _Counted(counts, found.problems, total - len(set().union(*counts.values())))
