"""Files, standard input and standard output, as commands read and write them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from toolkit.interfaces.cli.talk import is_terminal, say
from toolkit.interfaces.reports.characters import printable_lines
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from pathlib import Path


def read_file(directory: Path, file: str) -> bytes:
    """Read a file or pipe below `directory`, or standard input for `-`."""
    from toolkit.project.files import read_stream

    if file != "-":
        return read_stream(directory / file, file)
    if sys.stdin is None or sys.stdin.closed:
        raise ProjectError(Problem("-", 0, 0, "standard input is closed; name a file"))
    return sys.stdin.buffer.read()


def write_text(text: str) -> None:
    """Write text to standard output, in colour where the terminal or the user wants that."""
    shown = text if has_colours() else click.unstyle(text)
    write_output(f"{shown}\n".encode("utf-8", "backslashreplace"))


def write_parts(parts: Iterable[str]) -> None:
    """Write a text to standard output as `write_text` does, unless it is empty."""
    has_any, in_colours = False, has_colours()
    for part in filter(None, parts):
        shown = part if in_colours else click.unstyle(part)
        write_output(shown.encode("utf-8", "backslashreplace"))
        has_any = True
    if has_any:
        write_output(b"\n")


def write_report(text: str) -> None:
    """Write the texts of a project to standard output, where none acts in a terminal or in CI."""
    write_output(f"{printable_lines(text)}\n".encode("utf-8", "backslashreplace"))


def write_diff(data: bytes) -> None:
    """Write a diff to standard output; a program gets it byte for byte."""
    if data and is_terminal(sys.stdout):
        data = printable_lines(data.decode("utf-8", "backslashreplace")).encode("utf-8")
    write_output(data)


def has_colours() -> bool:
    """Whether standard output has colours, where the terminal or the user wants them."""
    wanted = click.get_current_context().color
    return is_terminal(sys.stdout) if wanted is None else wanted


def write_output(data: bytes) -> None:
    """Write to standard output."""
    if sys.stdout is None or sys.stdout.closed:
        raise ProjectError(Problem("-", 0, 0, "standard output is closed; name a file"))
    sys.stdout.buffer.write(data)


def check_output(directory: Path, file: str, *inputs: str, allowed: Collection[str] = ()) -> None:
    """Raise `ProjectError` if `file` is one of `inputs` or must not be replaced."""
    if file != "-":
        from toolkit.project.destinations import check_destination

        names = [directory / name for name in inputs if name != "-"]
        check_destination(directory / file, file, names, allowed)


def write_file(directory: Path, file: str, data: bytes) -> None:
    """Write a file that `check_output` has accepted, or standard output."""
    if file == "-":
        write_output(data)
        return
    from toolkit.project.destinations import write_destination

    if write_destination(directory / file, data, file):
        say(f"wrote {file}")
    else:
        say(f"{file} is up to date")
