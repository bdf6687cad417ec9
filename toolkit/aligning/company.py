"""The words of two languages that go together in the messages of one catalog."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import nsmallest
from math import log
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_MOST_PLACES = 40
"""Messages that are looked into for the company of a word."""
_MOST_WORDS = 12
"""The words of a text, the rarest ones, that are looked at for their company."""
_LEAST_USUAL = 3
_TRUST = 0.9
"""The weight of what was counted, against the usual share."""
_NEVER, _NEVER_ONCE = -1.0, -0.5
"""The fit of a word that none of a text's words ever stood with; the second if it stood once."""


class Company:
    """The words of texts in one language, by those of their translations."""

    def __init__(
        self, texts: Sequence[frozenset[str]], translations: Sequence[frozenset[str]], least: int
    ) -> None:
        self._texts = texts
        self._translations = translations
        self._most = max(least, len(texts))
        """The number of messages that a share is taken of; small catalogs count as larger."""
        self._usual = max(_LEAST_USUAL, sum(map(bool, texts)) // 2)
        """Words of more messages go with everything."""
        self._places = _places_of(texts)
        """The messages in whose text each word stands."""
        self._counts = Counter(word for text in translations for word in text)
        self._rare: dict[int, Sequence[str]] = {}
        self._telling: dict[int, Sequence[str]] = {}
        self._near: dict[str, tuple[Mapping[str, int], frozenset[int]]] = {}

    def gain(self, text: int, here: int, there: int) -> float:
        """Return how much better the words of a text go with another translation than with its own.

        What both places say is left out of what is known, as these are in doubt.
        """
        return self._fit(text, there, (here, there)) - self._fit(text, here, (here, there))

    def _fit(self, text: int, translation: int, left_out: Sequence[int]) -> float:
        skipped, rare = self._translations[translation], self._rare_of(translation)
        words = (one for one in self._telling_of(text) if one not in skipped)
        return sum(self._best(word, rare, left_out) for word in words)

    def _best(self, word: str, rare: Sequence[str], left_out: Sequence[int]) -> float:
        """The fit of a word with the one of a translation that goes best with it."""
        near, places = self._near_of(word)
        beside = [self._translations[one] for one in left_out if one in places]
        others = len(places) - len(beside)
        if not others:
            return 0.0
        counts, best = self._counts, 0.0
        for other in rare:
            count = near.get(other)
            if count:
                for words in beside:
                    count -= other in words
                share = count / counts[other]
                best = max(best, share)
        if not best:
            return _NEVER_ONCE if others == 1 else _NEVER
        likelier = _TRUST * best * self._most / others + 1 - _TRUST
        return max(0.0, log(likelier)) / (2 if others == 1 else 1)

    def _near_of(self, word: str) -> tuple[Mapping[str, int], frozenset[int]]:
        """The words of the translations where a word stands, and these places."""
        if word not in self._near:
            places = self._places[word][:_MOST_PLACES]
            near = Counter(one for at in places for one in self._translations[at])
            self._near[word] = near, frozenset(places)
        return self._near[word]

    def _telling_of(self, text: int) -> Sequence[str]:
        """The words of a text that tell most, of those that some other texts have."""
        if text not in self._telling:
            counts = {word: len(self._places[word]) for word in self._texts[text]}
            told = {one: n for one, n in counts.items() if 1 < n <= self._usual}
            self._telling[text] = _rarest(told)
        return self._telling[text]

    def _rare_of(self, translation: int) -> Sequence[str]:
        """The words of a translation that tell most."""
        if translation not in self._rare:
            counts = {word: self._counts[word] for word in self._translations[translation]}
            self._rare[translation] = _rarest(counts)
        return self._rare[translation]


def _rarest(counts: Mapping[str, int]) -> Sequence[str]:
    return nsmallest(_MOST_WORDS, counts, key=lambda one: (counts[one], one))


def _places_of(texts: Iterable[frozenset[str]]) -> Mapping[str, Sequence[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for place, text in enumerate(texts):
        for word in text:
            found[word].append(place)
    return found
