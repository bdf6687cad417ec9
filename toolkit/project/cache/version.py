"""The version of the code that made a result: other code may give other results."""

from __future__ import annotations

import hashlib
import os
import sys
import unicodedata
from functools import cache
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import toolkit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_LIBRARIES = frozenset(
    "babel hanzidentifier langdetect markdown_it_py mdit_py_plugins polib pygments pyyaml"
    " rapidfuzz markdown pymdown_extensions".split()
)
"""The packages whose versions decide about results."""
_SUFFIXES = (".py", ".json", ".po")


class Source(NamedTuple):
    """A file of code."""

    path: str
    name: str
    """Below the folder of its package."""
    size: int
    time: int


class Code:
    """The code that results come from: this package, what it stands on, others' dialects."""

    def __init__(self, dialects: Iterable[str] = (), *, every: bool = False) -> None:
        """Look at the code; with `every`, at all packages beside it."""
        libraries = _libraries(every=every)
        self._base = _digest([repr(sys.version_info), unicodedata.unidata_version, *libraries])
        others = (sorted(_sources(str(folder), "")) for folder in _folders_of(dialects))
        self._sources = [*_own_sources(), *chain.from_iterable(others)]

    @property
    def listing(self) -> str:
        """Names the files by their sizes and times, which is quick to find out."""
        return _digest(
            [self._base, *(f"{one.name} {one.size} {one.time}" for one in self._sources)]
        )

    @property
    def content(self) -> str:
        """Names the files by their content, which is the same on all machines."""
        return _digest([self._base, *(f"{one.name} {_sum(one.path)}" for one in self._sources)])


@cache
def _own_sources() -> tuple[Source, ...]:
    """The files of this package, looked at once: a process keeps the code that it has loaded."""
    return tuple(sorted(_sources(str(Path(toolkit.__file__).parent), "")))


def _libraries(*, every: bool) -> Iterator[str]:
    """The folders of metadata of the packages that this one uses, whose names have versions."""
    for folder in map(str, sys.path):
        names = os.listdir(folder) if os.path.isdir(folder) else ()  # noqa: PTH112, PTH208 - quick
        for name in sorted(names):
            package = name.partition("-")[0].lower()
            if name.endswith("-info") and (every or package in _LIBRARIES):
                yield name


def files_of(modules: Iterable[str]) -> Iterator[str]:
    """The files of the packages that other people's dialects stand in."""
    for folder in _folders_of(modules):
        yield from (one.path for one in _sources(str(folder), ""))


def _folders_of(modules: Iterable[str]) -> Iterator[Path]:
    """The folders of the packages that other people's dialects stand in."""
    for package in sorted({one.partition(".")[0] for one in modules}):
        found = find_spec(package)
        if found and found.origin and package != toolkit.__name__:
            yield (
                Path(found.origin).parent
                if found.submodule_search_locations
                else Path(found.origin)
            )


def _sources(path: str, name: str) -> Iterator[Source]:
    if os.path.isfile(path):  # noqa: PTH113 - a dialect that is one module
        state = os.stat(path)  # noqa: PTH116
        yield Source(path, os.path.basename(path), state.st_size, state.st_mtime_ns)  # noqa: PTH119
        return
    with os.scandir(path) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(entry.path, f"{name}{entry.name}/")
            elif entry.name.endswith(_SUFFIXES):
                state = entry.stat()
                yield Source(entry.path, name + entry.name, state.st_size, state.st_mtime_ns)


def _sum(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - hundreds of them
        return hashlib.sha256(file.read()).hexdigest()


def _digest(lines: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode("utf-8", "surrogateescape")).hexdigest()
