"""How much of what a translator wrote an offered translation has, for `releases.py`."""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

if TYPE_CHECKING:
    from collections.abc import Mapping

Gold = dict[str, dict[str, str]]
"""By page and message the newer release's own translation."""
USEFUL, MISLEADING = 50.0, 30.0
_MARKS = re.compile(r"[\W_]+")
_KEPT = re.compile(
    r"`[^`]*`|\]\([^()\s]*\)|\{/\*.*?\*/\}|\{#[^{}]*\}|https?://\S+|[A-Za-z_][\w.-]*"
)
"""What may stand in a translation as it stands in its source: code, targets, ids, names."""


class Share(NamedTuple):
    """The likeness of an offer and the gold, in percent."""

    letters: float
    """Of all letters (rapidfuzz)."""
    written: float
    """Of those that the source itself does not have."""

    @property
    def is_useful(self) -> bool:
        """Whether at least half of the letters are there."""
        return self.letters >= USEFUL

    @property
    def is_misleading(self) -> bool:
        """Whether next to nothing is there."""
        return self.letters < MISLEADING


class Judge:
    """Holds offers against all that the newer release says for the very text.

    Case and marks don't make another text. A text that stands on ten pages is often translated in
    two ways, and either is right.
    """

    def __init__(self, gold: Gold) -> None:
        self._golds: Mapping[str, dict[str, None]] = defaultdict(dict)
        for texts in gold.values():
            for text, right in texts.items():
                self._golds[_plain(text)][right] = None

    def share(self, text: str, offer: str) -> Share:
        """How much of the nearest translation of a text an offer has."""
        golds = self._golds[_plain(text)]
        letters = max(ratio(offer, right) for right in golds)
        return Share(letters, max(_written(text, offer, right) for right in golds))


@lru_cache(maxsize=65536)
def _plain(text: str) -> str:
    return _MARKS.sub("", text).casefold() or text


def _written(text: str, offer: str, right: str) -> float:
    """The likeness without what can be copied from the source."""
    known = frozenset(_KEPT.findall(text))
    ours, theirs = (
        _KEPT.sub(lambda match: "" if match[0] in known else match[0], one)
        for one in (offer, right)
    )
    return ratio(ours, theirs) if _plain(theirs).strip() else ratio(offer, right)
