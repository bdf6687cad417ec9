"""Score how well two pieces fit: by kind, by length, by what survives translation."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from math import log, sqrt
from typing import TYPE_CHECKING, NamedTuple

from toolkit.aligning.pieces import BROKEN, CODE, CODE_CELL, FLOWING
from toolkit.aligning.weights import EVIDENCE, KINDS, LENGTHS
from toolkit.language.scripts import HAN_SCRIPTS
from toolkit.model.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from toolkit.aligning.pieces import Piece

FORBIDDEN = float("-inf")
SHARED_BOUNDS = (0.0, 1.5, 4.0, 8.0)
"""Upper bounds of the classes of what two pieces share."""
LOST_BOUNDS = (0.0, 2.0, 5.0)
"""And of what one of them has and the other lacks."""
SIZE_BOUNDS = (12.0, 60.0)
"""The share of the letters up to which a difference in length is of each class."""
DISTANCE_BOUNDS = (0.3, 0.6, 1.0, 1.5, 2.2, 3.5)
"""And of how far these are from what was to be expected."""
_CELLS = frozenset({Kind.TABLE_CELL, CODE_CELL})
_IN_CODE = (Kind.CODE_COMMENT, Kind.CODE_STRING, Kind.DIAGRAM_LABEL)
_APART = (
    *((kind, {kind}) for kind in (CODE, BROKEN, *_IN_CODE)),
    (CODE_CELL, _CELLS),
)
"""Kinds that are paired with some kinds alone."""
_FEWEST = 50
"""Pieces that a page has to have for marks to count as rare or common there."""
_LEAST_WEIGHT = 0.1
_SPREAD = 6.8
"""Variance of the characters of a translation for each of its source (Gale and Church 1993)."""
_SIZE_BASE = 50
"""Letters that either page is thought to have besides, as few letters tell no ratio."""
_MUST_WORD = 0.5
"""The cost of a word that should stand on the other side, too, and does not."""


class Fit(NamedTuple):
    """The fit of two pieces: the log-likelihoods that a pair looks so rather than a non-pair."""

    kind: float
    length: float
    content: float

    @property
    def total(self) -> float:
        """All together."""
        return self.kind + self.length + self.content


class Classes(NamedTuple):
    """The classes that a fit depends on, as rows and columns of the tables of `weights`."""

    kind: str
    size: int
    distance: int
    shared: int
    lost: int


@dataclass(frozen=True, slots=True)
class _Group:
    """Neighbouring pieces as one."""

    piece: Piece
    """The first of them."""
    size: int
    marks: frozenset[str]
    must: Mapping[str, float]
    """The marks that have to be found again, with their weights."""
    weight: float
    """The total of all that has to be found again."""
    likeness: int
    """The same number for groups that cannot be told apart; 0 when there is but one such."""


class Evidence:
    """Compares the pieces of two pages."""

    def __init__(
        self,
        left: Sequence[Piece],
        right: Sequence[Piece],
        scripts: tuple[str, str],
        ratio: float = 0.0,
    ) -> None:
        self._pieces = (left, right)
        counts = [Counter(mark for piece in side for mark in piece.marks) for side in self._pieces]
        most = max(_FEWEST, (len(left) + len(right)) / 2)
        common = counts[0] | counts[1]
        self._weights = {
            mark: max(_LEAST_WEIGHT, log(most / count)) for mark, count in common.items()
        }
        han = tuple(script in HAN_SCRIPTS for script in scripts)
        self._strict = (False, False) if all(han) else han
        sizes = [sum(piece.size for piece in side) for side in self._pieces]
        self.ratio = ratio or (sizes[1] + _SIZE_BASE) / (sizes[0] + _SIZE_BASE)
        """Letters of the right page for each of the left one; if not given, by the pair itself."""
        self._spread = _SPREAD / 2 * sqrt(max(self.ratio, 1 / self.ratio))
        self._groups: dict[tuple[int, int, int], _Group] = {}
        self._twins: dict[tuple[int, int], Classes | None] = {}
        likenesses = Counter(map(_likeness, (*left, *right)))
        repeated = (one for one, count in likenesses.items() if count > 1)
        self._likenesses = {one: number for number, one in enumerate(repeated, 1)}
        self._singles = tuple(
            [self._group(side, (place,)) for place in range(len(pieces))]
            for side, pieces in enumerate(self._pieces)
        )

    def _group(self, side: int, places: Sequence[int]) -> _Group:
        key = (side, places[0], len(places))
        group = self._groups.get(key)
        if group is None:
            group = self._groups[key] = self._group_of(
                [self._pieces[side][n] for n in places], side
            )
        return group

    def _group_of(self, pieces: Sequence[Piece], side: int) -> _Group:
        weights, strict = self._weights, self._strict[side]
        must = {}
        for piece in pieces:
            for mark, hard in piece.marks.items():
                if hard:
                    must[mark] = weights[mark]
                elif strict and mark.startswith("w:"):
                    must.setdefault(mark, weights[mark] * _MUST_WORD)
        return _Group(
            pieces[0],
            sum(piece.size for piece in pieces),
            frozenset(mark for piece in pieces for mark in piece.marks),
            must,
            sum(must.values()),
            self._likenesses.get(_likeness(pieces[0]), 0) if len(pieces) == 1 else 0,
        )

    def score(self, left: int, right: int) -> float:
        """The fit of the piece at one place with that at another, as one figure."""
        classes = self._known(self._singles[0][left], self._singles[1][right])
        if classes is None:
            return FORBIDDEN
        kind, size, distance, shared, lost = classes
        length = 0.0 if kind == CODE else LENGTHS[size][distance]
        return KINDS[kind] + length + EVIDENCE[shared][lost]

    def fit(self, lefts: Sequence[int], rights: Sequence[int]) -> Fit:
        """The fit of the pieces at some places with those at others, each group read as one."""
        classes = self.classes(lefts, rights)
        if classes is None:
            return Fit(FORBIDDEN, 0.0, 0.0)
        length = 0.0
        if classes.kind != CODE:
            length = LENGTHS[classes.size][classes.distance]
        return Fit(KINDS[classes.kind], length, EVIDENCE[classes.shared][classes.lost])

    def classes(self, lefts: Sequence[int], rights: Sequence[int]) -> Classes | None:
        """The classes that decide; `None` for what cannot be a pair."""
        return self._known(self._group(0, lefts), self._group(1, rights))

    def _known(self, one: _Group, other: _Group) -> Classes | None:
        """The classes of two groups, which are remembered where they come again."""
        if not (one.likeness and other.likeness):
            return self._classes(one, other)
        key = (one.likeness, other.likeness)
        if key not in self._twins:
            self._twins[key] = self._classes(one, other)
        return self._twins[key]

    def _classes(self, one: _Group, other: _Group) -> Classes | None:
        kind = kind_of(one.piece, other.piece)
        if kind is None:
            return None
        # The distance is in standard deviations, as with Gale and Church (1993).
        wanted = one.size * self.ratio
        mean = (wanted + other.size) / 2 + 1
        distance = abs(other.size - wanted) / sqrt(mean * self._spread)
        shared, lost = self._content(one, other)
        return Classes(
            kind,
            bisect_left(SIZE_BOUNDS, mean),
            bisect_left(DISTANCE_BOUNDS, distance),
            bisect_left(SHARED_BOUNDS, shared),
            bisect_left(LOST_BOUNDS, lost),
        )

    def _content(self, one: _Group, other: _Group) -> tuple[float, float]:
        """The weight of what both sides have, and of what one has and the other lacks."""
        common = one.marks & other.marks
        lost = one.weight + other.weight
        if not common:
            return 0.0, lost
        shared = 0.0
        for mark in common:
            shared += self._weights[mark]
            lost -= one.must.get(mark, 0.0) + other.must.get(mark, 0.0)
        return shared, max(0.0, round(lost, 6))

    def rare(self, *, hard: bool = False) -> list[tuple[int, int]]:
        """The places of pieces that share a mark which stands once on either page.

        With `hard` that is one which has to be found again.
        """
        one, other = (_lonely_marks(pieces, hard=hard) for pieces in self._pieces)
        return sorted({(place, other[mark]) for mark, place in one.items() if mark in other})


def _lonely_marks(pieces: Iterable[Piece], *, hard: bool) -> dict[str, int]:
    """The places of the pieces with a mark that no other piece has, by these marks."""
    marks = [
        (mark, place)
        for place, piece in enumerate(pieces)
        for mark, must in piece.marks.items()
        if must or not hard
    ]
    counts = Counter(mark for mark, _ in marks)
    return {mark: place for mark, place in marks if counts[mark] == 1}


def kind_of(one: Piece, other: Piece) -> str | None:
    """The class of two kinds and nestings; `None` for what cannot be a pair."""
    kinds = {one.kind, other.kind}
    if any(apart in kinds and not kinds <= whole for apart, whole in _APART):
        return None
    if kinds <= _CELLS or kinds == {Kind.TABLE_HEADER}:
        return "cell" if one.column == other.column else "other column"
    if one.kind != other.kind:
        return "kindred" if one.kind in FLOWING and other.kind in FLOWING else "other"
    if one.kind in {CODE, Kind.HEADING}:
        return one.kind if one.kind == CODE or one.detail == other.detail else "other heading"
    if one.kind == Kind.FRONT_MATTER and one.detail != other.detail:
        return "other"
    return "same" if one.depth == other.depth else "other depth"


def _likeness(piece: Piece) -> tuple[object, ...]:
    """The properties that decide how a piece fits others."""
    marks = frozenset(piece.marks.items())
    return piece.kind, piece.detail, piece.column, piece.depth, piece.size, marks
