"""Finds among many texts all that are like a given one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from functools import cached_property
from itertools import pairwise
from math import ceil, floor
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from toolkit.catalogs.merge.likeness import joint_likeness, least_parts, likeness, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

_SLACK = 1e-5
"""The margin below the wanted share.

With a cutoff less than 1e-7 below the very share rapidfuzz finds nothing (see its issue 210).
"""
_CODES = 0x10FFFF
"""So many words have a character of their own; of more, some share one and look alike."""


_FEW = 1500
"""So many texts are all looked at; of more, those that share most of what is rare."""
_LOOKS = 500
"""Places that are counted for a text."""
_SCANS = 4
"""So many times all texts are gone through before their words are kept."""
_STEM = 5
"""Letters of a word that tell what it is, so that its endings do not."""
_BEST = 24
"""Texts of these that are compared with it."""


class Index:
    """Texts by their words and letters; likeness is that of `toolkit.catalogs.merge.likeness`.

    A word becomes one character, so that texts are compared by word at the speed of strings.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts

    @cached_property
    def _codes(self) -> Mapping[str, str]:
        counted = Counter(word for text in self._texts for word in words(text))
        return {
            word: chr(1 + place % _CODES) for place, (word, _) in enumerate(counted.most_common())
        }

    @cached_property
    def _letters(self) -> _Strings:
        return _Strings(self._texts)

    @cached_property
    def _words(self) -> _Strings:
        return _Strings(self._coded_texts)

    @cached_property
    def _sharing(self) -> _Sharing:
        return _Sharing(self._texts)

    def prepare(self) -> None:
        """Make now what many questions are answered by."""
        if len(self._texts) > _FEW:
            _ = self._sharing.places
        else:
            self.near("", 1)

    def near(self, text: str, least: float) -> dict[int, float]:
        """The places of all texts whose likeness to `text` is `least` (over 0, to 1) or more.

        Some that are less by a rounding are among them.
        """
        by_words, by_letters = least_parts(least)
        if len(self._texts) > _FEW:
            places = self._sharing.most(text)
        elif by_words <= 0:
            places = set(range(len(self._texts)))
        else:
            coded = self._coded(text)
            # Texts without words have none in common.
            places = set(self._words.near(coded, by_words) if coded else ())
            places |= self._letters.near(text, by_letters).keys()
        found = self._compared(text, sorted(places))
        return {place: share for place, share in found if share >= least - _SLACK}

    def _compared(self, text: str, places: Sequence[int]) -> Iterator[tuple[int, float]]:
        """The likeness of a text to those at some places."""
        if not self._sharing.is_ready:
            yield from ((place, likeness(text, self._texts[place])) for place in places)
            return
        # The same, as words that are characters are compared more quickly.
        coded, size = self._coded(text), len(words(text))
        for place in places:
            other = self._coded_texts[place]
            by_words = Indel.normalized_similarity(coded, other) if coded else 0.0
            by_letters = ratio(text, self._texts[place]) / 100
            yield place, joint_likeness(by_words, by_letters, min(size, len(other)))

    @cached_property
    def _coded_texts(self) -> Sequence[str]:
        return [self._coded(text) for text in self._texts]

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


class _Sharing:
    """Texts by what they share with others: stems and pairs of stems, the rarest first.

    In large catalogs nobody can compare every text with all others.
    """

    def __init__(self, texts: Sequence[str]) -> None:
        self._texts = texts
        self._asked = 0

    @property
    def is_ready(self) -> bool:
        """Whether the places of all stems are known by now."""
        return "places" in vars(self)

    @cached_property
    def places(self) -> Mapping[object, list[int]]:
        """The places of all stems and pairs."""
        found: dict[object, list[int]] = defaultdict(list)
        sizes = []
        for place, text in enumerate(self._texts):
            stems = _stems(text)
            sizes.append(len(stems))
            for token in _tokens(stems):
                found[token].append(place)
        # Found out on the way, as the words of so many texts are not kept.
        self._sizes = sizes
        return found

    def most(self, text: str) -> set[int]:
        """The places of the texts that share most of what is rare in a text."""
        self._asked += 1
        known = self.places if self.is_ready or self._asked > _SCANS else self._scanned(text)
        counts: Counter[int] = Counter()
        left = _LOOKS
        for places in _rarest([known[one] for one in _tokens(_stems(text)) if one in known]):
            left -= len(places)
            if left < 0 and counts:
                break
            counts.update(places)
        if len(counts) <= _BEST:
            return set(counts)
        own, sizes = len(words(text)), self._sizes
        # What two texts share says more in short ones.
        shares = {place: count / (own + sizes[place]) for place, count in counts.items()}
        # As `nlargest` has it, which is slower.
        return set(sorted(shares, key=shares.__getitem__, reverse=True)[:_BEST])

    @cached_property
    def _sizes(self) -> Sequence[int]:
        return [len(words(text)) for text in self._texts]

    def _scanned(self, text: str) -> Mapping[object, list[int]]:
        """The places of the stems and pairs of one text, which is quicker for a few."""
        stems = _stems(text)
        ours, wanted = frozenset(stems), _tokens(stems)
        found: dict[object, list[int]] = defaultdict(list)
        for place, other in enumerate(self._texts):
            theirs = _stems(other)
            if not ours.isdisjoint(theirs):
                for token in wanted.intersection(theirs) | wanted.intersection(pairwise(theirs)):
                    found[token].append(place)
        return found


def _rarest(shared: Sequence[list[int]]) -> Sequence[list[int]]:
    """The places of what is rare, the rarest first, or at least some of what is least common.

    Equally rare ones come in the order of their places, whatever the order of a set is. Those that
    nearly all texts have are as long as there are texts, so they are not compared as a whole.
    """
    rare = [places for places in shared if len(places) <= _LOOKS]
    if rare or not shared:
        return sorted(rare, key=lambda places: (len(places), places))
    fewest = min(map(len, shared))
    return [min(places[:_LOOKS] for places in shared if len(places) == fewest)]


def _tokens(stems: Sequence[str]) -> set[object]:
    """Return some stems and the pairs of these, by which texts are known."""
    return {*stems, *pairwise(stems)}


def _stems(text: str) -> list[str]:
    """The words of a text without the endings that inflect them."""
    return [word[:_STEM] for word in words(text)]


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
