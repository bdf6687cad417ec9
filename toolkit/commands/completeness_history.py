"""The completeness of locales over time, from the catalogs in the history of git."""

from __future__ import annotations

from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import TYPE_CHECKING

from toolkit.catalogs.word_counts import WordCounts, Words, total
from toolkit.project.git_blobs import Blobs
from toolkit.project.pool import over

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.cache import Cache
    from toolkit.project.git import Commit
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run

_MOST = 60
"""Points of a history; of more commits, some are left out."""
_KIND = "words"


@dataclass(frozen=True, slots=True)
class Point:
    """The words of each locale's catalogs at a time."""

    time: int
    """Seconds since 1970."""
    words: Mapping[str, Words]
    """The words of each locale, by its tag."""

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
    found: dict[str, list[Words]] = defaultdict(list)
    for part in parts:
        for tag, words in part.items():
            found[tag].append(words)
    return {tag: total(listed) for tag, listed in found.items()}


def points_of(
    run: Run, locales: Sequence[Locale], log: Sequence[Commit], progress: Progress
) -> tuple[Point, ...]:
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
    words = _words_of(run, progress, [files for _, files in chosen])
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


def _words_of(
    run: Run, progress: Progress, states: Iterable[Mapping[str, str]]
) -> dict[str, Words]:
    """Count the words of catalogs, by what names their bytes; a broken one has none."""
    versions: dict[str, dict[str, None]] = defaultdict(dict)
    for name, blob in chain.from_iterable(files.items() for files in states):
        versions[name][blob] = None
    known = _known(run.cache, set(chain.from_iterable(versions.values())))
    new = ([one for one in blobs if one not in known] for blobs in versions.values())
    state = Blobs(run.project.root), WordCounts(run.dialect.wordless)
    try:
        for found in over(state, _count, progress, list(filter(None, new))):
            known |= found
            _keep(run.cache, found)
    finally:
        state[0].close()
    return known


def _count(state: tuple[Blobs, WordCounts], blobs: Sequence[str]) -> dict[str, Words]:
    """Count the words of the versions of a catalog."""
    store, counts = state
    return {name: counts.of_catalog(data) for name, data in store.read_all(blobs)}


def _known(cache: Cache | None, blobs: Iterable[str]) -> dict[str, Words]:
    """Return the words that earlier runs have counted."""
    if cache is None:
        return {}
    keys = {cache.key(_KIND, one): one for one in sorted(blobs)}
    found = {}
    for key, value in cache.values(list(keys)).items():
        with suppress(ValueError, TypeError):
            found[keys[key]] = Words(*map(int, value.split()))
    return found


def _keep(cache: Cache | None, found: Mapping[str, Words]) -> None:
    if cache is None:
        return
    for blob, words in found.items():
        cache.keep_value(cache.key(_KIND, blob), b"%d %d" % words)
