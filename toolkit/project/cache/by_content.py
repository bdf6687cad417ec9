"""Facts about single files, made from nothing but their bytes; those of many are in one entry."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

from toolkit.project.cache.facts import FILE
from toolkit.project.cache.values import from_bytes, to_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.project.cache import Cache
    from toolkit.project.store import Run

_Known = dict[str, tuple[str, Any]]
"""The digest of each file, and what its bytes say."""
_TOGETHER = 64
"""So many files have their facts in one entry; of more, an edit is to rewrite a part only."""
_AT_ONCE = 8
"""Entries that are held at once."""


def by_content(
    run: Run,
    kind: str,
    names: Sequence[str],
    found: Callable[[str], Any],
) -> list[Any]:
    """Give what `found` makes of each file, as JSON has it, or what it made of the same bytes.

    `found` asks the run for the file; what rests on anything else as well is not kept.
    """
    if run.cache is None:
        return list(map(found, names))
    entries = _Entries(run.cache, kind, names)
    values: dict[str, Any] = {}
    for some in entries.read(names):
        values |= {name: _value(run, entries, name, found) for name in some}
        entries.write()
    return [values[name] for name in names]


def _value(run: Run, entries: _Entries, name: str, found: Callable[[str], Any]) -> Any:  # noqa: ANN401 - as JSON has it
    digest = run.facts.answer(FILE, name)
    known = entries.known.get(name)
    if known and known[0] == digest:
        return known[1]
    with run.facts.noting() as note:
        value = found(name)
    asked = {question: one.answers for question, one in note.asked.items()}
    if asked == {FILE: {name: digest}} and not note.fleeting:
        entries.keep(name, digest, value)
    return value


def keep_by_content(
    run: Run, kind: str, names: Sequence[str], found: Mapping[str, tuple[str, Any]]
) -> None:
    """Keep what is known of some of the files, each with the digest of its bytes."""
    if run.cache is None or not found:
        return
    entries = _Entries(run.cache, kind, names)
    for some in entries.read(list(found)):
        for name in some:
            entries.keep(name, *found[name])
        entries.write()


class _Entries:
    """The entries of the cache that hold the facts of some files, a few of which are held."""

    def __init__(self, cache: Cache, kind: str, names: Sequence[str]) -> None:
        self._cache, self._names = cache, names
        # A power of two, so that all move seldom when files come and go.
        self._count = 1 << (len(names) // _TOGETHER).bit_length()
        keys = (cache.key(kind, f"{place} of {self._count}") for place in range(self._count))
        self._keys = list(keys)
        self._stale: set[int] = set()
        self.known: _Known = {}

    def read(self, names: Sequence[str]) -> Iterator[list[str]]:
        """Read what is known of some files; gives those whose facts are held, a part at a time."""
        parts: dict[int, list[str]] = defaultdict(list)
        for name in names:
            parts[self._place(name)].append(name)
        places = sorted(parts)
        for start in range(0, len(places), _AT_ONCE):
            some = places[start : start + _AT_ONCE]
            self.known = {}
            for entry in self._cache.values([self._keys[place] for place in some]).values():
                self.known |= _read(entry)
            yield [name for place in some for name in parts[place]]

    def keep(self, name: str, digest: str, value: object) -> None:
        """Keep what was found out about a file."""
        self.known[name] = digest, value
        self._stale.add(self._place(name))

    def write(self) -> None:
        """Write the entries that have changed, without files that are gone."""
        if not self._stale:
            return
        here: dict[int, _Known] = defaultdict(dict)
        for name in self._names:
            if name in self.known:
                here[self._place(name)][name] = self.known[name]
        for place in sorted(self._stale):
            self._cache.keep_value(self._keys[place], to_bytes(here[place]))
        self._stale.clear()
        self._cache.write_much()

    def _place(self, name: str) -> int:
        return crc32(name.encode("utf-8", "surrogateescape")) % self._count


def _read(entry: bytes) -> _Known:
    with suppress(ValueError, TypeError, AttributeError):
        found = from_bytes(entry)
        return {name: (digest, value) for name, (digest, value) in found.items()}
    return {}
