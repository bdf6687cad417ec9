"""The command that shows pages beside their translations in a browser."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.groups import MISUSE
from toolkit.interfaces.cli.parts import project_at
from toolkit.interfaces.cli.program import chosen_epoch, locales_option, main, since_option
from toolkit.interfaces.cli.talk import say, say_file, tell, warn
from toolkit.language.phrases import counted, needs
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.interfaces.preview.workspace import Workspace
    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

_NEEDED = ("starlette", "uvicorn", "sse_starlette", "watchfiles", "lxml", "markdown", "pymdownx")


@main.command(epilog="Example: yiben preview guide/install.md -l ar")
@click.argument("page", metavar="[PAGE]", default="")
@locales_option
@click.option("--port", type=click.IntRange(1, 65535), metavar="N", help="The port to listen on.")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="",
    help="The address to listen on [default: loopback only].",
)
@click.option("--no-open", is_flag=True, help="Print the address without opening a browser.")
@click.option("--read-only", is_flag=True, help="Show everything, but save nothing.")
@click.option(
    "--export", metavar="DIR", default="", help="Write static files for a review instead."
)
@since_option
@click.pass_obj
def preview(  # noqa: PLR0913 - one parameter an option
    directory: Path,
    page: str,
    locales: tuple[str, ...],
    port: int | None,
    host: str,
    *,
    no_open: bool,
    read_only: bool,
    export: str,
    since: str,
) -> None:
    """Translate in the browser, next to the page, with checks as you type.

    Needs the extra yiben[preview]. Saving changes one entry of the catalog and nothing else.
    """
    _check_installed()
    from toolkit.interfaces.preview.serving import ServeOptions, serve

    project = project_at(directory, page or ".")
    targets = project.locales(locales)
    name = _page_of(project, directory, page) if page else ""
    if since and not export:
        raise click.UsageError("--since needs --export DIR")
    if export:
        _export(project, directory / export, targets, name, since)
        return
    options = ServeOptions(
        page=name,
        locale=targets[0].tag if locales else "",
        host=host,
        port=port or 0,
        open_browser=not no_open,
    )
    serve(_workspace(project, read_only=read_only), options, warn)


def _workspace(project: Project, *, read_only: bool = False) -> Workspace:
    """The project as the preview looks at it, with the variables that its site's settings name."""
    from toolkit.interfaces.preview.workspace import Workspace

    return Workspace(
        project.root,
        part=project.part,
        read_only=read_only,
        epoch=chosen_epoch(),
        environment=os.environ,
    )


def _export(
    project: Project, folder: Path, locales: tuple[Locale, ...], page: str, since: str
) -> None:
    """Write the preview as files, then exit with a status."""
    from toolkit.interfaces.preview.exporting import ExportOptions, export

    pages = frozenset({page}) if page else None
    done = export(_workspace(project), folder, ExportOptions(locales, pages, since))
    for name in done.files:
        say_file(f"wrote {name}")
    tell(done.problems)
    say(f"preview: {counted(len(done.files), 'file')} written; open {folder / 'index.html'}")
    sys.exit(MISUSE if done.problems else 0)


def _check_installed() -> None:
    """Raise `ProjectError` if the extra is not installed."""
    from importlib.util import find_spec

    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ProjectError(Problem("preview", 0, 0, needs(missing, "preview")))


def _page_of(project: Project, directory: Path, page: str) -> str:
    """Return the page that the user named, below the content folder."""
    path = project.path_from_root(directory, page)
    pages, _ = project.pages()
    below = project.name_below_content(path)
    for name in (below, page):
        if name in pages or project.settings.holds_strings(name):
            return name
    raise ProjectError(Problem(page, 0, 0, "is not a page of the project"))
