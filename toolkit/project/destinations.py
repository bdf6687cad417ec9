"""Files that a user names to write into: never over what is read, nor over a project's own."""

from __future__ import annotations

import os
import re
import socket
import stat
from contextlib import suppress
from pathlib import Path
from posixpath import normpath
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError, SettingsError
from toolkit.project.files import write_bytes
from toolkit.project.project import Project
from toolkit.project.real_path import real_path
from toolkit.project.settings_on_disk import find_settings

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

_DESCRIPTOR = re.compile(r"/dev/(?:fd/(\d+)|std(?:out|(err)))|/proc/self/fd/(\d+)")
_INTO = frozenset({stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK})
"""Devices and pipes, which are written into: they cannot be replaced."""


def check_destination(
    path: Path, name: str, inputs: Iterable[Path] = (), allowed: Collection[str] = ()
) -> None:
    """Raise `ProjectError` where a file must not or cannot be written.

    `inputs` are the files that the command reads. `allowed` are roles in a project (see
    `Project.role_of`) that the file may have.
    """
    if _is_special(path):
        return
    text = _trouble(path, inputs, allowed)
    if text:
        raise ProjectError(Problem(name, 0, 0, text))


def _trouble(path: Path, inputs: Iterable[Path], allowed: Collection[str]) -> str:
    """Why a file is not to be written; mostly nothing."""
    if path.is_dir():
        return "is a folder; name a file in it"
    if not path.parent.is_dir():
        there = "is not a folder" if path.parent.exists() else "does not exist; create it first"
        return f'the folder "{path.parent}" {there}'
    if any(_is_same(path, one) for one in inputs):
        return "is what the command reads; name another file"
    # Links are not followed here: what matters is where the user thinks that the file is.
    project = _project_around(Path(normpath(path.absolute())).parent)
    if project is None:
        return ""
    real = real_path(path)
    if not real.is_relative_to(real_path(project.root)):
        return "leads out of the project through a link; name another file"
    role = project.role_of(real)
    return f"is {role} of the project; name another file" if role and role not in allowed else ""


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        return real_path(path) == real_path(other) or path.samefile(other)
    return False


def _project_around(folder: Path) -> Project | None:
    """The project that a folder lies in; none where its settings cannot be read."""
    try:
        return Project.all_in(find_settings(folder))[0]
    except SettingsError:
        return None


def _is_special(path: Path) -> bool:
    """Whether a path leads to a device, pipe or socket, or to what the process has open."""
    if _DESCRIPTOR.fullmatch(str(path)):
        return True
    with suppress(OSError):
        return stat.S_IFMT(path.stat().st_mode) in _INTO
    return False


def write_destination(path: Path, data: bytes, name: str) -> bool:
    """Write a file, or into a device, pipe or socket; whether something had to be changed."""
    if not _is_special(path):
        return write_bytes(path, data, name)
    try:
        _write_into(path, data)
    except OSError as error:
        text = f"cannot be written: {error.strerror or error}"
        raise ProjectError(Problem(name, 0, 0, text)) from None
    return True


def _write_into(path: Path, data: bytes) -> None:
    descriptor = _DESCRIPTOR.fullmatch(str(path))
    if descriptor:
        number = descriptor[1] or descriptor[3] or ("2" if descriptor[2] else "1")
        with os.fdopen(os.dup(int(number)), "wb") as file:
            file.write(data)
    elif stat.S_ISSOCK(path.stat().st_mode):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(data)
    else:
        with os.fdopen(os.open(path, os.O_WRONLY), "wb") as file:
            file.write(data)
