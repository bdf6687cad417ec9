"""The command that sets up a project."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.program import main, progress, run_of
from toolkit.interfaces.cli.talk import say, tell
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, SettingsError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from pathlib import Path


@main.command(epilog="Example: yiben init -t en -t ja")
@click.option(
    "--source", metavar="LOCALE", default="", help="The language of the pages [default: detected]."
)
@click.option(
    "-l",
    "-t",
    "--target",
    "targets",
    metavar="LOCALE",
    multiple=True,
    help="A language to translate into; repeatable.",
)
@click.option(
    "--dialect", metavar="NAME", default="", help="The dialect of the pages [default: detected]."
)
@click.option(
    "--schema", is_flag=True, help="Only write the JSON Schema of the settings, for editors."
)
@click.pass_obj
def init(
    directory: Path, source: str, targets: tuple[str, ...], dialect: str, *, schema: bool
) -> None:
    """Write initial settings (yiben.toml) and templates for the pages in a folder.

    The site generator is detected from its configuration file; the source language from that file,
    from the folders of languages and from the pages.
    """
    from toolkit.commands.extract import extract
    from toolkit.commands.init.first_settings import start_of
    from toolkit.commands.init.settings_text import settings_text
    from toolkit.project.files import write_bytes
    from toolkit.project.lock import writing
    from toolkit.project.project import Project
    from toolkit.project.settings_files import FILES

    if schema:
        _write_schema(directory)
        return
    _check_is_new(directory)
    start = start_of(real_path(directory), source, targets, dialect)
    write_bytes(directory / FILES[0], settings_text(start).encode("utf-8"), FILES[0])
    for line in start.report:
        say(line)
    say(f"wrote {FILES[0]}")
    _write_schema(directory)
    project = Project.found_from(directory)
    with writing(project, dry=False):
        extracted = extract(run_of(project), progress("extract"))
    tell(extracted.problems)
    templates = counted(len(extracted.changed), "template")
    say(f"{templates} written to {project.settings.catalogs}")
    say(f"next: run yiben update to create the catalogs for {', '.join(start.targets)}")
    sys.exit(2 if extracted.problems else 0)


def _write_schema(directory: Path) -> None:
    """Put the schema of the running version of Yiben where the settings expect it."""
    from toolkit.commands.init.settings_text import SCHEMA_COPY, schema_bytes
    from toolkit.project.files import write_bytes

    if write_bytes(directory / SCHEMA_COPY, schema_bytes(), SCHEMA_COPY):
        say(f"wrote {SCHEMA_COPY}")


def _check_is_new(directory: Path) -> None:
    """Raise `SettingsError` if this folder already has settings."""
    from toolkit.project.settings_files import FILES
    from toolkit.project.settings_on_disk import SettingsFile, find_settings

    try:
        found: SettingsFile | None = find_settings(real_path(directory))
    except SettingsError as error:
        if any(problem.path in FILES for problem in error.problems):
            raise
        found = None
    if found and found.path.parent == real_path(directory):
        problem = "has settings already; edit them, or remove them to start again"
        raise SettingsError(Problem(found.path.name if found else FILES[0], 0, 0, problem))
