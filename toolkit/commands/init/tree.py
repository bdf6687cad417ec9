"""The pages of a folder, and what readers see of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING

from toolkit.dialects import dialect_named
from toolkit.language.detection import Detected, language_of
from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.reading.segment import segment

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_MOST_PAGES = 400
"""Pages by which the language is recognized; more do not change the answer."""
LEFT_OUT = ("build", "locales", "node_modules", "venv", "vendor", "dist", "_build", "_site")
"""Folders that programs fill, which nobody translates."""
_OTHER_ENDINGS = frozenset({".rst", ".adoc", ".rmd", ".mdoc", ".html", ".txt"})


@dataclass(frozen=True, slots=True)
class Tree:
    """A folder of pages: their names below it, with `/`."""

    folder: Path
    dialect: str
    names: tuple[str, ...]

    def language(self, names: Sequence[str] = ()) -> Detected | None:
        """The language of these pages, or of all."""
        return language_of(self._texts(sorted(names or self.names)[:_MOST_PAGES]))

    def sources(self) -> Iterator[str]:
        """The pages as they are written, of each that can be read."""
        for name in self.names:
            try:
                yield Document.from_bytes(name, (self.folder / name).read_bytes()).text
            except (ToolkitError, OSError):
                continue

    def _texts(self, names: Sequence[str]) -> Iterator[str]:
        """The text that readers see, of each page that can be read."""
        dialect = dialect_named(self.dialect)
        for name in names:
            try:
                document = Document.from_bytes(name, (self.folder / name).read_bytes())
                yield "\n".join(unit.text for unit in segment(document, dialect.for_file(name)))
            except (ToolkitError, OSError):
                continue


def tree_of(folder: Path, dialect: str, exclude: Sequence[str] = ()) -> Tree:
    """The pages below a folder without those that match a pattern."""
    found = (name for name in _files(folder) if _ending(name) in PAGE_ENDINGS)
    kept = (name for name in found if not any(fnmatch(name, pattern) for pattern in exclude))
    return Tree(folder, dialect, tuple(sorted(kept)))


def other_pages(folder: Path) -> str:
    """The ending that most other texts in a folder have, and how many; empty for none."""
    found = Counter(_ending(name) for name in _files(folder))
    known = [(count, ending) for ending, count in found.items() if ending in _OTHER_ENDINGS]
    count, ending = max(known, default=(0, ""))
    some = f"{count} files end" if count > 1 else "one file ends"
    return f"{some} in {ending}" if count else ""


def _files(folder: Path) -> Iterator[str]:
    """The files below a folder, but hidden ones and those that programs put there."""
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith(".") or part == "node_modules" for part in parts)
        if not hidden and parts[0] not in LEFT_OUT and path.is_file():
            yield "/".join(parts)


def _ending(name: str) -> str:
    head, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if dot and head else ""
