"""The command that writes files for agencies and reviewers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.building import chosen_pages
from toolkit.interfaces.cli.endings import check_ending, ending_of
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import parts_into, projects_of
from toolkit.interfaces.cli.program import main, output_option, run_of
from toolkit.interfaces.cli.streams import check_output, write_file
from toolkit.interfaces.cli.talk import say, tell
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from pathlib import Path

_FORMATS = ("xliff2", "xliff1", "tmx", "csv")
_BY_ENDING = {".xlf": "xliff2", ".xliff": "xliff2", ".tmx": "tmx", ".csv": "csv"}


@main.command("export", epilog="Example: yiben export -l de -o de.xlf")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@click.option("-l", "--locale", metavar="LOCALE", required=True, help="The target locale.")
@output_option
@click.option(
    "--format",
    "form",
    type=click.Choice(_FORMATS),
    help="The format [default: by the file's extension, or xliff2].",
)
@click.pass_obj
def export(
    directory: Path, pages: tuple[str, ...], locale: str, output: str, form: str | None
) -> None:
    """Write messages for an agency or a reviewer: XLIFF, TMX or CSV.

    All pages, or only some, with inline codes, states and notes. `yiben import` reads the XLIFF or
    TMX file that comes back and takes what changed in it, message by message.
    """
    from toolkit.commands.exchange import Exchange
    from toolkit.commands.exchange import export as write

    projects = projects_of(directory)
    chosen = chosen_pages(projects, directory, pages)
    check_output(directory, output)
    if not form:
        check_ending(output, _BY_ENDING, "rename it, or choose a format with --format")
    wanted = Exchange(form or _BY_ENDING.get(ending_of(output), "xliff2"))
    found = [part for part in parts_into(projects, locale) if not pages or chosen[part[0].part]]
    found = found or [*parts_into(projects, locale)]
    choices = {
        run_of(project, dry=True): chosen[project.part] if pages else None for project, _ in found
    }
    exported = write(choices, found[0][1], wanted)
    write_file(directory, output, exported.data)
    tell(exported.problems)
    say(f"export: {counted(exported.units, 'message')}")
    unreadable = any(not problem.line for problem in exported.problems)
    sys.exit(MISUSE if unreadable else FINDINGS if exported.problems else 0)
