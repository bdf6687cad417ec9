"""The command for pages that people translate by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.program import (
    check_option,
    each_part,
    locales_option,
    main,
    progress,
    run_of,
)
from toolkit.interfaces.cli.streams import check_output, write_file, write_report
from toolkit.interfaces.cli.talk import is_quiet, say, say_file, tell, warn
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.drift import Drift
    from toolkit.project.project import Project


@main.command(epilog="Example: yiben drift -l ja --since 2026-01-31")
@locales_option
@click.option(
    "--translations",
    metavar="PLACE",
    default="",
    help="Folder or pattern of the translated pages [default: the setting output].",
)
@click.option(
    "--since", metavar="DATE", default="", help="Only pages whose source changed since DATE."
)
@click.option(
    "--write", is_flag=True, help="Record the revisions in the translations that name none."
)
@check_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
)
@click.option("-o", "--output", metavar="FILE", default="-", help="Write the report to FILE.")
@click.pass_obj
def drift(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    locales: tuple[str, ...],
    translations: str,
    since: str,
    form: str,
    output: str,
    *,
    write: bool,
    check: bool,
) -> None:
    """Show what changed since pages were translated by hand.

    For each translated page, the source revision it was made from is read from its front matter
    (setting revision_keys), or found by comparing the page with the revisions of its source. Then
    the texts that changed since are listed. Exits with 1 if any page is behind.

    With --write, the revisions that were found are recorded; --write --check changes nothing.
    """
    from toolkit.commands.drift import Drift, DriftOptions
    from toolkit.commands.drift import drift as find_drift
    from toolkit.project.git import time_of
    from toolkit.project.lock import writing

    check_output(directory, output)
    time = time_of(directory, since) if since else None
    found: list[Drift] = []

    def task(project: Project) -> None:
        run = run_of(project, dry=check)
        options = DriftOptions(project.locales(locales), translations, time, write or check)
        with writing(project, dry=check or not write):
            one = find_drift(run, options, progress("drift"))
        found.append(one)
        _finish(one, write=write and not check, check=check)

    def report() -> None:
        _report(directory, Drift.of(found), form, output)

    each_part(directory, task, report)


def _report(directory: Path, drift: Drift, form: str, output: str) -> None:
    from toolkit.interfaces.reports.drifts import REPORTS

    text = REPORTS[form](drift.pages, brief=is_quiet())
    if output != "-":
        write_file(directory, output, f"{text}\n".encode("utf-8", "backslashreplace"))
    elif text:
        write_report(text)


def _finish(drift: Drift, *, write: bool, check: bool) -> None:
    """Report what was found, then exit with its status."""
    for name in drift.changed:
        if check:
            warn(f"would change {name}")
        else:
            say_file(f"wrote {name}")
    tell(drift.problems)
    unknown = sum(one.origin.version is None for one in drift.pages)
    parts = [f"{counted(len(drift.pages), 'translation')}", f"{len(drift.behind)} behind"]
    parts += [f"{unknown} of unknown revision"] if unknown else []
    parts += [f"{len(drift.changed)} recorded"] if write else []
    parts += [counted(len(drift.problems), "problem")] if drift.problems else []
    say(f"drift: {' · '.join(parts)}")
    if drift.problems:
        sys.exit(MISUSE)
    if check:
        sys.exit(FINDINGS if drift.changed else 0)
    sys.exit(FINDINGS if drift.behind and not write else 0)
