"""The commands that run a site's generator over all locales."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.groups import FINDINGS, MISUSE, Group
from toolkit.interfaces.cli.parts import projects_of
from toolkit.interfaces.cli.program import locales_option, main, progress
from toolkit.interfaces.cli.talk import say, tell, warn
from toolkit.language.phrases import counted
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.commands.site_build import SiteBuilt

_GENERATORS = ("mkdocs", "properdocs", "zensical")
generator_option = click.option(
    "--generator", type=click.Choice(_GENERATORS), default=None, help="The site generator to run."
)
strict_option = click.option(
    "--strict", is_flag=True, help="Treat the generator's warnings as errors."
)


@main.group("site", cls=Group)
def site() -> None:
    """Build or serve the site in all locales with its generator."""


@site.command("build", epilog="Example: yiben site build --strict")
@locales_option
@generator_option
@strict_option
@click.pass_obj
def build_command(
    directory: Path, locales: tuple[str, ...], generator: str | None, *, strict: bool
) -> None:
    """Build the sites of the source language and of all locales into one folder.

    Runs yiben build first. The generator is MkDocs, ProperDocs or Zensical; each locale's settings
    are those of site_output. With -l, only these locales are rebuilt.
    """
    _built(directory, locales, generator or "", strict=strict)


@site.command("serve", epilog="Example: yiben site serve -a 127.0.0.1:8000")
@locales_option
@generator_option
@strict_option
@click.option("-a", "--address", metavar="HOST:PORT", default="127.0.0.1:8000", show_default=True)
@click.pass_obj
def serve_command(
    directory: Path, locales: tuple[str, ...], generator: str | None, address: str, *, strict: bool
) -> None:
    """Build the site and serve it in all locales; build again when a page or catalog changes."""
    from toolkit.interfaces.site_server import Changes, serve_site

    host, mark, port = address.rpartition(":")
    if not mark or not port.isdecimal():
        raise click.UsageError(f'--address {address}: write HOST:PORT, such as "127.0.0.1:8000"')
    projects = projects_of(directory)
    changes = Changes(projects)
    built = _built(directory, locales, generator or "", strict=strict)

    def again() -> None:
        try:
            _built(directory, locales, generator or "", strict=strict)
        except ToolkitError as error:
            tell(error.problems)
            say("site: kept as it was")
        except SystemExit:
            say("site: kept as it was")

    serve_site(projects, built.folder, (host, int(port)), say, again, changes)


def _built(directory: Path, locales: tuple[str, ...], generator: str, *, strict: bool) -> SiteBuilt:
    """Build pages and sites; ends the program where that fails."""
    from toolkit.commands.build import BuildOptions
    from toolkit.commands.build import build as build_pages
    from toolkit.commands.site_build import SiteOptions, build_site, site_owner
    from toolkit.project.lock import writing
    from toolkit.project.store import Run
    from toolkit.site.trees import joined_locales, tree_locales

    projects = projects_of(directory)
    problems = False
    for project in projects:
        with writing(project, dry=False):
            trees = joined_locales(project, locales)
            options = BuildOptions(project.locales(locales), trees=trees)
            pages = build_pages(Run(project), options, progress("build"))
        tell(pages.findings)
        tell((*pages.warnings, *pages.problems))
        problems = problems or bool(pages.problems)
    if problems:
        sys.exit(MISUSE)
    project = site_owner(projects)
    whole = not locales
    trees = tree_locales(project, locales)
    built = build_site(project, SiteOptions(trees, whole, generator, strict))
    for run in built.runs:
        lines = run.output.strip().split("\n") if run.output.strip() else []
        for line in lines if run.status else ():
            warn(f"{run.tag}: {line}")
        say(f"{built.generator} {run.tag}: {'failed' if run.status else 'built'}")
    if built.failed:
        warn(f"site: {counted(len(built.failed), 'build')} failed; nothing replaced")
        sys.exit(FINDINGS)
    say(f"site: {counted(len(built.runs), 'language')} in {built.folder.name}")
    return built
