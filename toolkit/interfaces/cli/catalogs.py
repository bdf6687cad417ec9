"""The commands that write templates, catalogs and localized pages."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.endings import check_ending
from toolkit.interfaces.cli.groups import FINDINGS, Group
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import (
    check_option,
    each_part,
    locales_option,
    main,
    output_option,
    progress,
    run_of,
    scope_of,
    since_option,
)
from toolkit.interfaces.cli.streams import check_output, read_file, write_file, write_report
from toolkit.interfaces.cli.summaries import Summary, finish
from toolkit.interfaces.cli.talk import tell, warn
from toolkit.interfaces.cli.watching import watch_option
from toolkit.model.errors import SettingsError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from toolkit.commands.check.scope import Scope
    from toolkit.commands.update import Updated
    from toolkit.language.locale import Locale
    from toolkit.project.project import Project
    from toolkit.project.store import Run


@main.command(epilog="Example: yiben extract --check")
@check_option
@cache_option
@click.pass_obj
def extract(directory: Path, *, check: bool) -> None:
    """Bring the templates (.pot) up to date with the pages."""
    from toolkit.commands import extract as extracting
    from toolkit.project.lock import writing

    def task(project: Project) -> None:
        run = run_of(project, dry=check)
        with writing(run.project, dry=check):
            extracted = extracting.extract(run, progress("extract"))
        finish("extract", Summary(extracted.files, extracted.problems), check=check)

    each_part(directory, task)


@main.command(epilog="Example: yiben update -l ja -l de")
@locales_option
@check_option
@since_option
@click.option("--diff", is_flag=True, help="Show what happens to each message.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    help="Report on standard output what happens to the messages.",
)
@click.option(
    "--trivial",
    is_flag=True,
    help="Keep translations of texts with small edits that change no meaning, and list them.",
)
@click.option("--fill", is_flag=True, help="Also fill untranslated messages from the memory.")
@click.option(
    "--normalize",
    is_flag=True,
    help="Rewrite whole catalogs in yiben's format, not only what changes.",
)
@click.option(
    "--purge", is_flag=True, help="Delete obsolete messages, and catalogs whose page is gone."
)
@watch_option
@cache_option
@click.pass_obj
def update(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    locales: tuple[str, ...],
    since: str,
    form: str | None,
    *,
    check: bool,
    diff: bool,
    fill: bool,
    normalize: bool,
    purge: bool,
    trivial: bool,
) -> None:
    """Bring templates and catalogs (.po) up to date, creating missing ones.

    With --trivial, translations stay where only a few words or letters of a text changed; where a
    number, a target, a negation or the like is among them, the message becomes fuzzy.

    With --check --since REF, lists only files of pages and catalogs that differ from the merge base
    of HEAD and REF, and counts the rest.
    """
    if since and not check:
        raise click.UsageError("--since needs --check; an update always covers all pages")
    from toolkit.commands.update import Updated, UpdateOptions
    from toolkit.commands.update import update as bring_up_to_date
    from toolkit.project.lock import writing

    reports: list[Updated] = []
    details = diff or bool(form)

    def task(project: Project) -> None:
        run = run_of(project, dry=check)
        scope = scope_of(run, since)
        targets = run.project.locales(locales)
        options = UpdateOptions(
            targets, purge=purge, fill=fill, trivial=trivial, normalize=normalize, details=details
        )
        with writing(run.project, dry=check):
            updated = bring_up_to_date(run, options, progress("update"))
        updated, outside = _within(run, updated, scope)
        reports.append(updated)
        summary = _summary(updated, _upgrade_notes(run, targets) if check else (), outside)
        finish("update", summary, check=check)

    each_part(
        directory,
        task,
        lambda: _report_update(directory, Updated.of(reports), form, details=diff),
    )


def _upgrade_notes(run: Run, targets: Sequence[Locale]) -> tuple[str, ...]:
    from toolkit.commands.upgrade import upgrade_notes

    return tuple(upgrade_notes(run, targets))


def _within(run: Run, updated: Updated, scope: Scope | None) -> tuple[Updated, int]:
    """Return the part of an update that lies within a scope, and how many files do not."""
    if scope is None:
        return updated, 0
    from toolkit.commands.check.scope_reading import narrowed

    return narrowed(run, updated, scope)


def _summary(updated: Updated, notes: Sequence[str], outside: int) -> Summary:
    counts = {one.path: one.messages for one in updated.catalogs}
    return Summary(
        updated.files,
        updated.problems,
        updated.removed,
        counts,
        updated.causes,
        notes,
        outside,
    )


def _report_update(directory: Path, updated: Updated, form: str | None, *, details: bool) -> None:
    """Report an update as the user wants it; what writers call harmless is always listed."""
    from toolkit.interfaces.reports.updates import REPORTS, words_as_text

    if form or details:
        wordless = projects_of(directory)[0].settings.dialect_of("").wordless
        report = REPORTS[form or "text"]
        write_report(report(updated.catalogs, wordless, updated.changed, details=details))
    elif text := words_as_text(updated.catalogs):
        write_report(text)


@main.group(cls=Group)
def memory() -> None:
    """The translation memory: all translations in the project's catalogs."""


@memory.command(epilog="Example: yiben memory export -o memory.tmx")
@locales_option
@output_option
@click.pass_obj
def export(directory: Path, locales: tuple[str, ...], output: str) -> None:
    """Write all translations as TMX 1.4b."""
    from toolkit.commands.update.memories import export_memory

    check_output(directory, output)
    check_ending(output, [".tmx"])
    runs = {run_of(one, dry=True): one.locales(locales) for one in projects_of(directory)}
    memory = export_memory(runs)
    write_file(directory, output, memory.data)
    tell(memory.problems)
    sys.exit(FINDINGS if memory.problems else 0)


@main.command("merge-driver", epilog="Example: yiben merge-driver %O %A %B")
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.pass_obj
def merge_driver(directory: Path, base: str, ours: str, theirs: str) -> None:
    """Merge catalogs message by message, for git; the result replaces OURS.

    A message that both sides translated differently becomes fuzzy, with the other text in a
    comment, and the exit status is 1.

    \b
    .gitattributes:  *.po merge=yiben
    once:            git config merge.yiben.driver "yiben merge-driver %O %A %B"
    """  # noqa: D301 - click reads the control character
    from toolkit.catalogs.merge.three_way import merged
    from toolkit.catalogs.po import CatalogFile

    files = [CatalogFile(name, read_file(directory, name)) for name in (base, ours, theirs)]
    merge = merged(*(file.catalog for file in files))
    write_file(directory, ours, files[1].with_catalog(merge.catalog, _wrap(directory)).data)
    for _, source in merge.conflicts:
        warn(f"{ours}: both sides translated “{source}” differently; it is fuzzy now")
    sys.exit(FINDINGS if merge.conflicts else 0)


def _wrap(directory: Path) -> int | None:
    """Return the column at which the project around a folder wraps catalogs, if it is set."""
    from toolkit.project.project import Project
    from toolkit.project.settings_on_disk import find_settings

    try:
        return Project.all_in(find_settings(real_path(directory)))[0].settings.wrap
    except SettingsError:
        return None
