"""Folders outside of a project that reports are written into."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from pathlib import Path

    from toolkit.project.project import Project

_HEAD_BYTES = 400


def check_folder(project: Project, folder: Path, mark: str) -> None:
    """Raise `ProjectError` where an export would lie among other files.

    `mark` stands at the beginning of the index of an earlier export, which may be replaced.
    """
    path, root = real_path(folder), real_path(project.root)
    inputs = [root / project.settings.content, root / project.settings.catalogs]
    if path == root or any(path.is_relative_to(one) or one.is_relative_to(path) for one in inputs):
        raise ProjectError(Problem(str(folder), 0, 0, "is a folder of the project; name another"))
    if path.exists() and not path.is_dir():
        raise ProjectError(Problem(str(folder), 0, 0, "is not a folder; name another"))
    if path.is_dir() and any(path.iterdir()) and not has_mark(path / "index.html", mark):
        text = "holds files that yiben did not write; name an empty folder"
        raise ProjectError(Problem(str(folder), 0, 0, text))


def has_mark(path: Path, mark: str) -> bool:
    """Whether a file begins as one of ours does."""
    try:
        return mark.encode() in path.read_bytes()[:_HEAD_BYTES]
    except OSError:
        return False
