"""The commands about target locales over time."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.groups import FINDINGS, Group
from toolkit.interfaces.cli.parts import chosen_parts, parts_into, projects_of
from toolkit.interfaces.cli.program import check_option, main, run_of
from toolkit.interfaces.cli.talk import say, say_file, warn
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.locales import Moved
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


@main.group("locale", cls=Group)
def locale() -> None:
    """Rename or remove a target locale, with its catalogs and built files."""


@locale.command("rename", epilog="Example: yiben locale rename zh zh-Hans")
@click.argument("old")
@click.argument("new")
@check_option
@click.pass_obj
def rename_command(directory: Path, old: str, new: str, *, check: bool) -> None:
    """Change the tag of a target locale.

    Changes the settings and catalogs, and deletes the built files that yiben wrote; `yiben
    build` writes them again. To undo it, rename NEW back to OLD.
    """
    from toolkit.commands.locales import rename_locale
    from toolkit.language.locale import locale_of
    from toolkit.project.lock import writing

    runs, target = _runs_into(directory, old, check=check)
    with writing(runs[0].project, dry=check):
        moved = rename_locale(runs, target, locale_of(new))
    _finish("locale rename", moved, check=check)


@locale.command("remove", epilog="Example: yiben locale remove fr")
@click.argument("tag", metavar="LOCALE")
@check_option
@click.pass_obj
def remove_command(directory: Path, tag: str, *, check: bool) -> None:
    """Remove a target locale from the project.

    Its translations are first saved as left-over/LOCALE.po in the folder of catalogs. To
    restore them, put the locale back into the settings and run `yiben import . FILE -l LOCALE`.
    """
    from toolkit.commands.locales import remove_locale
    from toolkit.project.lock import writing

    runs, target = _runs_into(directory, tag, check=check)
    with writing(runs[0].project, dry=check):
        moved = remove_locale(runs, target)
    _finish("locale remove", moved, check=check)


def _runs_into(directory: Path, tag: str, *, check: bool) -> tuple[list[Run], Locale]:
    """Return a run for each part that has a target, which is one edit of the settings."""
    if chosen_parts():
        raise click.UsageError("--part: a locale is renamed or removed in all parts; leave it out")
    parts = parts_into(projects_of(directory), tag)
    return [run_of(project, dry=check) for project, _ in parts], parts[0][1]


def _finish(command: str, moved: Moved, *, check: bool) -> None:
    would = "would be " if check else ""
    for source, target in moved.moved:
        say_file(f"{would}moved: {source} to {target}")
    for name in moved.deleted:
        say_file(f"{would}deleted: {name}")
    for name in moved.kept:
        warn(f"{name}: kept, as it was edited since yiben wrote it")
    for name, messages in moved.left_over:
        say(f"{counted(messages, 'translation')} {would}kept in {name}")
    parts = [counted(len(moved.moved), "catalog") + " moved"] if moved.moved else []
    parts += [counted(len(moved.deleted), "file") + " deleted"] if moved.deleted else []
    say(f"{command}: {' · '.join((*parts, f'{moved.settings} edited'))}")
    sys.exit(FINDINGS if check else 0)
