"""The results of earlier runs, kept by what they were made from.

A result is kept with the questions that it rests on and their answers (`facts`): the bytes of
files, whether a page has an id, and so on. While all answers are the same, so is the result.
Nothing here is anybody's only copy; the file may be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import fields
from typing import TYPE_CHECKING

from toolkit.model.errors import ToolkitError
from toolkit.project.cache.facts import Asked, Facts, Trace, digest_of, joined
from toolkit.project.cache.places import FILE_NAME, folder_at
from toolkit.project.cache.values import Values
from toolkit.project.own_folder import OWN_FOLDER, own_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from toolkit.project.cache.database import Database
    from toolkit.project.project import Project
    from toolkit.project.settings import Settings

__all__ = ["Asked", "Cache", "Facts", "Trace", "Values", "digest_of", "joined", "open_cache"]

_MUCH = 4 * 1024 * 1024
"""Bytes that are kept back before they are written."""
_NO_MATTER = frozenset({"cache", "baseline"})
"""Settings that change no result that is kept."""


class Cache:
    """Results by their keys, and what each rests on."""

    def __init__(self, database: Database, maker: str) -> None:
        self._database = database
        self._maker = maker
        self._fresh: dict[str, bytes] = {}
        self._size = 0
        self.results: dict[str, tuple[Trace, object]] = {}
        """The results that were read already."""
        self.held: set[str] = set()
        """The keys of results that were kept by an earlier run and still hold."""
        self.made: set[str] = set()
        """The keys of results that this run has made and kept."""

    @property
    def trouble(self) -> str:
        """Why the cache is not used; empty where it is."""
        return self._database.trouble

    def key(self, *parts: str) -> str:
        """The key of a result, from what it is and all that is known before it is made."""
        return hashlib.sha256(
            "\0".join((self._maker, *parts)).encode("utf-8", "replace")
        ).hexdigest()

    def entries(self, keys: Sequence[str]) -> dict[str, tuple[Trace, bytes]]:
        """The entries kept under some keys; what is no entry counts as none."""
        found = {}
        for key, entry in self._found(keys).items():
            try:
                found[key] = _taken_apart(entry)
            except (ValueError, TypeError, AttributeError):
                continue
        return found

    def _found(self, keys: Sequence[str]) -> dict[str, bytes]:
        fresh = {key: self._fresh[key] for key in keys if key in self._fresh}
        return self._database.read([key for key in keys if key not in fresh]) | fresh

    def values(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Values that rest on nothing but what their keys name."""
        return self._found(keys)

    def keep(self, key: str, trace: Trace, value: bytes) -> None:
        """Keep a result with what it rests on."""
        self.made.add(key)
        self.keep_value(key, json.dumps(trace, ensure_ascii=True).encode() + b"\n" + value)

    def keep_value(self, key: str, value: bytes) -> None:
        """Keep a value that rests on nothing but what its key names."""
        self.results.pop(key, None)
        self._fresh[key] = value
        self._size += len(value)

    def fresh(self) -> dict[str, bytes]:
        """Hand over what was put in since the last time, for another process to keep."""
        fresh, self._fresh = self._fresh, {}
        self._size = 0
        return fresh

    def take(self, entries: Mapping[str, bytes]) -> None:
        """Keep what another process has found out."""
        for key, value in entries.items():
            self.keep_value(key, value)
        self.write_much()

    def write_much(self) -> None:
        """Write what was put in, unless that is little."""
        if self._size > _MUCH:
            self._database.write(self.fresh())

    def flush(self) -> None:
        """Write what was put in, and let go of the file."""
        self._database.write(self.fresh())
        self._database.close()


def _taken_apart(entry: bytes) -> tuple[Trace, bytes]:
    head, _, value = entry.partition(b"\n")
    return {
        kind: Asked(whole, answers) for kind, (whole, answers) in json.loads(head).items()
    }, value


def open_cache(project: Project, home: str = "") -> Cache | None:
    """The cache of a project or a part of one, `None` where it has none or none can be made.

    `home` is the folder for caches of all programs, where the user has such.
    """
    # Programs that need no cache are not to wait for SQLite.
    from toolkit.project.cache.database import Database  # noqa: PLC0415
    from toolkit.project.cache.version import Code  # noqa: PLC0415

    try:
        folder = _folder(project.root, home)
        database = Database(folder / FILE_NAME)
        code = Code(_dialect_modules(project.settings))
        listing = f"code {code.listing}"
        known = database.read([listing]).get(listing)
        content = known.decode("ascii", "replace") if known else code.content
        if not known:
            database.write({listing: content.encode()})
    except (OSError, ToolkitError):
        return None
    siblings = (line for one in project.siblings for line in (one.part, *_choices(one.settings)))
    return Cache(database, _digest([content, project.part, *_choices(project.settings), *siblings]))


def _folder(root: Path, home: str) -> Path:
    """Make the folder of the cache; raises `OSError` where it leads somewhere else."""
    if home:
        folder = folder_at(root, home)
        folder.mkdir(parents=True, exist_ok=True)
        return folder
    if (root / OWN_FOLDER).is_symlink():
        raise OSError("a link")
    return own_folder(root)


def _dialect_modules(settings: Settings) -> Iterable[str]:
    """The modules that the project's dialects were made in."""
    from toolkit.dialects import module_of  # noqa: PLC0415

    named = settings.dialect
    names = (named,) if isinstance(named, str) else named.values()
    return filter(None, map(module_of, names))


def _choices(settings: Settings) -> Iterable[str]:
    return (
        f"{one.name}={getattr(settings, one.name)!r}"
        for one in fields(settings)
        if one.name not in _NO_MATTER
    )


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
