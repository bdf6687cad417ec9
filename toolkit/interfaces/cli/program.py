"""The program: its group of commands, and the options and runs that they share."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from toolkit import __version__
from toolkit.interfaces.cli.caching import cache_of
from toolkit.interfaces.cli.groups import MISUSE, Program
from toolkit.interfaces.cli.noting import terminal
from toolkit.interfaces.cli.parts import PARTS, projects_of
from toolkit.interfaces.cli.recording import note_run
from toolkit.interfaces.cli.talk import (
    ClosedOutput,
    is_quiet,
    is_terminal,
    level_options,
    say,
    tell,
    wanted_colours,
)
from toolkit.model.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.commands.check.scope import Scope
    from toolkit.project.pool import Progress
    from toolkit.project.project import Project
    from toolkit.project.store import Run

Item = TypeVar("Item")


@click.group(cls=Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    default=".",
    help="Run as if started in DIR.",
)
@click.option(
    "--part",
    "parts",
    metavar="NAME",
    multiple=True,
    help="Only this part of a project that has several; repeatable.",
)
@click.version_option(__version__, prog_name="yiben", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, directory: str, parts: tuple[str, ...]) -> None:
    """Localize Markdown documentation through gettext, byte for byte.

    \b
    Examples:
      yiben update            pages -> templates -> catalogs to translate
      yiben build             catalogs -> localized pages
      yiben stats             how complete each locale is
      yiben -C docs build -l ja

    Every command takes -v (one line per file) and -q (problems only).

    \b
    Exit status:
      0    fine
      1    findings, or something would change
      2    usage error, or unreadable input
      130  interrupted

    Shell completion: yiben completion bash|zsh|fish
    """  # noqa: D301 - click reads the control character
    if sys.stdout is None:
        sys.stdout = ClosedOutput()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    ctx.color = wanted_colours()
    ctx.obj = Path(directory)
    ctx.meta[PARTS] = parts


main.params += level_options()
locales_option = click.option(
    "-l",
    "--locale",
    "locales",
    metavar="LOCALE",
    multiple=True,
    help="Only this target locale; repeatable.",
)
check_option = click.option(
    "--check", is_flag=True, help="Change nothing; exit 1 if anything would change."
)
since_option = click.option(
    "--since", metavar="REF", default="", help="Only what differs from the merge base with REF."
)
dialect_option = click.option(
    "--dialect", metavar="NAME", help="The page's dialect [default: the project's, or mkdocs]."
)
output_option = click.option(
    "-o",
    "--output",
    metavar="FILE",
    required=True,
    help="The file to write; - for standard output.",
)


@main.command(epilog="Example: yiben completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the completion script for SHELL."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    program = ctx.find_root().command
    if kind:
        click.echo(kind(program, {}, "yiben", "_YIBEN_COMPLETE").source())


def each_part(
    directory: Path, task: Callable[[Project], None], report: Callable[[], None] | None = None
) -> None:
    """Do a command's work for each part of the project, then exit with the worst status.

    `report` is called after the last part.
    """
    projects = projects_of(directory)
    worst, problems = 0, dict[Problem, None]()
    for project in projects:
        if len(projects) > 1:
            say(f"{project.part}:")
        try:
            task(project)
        except SystemExit as end:
            worst = max(worst, end.code if isinstance(end.code, int) else 0)
        except ToolkitError as error:
            new = [one for one in error.problems if one not in problems]
            tell(new)
            problems.update(dict.fromkeys(new))
            worst = MISUSE
    if report:
        report()
    sys.exit(worst)


def run_of(project: Project, *, dry: bool = False) -> Run:
    """A run over a project, dated as the environment wants it."""
    from toolkit.project.store import Run

    return note_run(Run(project, dry=dry, epoch=chosen_epoch(), cache=cache_of(project)))


def scope_of(run: Run, since: str) -> Scope | None:
    """Return what differs from the merge base with a revision, if one is named."""
    if not since:
        return None
    from toolkit.commands.check.scope_reading import scope_since

    return scope_since(run, since)


def chosen_epoch() -> int | None:
    """The time that `SOURCE_DATE_EPOCH` sets for what is written, in seconds since 1970."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(epoch) if epoch.isdecimal() else None


def progress(label: str) -> Progress:
    """Show the progress of a run on a terminal, and nothing in a pipe."""

    def iterate(items: Sequence[Item]) -> Iterator[Item]:
        stream = terminal()
        if is_quiet() or stream is None or not is_terminal(stream):
            yield from items
            return
        with click.progressbar(items, label=label, file=stream) as bar:
            yield from bar

    return iterate
