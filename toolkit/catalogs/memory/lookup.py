"""Looks texts up in what was translated before: the same text, and texts like it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.index import Index

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping

    from toolkit.catalogs.memory.entries import Entry

_LEAST = 0.01
"""Below that two texts have nothing in common."""


@dataclass(frozen=True)
class Memory:
    """The entries for one target locale. Texts are indexed when they are first asked for."""

    entries: tuple[Entry, ...]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Memory:
        """A memory of entries; where all else is equal, their order decides."""
        return cls(tuple(entries))

    def exact(self, text: str, context: str | None) -> Entry | None:
        """Return the entry for an identical text, with the same context if there is one.

        Of several translations the most frequent is given, of equally frequent ones the first.
        """
        found = self._by_context.get((text, context)) or self._by_text.get(text)
        return found[0] if found else None

    def close(self, text: str, limit: int, least: float) -> list[tuple[Entry, float]]:
        """At most `limit` entries with texts like `text`, and their likeness, the best first.

        Likeness is from 0 to 1; entries below `least` are left out. Each text comes once with each
        of its translations. Of equally like ones the very text is first, then the earliest text,
        and the most frequent translation of it.
        """
        near = self._index.near(text, max(least, _LEAST))
        scored = [(self._texts[place], place, share) for place, share in near.items()]
        scored.sort(key=lambda one: (-one[2], one[0] != text, one[1]))
        # The index lets some in that are less by a rounding.
        pairs = (
            (entry, share)
            for found, _, share in scored
            if share >= least
            for entry in self._by_text[found]
        )
        return list(islice(pairs, max(limit, 0)))

    def prepare(self) -> None:
        """Index the texts now."""
        self._index.prepare()

    @cached_property
    def _by_text(self) -> Mapping[Hashable, tuple[Entry, ...]]:
        return _ranked(self.entries, lambda entry: entry.source)

    @cached_property
    def _by_context(self) -> Mapping[Hashable, tuple[Entry, ...]]:
        return _ranked(self.entries, lambda entry: (entry.source, entry.context))

    @cached_property
    def _texts(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(entry.source for entry in self.entries))

    @cached_property
    def _index(self) -> Index:
        return Index(self._texts)


def _ranked(
    entries: Iterable[Entry], key: Callable[[Entry], Hashable]
) -> dict[Hashable, tuple[Entry, ...]]:
    """The first entry of each translation by key, the most frequent translation first."""
    groups: dict[Hashable, list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[key(entry)].append(entry)
    return {name: _by_frequency(group) for name, group in groups.items()}


def _by_frequency(entries: list[Entry]) -> tuple[Entry, ...]:
    counts = Counter(entry.translation for entry in entries)
    first = {entry.translation: entry for entry in reversed(entries)}
    return tuple(first[translation] for translation, _ in counts.most_common())
