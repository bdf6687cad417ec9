"""Find translations that stand at their neighbour: copied there, swapped, or moved in a row.

The languages need not be known: what survives translation, lengths, and which words go together in
the other messages of the catalog tell whose translation a text is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rapidfuzz.fuzz import ratio

from toolkit.aligning.fitting import MOST_COMPANY, Fits, bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SWAPPED, _MOVED, _ALONE = 3.5, 4.0, 6.0
"""The gains from which on translations count as swapped, moved in a row, or moved alone."""
_BETTER = 1.0
"""The gain of the source behind a row, if its translation has to give way."""
_TOLD_APART = 1.5
"""The gain from which on one of two such sources is the wrong one."""
_LEAST_SIZE = 4
"""Letters of a text that hardly two sources share; one of East Asia counts twice."""
_ALIKE = 88.0
"""The likeness in percent of sources that may have the same translation."""


class Shift(NamedTuple):
    """A message whose translation is its neighbour's, by their places."""

    place: int
    neighbour: int


def shifts(rows: Sequence[tuple[str, str]], scripts: tuple[str, str]) -> list[Shift]:
    """Find the shifted ones among sources and translations that stand one behind the other.

    A translation is empty where there is none that counts; `scripts` are those of both sides.
    """
    if not any(text for _, text in rows):
        return []
    return sorted(set(_Catalog(rows, scripts).shifts()))


class _Catalog:
    """Messages in their order, and how well each translation fits which source."""

    def __init__(self, rows: Sequence[tuple[str, str]], scripts: tuple[str, str]) -> None:
        self._rows = rows
        self._bare = [bare(source) for source, _ in rows]
        self._fits = Fits(rows, scripts)

    def shifts(self) -> Iterator[Shift]:
        """Yield what was copied, swapped and moved."""
        for place in range(len(self._rows) - 1):
            yield from self._at(place, place + 1)
        for step in (1, -1):
            yield from self._moved(step)

    def _at(self, one: int, other: int) -> Iterator[Shift]:
        """Compare two neighbours: the same text twice, or each at the other's place."""
        text, text2 = self._rows[one][1], self._rows[other][1]
        if not (text and text2) or self._bare[one] == self._bare[other]:
            return
        if text == text2:
            yield from self._copied(one, other)
        elif not self._stays(one, other) and not self._stays(other, one):
            yield from self._swapped(one, other)

    def _swapped(self, one: int, other: int) -> Iterator[Shift]:
        if self._are_swapped(one, other):
            yield Shift(one, other)
            yield Shift(other, one)

    def _stays(self, place: int, other: int) -> bool:
        """Whether a translation is its source, or has the code and targets of it alone."""
        source, text = self._rows[place]
        sources, own = self._fits.sources, self._fits.sources[place].kept
        is_own = own == self._fits.targets[place].kept and own != sources[other].kept
        return source == text or bool(own and is_own)

    def _are_swapped(self, one: int, other: int) -> bool:
        """Whether each of two translations fits the other's source better."""
        fits = self._fits
        quick = fits.quick_gain(one, other) + fits.quick_gain(other, one)
        if quick <= _SWAPPED - 2 * MOST_COMPANY:
            return False
        gain = fits.gain(one, other)
        if gain + fits.quick_gain(other, one) <= _SWAPPED - MOST_COMPANY:
            return False
        return gain + fits.gain(other, one) > _SWAPPED

    def _copied(self, one: int, other: int) -> Iterator[Shift]:
        """Yield the one of two sources with the same translation that it fits less."""
        gain = self._fits.gain(one, other)
        alike = ratio(self._rows[one][0], self._rows[other][0]) >= _ALIKE
        enough = self._fits.targets[one].telling >= _LEAST_SIZE
        if enough and (not alike or abs(gain) > _TOLD_APART):
            yield Shift(one, other) if gain > 0 else Shift(other, one)

    def _moved(self, step: int) -> Iterator[Shift]:
        """Find rows of translations that each belong `step` further on."""
        last = len(self._rows) - 1
        run: list[int] = []
        most = best = 0.0
        for place in range(last) if step > 0 else range(last, 0, -1):
            can = self._can_move(place, place + step)
            more = self._fits.quick_gain(place, place + step) + MOST_COMPANY if can else 0.0
            if can and most + more > 0:
                run.append(place)
                most += more
                best = max(best, most)
                continue
            if best > _MOVED:
                yield from self._rows_in(run, step)
            run, most, best = [], 0.0, 0.0
        if best > _MOVED:
            yield from self._rows_in(run, step)

    def _rows_in(self, places: Sequence[int], step: int) -> Iterator[Shift]:
        """Find the rows among neighbours that may have moved."""
        row: list[int] = []
        gain = 0.0
        for place in places:
            more = self._fits.gain(place, place + step)
            if gain + more > 0:
                row.append(place)
                gain += more
                continue
            yield from self._row(row, gain, step)
            row, gain = [], 0.0
        yield from self._row(row, gain, step)

    def _can_move(self, place: int, other: int) -> bool:
        """Whether a translation may belong to another source."""
        text, there = self._rows[place][1], self._rows[other][1]
        is_other = text != there and self._bare[place] != self._bare[other]
        return bool(text) and is_other and not self._stays(place, other)

    def _row(self, row: list[int], gain: float, step: int) -> Iterator[Shift]:
        """Accept a row whose last translation finds its place empty, or better filled by it."""
        fits = self._fits
        while row and fits.gain(row[-1], row[-1] + step) <= 0:
            gain -= fits.gain(row[-1], row[-1] + step)
            row = row[:-1]
        if not row or gain <= (_MOVED if len(row) > 1 else _ALONE):
            return
        last, end = row[-1], row[-1] + step
        if self._rows[end][1] and (len(row) == 1 or fits.replacing(end, last) <= _BETTER):
            return
        for place in row:
            if fits.gain(place, place + step) > 0:
                yield Shift(place, place + step)
