"""The names in folders, each folder asked once for many questions about what is there."""

from __future__ import annotations

import os
from typing import NamedTuple
from unicodedata import normalize

_FEW = 4
"""So many questions about a folder are asked one by one."""


class _Names(NamedTuple):
    """The names in a folder."""

    is_link: dict[str, bool]
    folded: frozenset[str]
    """The names as a system has them that knows no capitals, or spells accents in its own way."""


_NOWHERE = _Names({}, frozenset())


class Listings:
    """Whether paths exist; the system is asked only where a folder's listing doesn't answer."""

    def __init__(self) -> None:
        self._asked: dict[str, int] = {}
        self._names: dict[str, _Names | None] = {}

    def clear(self) -> None:
        """Forget everything, as something was written."""
        self._asked.clear()
        self._names.clear()

    def has(self, path: str) -> bool:
        """Whether something is there; a link counts where it leads to something."""
        folder, _, name = path.rpartition("/")
        names = self._of(folder)
        if names is not None and name not in {"", ".", ".."} and "~" not in name:
            if names.is_link.get(name) is False:
                return True
            if name not in names.is_link and _folded(name) not in names.folded:
                return False
        return os.path.exists(path)  # noqa: PTH110 - asked often

    def _of(self, folder: str) -> _Names | None:
        """The names in a folder; `None` where they are not known."""
        if folder in self._names:
            return self._names[folder]
        self._asked[folder] = self._asked.get(folder, 0) + 1
        if self._asked[folder] <= _FEW:
            return None
        self._names[folder] = names = _listed(folder)
        return names


def _listed(folder: str) -> _Names | None:
    try:
        with os.scandir(folder or "/") as entries:
            found = {one.name: one.is_symlink() for one in entries}
    except (FileNotFoundError, NotADirectoryError):
        return _NOWHERE
    except (OSError, ValueError):
        return None
    return _Names(found, frozenset(map(_folded, found)))


def _folded(name: str) -> str:
    return name.lower() if name.isascii() else normalize("NFKC", name.casefold())
