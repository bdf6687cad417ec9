"""The program: its group of commands, the options they share, and how a run ends."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit import __version__
from toolkit.errors import Problem, ProjectError, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toolkit.findings import Finding
    from toolkit.project import Project
    from toolkit.run import Outcome, Progress

FINDINGS = 1
MISUSE = 2
Item = TypeVar("Item")


class _Program(click.Group):
    """Tells errors in one line each and exits with 2."""

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            tell(error.problems)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            tell([Problem(str(error.filename or ""), 0, 0, error.strerror or str(error))])
        except Exception as error:  # noqa: BLE001 - no traceback reaches a user
            what = f"internal error, {type(error).__name__}: {error}"
            tell([Problem("yiben", 0, 0, f"{what}; please report it with the page it came from")])
        return ctx.exit(MISUSE)


def tell(problems: Iterable[Problem | Finding]) -> None:
    """Print problems or findings to standard error, each once."""
    for line in dict.fromkeys(map(str, problems)):
        click.echo(line, err=True)


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    default=".",
    help="Work in DIR, as if started there.",
)
@click.version_option(__version__, prog_name="yiben", message="%(prog)s %(version)s")
@click.pass_context
def main(ctx: click.Context, directory: str) -> None:
    """Localize Markdown documentation through gettext, byte for byte.

    \b
    Examples:
      yiben update            pages -> templates -> catalogs to translate
      yiben build             catalogs -> localized pages
      yiben stats             how complete each locale is
      yiben -C docs build -l ja

    Exit status: 0 fine, 1 findings or something would change, 2 misuse or unreadable input.
    Shell completion: yiben completion bash|zsh|fish
    """  # noqa: D301 - click reads the control character
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    ctx.obj = Path(directory)


locales_option = click.option(
    "-l",
    "--locale",
    "locales",
    metavar="LOCALE",
    multiple=True,
    help="Only this target locale; may be given again.",
)
check_option = click.option(
    "--check", is_flag=True, help="Change nothing; exit 1 if something would."
)
dialect_option = click.option(
    "--dialect", metavar="NAME", help="How to read the page; the project's, or mkdocs."
)
output_option = click.option(
    "-o", "--output", metavar="FILE", required=True, help="Where to write; - for standard output."
)


@main.command(epilog="Example: yiben completion bash >> ~/.bashrc")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(ctx: click.Context, shell: str) -> None:
    """Print the lines that give SHELL completion for yiben."""
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    program = ctx.find_root().command
    if kind:
        click.echo(kind(program, {}, "yiben", "_YIBEN_COMPLETE").source())


def project_of(directory: Path) -> Project:
    """The project that `directory` lies in."""
    from toolkit.project import Project

    return Project.found_from(directory)


def read_file(directory: Path, file: str) -> bytes:
    """The bytes of a file or pipe below `directory`, or of standard input for `-`."""
    from toolkit.files import read_stream

    if file != "-":
        return read_stream(directory / file, file)
    if sys.stdin is None or sys.stdin.closed:
        raise ProjectError(Problem("-", 0, 0, "standard input is closed; name a file"))
    return sys.stdin.buffer.read()


def write_output(data: bytes) -> None:
    """Write to standard output."""
    if sys.stdout is None or sys.stdout.closed:
        raise ProjectError(Problem("-", 0, 0, "standard output is closed; name a file"))
    sys.stdout.buffer.write(data)


def check_output(directory: Path, file: str, *inputs: str, allowed: Collection[str] = ()) -> None:
    """Raise `ProjectError` for a file to write that is one of `inputs` or not to be replaced."""
    from toolkit.destinations import check_destination

    if file != "-":
        names = [directory / name for name in inputs if name != "-"]
        check_destination(directory / file, file, names, allowed)


def write_file(directory: Path, file: str, data: bytes) -> None:
    """Write a file below `directory` that `check_output` let pass, or to standard output."""
    from toolkit.destinations import write_destination

    if file == "-":
        write_output(data)
    elif write_destination(directory / file, data, file):
        click.echo(f"wrote {file}", err=True)
    else:
        click.echo(f"{file} is up to date", err=True)


@contextmanager
def writing(project: Project, *, dry: bool) -> Iterator[None]:
    """Holds the project's lock while a command writes, and clears away what killed ones left."""
    from toolkit.files import sweep
    from toolkit.lock import locked

    if dry:
        yield
        return
    with locked(project.root):
        sweep(project.root / project.settings.catalogs)
        yield


def progress(label: str) -> Progress:
    """Shows on a terminal how far a run has come, and nothing in a pipe."""

    def iterate(items: Sequence[Item]) -> Iterator[Item]:
        if not sys.stderr.isatty():
            yield from items
            return
        with click.progressbar(items, label=label, file=sys.stderr) as bar:
            yield from bar

    return iterate


def finish(command: str, outcome: Outcome, *, check: bool) -> None:
    """Tell what a run did and end with its exit status."""
    verb = "would change" if check else "wrote"
    for name in outcome.changed:
        click.echo(f"{verb} {name}", err=True)
    tell(outcome.findings)
    tell(outcome.problems)
    failed = f", {len(outcome.findings)} translations refused" if outcome.findings else ""
    failed += f", {len(outcome.problems)} problems" if outcome.problems else ""
    click.echo(f"{command}: {outcome.total} files, {len(outcome.changed)} {verb}{failed}", err=True)
    if outcome.problems:
        sys.exit(MISUSE)
    sys.exit(FINDINGS if outcome.findings or (check and outcome.changed) else 0)
