"""The folder of a built site."""

from __future__ import annotations

from dataclasses import dataclass
from os import walk
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.commands.verify.reading import read_page
from toolkit.project.files import read_bytes

if TYPE_CHECKING:
    from toolkit.commands.verify.value import BuiltPage


@dataclass(frozen=True, slots=True)
class BuiltSite:
    """A folder with a built site."""

    folder: Path
    shown: str
    """The folder as findings name it: below the project's root where it lies there."""

    def names(self) -> frozenset[str]:
        """All files below the folder."""
        found = []
        for place, _, files in walk(self.folder, followlinks=True):
            below = Path(place).relative_to(self.folder).as_posix()
            found += [f"{below}/{name}" if below != "." else name for name in files]
        return frozenset(found)

    def name(self, file: str) -> str:
        """A file as findings name it."""
        return f"{self.shown}/{file}" if self.shown != "." else file

    def page(self, file: str) -> BuiltPage:
        """A page of the site."""
        return read_page(file, self._data(file))

    def text(self, file: str) -> str:
        """The text of a page."""
        return self._data(file).decode("utf-8", "replace")

    def _data(self, file: str) -> bytes:
        return read_bytes(self.folder / file, self.name(file))
