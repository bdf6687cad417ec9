"""The fit of translations to their sources, and to those of their neighbours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from math import log, sqrt
from typing import TYPE_CHECKING

from toolkit.aligning.company import Company
from toolkit.aligning.evidence import DISTANCE_BOUNDS, LOST_BOUNDS, SHARED_BOUNDS, SIZE_BOUNDS
from toolkit.aligning.shift_weights import SHIFTS
from toolkit.aligning.weights import EVIDENCE, LENGTHS
from toolkit.language.characters import EAST_ASIAN
from toolkit.language.punctuation import ALIKE, MEANINGS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_WORD = re.compile(rf"[{EAST_ASIAN}]+|[^\W_{EAST_ASIAN}]+")
_KEPT = re.compile(r"`[^`\n]+`|\]\([^()\s]*")
"""Code and targets: their words stay."""
_DIGIT = re.compile(r"\d")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_STEM = 7
"""Letters of a word that count, so that endings do not."""
_LEAST_SPREAD = 50
"""Messages that a catalog is thought to have at least, where words count as rare."""
_SPREAD = 6.8
"""Variance of the characters of a translation for each of its source (Gale and Church 1993)."""
_SIZE_BASE = 50
_NAME = re.compile(r"\w[\w.+#-]*", re.ASCII)
_TELLING = re.compile(r"[A-Z0-9_+#.]")
"""A sign that a word may be a name."""
_MOST_NAMES = 12.0
"""The most that names which both sides have decide."""
_MOST_RUNS = 0.3
"""The share of letters in common that decides most; short words share some by chance."""
_MARKS = {**MEANINGS, "…": ".", "(": "(", "（": "("}
"""Marks of punctuation, each by the one that means the same."""
_MARK = re.compile(f"[{re.escape(''.join(_MARKS))}]")
_REMEMBERED = 1024
"""Texts that are remembered: the sources of a page are the same in all locales."""
_ENDS = frozenset(ALIKE)
_AFTER_END = " \t\n*_`\"'”’）)»」』】]>"
_INNER = ",:("
"""The marks that are counted."""
_MOST_COMPANY = 3.0
"""The most that words which go together decide; common ones add up in long texts."""
MOST_COMPANY = _MOST_COMPANY * SHIFTS["company"]
"""The most that words which go together add to a gain or take from it."""
_BASE = 3
"""Letters that are added to both sizes, so that short texts differ less."""


@dataclass(frozen=True, slots=True)
class Text:
    """The parts of a source or translation that can be compared with the other side."""

    words: frozenset[str]
    hard: frozenset[str]
    """The words that stand on the other side as well."""
    size: int
    telling: int
    """Its letters, those of East Asia counted twice."""
    names: frozenset[str]
    runs: frozenset[str]
    """All three letters that stand together."""
    end: str
    """The mark that it ends with; empty where there is none."""
    marks: Sequence[int]
    """The number of each of the marks that are counted."""
    kept: Sequence[str]
    """Its code and targets, as they stand in it."""


class Fits:
    """Sources and translations in their order, and how well each fits which."""

    def __init__(self, rows: Sequence[tuple[str, str]], scripts: tuple[str, str]) -> None:
        self.sources = [text_of(source, scripts[0]) for source, _ in rows]
        self.targets = [text_of(target, scripts[1]) for _, target in rows]
        counted = [one for one, row in zip(self.sources, rows, strict=True) if row[1]]
        sizes = sum(one.size for one in counted), sum(one.size for one in self.targets)
        self._ratio = (sizes[1] + _SIZE_BASE) / (sizes[0] + _SIZE_BASE)
        self._spread = _SPREAD / 2 * sqrt(max(self._ratio, 1 / self._ratio))
        self._most = max(_LEAST_SPREAD, len(rows))
        self._company = Company(
            [one.words for one in self.targets],
            [one.words for one in self.sources],
            _LEAST_SPREAD,
        )
        self._places = Counter(word for one in self.sources for word in one.words)
        """The number of sources that contain each word."""
        self._names = Counter(name for one in self.sources for name in one.names)
        self._fits: dict[tuple[int, int], float] = {}
        self._gains: dict[tuple[int, int], float] = {}

    def quick_gain(self, place: int, other: int) -> float:
        """The gain without the words that go together, which add or take `MOST_COMPANY` at most."""
        return self._fit(other, place) - self._fit(place, place)

    def replacing(self, place: int, other: int) -> float:
        """Return how much better another translation fits a source than its own does."""
        return self._fit(place, other) - self._fit(place, place)

    def gain(self, place: int, other: int) -> float:
        """Return how much better the translation at one place fits the source at another.

        It is the logarithm of how much likelier that is, counted over published translations.
        """
        key = (place, other)
        if key not in self._gains:
            self._gains[key] = self._gain(place, other)
        return self._gains[key]

    def _gain(self, place: int, other: int) -> float:
        quick = self.quick_gain(place, other)
        return quick if quick < -MOST_COMPANY else quick + _weighted(self._company_of(place, other))

    def _fit(self, source: int, target: int) -> float:
        key = (source, target)
        if key not in self._fits:
            self._fits[key] = _weighted(self._compared(source, target))
        return self._fits[key]

    def features(self, place: int, other: int) -> Mapping[str, float]:
        """The gain by its parts, unweighted."""
        here, there = self._compared(place, place), self._compared(other, place)
        return {
            **{name: there[name] - here[name] for name in here},
            **self._company_of(place, other),
        }

    def _company_of(self, place: int, other: int) -> Mapping[str, float]:
        """The gain by words that go together."""
        gain = self._company.gain(place, place, other)
        return {"company": max(-_MOST_COMPANY, min(_MOST_COMPANY, gain))}

    def _compared(self, source: int, target: int) -> Mapping[str, float]:
        """Return what a source and a translation have in common."""
        one, two = self.sources[source], self.targets[target]
        wanted = one.size * self._ratio
        names = sum(log(self._most / self._names[name]) for name in one.names & two.names)
        runs = len(one.runs) + len(two.runs)
        return {
            "length": self._length(wanted, two.size),
            "content": self._content(one, two),
            "size": -abs(log((two.size + _BASE) / (wanted + _BASE))),
            "end": float(one.end == two.end),
            "names": min(names, _MOST_NAMES),
            "runs": min(2 * len(one.runs & two.runs) / runs, _MOST_RUNS) if runs else 0.0,
            **{
                mark: -_apart(*both)
                for mark, *both in zip(_INNER, one.marks, two.marks, strict=True)
            },
        }

    def _length(self, wanted: float, size: int) -> float:
        mean = (wanted + size) / 2 + 1
        distance = abs(size - wanted) / sqrt(mean * self._spread)
        sizes = LENGTHS[bisect_left(SIZE_BOUNDS, mean)]
        return sizes[bisect_left(DISTANCE_BOUNDS, distance)]

    def _content(self, one: Text, two: Text) -> float:
        """The fit by what survives translation."""
        shared = sum(map(self._weight, one.words & two.words))
        lost = sum(map(self._weight, (one.hard - two.words) | (two.hard - one.words)))
        return EVIDENCE[bisect_left(SHARED_BOUNDS, shared)][bisect_left(LOST_BOUNDS, lost)]

    def _weight(self, word: str) -> float:
        return max(0.1, log(self._most / max(1, self._places[word])))


def _weighted(features: Mapping[str, float]) -> float:
    return sum(SHIFTS[name] * value for name, value in features.items())


def _apart(one: int, two: int) -> float:
    """Return how far two counts are apart, from 0 to nearly 1."""
    return abs(one - two) / (1 + max(one, two))


def bare(text: str) -> str:
    """The letters and digits of a text, whatever their case."""
    return "".join(_WORD.findall(text)).casefold()


@lru_cache(maxsize=_REMEMBERED)
def text_of(text: str, script: str) -> Text:
    """Take the parts of a text in a script that can be compared; digits count as those of ASCII."""
    kept = tuple(_KEPT.findall(text))
    text = _with_digits_of_ascii(text)
    code = {_stem(word) for span in kept for word in _WORD.findall(_with_digits_of_ascii(span))}
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
        if foreign or stem in code or not word.isalpha():
            hard.add(stem)
    end, marks = _marks_of(text)
    return Text(
        frozenset(words),
        frozenset(hard),
        size,
        size + wide,
        _names(text),
        _runs(text),
        end,
        marks,
        kept,
    )


def _with_digits_of_ascii(text: str) -> str:
    return text if text.isascii() else _DIGIT.sub(lambda found: str(int(found[0])), text)


def _stem(word: str) -> str:
    return word.casefold().removesuffix("s")[:_STEM]


def _names(text: str) -> frozenset[str]:
    words = (found.strip(".-") for found in _NAME.findall(text))
    return frozenset(word for word in words if _TELLING.search(word))


def _runs(text: str) -> frozenset[str]:
    runs: set[str] = set()
    for letters in _LETTERS.findall(text.casefold()):
        found = [letters[at : at + 3] for at in range(len(letters) - 2)]
        # Some numbers have no digits.
        runs.update(found if letters.isalpha() else filter(str.isalpha, found))
    return frozenset(runs)


def _marks_of(text: str) -> tuple[str, Sequence[int]]:
    """The mark that a text ends with, and how often it has those that are counted."""
    counts = Counter(map(_MARKS.__getitem__, _MARK.findall(text)))
    end = _MARKS.get(text.rstrip(_AFTER_END)[-1:], "")
    return end if end in _ENDS else "", tuple(counts[mark] for mark in _INNER)
