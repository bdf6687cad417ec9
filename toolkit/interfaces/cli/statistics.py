"""The command that shows how complete the translations are."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, NamedTuple

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.program import (
    MISUSE,
    locales_option,
    main,
    progress,
    projects_of,
    run_of,
    since_option,
)
from toolkit.interfaces.cli.talk import say, tell
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from toolkit.catalogs.statistics import Count
    from toolkit.model.errors import Problem
    from toolkit.project.project import Project


@main.command(epilog="Example: yiben stats --format json")
@locales_option
@since_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown", "csv"]),
    default="text",
    show_default=True,
)
@click.option(
    "--analysis", is_flag=True, help="Count what is to translate, by how much of it is known."
)
@click.option("--prices", metavar="FILE", help="Prices of a word by band, as TOML.")
@cache_option
@click.pass_obj
def stats(
    directory: Path,
    locales: tuple[str, ...],
    since: str,
    form: str,
    prices: str | None,
    *,
    analysis: bool,
) -> None:
    """Show how complete the translations are, in units and in words.

    With --analysis, sort untranslated and fuzzy messages by what is known of them: repetitions,
    texts that were translated before, texts like those (95-99, 85-94, 75-84 percent), new ones.
    """
    if analysis:
        from toolkit.interfaces.cli.analysing import print_analysis

        print_analysis(directory, locales, prices, form)
    if prices or form == "csv":
        raise click.UsageError("--prices and the format csv are for --analysis")
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
    click.echo(REPORTS[form](counts))
    if rest:
        say(f"outside the change, not shown: {counted(rest, 'page')}")
    tell(problems)
    sys.exit(MISUSE if problems else 0)


class _Counted(NamedTuple):
    """The counts of a project, or of one of its parts."""

    counts: Mapping[str, Mapping[str, Count]]
    problems: tuple[Problem, ...]
    rest: int
    """Pages that are outside of the change."""


def _counted(project: Project, locales: tuple[str, ...], since: str) -> _Counted:
    from toolkit.commands.check.scope_reading import scope_since
    from toolkit.commands.stats import statistics

    run = run_of(project)
    scope = scope_since(run, since) if since else None
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
