"""The command that writes localized pages."""

from __future__ import annotations

import sys
from contextlib import suppress
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.caching import cache_option
from toolkit.interfaces.cli.groups import FINDINGS, MISUSE
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import (
    check_option,
    each_part,
    locales_option,
    main,
    progress,
    run_of,
)
from toolkit.interfaces.cli.streams import write_diff, write_report
from toolkit.interfaces.cli.summaries import say_sum
from toolkit.interfaces.cli.talk import say, say_file, tell, warn
from toolkit.interfaces.cli.watching import watch_option
from toolkit.language.phrases import counted
from toolkit.model.errors import Problem, ProjectError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Sequence
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
@click.option(
    "--mo", "binary", is_flag=True, help="Also compile each catalog to a .mo file next to it."
)
@click.option("--explain", is_flag=True, help="List the links that were rewritten.")
@watch_option
@cache_option
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
    binary: bool,
) -> None:
    """Build the localized pages of the project, or only those of PAGE.

    Files that yiben did not write, or that somebody has edited since, are left alone: pages are
    reported (exit status 1), other files are assumed to belong to the locale.
    """
    from toolkit.commands.build import BuildOptions
    from toolkit.commands.build import build as build_pages
    from toolkit.project.lock import writing
    from toolkit.site.trees import joined_locales

    dry = check or diff
    chosen = chosen_pages(projects_of(directory), directory, pages)
    kept = _kept(projects_of(directory), directory, keep)

    def task(project: Project) -> None:
        run = run_of(_with_renderer(project) if renderer_check else project, dry=dry)
        options = BuildOptions(
            run.project.locales(locales, pseudo=True),
            chosen[project.part] if pages else None,
            kept[project.part],
            replace=replace,
            diff=diff,
            binary=binary,
            trees=joined_locales(project, locales),
        )
        with writing(run.project, dry=dry):
            built = build_pages(run, options, progress("build"))
        for line in built.rewritten if explain else ():
            write_report(line)
        if diff:
            write_diff(b"".join(one.diff for one in built.placed))
        _finish(run, built)

    each_part(directory, task)


def _with_renderer(project: Project) -> Project:
    """The project whose builds ask the site's own Python-Markdown, too."""
    from toolkit.reading.renderer import Renderer

    site = project.settings.site
    return project.with_renderer(Renderer(project.root / site if site else None))


def _finish(run: Run, built: Built) -> None:
    """Report what a build did and end with its exit status."""
    from toolkit.interfaces.reports.builds import left_lines, note_lines, written_lines

    for line in written_lines(built, dry=run.dry):
        if run.dry:
            warn(line)
        else:
            say_file(line)
    for line in note_lines(built, dry=run.dry):
        say(line)
    tell(built.findings)
    for line in left_lines(built, run.project.settings, _waiting(run, built)):
        warn(line)
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
    if not any(one.left for one in built.placed):
        return {}
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


def chosen_pages(
    projects: Sequence[Project], directory: Path, paths: tuple[str, ...]
) -> dict[str, frozenset[str]]:
    """Return, by part, the pages that the user named, or those in folders.

    Raises `ProjectError` for what is neither.
    """
    chosen: dict[str, frozenset[str]] = {}
    named: set[str] = set()
    for project in projects:
        pages, _ = project.pages() if paths else ([], [])
        found = frozenset[str]()
        for path in paths:
            place = project.path_from_root(directory, path)
            mine = {page for page in pages if _is_at(project.page_name(page), place)}
            named |= {path} if mine else set()
            found |= mine
        chosen[project.part] = found
    text = "is not a page of the project, nor a folder with pages"
    problems = [Problem(path, 0, 0, text) for path in paths if path not in named]
    if problems:
        raise ProjectError(problems)
    return chosen


def _kept(
    projects: Sequence[Project], directory: Path, keep: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """Return, by part, the outputs to keep: each with the part that puts something there."""
    kept: dict[str, tuple[str, ...]] = {project.part: () for project in projects}
    for path in keep:
        name = projects[0].path_from_root(directory, path)
        takers = [one for one in projects if len(projects) == 1 or _puts(one, name)]
        for project in takers or projects[:1]:
            kept[project.part] += (name,)
    return kept


def _puts(project: Project, name: str) -> bool:
    """Whether a part of a project puts a localized page or file there."""
    names = [*project.pages()[0], *project.files()[0]]
    places = (project.output_name(one, tag) for one in names for tag in project.settings.targets)
    return any(_is_at(place, name) for place in places)


def _is_at(name: str, place: str) -> bool:
    return place in {name, "."} or name.startswith(f"{place}/")
