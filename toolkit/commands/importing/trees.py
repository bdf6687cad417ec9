"""Read the files of an import from the disk, or from a revision of a git repository."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.files import read_bytes
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.project.git import Repository

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.project.git_blobs import Blobs


@dataclass(frozen=True)
class DiskTree:
    """Files on the disk, named from `root` with `/`."""

    root: Path

    def pages_below(self, folder: str) -> frozenset[str]:
        """The Markdown files in a folder and its folders."""
        base = self.root / folder
        return frozenset(
            _name(path, self.root)
            for path in base.rglob("*")
            if path.suffix.lower() in PAGE_ENDINGS and path.is_file()
        )

    def is_file(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return (self.root / name).is_file()

    def is_folder(self, name: str) -> bool:
        """Whether there is a folder of that name."""
        return (self.root / name).is_dir()

    def read(self, name: str) -> bytes:
        """Read a file; raise `ProjectError` if that fails."""
        return read_bytes(self.root / name, name)


@dataclass(frozen=True)
class RevisionTree:
    """Files as they were in a commit, named from the folder `root` with `/`."""

    root: Path
    revision: str

    @cached_property
    def _repository(self) -> Repository:
        return Repository(self.root)

    @cached_property
    def _names(self) -> dict[str, str]:
        """Names from `root`, with what names their bytes."""
        return self._repository.names(self.revision)

    def pages_below(self, folder: str) -> frozenset[str]:
        """The Markdown files in a folder and its folders."""
        start = "" if folder == "." else f"{folder}/"
        return frozenset(
            name
            for name in self._names
            if name.startswith(start) and Path(name).suffix.lower() in PAGE_ENDINGS
        )

    def is_file(self, name: str) -> bool:
        """Whether there is a file of that name."""
        return name in self._names

    def is_folder(self, name: str) -> bool:
        """Whether there is a folder of that name."""
        return bool(self.pages_below(name))

    def earlier_name(self, name: str) -> str:
        """The name that a file of today had then; empty where it did not exist yet."""
        if name in self._names:
            return name
        for old, new in self._renames:
            name = old if name == new else name
        return name if name in self._names else ""

    @cached_property
    def _renames(self) -> list[tuple[str, str]]:
        """The moves since, as old and new names, the latest first."""
        return self._repository.renames(self._repository.commit(self.revision))

    def read(self, name: str) -> bytes:
        """Read a file; raise `ProjectError` if the revision does not have it."""
        if name not in self._names:
            raise ProjectError(
                Problem(
                    name, 0, 0, f"does not exist in {self.revision}; name a revision that has it"
                )
            )
        blob = self._names[name]
        return self._repository.contents([blob])[blob]


Tree = DiskTree | RevisionTree


@dataclass(frozen=True)
class VersionTree:
    """Pages, each as it was in a revision of its own; others as they are on the disk."""

    root: Path
    blobs: Mapping[str, str]
    """Names the bytes of pages, by their names from `root`."""
    reader: Blobs

    def read(self, name: str) -> bytes:
        """Read a page; raise `ProjectError` if that fails."""
        if name in self.blobs:
            return self.reader.read(self.blobs[name])
        return read_bytes(self.root / name, name)


def _name(path: Path, root: Path) -> str:
    return Path(os.path.relpath(path, root)).as_posix()
