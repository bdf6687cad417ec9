"""The amount of output of a command, its place and its colours."""

from __future__ import annotations

import io
import os
from errno import EBADF
from functools import cache
from typing import IO, TYPE_CHECKING, Any

import click

from toolkit.interfaces.reports.characters import printable, printable_lines

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.model.errors import Problem
    from toolkit.model.findings import Finding

_LEVEL = "yiben.level"
_QUIET, _VERBOSE = -1, 1
_MIDDLE = "text"
_STYLES: dict[str, dict[str, Any]] = {
    "error": {"fg": "red", "bold": True},
    "warning": {"fg": "yellow", "bold": True},
    "place": {"bold": True},
    "caret": {"fg": "cyan", "bold": True},
    "plain": {},
}


def level_options() -> list[click.Parameter]:
    """The verbosity options that every command takes."""
    return [
        click.Option(
            ["-v", "--verbose"],
            is_flag=True,
            expose_value=False,
            callback=_set_level(_VERBOSE),
            help="Print one line per file.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=_set_level(_QUIET),
            help="Print problems only.",
        ),
    ]


def _set_level(amount: int) -> Any:  # noqa: ANN401 - click's own signature
    def remember(ctx: click.Context, _option: click.Parameter, value: bool) -> None:  # noqa: FBT001
        if value:
            ctx.meta[_LEVEL] = amount

    return remember


class ClosedOutput(io.TextIOBase):
    """Standard output that was closed from outside, of which Python makes `None`."""

    @property
    def closed(self) -> bool:
        """Whether nothing can be written."""
        return True

    def write(self, _text: str) -> int:
        """Say so, where a command has something to write."""
        raise OSError(EBADF, "is closed; name a file, or open it")

    def flush(self) -> None:
        """Do nothing: there is nothing to flush."""


def is_terminal(stream: IO[str] | None) -> bool:
    """Whether a stream is a terminal; one that was closed from outside is none."""
    return stream is not None and not stream.closed and stream.isatty()


def level() -> int:
    """The amount of output that the user asked for."""
    ctx = click.get_current_context(silent=True)
    return int(ctx.meta.get(_LEVEL, 0)) if ctx else 0


def is_quiet() -> bool:
    """Whether only problems are printed."""
    return level() == _QUIET


def wanted_colours() -> bool | None:
    """Whether the environment asks for colours; `None` where the terminal decides."""
    if os.environ.get("NO_COLOR"):
        return False
    return True if os.environ.get("FORCE_COLOR") else None


def say(text: str) -> None:
    """Print a summary line to standard error, unless only problems are printed."""
    if not is_quiet():
        warn(text)


def say_file(text: str) -> None:
    """Print a line about one file to standard error, with `-v` only."""
    if level() == _VERBOSE:
        warn(text)


def warn(text: str) -> None:
    """Print a line to standard error, however quiet the user wants it."""
    click.echo(printable_lines(text), err=True)


def tell(problems: Iterable[Problem | Finding]) -> None:
    """Print problems or findings to standard error, each once."""
    for problem in dict.fromkeys(problems):
        click.echo(painted(problem), err=True)


def paint(kind: str, text: str) -> str:
    """Colour a text by its kind; `click.echo` removes colours where they are not wanted."""
    before, after = _ends(kind)
    return f"{before}{text}{after}" if text else text


@cache
def _ends(kind: str) -> tuple[str, str]:
    """The colours of a kind, and what ends them."""
    before, _, after = click.style(_MIDDLE, **_STYLES[kind]).partition(_MIDDLE)
    return before, after


def plain(_kind: str, text: str) -> str:
    """Return a text without colours."""
    return text


def painted(problem: Problem | Finding) -> str:
    """Format a problem as one line with its place and severity in colour."""
    line, text = printable(str(problem)), printable(problem.text)
    place, found, rest = line.partition(f": {text}")
    if not found:
        return line
    severity = str(getattr(problem, "severity", ""))
    place = place.removesuffix(f": {severity}") if severity else place
    middle = f": {paint(severity, severity)}" if severity else ""
    return f"{paint('place', place)}{middle}{found}{rest}"
