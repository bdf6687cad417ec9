"""The completeness of locales over time, from the catalogs in the history of git."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.statistics import count_words
from toolkit.model.errors import ToolkitError
from toolkit.project.git import Repository

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.project.git import Commit
    from toolkit.project.store import Run

_MOST = 60
"""Points of a history; of more commits, some are left out."""
_BATCH = 500
"""Catalogs that are read from git at once."""


class Words(NamedTuple):
    """The words of some messages: how many are translated, of how many."""

    translated: int = 0
    total: int = 0

    @property
    def complete(self) -> float:
        """Percent of the words that are translated; 0 where there are none."""
        return 100.0 * self.translated / self.total if self.total else 0.0


@dataclass(frozen=True, slots=True)
class Point:
    """The words of each locale's catalogs at a time."""

    time: int
    """Seconds since 1970."""
    words: Mapping[str, Words]
    """By the tag of the locale."""

    @classmethod
    def joined(cls, histories: Iterable[Sequence[Point]]) -> tuple[Point, ...]:
        """Add histories up: at each of their times, each counts as it was last."""
        listed = [history for history in histories if history]
        if len(listed) < 2:  # noqa: PLR2004 - one, or none
            return tuple(listed[0]) if listed else ()
        times = sorted({point.time for history in listed for point in history})
        return tuple(cls(time, _sum([_last(one, time) for one in listed])) for time in times)


def _last(history: Sequence[Point], time: int) -> Mapping[str, Words]:
    return next((one.words for one in reversed(history) if one.time <= time), {})


def _sum(parts: Iterable[Mapping[str, Words]]) -> Mapping[str, Words]:
    translated: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for part in parts:
        for tag, words in part.items():
            translated[tag] += words.translated
            total[tag] += words.total
    return {tag: Words(translated[tag], total[tag]) for tag in total}


def points_of(run: Run, locales: Sequence[Locale], log: Sequence[Commit]) -> tuple[Point, ...]:
    """Return the completeness at the commits of a log, the earliest first.

    Each message counts as often as its places are named, as the units of a page do.
    """
    start = f"{run.project.settings.catalogs}/"
    tags = {locale.folder: locale.tag for locale in locales}
    state: dict[str, str] = {}
    states: _States = []
    for commit in reversed(log):
        before = dict(state)
        for name, blob in commit.files.items():
            folder = name.removeprefix(start).partition("/")[0]
            if name.startswith(start) and name.endswith(".po") and folder in tags:
                state[name] = blob
        if state != before:
            states.append((commit.time, {name: blob for name, blob in state.items() if blob}))
    chosen = _spread(_in_order(states))
    words = _words_of(run, {blob for _, files in chosen for blob in files.values()})
    return tuple(_point(time, files, words, tags, start) for time, files in chosen)


_States = list[tuple[int, dict[str, str]]]
"""Times, with what names the bytes of each catalog by then."""


def _in_order(states: _States) -> _States:
    """Set clocks back that were ahead: no state is later than the one that follows it."""
    times = accumulate((time for time, _ in reversed(states)), min)
    files = (one for _, one in reversed(states))
    return list(zip(times, files, strict=True))[::-1]


def _spread(states: _States) -> _States:
    """Choose states evenly over time, the first and the last among them."""
    if len(states) <= _MOST:
        return states
    first, last = states[0][0], states[-1][0]
    step = max(1.0, (last - first) / (_MOST - 1))
    chosen = {int((time - first) // step): place for place, (time, _) in enumerate(states)}
    return [states[place] for place in sorted({0, *chosen.values(), len(states) - 1})]


def _point(
    time: int,
    files: Mapping[str, str],
    words: Mapping[str, Words],
    tags: Mapping[str, str],
    start: str,
) -> Point:
    parts = (
        {tags[name.removeprefix(start).partition("/")[0]]: words[blob]}
        for name, blob in files.items()
    )
    return Point(time, _sum(parts))


def _words_of(run: Run, blobs: Iterable[str]) -> Mapping[str, Words]:
    """Count the words of catalogs, by what names their bytes; a broken one has none."""
    repository, wordless = Repository(run.project.root), run.dialect.wordless
    wanted, counts = sorted(blobs), _WordCounts(wordless)
    found: dict[str, Words] = {}
    for place in range(0, len(wanted), _BATCH):
        for blob, data in repository.contents(wanted[place : place + _BATCH]).items():
            found[blob] = counts.of_catalog(data)
    return found


class _WordCounts:
    """Counts words, those of each text once."""

    def __init__(self, wordless: re.Pattern[str]) -> None:
        self._wordless = wordless
        self._known: dict[str, int] = {}

    def of_catalog(self, data: bytes) -> Words:
        """Return the words of a catalog's messages."""
        try:
            messages = read_catalog("", data).messages
        except ToolkitError:
            return Words()
        live = [(self._of(one), one.translated) for one in messages if not one.obsolete]
        return Words(sum(count for count, done in live if done), sum(count for count, _ in live))

    def _of(self, message: Message) -> int:
        if message.id not in self._known:
            self._known[message.id] = count_words(message.id, self._wordless)
        return self._known[message.id] * max(1, len(message.references))
