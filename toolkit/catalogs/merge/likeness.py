"""Measure the likeness of two texts."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA, Indel
from rapidfuzz.fuzz import ratio

from toolkit.language.characters import EAST_ASIAN, ONE_BY_ONE
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Sequence

USEFUL = 0.46
"""The least likeness at which the translation of one text helps with the other.

Where names stay in the translation, less will do (`offering.py`). On the real releases that
`benchmarks/releases.py` knows, both together find as many useful suggestions as likeness alone does
from 0.43 on, or more, and of these fewer mislead.
"""
_WORD = late(rf"[{ONE_BY_ONE}]|[^\W_{EAST_ASIAN}]+")
_LEAST_WORDS = 3
_SLIP = 2
"""Words, and letters of them, that a slip changes."""
_LONG = 4
"""Letters that have to be there for a slip to leave a word as it was."""
_LEAST_PART = 0.25
_SHORT = 1.5
"""The extra weight of a difference in a text of a single word, which says little else."""
_TYPO = 2.6
"""The weight of a difference between texts that are spelled nearly the same.

Chosen on the histories of OpenTelemetry and karmada: with more, short texts with an ending or a
short word of their own get nothing; with 2.3, what is offered in addition misleads more often.
"""


@lru_cache(maxsize=65536)
def words(text: str) -> tuple[str, ...]:
    """The words of a text in lower case: runs of letters and digits, single Han characters."""
    return tuple(_WORD.findall(text.lower()))


def likeness(one: str, other: str) -> float:
    """The likeness from 0, nothing in common, to 1, the same.

    The longest common subsequences of words and of letters (the Indel similarity of rapidfuzz)
    decide half and half: words alone miss inflections, letters alone are alike by chance. The fewer
    words there are, the more a difference counts. A typo changes a whole word, so for texts that
    are nearly the same letters decide alone.
    """
    ours, theirs = words(one), words(other)
    by_words: float = Indel.normalized_similarity(ours, theirs) if ours else 0.0
    return joint_likeness(by_words, ratio(one, other) / 100, min(len(ours), len(theirs)))


def joint_likeness(by_words: float, by_letters: float, fewest: int) -> float:
    """The likeness of two texts by that of their words and letters, and the fewest words of one."""
    differing = 1 - (by_words + by_letters) / 2
    alike = 1 - differing - _SHORT * differing / max(1, fewest)
    return max(0.0, alike, 1 - _TYPO * (1 - by_letters))


def is_misspelled(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a word or two are others but for a slip: letters left out, doubled, exchanged."""
    one, other = "".join(old), "".join(new)
    longest = max(len(one), len(other))
    few = 0 < len(old) <= _SLIP and 0 < len(new) <= _SLIP
    return few and longest >= _LONG and OSA.distance(one, other) <= min(_SLIP, longest // 3)


def least_parts(least: float) -> tuple[float, float]:
    """Return the least likeness by words, or else by letters, of texts that are `least` alike."""
    return (3 * least - 1) / 2, (1 + least) / 2


def contained(part: str, whole: str) -> float:
    """The share of the words of `part` that stand in `whole`, in their order.

    It is 0 for so short a part that its words may stand there by chance.
    """
    size, whole_size = len(words(part)), len(words(whole))
    if size < max(_LEAST_WORDS, _LEAST_PART * whole_size):
        return 0.0
    common = (size + whole_size - Indel.distance(words(part), words(whole))) // 2
    return common / size
