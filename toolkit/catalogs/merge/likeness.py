"""Measure the likeness of two texts."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz.distance import Indel
from rapidfuzz.fuzz import ratio

from toolkit.language.characters import EAST_ASIAN, ONE_BY_ONE

_WORD = re.compile(rf"[{ONE_BY_ONE}]|[^\W_{EAST_ASIAN}]+")
_LEAST_WORDS = 3


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case: runs of letters and digits, single Han characters."""
    return tuple(_WORD.findall(text.lower()))


def likeness(one: str, other: str) -> float:
    """The likeness from 0, nothing in common, to 1, the same.

    The longest common subsequence of words decides (the Indel similarity of rapidfuzz). For short
    texts letters count as well, since a typo changes a whole word; as texts of one language share
    half of their letters by chance, only what is beyond that does.
    """
    ours, theirs = words(one), words(other)
    by_words: float = Indel.normalized_similarity(ours, theirs) if ours or theirs else 0.0
    by_letters = ratio(one, other) / 50 - 1
    return max(by_words, by_letters)


def contained(part: str, whole: str) -> float:
    """The share of the words of `part` that stand in `whole`, in their order."""
    size = len(words(part))
    if size < _LEAST_WORDS:
        return 0.0
    common = (size + len(words(whole)) - Indel.distance(words(part), words(whole))) // 2
    return common / size
