"""A locale's pages as files, for programs that read what a page puts in from the disk."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

_SKIPPED = frozenset({".git", ".cache", "node_modules", "__pycache__"})


class MirroredDocs:
    """The project's folder once more for each locale, with its localized pages in it.

    Everything else is a symbolic link to what the project has.
    """

    def __init__(
        self, root: Path, folders: Iterable[Path], text_of: Callable[[Path, str], str | None]
    ) -> None:
        self._root = real_path(root)
        self._folders = tuple(real_path(one) for one in folders)
        self._text_of = text_of
        self._folder = TemporaryDirectory(prefix="yiben-")
        self._copies: set[str] = set()

    def path(self, path: Path, tag: str) -> Path | None:
        """Return where a path of the project is in a locale, `None` outside of the project."""
        real = path if path.is_absolute() else self._root / path
        real = Path(os.path.normpath(real))
        if not real.is_relative_to(self._root):
            return None
        if tag not in self._copies:
            self._copies.add(tag)
            self._mirror(self._root, Path(self._folder.name, tag), tag)
        return Path(self._folder.name, tag) / real.relative_to(self._root)

    def _mirror(self, source: Path, target: Path, tag: str) -> None:
        target.mkdir(parents=True)
        for entry in sorted(os.scandir(source), key=lambda one: one.name):
            path, place = Path(entry.path), target / entry.name
            above = any(one.is_relative_to(path) for one in self._folders)
            inside = any(path.is_relative_to(one) for one in self._folders)
            if entry.name in _SKIPPED and not above:
                continue
            if entry.is_dir() and (above or inside):
                self._mirror(path, place, tag)
                continue
            text = self._text_of(path, tag) if inside else None
            if text is None:
                place.symlink_to(path)
            else:
                place.write_text(text, encoding="utf-8", newline="")

    def clear(self) -> None:
        """Remove the files."""
        self._folder.cleanup()
