"""How well two pieces fit each other: by kind, by length, by what survives translation."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from toolkit.aligning.pieces import CODE, FLOWING
from toolkit.aligning.weights import EVIDENCE, KINDS, LENGTHS
from toolkit.scripts import HAN_SCRIPTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.aligning.pieces import Piece

FORBIDDEN = float("-inf")
SHARED_BOUNDS = (0.0, 1.5, 4.0, 8.0)
"""Upper bounds of the classes of what two pieces share."""
LOST_BOUNDS = (0.0, 2.0, 5.0)
"""And of what one of them has and the other lacks."""
SIZE_BOUNDS = (12.0, 60.0)
"""Of the letters they have."""
DISTANCE_BOUNDS = (0.3, 0.6, 1.0, 1.5, 2.2, 3.5)
"""And of how far these are from what was to be expected."""
_FEWEST = 50
"""Pieces that a page has to have for marks to count as rare or common there."""
_LEAST_WEIGHT = 0.1
_SPREAD = 6.8
"""Variance of the characters of a translation for each of its source (Gale and Church 1993)."""
_MUST_WORD = 0.5
"""What a word counts that should stand on the other side, too, and does not."""


class Fit(NamedTuple):
    """How two pieces fit: the logarithms of how much likelier a pair looks so than a non-pair."""

    kind: float
    length: float
    content: float

    @property
    def total(self) -> float:
        """All together."""
        return self.kind + self.length + self.content


class Classes(NamedTuple):
    """What a fit depends on, as rows and columns of the tables of `weights`."""

    kind: str
    size: int
    distance: int
    shared: int
    lost: int


class Evidence:
    """Compares the pieces of two pages."""

    def __init__(
        self, left: Sequence[Piece], right: Sequence[Piece], scripts: tuple[str, str]
    ) -> None:
        self._left, self._right = left, right
        counts = [Counter(mark for piece in side for mark in piece.marks) for side in (left, right)]
        most = max(_FEWEST, (len(left) + len(right)) / 2)
        common = counts[0] | counts[1]
        self._weights = {
            mark: max(_LEAST_WEIGHT, log(most / count)) for mark, count in common.items()
        }
        self._strict = tuple(script in HAN_SCRIPTS for script in scripts)
        if all(self._strict):
            self._strict = (False, False)
        sizes = [sum(piece.size for piece in side) for side in (left, right)]
        self.ratio = (sizes[1] + 50) / (sizes[0] + 50)
        """Letters of the right page for each of the left one, estimated from the pair itself."""
        self._hard = [[self._must(piece, side) for piece in pieces]
                      for side, pieces in enumerate((left, right))]

    def _must(self, piece: Piece, side: int) -> dict[str, float]:
        """What has to be found again, with its weight."""
        weights = self._weights
        found = {mark: weights[mark] for mark, hard in piece.marks.items() if hard}
        if self._strict[side]:
            found |= {
                mark: weights[mark] * _MUST_WORD
                for mark in piece.marks
                if mark.startswith("w:") and mark not in found
            }
        return found

    def fit(self, lefts: Sequence[int], rights: Sequence[int]) -> Fit:
        """How the pieces at some places fit those at others, each group read as one piece."""
        classes = self.classes(lefts, rights)
        if classes is None:
            return Fit(FORBIDDEN, 0.0, 0.0)
        length = 0.0
        if classes.kind != CODE:
            length = LENGTHS[classes.size][classes.distance]
        return Fit(KINDS[classes.kind], length, EVIDENCE[classes.shared][classes.lost])

    def classes(self, lefts: Sequence[int], rights: Sequence[int]) -> Classes | None:
        """The classes that decide; `None` for what cannot be a pair."""
        one, other = self._left[lefts[0]], self._right[rights[0]]
        kind = kind_of(one, other)
        if kind is None:
            return None
        size, distance = self._length(
            sum(self._left[place].size for place in lefts),
            sum(self._right[place].size for place in rights),
        )
        shared, lost = self._content(lefts, rights)
        return Classes(
            kind,
            size,
            distance,
            bisect_left(SHARED_BOUNDS, shared),
            bisect_left(LOST_BOUNDS, lost),
        )

    def _length(self, left: int, right: int) -> tuple[int, int]:
        """Classes of size, and of distance in standard deviations (Gale and Church 1993)."""
        wanted = left * self.ratio
        mean = (wanted + right) / 2 + 1
        deviation = sqrt(mean * _SPREAD / 2 * max(self.ratio, 1 / self.ratio) ** 0.5)
        distance = abs(right - wanted) / deviation
        return bisect_left(SIZE_BOUNDS, mean), bisect_left(DISTANCE_BOUNDS, distance)

    def _content(self, lefts: Sequence[int], rights: Sequence[int]) -> tuple[float, float]:
        """The weight of what both sides have, and of what one has and the other lacks."""
        if len(lefts) == len(rights) == 1:
            ours, theirs = self._left[lefts[0]].marks, self._right[rights[0]].marks
            must, theirs_must = self._hard[0][lefts[0]], self._hard[1][rights[0]]
        else:
            ours = _united(self._left[place].marks for place in lefts)
            theirs = _united(self._right[place].marks for place in rights)
            must = _united(self._hard[0][place] for place in lefts)
            theirs_must = _united(self._hard[1][place] for place in rights)
        weights = self._weights
        shared = sum([weights[mark] for mark in ours if mark in theirs])
        lost = sum([weight for mark, weight in must.items() if mark not in theirs])
        lost += sum([weight for mark, weight in theirs_must.items() if mark not in ours])
        return shared, lost

    def rare(self) -> list[tuple[int, int]]:
        """The places of pieces that share a mark which stands once on either page."""
        sides = []
        for pieces in (self._left, self._right):
            places: dict[str, int] = {}
            for place, piece in enumerate(pieces):
                for mark in piece.marks:
                    places[mark] = -1 if mark in places else place
            sides.append(places)
        votes = Counter(
            (place, sides[1][mark])
            for mark, place in sides[0].items()
            if place >= 0 and sides[1].get(mark, -1) >= 0
        )
        return sorted(votes)


def kind_of(one: Piece, other: Piece) -> str | None:
    """The class of two kinds and nestings; `None` for what cannot be a pair."""
    if (one.kind == CODE) != (other.kind == CODE):
        return None
    if one.kind != other.kind:
        return "kindred" if one.kind in FLOWING and other.kind in FLOWING else "other"
    if one.kind == CODE:
        return CODE
    if one.kind == "heading":
        return "heading" if one.detail == other.detail else "other heading"
    if one.kind.startswith("table"):
        return "cell" if one.column == other.column else "other column"
    if one.kind == "front matter":
        return "same" if one.detail == other.detail else "other"
    return "same" if one.depth == other.depth else "other depth"


def _united(mappings: Iterable[Mapping[str, float]]) -> dict[str, float]:
    return {mark: value for mapping in mappings for mark, value in mapping.items()}
