"""Find out which of several editions of a page a translation was made from.

One edition is aligned with the translation as a whole. What another one has in common with it keeps
its partners; only the stretches between those are compared, over all ways to align them. So an
edition costs what was edited in it.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.aligning.evidence import Evidence
from toolkit.aligning.pairing import aligned
from toolkit.aligning.pieces import Piece, pieces_of, place_on_page
from toolkit.aligning.search import whole_fit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.aligning.pairing import Alignment
    from toolkit.reading.page import Page

_SURE = 0.6
"""The least certainty at which a pair holds its place in all editions."""
_WIDEST = 120
"""Pieces of a stretch that are compared; a page that was rewritten is another page."""

_STRANGE = 1.5
"""The cost of a mark without a partner: how a pair fits says less of what was put in or taken out.
"""

_Look = tuple[str, str, str, str]


class Editions:
    """Compares the editions of a page with one translation."""

    def __init__(
        self, anchor: Page, target: Page, scripts: tuple[str, str], ratio: float = 0.0
    ) -> None:
        self._scripts = scripts
        self._left = pieces_of(anchor, *scripts)
        self._right = pieces_of(target, *scripts[::-1])
        self._ratio = ratio
        self._scores: dict[tuple[tuple[_Look, ...], int, int], float] = {}

    @cached_property
    def alignment(self) -> Alignment:
        """The alignment of the translation with the first edition."""
        return aligned(self._left, self._right, self._scripts)

    def lead(self, page: Page) -> float:
        """Return by how much a page is a likelier source than the first edition, as a logarithm."""
        pieces = pieces_of(page, *self._scripts)
        return sum(self._gains(pieces))

    def _gains(self, pieces: Sequence[Piece]) -> Iterator[float]:
        looks = [_look(piece) for piece in pieces]
        fixed = list(self._shared(looks))
        ends = (len(self._left), len(pieces), len(self._right))
        for before, behind in pairwise([(-1, -1, -1), *fixed, ends]):
            mine = self._left[before[0] + 1 : behind[0]]
            theirs = pieces[before[1] + 1 : behind[1]]
            if list(map(_look, mine)) != looks[before[1] + 1 : behind[1]]:
                place = (before[2] + 1, behind[2])
                yield self._fit(theirs, *place) - self._fit(mine, *place)

    def _shared(self, looks: Sequence[_Look]) -> Iterator[tuple[int, int, int]]:
        """The pieces of both editions that have a partner, in the order of all three."""
        matcher = SequenceMatcher(None, self._looks, looks, autojunk=False)
        last = -1
        for block in matcher.get_matching_blocks():
            for offset in range(block.size):
                place = self._partners.get(block.a + offset)
                if place is not None and place > last:
                    last = place
                    yield block.a + offset, block.b + offset, place

    @cached_property
    def _looks(self) -> list[_Look]:
        return [_look(piece) for piece in self._left]

    @cached_property
    def _partners(self) -> dict[int, int]:
        """The places in the translation of pieces whose partner stands in their order."""
        lefts, rights = (
            {place_on_page(piece): place for place, piece in enumerate(side)}
            for side in (self._left, self._right)
        )
        return {
            lefts[place_on_page(one.sources[0])]: rights[place_on_page(one.targets[0])]
            for one in self.alignment.pairings
            if len(one.sources) == len(one.targets) == 1
            and one.certainty >= _SURE
            and not one.moved
        }

    def _fit(self, lefts: Sequence[Piece], start: int, end: int) -> float:
        key = (tuple(map(_look, lefts)), start, end)
        if key not in self._scores:
            self._scores[key] = self._compared(lefts, self._right[start:end])
        return self._scores[key]

    def _compared(self, lefts: Sequence[Piece], rights: Sequence[Piece]) -> float:
        lefts, rights = lefts[:_WIDEST], rights[:_WIDEST]
        evidence = Evidence(lefts, rights, self._scripts, self._ratio or self._own_ratio)
        return whole_fit(lefts, rights, evidence) - _STRANGE * _strange_marks(lefts, rights)

    @cached_property
    def _own_ratio(self) -> float:
        return Evidence(self._left, self._right, self._scripts).ratio


def _strange_marks(lefts: Sequence[Piece], rights: Sequence[Piece]) -> int:
    """Count the code, targets and numbers that only one of two stretches has."""
    ours, theirs = (
        Counter(mark for piece in side for mark, hard in piece.marks.items() if hard)
        for side in (lefts, rights)
    )
    return ((ours - theirs) + (theirs - ours)).total()


def _look(piece: Piece) -> _Look:
    return piece.kind, piece.detail, piece.depth, piece.text
