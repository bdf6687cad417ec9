"""The command that proposes terms for the glossary."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.endings import check_ending
from toolkit.interfaces.cli.groups import MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import locales_option, main, run_of
from toolkit.interfaces.cli.streams import check_output, write_file
from toolkit.interfaces.cli.talk import say, tell
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from pathlib import Path


@main.command(epilog="Example: yiben terms -l de -o candidates.csv")
@locales_option
@click.option(
    "-n",
    "--limit",
    "most",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    metavar="N",
    help="At most N candidates for each locale.",
)
@click.option(
    "-o",
    "--output",
    metavar="FILE",
    default="-",
    help="The file to write; - for standard output.",
)
@click.pass_obj
def terms(directory: Path, locales: tuple[str, ...], most: int, output: str) -> None:
    """Propose terms for the glossary, as CSV for a person to decide.

    Candidates are frequent names and compounds, those with two different translations first,
    and words that translations keep unchanged. The columns are those of a glossary: keep the
    rows that are right, and choose one target. Terms that are already in the glossary are left
    out.
    """
    from toolkit.commands.terms import as_csv, proposals_of

    check_output(directory, output)
    check_ending(output, [".csv"])
    projects = projects_of(directory)
    found = [proposals_of(run_of(one, dry=True), one.locales(locales), most) for one in projects]
    proposals = [one for part in found for one in part.proposals]
    write_file(directory, output, as_csv(proposals).encode("utf-8", "backslashreplace"))
    say(f"terms: {counted(len(proposals), 'candidate')}")
    problems = [one for part in found for one in part.problems]
    tell(problems)
    sys.exit(MISUSE if problems else 0)
