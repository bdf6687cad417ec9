"""Find translations that stand at their neighbour: copied there, swapped, or moved in a row.

The languages need not be known: what survives translation, lengths, and which words go together in
the other messages of the catalog tell whose translation a text is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

from toolkit.aligning.evidence import DISTANCE_BOUNDS, LOST_BOUNDS, SHARED_BOUNDS, SIZE_BOUNDS
from toolkit.aligning.weights import EVIDENCE, LENGTHS
from toolkit.language.characters import EAST_ASIAN

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(rf"[{EAST_ASIAN}]+|[^\W_{EAST_ASIAN}]+")
_KEPT = re.compile(r"`[^`\n]+`|\]\([^()\s]*")
"""Code and targets: their words stay."""
_STEM = 7
"""Letters of a word that count, so that endings do not."""
_MOST_PLACES = 40
"""Messages that are looked into for the company of a word."""
_LEAST_SPREAD = 50
"""Messages that a catalog is thought to have at least, where words count as rare."""
_SPREAD = 6.8
"""Variance of the characters of a translation for each of its source (Gale and Church 1993)."""
_SIZE_BASE = 50
_COMPANY = 0.7
"""The weight of words that go together, against what survives translation."""
_MOST_COMPANY = 2.1
"""The most that words that go together decide; common ones add up in long texts."""
_SWAPPED, _MOVED, _ALONE = 3.0, 4.0, 6.0
"""The gains from which on translations count as swapped, moved in a row, or moved alone."""
_BETTER = 1.0
"""The gain of the source behind a row, if its translation has to give way."""
_MOST_WORDS = 12
"""The words of a text, the rarest ones, that are looked at for their company."""
_TOLD_APART = 1.5
"""The gain from which on one of two such sources is the wrong one."""
_LEAST_SIZE = 4
"""Letters of a text that hardly two sources share; one of East Asia counts twice."""
_ALIKE = 88.0
"""The likeness in percent of sources that may have the same translation."""


class Shift(NamedTuple):
    """A message whose translation is its neighbour's, by their places."""

    place: int
    neighbour: int


@dataclass(frozen=True, slots=True)
class _Text:
    words: frozenset[str]
    hard: frozenset[str]
    """The words that stand on the other side as well."""
    size: int
    telling: int
    """Its letters, those of East Asia counted twice."""


def shifts(rows: Sequence[tuple[str, str]], scripts: tuple[str, str]) -> list[Shift]:
    """Find the shifted ones among sources and translations that stand one behind the other.

    A translation is empty where there is none that counts; `scripts` are those of both sides.
    """
    return sorted(set(_Catalog(rows, scripts).shifts()))


class _Catalog:
    """Messages in their order, and how well each translation fits which source."""

    def __init__(self, rows: Sequence[tuple[str, str]], scripts: tuple[str, str]) -> None:
        self._rows = rows
        self._sources = [_text(source, scripts[0]) for source, _ in rows]
        self._targets = [_text(target, scripts[1]) for _, target in rows]
        counted = [one for one, row in zip(self._sources, rows, strict=True) if row[1]]
        sizes = sum(one.size for one in counted), sum(one.size for one in self._targets)
        self._ratio = (sizes[1] + _SIZE_BASE) / (sizes[0] + _SIZE_BASE)
        self._spread = _SPREAD / 2 * sqrt(max(self._ratio, 1 / self._ratio))
        self._most = max(_LEAST_SPREAD, len(rows))
        self._fits: dict[tuple[int, int], float] = {}
        self._rare: dict[int, frozenset[str]] = {}
        self._told: dict[int, Sequence[str]] = {}
        self._gains: dict[tuple[int, int], float] = {}
        self._company_of: dict[str, tuple[Counter[str], frozenset[int]]] = {}

    def shifts(self) -> Iterator[Shift]:
        """Yield what was copied, swapped and moved."""
        for place in range(len(self._rows) - 1):
            yield from self._at(place, place + 1)
        for step in (1, -1):
            yield from self._moved(step)

    def _at(self, one: int, other: int) -> Iterator[Shift]:
        """Compare two neighbours: the same text twice, or each at the other's place."""
        (source, text), (source2, text2) = self._rows[one], self._rows[other]
        if not (text and text2) or _bare(source) == _bare(source2):
            return
        if text == text2:
            yield from self._copied(one, other)
            return
        if self._cheap(one, other) + self._cheap(other, one) <= _SWAPPED - 2 * _MOST_COMPANY:
            return
        if self._gain(one, other) + self._gain(other, one) > _SWAPPED:
            yield Shift(one, other)
            yield Shift(other, one)

    def _copied(self, one: int, other: int) -> Iterator[Shift]:
        """Yield the one of two sources with the same translation that it fits less."""
        gain = self._gain(one, other)
        alike = ratio(self._rows[one][0], self._rows[other][0]) >= _ALIKE
        if self._targets[one].telling >= _LEAST_SIZE and (not alike or abs(gain) > _TOLD_APART):
            yield Shift(one, other) if gain > 0 else Shift(other, one)

    def _moved(self, step: int) -> Iterator[Shift]:
        """Find rows of translations that each belong `step` further on."""
        places = range(len(self._rows) - 1) if step > 0 else range(len(self._rows) - 1, 0, -1)
        row: list[int] = []
        gain = 0.0
        for place in places:
            more = self._gain_along(place, step)
            if more is not None and gain + more > 0:
                row.append(place)
                gain += more
                continue
            yield from self._row(row, gain, step)
            row, gain = [], 0.0
        yield from self._row(row, gain, step)

    def _gain_along(self, place: int, step: int) -> float | None:
        """The gain of a translation that goes to the next place; `None` where it cannot."""
        other = place + step
        text, there = self._rows[place][1], self._rows[other][1]
        if not text or text == there or _bare(self._rows[place][0]) == _bare(self._rows[other][0]):
            return None
        return self._gain(place, other)

    def _row(self, row: list[int], gain: float, step: int) -> Iterator[Shift]:
        """Accept a row whose last translation finds its place empty, or better filled by it."""
        while row and self._gain(row[-1], row[-1] + step) <= 0:
            gain -= self._gain(row[-1], row[-1] + step)
            row = row[:-1]
        if not row or gain <= (_MOVED if len(row) > 1 else _ALONE):
            return
        last, end = row[-1], row[-1] + step
        if self._rows[end][1] and (
            len(row) == 1 or self._fit(end, last) <= self._fit(end, end) + _BETTER
        ):
            return
        for place in row:
            if self._gain(place, place + step) > 0:
                yield Shift(place, place + step)

    def _gain(self, place: int, other: int) -> float:
        """Return how much better the translation at one place fits the source at another."""
        key = (place, other)
        if key not in self._gains:
            self._gains[key] = self._new_gain(place, other)
        return self._gains[key]

    def _new_gain(self, place: int, other: int) -> float:
        cheap = self._cheap(place, other)
        if cheap < -_MOST_COMPANY:
            return cheap
        left_out = (place, other)
        more = self._company(other, place, left_out) - self._company(place, place, left_out)
        return cheap + max(-_MOST_COMPANY, min(_MOST_COMPANY, _COMPANY * more))

    def _cheap(self, place: int, other: int) -> float:
        """The gain without asking which words go together."""
        return self._fit(other, place) - self._fit(place, place)

    def _fit(self, source: int, target: int) -> float:
        """The fit by length and by what survives translation."""
        key = (source, target)
        if key not in self._fits:
            one, two = self._sources[source], self._targets[target]
            wanted = one.size * self._ratio
            mean = (wanted + two.size) / 2 + 1
            distance = abs(two.size - wanted) / sqrt(mean * self._spread)
            sizes = LENGTHS[bisect_left(SIZE_BOUNDS, mean)]
            shared = sum(map(self._weight, one.words & two.words))
            lost = sum(map(self._weight, (one.hard - two.words) | (two.hard - one.words)))
            content = EVIDENCE[bisect_left(SHARED_BOUNDS, shared)][bisect_left(LOST_BOUNDS, lost)]
            self._fits[key] = sizes[bisect_left(DISTANCE_BOUNDS, distance)] + content
        return self._fits[key]

    def _weight(self, word: str) -> float:
        return max(0.1, log(self._most / max(1, len(self._places.get(word, ())))))

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """The messages in whose source each word stands."""
        found: dict[str, list[int]] = defaultdict(list)
        for place, text in enumerate(self._sources):
            for word in text.words:
                found[word].append(place)
        return found

    @cached_property
    def _counts(self) -> Counter[str]:
        """The number of translations that contain each word."""
        return Counter(word for text in self._targets for word in text.words)

    def _company(self, source: int, target: int, left_out: tuple[int, int]) -> float:
        """The fit by words: those of the translation stand where those of the source do."""
        words = self._rarest(target)
        kept = self._targets[target].words
        found = (
            self._best_company(word, words, left_out)
            for word in self._telling(source)
            if word not in kept
        )
        return sum(found)

    def _rarest(self, target: int) -> frozenset[str]:
        """The words of a translation that tell most."""
        if target not in self._rare:
            words = self._targets[target].words
            counts = self._counts
            rare = nsmallest(_MOST_WORDS, words, key=lambda one: (counts[one], one))
            self._rare[target] = frozenset(rare)
        return self._rare[target]

    def _telling(self, source: int) -> Sequence[str]:
        """The words of a source that tell most, of those that other sources have."""
        if source not in self._told:
            counts = {word: len(self._places[word]) for word in self._sources[source].words}
            shared = (word for word, count in counts.items() if count > 1)
            self._told[source] = nsmallest(_MOST_WORDS, shared, key=lambda one: (counts[one], one))
        return self._told[source]

    def _best_company(self, word: str, words: frozenset[str], left_out: tuple[int, int]) -> float:
        """The fit of a source's word with the one of some words that goes best with it."""
        near, places = self._near(word)
        own = [one for one in left_out if one in places]
        others = len(places) - len(own)
        if not others:
            return 0.0
        best = 0.0
        for other in words & near.keys():
            count = near[other] - sum(other in self._targets[one].words for one in own)
            if count:
                usual = self._counts[other] / self._most
                best = max(best, (0.9 * count / others + 0.1 * usual) / usual)
        if not best:
            return -0.5 if others == 1 else -1.0
        return max(0.0, log(best)) / (2 if others == 1 else 1)

    def _near(self, word: str) -> tuple[Counter[str], frozenset[int]]:
        """The words of the translations where a source's word stands, and these places."""
        if word not in self._company_of:
            places = self._places[word][:_MOST_PLACES]
            near = Counter(one for place in places for one in self._targets[place].words)
            self._company_of[word] = near, frozenset(places)
        return self._company_of[word]


def _bare(text: str) -> str:
    """The letters and digits of a text, whatever their case."""
    return "".join(_WORD.findall(text)).casefold()


def _text(text: str, script: str) -> _Text:
    kept = {_stem(word) for span in _KEPT.findall(text) for word in _WORD.findall(span)}
    words: set[str] = set()
    hard: set[str] = set()
    size = wide = 0
    for word in _WORD.findall(text):
        size += len(word)
        if word[0] >= "\u2e80":
            wide += len(word)
            words.update(word[at : at + 2] for at in range(max(1, len(word) - 1)))
            continue
        stem = _stem(word)
        words.add(stem)
        foreign = script != "Latn" and word.isascii()
        if foreign or stem in kept or not word.isalpha():
            hard.add(stem)
    return _Text(frozenset(words), frozenset(hard), size, size + wide)


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s")[:_STEM]
