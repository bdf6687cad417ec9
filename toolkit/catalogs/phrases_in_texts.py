"""The words and short phrases of some texts, and in which of them each stands."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from math import log
from typing import TYPE_CHECKING

from toolkit.language.characters import HAN, KANA

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WORD = re.compile(rf"[^\W_{HAN}{KANA}]+(?:[.'’+-][^\W_{HAN}{KANA}]+)*|[{HAN}{KANA}]+|[^\w\s]")
_EAST_ASIAN = re.compile(rf"[{HAN}{KANA}]")
_LONGEST = 3
"""Words of a phrase."""
_LONGEST_RUN = 6
"""Characters of a phrase of Han characters and kana."""
_FUNCTION_WORDS = frozenset(
    "a about above after again all also am an and another any are as at be because been before "
    "being below between both but by can could did do does doing don done down during each even "
    "every few for from further get got had has have having he her here hers him his how however i "
    "if in into is it its itself just know let like ll look make many may me might more most much "
    "must my need no nor not now of off on once one only or other our out over own same see she "
    "should so some still such than that the their them then there these they thing things this "
    "those through to too two under until up us use used using ve very want was way we well were "
    "what when where which while who whom why will with without would you your yours first last "
    "new next different following example examples etc e.g i.e via per case time below within "
    "really actually already enough want instead inside another something anything everything way "
    "ways lot bit kind sort part parts go goes going come comes take takes think create created "
    "add added adding run running set let's say never provides several expect expects declare "
    "declared interpreted specific given need needs make makes using keep common simple ".split()
)
"""English words that no term is made of."""
_PARTICLES = frozenset(
    "的了和在是与及或为对中上下将可会有不也就都被把从到以其该此这那您我你他它们一个之而所并但若则要能时后前内外等请"
    "使用个些种次如果因只还更最很已用于来去过给让由向至各每当着地得吗呢吧"
)
"""Chinese characters that hardly begin or end a term."""
_EDGES = frozenset(
    "的了和在是与及或为对将可会有不也就都被把从到以其该此这那您我你他它们之而所并但若则要能请个些种如只还更很已于来给让由向至各每当着得吗呢吧一"
)
_BOUND = 0.6
"""The least variety, in nats, of what stands beside a term of Han characters."""


def phrases_of(texts: Sequence[str], script: str) -> Phrases:
    """Find the words and phrases of some texts in a script."""
    return Phrases(texts, latin=script == "Latn")


class Phrases:
    """Words and phrases in lower case, by the texts that they stand in."""

    def __init__(self, texts: Sequence[str], *, latin: bool) -> None:
        self._latin = latin
        self._texts = [_WORD.findall(text) for text in texts]
        self._places: dict[str, set[int]] = defaultdict(set)
        self._forms: dict[str, Counter[str]] = defaultdict(Counter)
        self._beside: dict[str, tuple[Counter[str], Counter[str]]] = {}
        self._of_text: list[frozenset[str]] = []
        for place, words in enumerate(self._texts):
            found = set(self._in(words))
            self._of_text.append(frozenset(found))
            for phrase in found:
                self._places[phrase].add(place)

    def places(self, phrase: str) -> frozenset[int]:
        """Return the numbers of the texts that a phrase stands in."""
        return frozenset(self._places.get(phrase, ()))

    def in_text(self, place: int) -> frozenset[str]:
        """Return the phrases of a text."""
        return self._of_text[place]

    def written(self, phrase: str) -> str:
        """Return a phrase as it is written most often."""
        forms = self._forms[phrase]
        return max(forms, key=lambda form: (forms[form], form)) if forms else phrase

    def terms(self, least: int) -> Iterator[tuple[str, frozenset[int]]]:
        """Yield the phrases that may be terms, in at least so many texts."""
        for phrase, places in self._places.items():
            if len(places) >= least and self._may_be_term(phrase):
                yield phrase, frozenset(places)

    def _in(self, words: Sequence[str]) -> Iterator[str]:
        run: list[str] = []
        for word in (*words, ""):
            if word and (word[0].isalnum()) and not _EAST_ASIAN.match(word):
                run.append(word)
                continue
            yield from self._spaced(run)
            run = []
            if word and _EAST_ASIAN.match(word):
                yield from self._unspaced(word)

    def _spaced(self, run: Sequence[str]) -> Iterator[str]:
        """The words of a run, and phrases that neither begin nor end with a common word."""
        for start in range(len(run)):
            for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
                piece = run[start:end]
                if any(one.casefold() in _FUNCTION_WORDS for one in piece) or not all(
                    any(map(str.isalpha, one)) for one in piece
                ):
                    continue
                phrase = " ".join(piece).casefold()
                # The beginning of a sentence says nothing about capitals.
                self._forms[phrase][" ".join(piece)] += 1 if start else 0
                self._forms[phrase][" ".join(piece)] += 1
                yield phrase

    def _unspaced(self, run: str) -> Iterator[str]:
        for start in range(len(run)):
            for end in range(start + 2, min(start + _LONGEST_RUN, len(run)) + 1):
                phrase = run[start:end]
                if phrase[0] in _EDGES or phrase[-1] in _EDGES:
                    continue
                left, right = self._beside.setdefault(phrase, (Counter(), Counter()))
                left[run[start - 1] if start else f"^{len(left)}"] += 1
                right[run[end] if end < len(run) else f"${len(right)}"] += 1
                yield phrase

    def _may_be_term(self, phrase: str) -> bool:
        if _EAST_ASIAN.match(phrase):
            return self.is_whole(phrase)
        return " " in phrase or self._is_named(phrase) or not self._latin

    def count(self, phrase: str) -> int:
        """Return the number of texts that a phrase stands in."""
        return len(self._places.get(phrase, ()))

    def is_whole(self, phrase: str) -> bool:
        """Whether what stands beside some Han characters varies, as beside a word."""
        if not _EAST_ASIAN.match(phrase):
            return True
        sides = self._beside[phrase]
        return min(map(_variety, sides)) >= _BOUND and not set(phrase) <= _PARTICLES

    def _is_named(self, phrase: str) -> bool:
        """Whether a phrase has capitals where a usual word has none."""
        forms = self._forms[phrase]
        named = sum(count for form, count in forms.items() if form != form.lower())
        inner = any(character.isupper() for form in forms for character in form[1:])
        return inner or (named >= 0.8 * sum(forms.values()) and named > len(forms))


def _variety(beside: Counter[str]) -> float:
    """The entropy of what stands beside a phrase."""
    total = beside.total()
    return -sum(count / total * log(count / total) for count in beside.values())
