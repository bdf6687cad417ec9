"""The command that drafts translations from the memory and by machine."""

from __future__ import annotations

import json
import os
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.building import chosen_pages
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import each_part, locales_option, main, run_of
from toolkit.interfaces.cli.streams import write_text
from toolkit.interfaces.cli.talk import is_quiet, is_terminal, say, say_file, tell, warn
from toolkit.model.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.commands.translate.providers.provider import Provider
    from toolkit.commands.translate.value import Drafted, Estimate, Step, TranslateOptions
    from toolkit.project.project import Project
    from toolkit.project.store import Run


@main.command(epilog="Example: yiben translate -l de --provider deepl --estimate")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@locales_option
@click.option(
    "--provider",
    metavar="NAME",
    help="The provider that translates [default: machine.provider, or memory].",
)
@click.option(
    "--budget", metavar="WORDS", type=click.IntRange(0), help="Send at most this many words."
)
@click.option("--estimate", is_flag=True, help="Count what would be sent, and what it costs.")
@click.option("--dry-run", is_flag=True, help="Print the requests as JSON lines; send nothing.")
@click.option("--redo-fuzzy", is_flag=True, help="Draft fuzzy messages anew as well.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.pass_obj
def translate(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    provider: str | None,
    budget: int | None,
    form: str,
    *,
    estimate: bool,
    dry_run: bool,
    redo_fuzzy: bool,
) -> None:
    """Draft untranslated messages from the memory and by machine, as fuzzy.

    Translations found in the project's catalogs and memory come first. Every answer passes the
    checks and the build's guard, or is asked for again; what fails stays untranslated and is
    listed. Translated messages are never touched.
    """
    from toolkit.commands.translate.value import TranslateOptions

    chosen = chosen_pages(projects_of(directory), directory, pages)

    def task(project: Project) -> None:
        run = run_of(project)
        options = TranslateOptions(
            project.locales(locales),
            chosen[project.part] if pages else None,
            redo_fuzzy=redo_fuzzy,
            budget=budget,
        )
        name = provider or project.settings.machine.provider
        if estimate:
            _print_estimate(run, options, name, form)
        elif dry_run:
            _print_requests(run, options)
        else:
            _translate(run, options, _provider(run, name), form)

    each_part(directory, task)


def _provider(run: Run, name: str) -> Provider | None:
    from toolkit.commands.translate.providers import provider_of
    from toolkit.commands.translate.providers.provider import Access

    settings = run.project.settings.machine
    key = os.environ.get(settings.key, "") if settings.key else ""
    if settings.key and not key and name != "memory":
        text = f"machine.key: the environment variable {settings.key} is not set"
        raise SettingsError(Problem("machine", 0, 0, text))
    return provider_of(name, Access(settings, key))


def _translate(run: Run, options: TranslateOptions, provider: Provider | None, form: str) -> None:
    from toolkit.commands.translate import translate as draft
    from toolkit.commands.translate.value import Lack
    from toolkit.interfaces.reports.drafts import as_json, summary

    with _progress(run, options) as step:
        drafted = draft(run, options, provider, step)
    for name in drafted.changed:
        say_file(f"wrote {name}")
    for one in drafted.undone if form == "text" else ():
        if one.lack is Lack.UNKNOWN:
            say_file(str(one))
        else:
            warn(str(one))
    tell(drafted.problems)
    for cause in drafted.causes:
        warn(cause)
    if form == "json":
        write_text(as_json(drafted))
    for line in summary(drafted, asked=provider is not None):
        say(line)
    sys.exit(_status(drafted))


def _status(drafted: Drafted) -> int:
    from toolkit.commands.translate.value import Lack

    if drafted.problems:
        return MISUSE
    failed = any(one.lack is not Lack.UNKNOWN for one in drafted.undone)
    return FINDINGS if failed or drafted.causes else 0


@contextmanager
def _progress(run: Run, options: TranslateOptions) -> Iterator[Step]:
    """Show how far the work is, with the time that is left, on a terminal."""
    from toolkit.commands.translate import count_open

    if is_quiet() or not is_terminal(sys.stderr):
        yield lambda _count: None
        return
    total = count_open(run, options)
    with click.progressbar(length=total, label="translate", file=sys.stderr) as bar:
        yield bar.update


def _print_estimate(run: Run, options: TranslateOptions, name: str, form: str) -> None:
    from toolkit.commands.translate import estimate
    from toolkit.interfaces.reports.drafts import estimate_as_json, estimate_as_text

    found: Estimate = estimate(run, options, asks=name != "memory")
    tell(found.problems)
    write_text(estimate_as_json(found) if form == "json" else estimate_as_text(found))
    sys.exit(MISUSE if found.problems else 0)


def _print_requests(run: Run, options: TranslateOptions) -> None:
    from toolkit.commands.translate import requests_of
    from toolkit.commands.translate.providers.command import as_json

    for number, request in enumerate(requests_of(run, options)):
        write_text(json.dumps(as_json(request, number), ensure_ascii=False))
