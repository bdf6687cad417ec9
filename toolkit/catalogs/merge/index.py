"""Finds among many texts all that are like a given one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from math import ceil, floor
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel
from rapidfuzz.process import extract

from toolkit.catalogs.merge.likeness import least_parts, likeness, words

if TYPE_CHECKING:
    from collections.abc import Sequence

_SLACK = 1e-5
"""The margin below the wanted share.

With a cutoff less than 1e-7 below the very share rapidfuzz finds nothing (see its issue 210).
"""
_CODES = 0x10FFFF
"""So many words have a character of their own; of more, some share one and look alike."""


class Index:
    """Texts by their words and letters; likeness is that of `toolkit.catalogs.merge.likeness`.

    A word becomes one character, so that texts are compared by word at the speed of strings.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        counted = Counter(word for text in texts for word in words(text))
        self._codes = {
            word: chr(1 + place % _CODES) for place, (word, _) in enumerate(counted.most_common())
        }
        self._texts = texts
        self._letters = _Strings(texts)
        self._words = _Strings([self._coded(text) for text in texts])

    def near(self, text: str, least: float) -> dict[int, float]:
        """The places of all texts whose likeness to `text` is `least` (over 0, to 1) or more.

        Some that are less by a rounding are among them.
        """
        by_words, by_letters = least_parts(least)
        if by_words <= 0:
            places = set(range(len(self._texts)))
        else:
            coded = self._coded(text)
            # Texts without words have none in common.
            places = set(self._words.near(coded, by_words) if coded else ())
            places |= self._letters.near(text, by_letters).keys()
        found = {place: likeness(text, self._texts[place]) for place in sorted(places)}
        return {place: share for place, share in found.items() if share >= least - _SLACK}

    def nearest(self, text: str, least: float) -> tuple[int, float] | None:
        """The place of the text most like `text`, of equals the first, and its likeness."""
        near = self.near(text, least)
        place = min(near, key=lambda place: (-near[place], place), default=None)
        if place is None or near[place] < least:
            return None
        return place, near[place]

    def _coded(self, text: str) -> str:
        """A text as one character a word; NUL for a word that no text has."""
        return "".join([self._codes.get(word, "\0") for word in words(text)])


class _Strings:
    """Strings by their length, as much longer or shorter ones cannot be alike."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._places = sorted(range(len(strings)), key=lambda place: len(strings[place]))
        self._strings = [strings[place] for place in self._places]
        self._sizes = list(map(len, self._strings))

    def near(self, string: str, least: float) -> dict[int, float]:
        """The places of the strings with at least that Indel similarity, which it gives.

        With `n` and `m` characters it is at most `2 * min(n, m) / (n + m)`.
        """
        furthest = (2 - least) / least
        first = bisect_left(self._sizes, ceil(len(string) / furthest - _SLACK))
        last = bisect_right(self._sizes, floor(len(string) * furthest + _SLACK))
        found = extract(
            string,
            self._strings[first:last],
            scorer=Indel.normalized_similarity,
            score_cutoff=least - _SLACK,
            limit=None,
        )
        return {self._places[first + offset]: share for _, share, offset in found}
