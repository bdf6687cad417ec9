"""Facts about single files, made from nothing but their bytes; those of many are in one entry."""

from __future__ import annotations

import json
from collections import defaultdict
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zlib import crc32

from toolkit.project.cache.facts import FILE

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.project.cache import Cache
    from toolkit.project.store import Run

_Known = dict[str, tuple[str, Any]]
"""The digest of each file, and what its bytes say."""
_TOGETHER = 64
"""So many files have their facts in one entry; of more, an edit is to rewrite a part only."""


def by_content(run: Run, kind: str, names: Sequence[str], found: Callable[[str], Any]) -> list[Any]:
    """Give what `found` makes of each file, as JSON has it, or what it made of the same bytes.

    `found` asks the run for the file; what rests on anything else as well is not kept.
    """
    if run.cache is None:
        return list(map(found, names))
    entries = _Entries(run.cache, kind, names)
    values = []
    for name in names:
        digest = run.facts.answer(FILE, name)
        known = entries.known.get(name)
        if known and known[0] == digest:
            values.append(known[1])
            continue
        with run.facts.noting() as note:
            value = found(name)
        asked = {question: one.answers for question, one in note.asked.items()}
        if asked == {FILE: {name: digest}} and not note.fleeting:
            entries.keep(name, digest, value)
        values.append(value)
    entries.write()
    return values


def keep_by_content(
    run: Run, kind: str, names: Sequence[str], found: Mapping[str, tuple[str, Any]]
) -> None:
    """Keep what is known of some of the files, each with the digest of its bytes."""
    if run.cache is not None and found:
        entries = _Entries(run.cache, kind, names)
        for name, (digest, value) in found.items():
            entries.keep(name, digest, value)
        entries.write()


class _Entries:
    """The entries of the cache that hold the facts of some files."""

    def __init__(self, cache: Cache, kind: str, names: Sequence[str]) -> None:
        self._cache, self._names = cache, names
        # A power of two, so that all move seldom when files come and go.
        self._count = 1 << (len(names) // _TOGETHER).bit_length()
        keys = (cache.key(kind, f"{place} of {self._count}") for place in range(self._count))
        self._keys = list(keys)
        self._stale: set[int] = set()
        self.known: _Known = {}
        for entry in cache.values(self._keys).values():
            self.known |= _read(entry)

    def keep(self, name: str, digest: str, value: object) -> None:
        """Keep what was found out about a file."""
        self.known[name] = digest, value
        self._stale.add(self._place(name))

    def write(self) -> None:
        """Write the entries that have changed, without files that are gone."""
        here: dict[int, _Known] = defaultdict(dict)
        for name in self._names if self._stale else ():
            if name in self.known:
                here[self._place(name)][name] = self.known[name]
        for place in sorted(self._stale):
            data = json.dumps(here[place], ensure_ascii=False, separators=(",", ":"))
            self._cache.keep_value(self._keys[place], data.encode("utf-8", "surrogatepass"))

    def _place(self, name: str) -> int:
        return crc32(name.encode("utf-8", "surrogateescape")) % self._count


def _read(entry: bytes) -> _Known:
    with suppress(ValueError, TypeError, AttributeError):
        found = json.loads(entry.decode("utf-8", "surrogatepass"))
        return {name: (digest, value) for name, (digest, value) in found.items()}
    return {}
