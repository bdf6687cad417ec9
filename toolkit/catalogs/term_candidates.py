"""Propose terms for a glossary: names and compounds that stand often in texts.

Nothing is known of the languages but how they are written. A word of the translations goes with a
term if it stands where the term stands, and hardly anywhere else.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from heapq import nlargest
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.phrases_in_texts import Phrases, phrases_of
from toolkit.language.characters import SPACED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LEAST = 3
"""Texts that a term stands in."""
_KEPT = 0.75
"""The share of translations in which a kept word stands."""
_GOES_WITH = 0.5
"""The share of its texts that a term's translation stands in at least, and the reverse."""
_SECOND = 0.15
"""The share of the texts of a term that its second translation stands in at least."""


_EXPLAINED = 0.6
"""The share of a term's texts that its translations stand in at least."""
_LEAST_OF_TWO = 5
"""Texts of a term from which on two translations are no chance."""
_PARTNER, _MUCH_BETTER = 0.75, 1.3
"""The fit of a phrase that is another's translation, and how much better than a term's it is."""
_MOST_PARTNERS = 12
_PART = 0.7
"""The share of its texts from which on a phrase counts as a part of a longer one."""
_STEM = 4
"""Letters at the beginning that forms of one word share."""
_FILE = re.compile(r"\.[a-z]\w{0,4}$")
"""The ending of a file's name, which nobody translates."""


class Reason(StrEnum):
    """The reasons to propose a term, the weightiest first."""

    TWO_WAYS = "translated in two ways"
    KEPT = "kept as it is"
    FREQUENT = "frequent"


class Use(NamedTuple):
    """A translation of a term, and in how many texts it stands."""

    text: str
    texts: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that somebody may want in the glossary."""

    source: str
    count: int
    """The texts that it stands in."""
    reason: Reason
    uses: tuple[Use, ...]
    """Its translations, the most frequent first; itself where it is kept."""
    place: int
    """The number of a text that it stands in."""

    @property
    def weight(self) -> float:
        """The gain of a decision about the term, for sorting."""
        factor = {Reason.TWO_WAYS: 1.6, Reason.KEPT: 1.0, Reason.FREQUENT: 0.6}[self.reason]
        return factor * sqrt(self.count) * log(2 + len(self.source.split()))


def candidates(
    rows: Sequence[tuple[str, str]], scripts: tuple[str, str], known: Iterable[str] = ()
) -> list[Candidate]:
    """Propose terms from sources and translations without code and targets, the best first.

    `known` are the words that are in the glossary; `scripts` are those of both sides.
    """
    sources = phrases_of([source for source, _ in rows], scripts[0])
    targets = phrases_of([target for _, target in rows], scripts[1])
    skipped = {word.casefold() for word in known}
    pairs = _Pairs(rows, sources, targets)
    found = [
        candidate
        for term, places in sources.terms(LEAST)
        if term.casefold() not in skipped
        for candidate in pairs.of_term(term, sources.written(term), places)
    ]
    return sorted(_without_parts(found), key=lambda one: (-one.weight, one.source))


def _without_parts(found: Sequence[Candidate]) -> Iterator[Candidate]:
    """Leave out what is nearly always a part of another candidate."""
    longer = sorted(found, key=lambda one: -len(one.source))
    for one in found:
        inside = one.source.casefold()
        wholes = (
            other
            for other in longer
            if len(other.source) > len(one.source) and inside in other.source.casefold()
        )
        if not any(other.count >= _PART * one.count for other in wholes):
            yield one


class _Pairs:
    """Finds the phrases of translations that stand where a term does."""

    def __init__(self, rows: Sequence[tuple[str, str]], sources: Phrases, targets: Phrases) -> None:
        self._sources = sources
        self._targets = targets
        self._partners: dict[str, list[tuple[float, str]]] = {}
        self._texts = [target for _, target in rows]
        self._lower = [target.casefold() for target in self._texts]

    def of_term(self, term: str, written: str, places: frozenset[int]) -> Iterator[Candidate]:
        """Yield the term as a candidate, if there is a reason."""
        first = min(places)
        kept = sum(_stands(term, self._lower[place]) for place in places)
        if kept >= _KEPT * len(places):
            if _is_name(written):
                yield Candidate(written, len(places), Reason.KEPT, (Use(written, kept),), first)
            return
        uses = list(self._uses(term, places))
        told = {use.text.casefold() for use in uses}
        if uses and kept >= max(2, _SECOND * len(places)) and term not in told:
            uses.append(Use(written, kept))
        if sum(use.texts for use in uses) < _EXPLAINED * len(places):
            return
        two = len(uses) > 1
        if two and len(places) < _LEAST_OF_TWO:
            return
        reason = Reason.TWO_WAYS if two else Reason.FREQUENT
        ordered = sorted(uses, key=lambda use: -use.texts)
        yield Candidate(written, len(places), reason, tuple(ordered), first)

    def _uses(self, term: str, places: frozenset[int]) -> Iterator[Use]:
        """The translations of a term, each from what the ones before have left."""
        rest, most = set(places), ""
        for number in range(2):
            best = self._best(term, frozenset(rest), places)
            if best is None:
                return
            phrase, found = best
            if number and (_alike(phrase, most) or not self._is_second(phrase, found, places)):
                return
            most = phrase
            yield Use(self._targets.written(phrase), len(found))
            rest -= found

    def _is_second(self, phrase: str, found: frozenset[int], places: frozenset[int]) -> bool:
        """Whether a phrase is another translation, and does not stand there by chance."""
        alone = len(found) == self._targets.count(phrase)
        return len(found) >= max(2 if alone else 3, _SECOND * len(places))

    def _best(
        self, term: str, places: frozenset[int], whole: frozenset[int]
    ) -> tuple[str, frozenset[int]] | None:
        """The phrase that goes best with some texts of a term, and those that it stands in.

        Of phrases that go equally well, the longest is the one that is not cut off.
        """
        counts: Counter[str] = Counter()
        for place in places:
            counts.update(self._targets.in_text(place))
        longest = _most_words(term)
        found = [
            (_fit(count, len(places), everywhere), len(phrase), phrase)
            for phrase, count in counts.items()
            if count > 1 and count >= _GOES_WITH * (everywhere := self._targets.count(phrase))
            if self._targets.is_whole(phrase) and len(phrase.split()) <= longest
        ]
        if not found:
            return None
        _, _, phrase = max(found)
        used = places & self._targets.places(phrase)
        if len(places) == len(whole) and len(used) < _GOES_WITH * len(whole):
            return None
        if not self._belongs(phrase, term, whole):
            return None
        return phrase, used

    def _belongs(self, phrase: str, term: str, places: frozenset[int]) -> bool:
        """Whether no other phrase of the sources goes much better with one of the translations."""
        there = self._targets.places(phrase)
        if phrase not in self._partners:
            counts = Counter(one for place in there for one in self._sources.in_text(place))
            fits = (
                (_fit(together, len(there), self._sources.count(one)), one)
                for one, together in counts.items()
            )
            self._partners[phrase] = nlargest(_MOST_PARTNERS, fits)
        own = _fit(len(there & places), len(there), len(places))
        return not any(
            fit >= _PARTNER and fit > _MUCH_BETTER * own
            for fit, one in self._partners[phrase]
            if one not in term and term not in one
        )


def _most_words(term: str) -> int:
    """The words that a translation of a term may have."""
    spaced = len(term.split())
    return spaced + 1 if spaced > 1 or term.isascii() else max(2, (len(term) + 1) // 2)


def _fit(together: int, one: int, other: int) -> float:
    """Return the share of texts with either phrase that have both, from 0 to 1."""
    return 2 * together / (one + other)


def _alike(one: str, other: str) -> bool:
    """Whether two phrases are forms of one: the same beginning, or one inside of the other."""
    plain, second = one.replace(" ", ""), other.replace(" ", "")
    start = max(_STEM, min(len(plain), len(second)) - 2)
    return plain in second or second in plain or plain[:start] == second[:start]


def _stands(term: str, text: str) -> bool:
    return bool(re.search(rf"(?<!{SPACED}){re.escape(term.casefold())}", text))


def _is_name(text: str) -> bool:
    """Whether a word that is kept is one that may be translated at all."""
    return any(map(str.isalpha, text)) and len(text) > 1 and not _FILE.search(text)
