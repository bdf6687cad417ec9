"""The command that writes localized pages."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.program import (
    FINDINGS,
    MISUSE,
    check_option,
    locales_option,
    main,
    progress,
    project_of,
    run_of,
    say_sum,
    write_output,
)
from toolkit.interfaces.cli.talk import say, say_file, tell
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, ProjectError, ToolkitError

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.build import Built
    from toolkit.project.project import Project
    from toolkit.project.store import Run


@main.command(epilog="Example: yiben build -l ar --check")
@click.argument("pages", metavar="[PAGE]...", nargs=-1)
@locales_option
@check_option
@click.option("--diff", is_flag=True, help="Show what would change, without writing anything.")
@click.option(
    "--keep",
    metavar="PATH",
    multiple=True,
    help="From now on, leave this output file or folder to its locale; repeatable.",
)
@click.option("--replace", is_flag=True, help="Also overwrite files that yiben did not write.")
@click.option(
    "--renderer-check",
    is_flag=True,
    help="Also compare each page's blocks with the site's own Python-Markdown.",
)
@click.option("--explain", is_flag=True, help="List the links that were rewritten.")
@click.pass_obj
def build(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    pages: tuple[str, ...],
    locales: tuple[str, ...],
    keep: tuple[str, ...],
    *,
    check: bool,
    diff: bool,
    replace: bool,
    renderer_check: bool,
    explain: bool,
) -> None:
    """Build the localized pages, all or only those of some pages.

    Files that yiben did not write, or that somebody has edited since, are left alone: pages are
    reported (exit status 1), other files are assumed to belong to the locale.
    """
    from toolkit.commands.build import BuildOptions
    from toolkit.commands.build import build as build_pages
    from toolkit.project.lock import writing
    from toolkit.reading.renderer import Renderer

    dry = check or diff
    project = project_of(directory)
    if renderer_check:
        site = project.settings.site
        project = project.with_renderer(Renderer(project.root / site if site else None))
    run = run_of(project, dry=dry)
    options = BuildOptions(
        run.project.locales(locales, pseudo=True),
        _chosen(run.project, directory, pages) if pages else None,
        tuple(_from_root(run.project, directory, path) for path in keep),
        replace=replace,
        diff=diff,
    )
    with writing(run.project, dry=dry):
        built = build_pages(run, options, progress("build"))
    for line in built.rewritten if explain else ():
        click.echo(line)
    if diff:
        write_output(b"".join(one.diff for one in built.placed))
    _finish(run, built)


def _finish(run: Run, built: Built) -> None:
    """Tell what a build did and end with its exit status."""
    from toolkit.interfaces.reports.builds import left_lines, note_lines, written_lines

    for line in written_lines(built, dry=run.dry):
        if run.dry:
            click.echo(line, err=True)
        else:
            say_file(line)
    for line in note_lines(built, dry=run.dry):
        say(line)
    tell(built.findings)
    for line in left_lines(built, run.project.settings, _waiting(run, built)):
        click.echo(line, err=True)
    tell((*built.warnings, *built.problems))
    written = sum(one.written for one in built.placed)
    left = sum(one.left and one.output.is_page for one in built.placed)
    parts = (
        (left, f"{counted(left, 'page')} left alone"),
        (len(built.findings), f"{counted(len(built.findings), 'translation')} refused"),
        (len(built.problems), counted(len(built.problems), "problem")),
    )
    unchanged = len(built.placed) - written - left
    say_sum("build", written, unchanged, *(text for count, text in parts if count), dry=run.dry)
    if built.problems:
        sys.exit(MISUSE)
    changed = run.dry and (written or built.manifest_changed)
    sys.exit(FINDINGS if built.findings or left or changed else 0)


def _waiting(run: Run, built: Built) -> dict[str, int]:
    """Count, for each page that was left alone, the texts that are in no catalog."""
    from toolkit.commands.importing.left_over import waiting_texts
    from toolkit.model.catalog import Catalog

    found: dict[str, int] = {}
    for locale in run.project.settings.targets:
        outputs = [one.output for one in built.placed if one.left and one.output.is_page]
        names = [output.name for output in outputs if output.tag == locale.tag]
        with suppress(ToolkitError):
            catalog = run.catalog(run.project.left_over_name(locale)) if names else None
            found |= {name: waiting_texts(catalog or Catalog(), name) for name in names}
    return found


def _from_root(project: Project, directory: Path, path: str) -> str:
    """Turn a path below `directory` into one from the root of the project."""
    from pathlib import Path

    return Path(os.path.relpath(directory.resolve() / path, project.root)).as_posix()


def _chosen(project: Project, directory: Path, paths: tuple[str, ...]) -> frozenset[str]:
    """Return the pages that the user named, or those in folders; `ProjectError` for others."""
    pages, _ = project.pages()
    chosen: set[str] = set()
    problems = []
    for path in paths:
        name = _from_root(project, directory, path)
        found = {page for page in pages if _is_at(project.page_name(page), name)}
        chosen |= found
        text = "is not a page of the project, nor a folder with pages"
        problems += [] if found else [Problem(path, 0, 0, text)]
    if problems:
        raise ProjectError(problems)
    return frozenset(chosen)


def _is_at(name: str, place: str) -> bool:
    return place in {name, "."} or name.startswith(f"{place}/")
