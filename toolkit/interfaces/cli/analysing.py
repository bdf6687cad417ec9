"""The output of `yiben stats --analysis`."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.interfaces.cli.groups import MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import run_of
from toolkit.interfaces.cli.streams import read_file, write_report
from toolkit.interfaces.cli.talk import tell

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.analysis import Bands
    from toolkit.model.errors import Problem


def print_analysis(
    directory: Path, locales: tuple[str, ...], prices: str | None, form: str
) -> None:
    """Print the words of each band, then exit with the status of the run."""
    from toolkit.commands.analysis import Analysis, analyse, read_prices
    from toolkit.interfaces.reports.analyses import ANALYSES

    per_word, currency = read_prices(prices, read_file(directory, prices)) if prices else ({}, "")
    pages: dict[str, dict[str, Bands]] = {}
    problems: list[Problem] = []
    for project in projects_of(directory):
        found = analyse(run_of(project, dry=True), project.locales(locales))
        problems += found.problems
        for tag, bands in found.pages.items():
            pages.setdefault(tag, {}).update(bands)
    whole = replace(Analysis(pages), prices=per_word, currency=currency)
    write_report(ANALYSES[form](whole))
    tell(problems)
    sys.exit(MISUSE if problems else 0)
