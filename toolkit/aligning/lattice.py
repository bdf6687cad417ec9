"""All alignments of two sequences at once: how likely each pair is over all of them.

The lattice is that of Gale and Church (1993, "A program for aligning sentences in bilingual
corpora"), with groups 1:1, 1:0, 0:1, 2:1, 1:2, 3:1
and 1:3. Instead of the best path alone the sum over all
paths is taken (the forward-backward algorithm, Rabiner 1989, section III), so that a pair which
could as well be another one is known to be doubtful.
"""

from __future__ import annotations

from array import array
from itertools import product
from math import exp, log
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.increasing import longest_increasing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Score = Callable[[int, int], float]

_NEVER = -1e30
_PAIR = log(0.88)
_GAP = log(0.05)
_DOUBLE = log(0.01)
_TRIPLE = log(0.003)
_PRIORS = {
    (1, 1): _PAIR,
    (2, 1): _DOUBLE,
    (1, 2): _DOUBLE,
    (3, 1): _TRIPLE,
    (1, 3): _TRIPLE,
}
"""The groups there are, pieces on the left and on the right, and how likely each is by itself."""
_WIDTH = 20
"""Places on either side of the diagonal that are looked at."""
_SMALL = 10_000
"""Cells between two anchors up to which all are looked at."""
_NEGLIGIBLE = 30.0
"""Differences of logarithms from which on the smaller number adds nothing."""


class Bead(NamedTuple):
    """A group of neighbours on the left that belongs to a group on the right."""

    lefts: tuple[int, ...]
    rights: tuple[int, ...]
    likelihood: float
    """The probability of this group among all alignments, from 0 to 1."""


class Scores(NamedTuple):
    """The scores from which a lattice is built."""

    pair: Score
    """The score of the pieces at two places as a pair."""
    group: Callable[[int, int, int, int], float]
    """The score of a group: place and number of its pieces on one side, then on the other."""
    starts: Callable[[int, int, int], bool]
    """Whether a group with so many pieces of either side can start at a place on the left."""


def beads(
    sizes: tuple[int, int], scores: Scores, anchors: Sequence[tuple[int, int]], least: float
) -> list[Bead]:
    """The groups that are in at least a share `least` of the alignments, weighed by their scores.

    `anchors` are places that probably belong together; the search keeps near a chain of them.
    """
    lattice = _Lattice(sizes, scores, _chain(anchors))
    return sorted(lattice.beads(least), key=lambda bead: -bead.likelihood)


def likelihood(sizes: tuple[int, int], scores: Scores) -> float:
    """The logarithm of the sum over all alignments."""
    return _Lattice(sizes, scores, ()).whole()


def _chain(anchors: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most anchors that are in the same order on both sides."""
    ordered = sorted(anchors, key=lambda pair: (pair[0], -pair[1]))
    return [ordered[place] for place in longest_increasing(right for _, right in ordered)]


class _Step(NamedTuple):
    """A way from node to node: a group of so many pieces, with its scores."""

    down: int
    right: int
    rows: Sequence[array[float] | None]
    """The scores by column for each row of nodes it starts from; `None` where it never can."""


class _Way(NamedTuple):
    """A step from or to a row of nodes: the other row and the scores."""

    line: array[float]
    shift: int
    """The number that turns a column into its place in the other row, by subtraction."""
    scores: array[float]


class _Lattice:
    """The nodes `(i, j)`: so many pieces of either side are behind."""

    def __init__(
        self, sizes: tuple[int, int], scores: Scores, chain: Sequence[tuple[int, int]]
    ) -> None:
        self._rows, self._columns = sizes
        self._low, self._high = _band(sizes, chain)
        self._steps = [self._step(scores, *size) for size in _PRIORS]

    def _step(self, scores: Scores, down: int, right: int) -> _Step:
        rows = (self._row_of(row, scores, down, right) for row in range(self._rows))
        return _Step(down, right, list(rows))

    def _row_of(self, row: int, scores: Scores, down: int, right: int) -> array[float] | None:
        """The scores of a step out of the nodes of a row."""
        limit = self._columns - right + 1
        if row + down > self._rows or not (down == right or scores.starts(row, down, right)):
            return None
        prior = _PRIORS[down, right]
        columns = range(self._low[row], self._high[row])
        if down == right:
            found = [scores.pair(row, one) if one < limit else _NEVER for one in columns]
        else:
            group = scores.group
            found = [group(row, down, one, right) if one < limit else _NEVER for one in columns]
        if max(found, default=_NEVER) <= _NEVER:
            return None
        return array("d", [max(_NEVER, score + prior) for score in found])

    def whole(self) -> float:
        """The logarithm of the sum over all ways."""
        return self._forward()[-1][-1]

    def beads(self, least: float) -> Iterator[Bead]:
        """The groups that are likely enough, row by row."""
        forward, backward = self._forward(), self._backward()
        whole, floor = backward[0][-self._low[0]], log(least)
        for row, step in product(range(self._rows), self._steps):
            scores = step.rows[row]
            if scores is None:
                continue
            rows = (forward[row], scores, backward[row + step.down])
            for column, value in self._ways(row, row + step.down, step.right, rows):
                if value - whole >= floor:
                    yield _bead(row, column, (step.down, step.right), value - whole)

    def _ways(
        self, row: int, below: int, right: int, rows: tuple[array[float], ...]
    ) -> Iterator[tuple[int, float]]:
        """The steps from one row to one below: the columns, and the sums over all ways by them."""
        forward, own, ahead = rows
        low, shift = self._low[row], self._low[below] - right
        end = min(self._high[row], self._high[below] - right)
        for column in range(max(low, shift), end):
            place = column - low
            yield column, forward[place] + own[place] + ahead[column - shift]

    def _forward(self) -> list[array[float]]:
        """The logarithm of the sum over all ways to each node."""
        table: list[array[float]] = []
        for row in range(self._rows + 1):
            table.append(self._forward_row(row, table))
        return table

    def _forward_row(self, row: int, table: Sequence[array[float]]) -> array[float]:
        low, high = self._low[row], self._high[row]
        line = array("d", [_NEVER]) * (high - low)
        above, start, end = _around(table, self._low, row - 1)
        ways = list(self._ways_to(row, table))
        for column in range(low, high):
            terms = [0.0] if row == column == 0 else []
            if column > low:
                terms.append(line[column - low - 1] + _GAP)
            if start <= column < end:
                terms.append(above[column - start] + _GAP)
            for way in ways:
                place = column - way.shift
                if 0 <= place < len(way.line):
                    terms.append(way.line[place] + way.scores[place])
            line[column - low] = _sum(terms)
        return line

    def _ways_to(self, row: int, table: Sequence[array[float]]) -> Iterator[_Way]:
        for step in self._steps:
            origin = row - step.down
            scores = step.rows[origin] if origin >= 0 else None
            if scores is not None:
                shift = self._low[origin] + step.right
                yield _Way(table[origin], shift, scores)

    def _backward(self) -> list[array[float]]:
        """The logarithm of the sum over all ways from each node to the end."""
        table: list[array[float]] = [array("d")] * (self._rows + 1)
        for row in range(self._rows, -1, -1):
            table[row] = self._backward_row(row, table)
        return table

    def _backward_row(self, row: int, table: Sequence[array[float]]) -> array[float]:
        low, high = self._low[row], self._high[row]
        line = array("d", [_NEVER]) * (high - low)
        below, start, end = _around(table, self._low, row + 1)
        ways = list(self._ways_from(row, table))
        for column in range(high - 1, low - 1, -1):
            place = column - low
            terms = [0.0] if (row, column) == (self._rows, self._columns) else []
            if column + 1 < high:
                terms.append(line[place + 1] + _GAP)
            if start <= column < end:
                terms.append(below[column - start] + _GAP)
            for way in ways:
                ahead = column - way.shift
                if 0 <= ahead < len(way.line):
                    terms.append(way.line[ahead] + way.scores[place])
            line[place] = _sum(terms)
        return line

    def _ways_from(self, row: int, table: Sequence[array[float]]) -> Iterator[_Way]:
        for step in self._steps:
            scores = step.rows[row] if row < self._rows else None
            if scores is not None:
                aim = row + step.down
                yield _Way(table[aim], self._low[aim] - step.right, scores)


def _bead(row: int, column: int, size: tuple[int, int], likelihood: float) -> Bead:
    lefts, rights = range(row, row + size[0]), range(column, column + size[1])
    return Bead(tuple(lefts), tuple(rights), min(1.0, exp(likelihood)))


def _around(
    table: Sequence[array[float]], low: Sequence[int], row: int
) -> tuple[array[float], int, int]:
    """A row with its first column and the one behind its last; an empty one outside the table."""
    if not 0 <= row < len(table):
        return array("d"), 0, 0
    return table[row], low[row], low[row] + len(table[row])


def _sum(terms: list[float]) -> float:
    """The logarithm of the sum of numbers of which the logarithms are given."""
    if not terms:
        return _NEVER
    most = max(terms)
    total = sum([exp(term - most) for term in terms if term > most - _NEGLIGIBLE])
    return most + log(total) if most > _NEVER else _NEVER


def _band(sizes: tuple[int, int], chain: Sequence[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """The range of columns to look at in each row of nodes."""
    rows, columns = sizes
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for (top, left), (bottom, right) in _stretches(sizes, chain):
        whole = (bottom - top) * (right - left) <= _SMALL
        for row in range(max(0, top - 1), min(rows, bottom + 1) + 1):
            if whole:
                first, last = left, right
            else:
                first = last = left + (row - top) * (right - left) // max(1, bottom - top)
                step = (right - left) // max(1, bottom - top)
                first, last = first - step, last + step
            low[row] = min(low[row], max(0, first - _WIDTH))
            high[row] = max(high[row], min(columns, last + _WIDTH) + 1)
    # Ways lead down and to the right only, so what a row has, those below it may not end before.
    for row in range(1, rows + 1):
        high[row] = max(high[row], high[row - 1])
    for row in range(rows - 1, -1, -1):
        low[row] = min(low[row], low[row + 1])
    low[0], high[rows] = 0, columns + 1
    return low, high


def _stretches(
    sizes: tuple[int, int], chain: Sequence[tuple[int, int]]
) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    before = (0, 0)
    for node in (*chain, sizes):
        yield before, node
        before = node
