"""The likeliest pairs of two pages: in their order first, then of what was moved."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING, NamedTuple

from toolkit.aligning.evidence import FORBIDDEN, Evidence, Fit
from toolkit.aligning.images import cut_at_images
from toolkit.aligning.lattice import Bead, Scores, beads, likelihood
from toolkit.aligning.pieces import FLOWING, SILENT
from toolkit.aligning.rows import ROW
from toolkit.aligning.sentences import has_marks_of
from toolkit.model.units import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.aligning.pieces import Piece

_LEAST = 0.1
"""The lowest probability at which a pair is looked at."""
_ROUNDS = 3
"""The number of times that leftovers are aligned again, to find texts that were moved."""
_UNMISTAKABLE = 3.0
"""The least evidence in common that puts a pair before others."""
_MOVED_CONTENT = 1.0
"""The least evidence by content that a moved pair needs."""
_AT_BREAKS = 2.5
"""The bonus for a text that was cut where its lines break."""
_AT_SENTENCES = 2.0
"""The same for one whose sentences end with the marks of its parts."""
_ALONE = 2.0
"""The most by which a part may be longer than the whole."""


class Found(NamedTuple):
    """A pair as it was found."""

    bead: Bead
    fit: Fit
    moved: bool
    unmistakable: bool = False
    """Whether both sides share what stands nowhere else."""


def found_pairs(left: Sequence[Piece], right: Sequence[Piece], evidence: Evidence) -> list[Found]:
    """The likeliest pairs: first of the pages in their order, then of what is left over."""
    found: list[Found] = []
    lefts, rights = list(range(len(left))), list(range(len(right)))
    for turn in range(_ROUNDS):
        fresh = list(_round(lefts, rights, left, right, evidence))
        if turn:
            fresh = [one for one in fresh if one[1].content >= _MOVED_CONTENT]
        found += [Found(bead, fit, bool(turn)) for bead, fit in fresh]
        used = {place for bead, _ in fresh for place in bead.lefts}
        others = {place for bead, _ in fresh for place in bead.rights}
        lefts = [place for place in lefts if place not in used]
        rights = [place for place in rights if place not in others]
        if not (fresh and lefts and rights):
            break
    return _with_unmistakable(found, left, right, evidence)


def _with_unmistakable(
    found: Sequence[Found], left: Sequence[Piece], right: Sequence[Piece], evidence: Evidence
) -> list[Found]:
    """The pairs with those put right that share what stands nowhere else, as moved items do.

    In their order such texts are paired with neighbours that say something else.
    """
    homes = {place: pair for pair in found for place in _places(pair)}
    for one, other in evidence.rare(hard=True):
        fit = evidence.fit((one,), (other,))
        if left[one].kind in SILENT or not _is_unmistakable(left[one], right[other], fit):
            continue
        before = {pair for place in ((0, one), (1, other)) if (pair := homes.get(place))}
        likely = 1 / (1 + exp(-fit.total))
        fresh = Found(Bead((one,), (other,), likely), fit, moved=True, unmistakable=True)
        same = [pair for pair in before if pair.bead[:2] == fresh.bead[:2]]
        if same and same[0].bead.likelihood < likely and _is_crossed(same[0], found):
            fresh = fresh._replace(moved=same[0].moved)
        elif same or any(pair.fit.content >= 0 for pair in before):
            continue
        _replace(before, fresh, homes)
    for pair in [one for one in dict.fromkeys(homes.values()) if one.unmistakable and one.moved]:
        _take_heading(pair, homes, (left, right), evidence)
    return list(dict.fromkeys(homes.values()))


def _is_unmistakable(one: Piece, other: Piece, fit: Fit) -> bool:
    if any(mark.startswith(ROW) for mark in one.marks.keys() & other.marks.keys()):
        return fit.content >= _MOVED_CONTENT and fit.total > 0
    return fit.content >= _UNMISTAKABLE and fit.length >= 0


def _take_heading(
    pair: Found,
    homes: dict[tuple[int, int], Found],
    sides: tuple[Sequence[Piece], Sequence[Piece]],
    evidence: Evidence,
) -> None:
    """Pair the headings right above two texts that were moved, unless they have better partners."""
    one, other = pair.bead.lefts[0] - 1, pair.bead.rights[0] - 1
    if min(one, other) < 0 or not sides[0][one].kind == sides[1][other].kind == Kind.HEADING:
        return
    fit = evidence.fit((one,), (other,))
    before = {homes[place] for place in ((0, one), (1, other)) if place in homes}
    heading = Found(Bead((one,), (other,), pair.bead.likelihood), fit, moved=True)
    if fit.total > 0 and not any(_is_bound(each, homes, heading) for each in before):
        _replace(before, heading, homes)


def _replace(before: Iterable[Found], fresh: Found, homes: dict[tuple[int, int], Found]) -> None:
    """Put a pair at the places of others."""
    for place in {place for pair in before for place in _places(pair)}:
        del homes[place]
    homes |= dict.fromkeys(_places(fresh), fresh)


def _is_bound(pair: Found, homes: Mapping[tuple[int, int], Found], other: Found) -> bool:
    """Whether a pair shows that it belongs together more than another one does."""
    lefts, rights, _ = pair.bead
    below = homes.get((0, lefts[-1] + 1))
    goes_on = below is not None and rights[-1] + 1 in below.bead.rights
    return goes_on or pair.fit.content > max(0.0, other.fit.content)


def _is_crossed(pair: Found, found: Sequence[Found]) -> bool:
    """Whether another pair in the order of the pages crosses a pair, so that it is in doubt."""
    (left, *_), (right, *_), _ = pair.bead
    return not pair.moved and any(
        (one.bead.lefts[0] - left) * (one.bead.rights[0] - right) < 0
        for one in found
        if not one.moved
    )


def _places(pair: Found) -> Iterator[tuple[int, int]]:
    """The places on either side, 0 and 1, that a pair takes."""
    yield from ((0, place) for place in pair.bead.lefts)
    yield from ((1, place) for place in pair.bead.rights)


def whole_fit(left: Sequence[Piece], right: Sequence[Piece], evidence: Evidence) -> float:
    """Return the likelihood of two texts as translations, over all ways to align their pieces."""
    places = (range(len(left)), range(len(right)))
    scores = _scores(*places, left, right, evidence)
    return likelihood((len(left), len(right)), scores)


def _scores(
    lefts: Sequence[int],
    rights: Sequence[int],
    left: Sequence[Piece],
    right: Sequence[Piece],
    evidence: Evidence,
) -> Scores:
    """The scores of pairs and groups among what is left of two pages."""

    def pair(row: int, column: int) -> float:
        return evidence.score(lefts[row], rights[column])

    runs = {size: _runs(lefts, left, size) for size in (2, 3)}
    other_runs = {size: _runs(rights, right, size) for size in (2, 3)}

    def starts(row: int, down: int, _right: int) -> bool:
        if down > 1:
            return runs[down][row] is not None
        return left[lefts[row]].kind in FLOWING

    def group(row: int, down: int, column: int, across: int) -> float:
        if down > 1:
            run, whole, ratio = runs[down][row], right[rights[column]], 1 / evidence.ratio
        else:
            run, whole, ratio = other_runs[across][column], left[lefts[row]], evidence.ratio
        if run is None or not run.could_be(whole, ratio):
            return FORBIDDEN
        ours, theirs = lefts[row : row + down], rights[column : column + across]
        at_breaks = whole.text.count("\n") == down + across - 2
        parts = (
            [left[one].text for one in ours] if down > 1 else [right[one].text for one in theirs]
        )
        at_images = not at_breaks and cut_at_images(whole.text, parts) is not None
        total = evidence.fit(ours, theirs).total
        if at_breaks or at_images:
            return total + _AT_BREAKS
        return total + _AT_SENTENCES * has_marks_of(whole.text, parts)

    return Scores(pair, group, starts)


def _round(
    lefts: Sequence[int],
    rights: Sequence[int],
    left: Sequence[Piece],
    right: Sequence[Piece],
    evidence: Evidence,
) -> Iterator[tuple[Bead, Fit]]:
    """The groups of one pass over what is left, none of which shares a piece with another."""
    rows = {place: row for row, place in enumerate(lefts)}
    columns = {place: column for column, place in enumerate(rights)}
    anchors = [
        (rows[one], columns[other])
        for one, other in evidence.rare()
        if one in rows and other in columns
    ]
    used: set[int] = set()
    others: set[int] = set()
    scores = _scores(lefts, rights, left, right, evidence)
    for bead in beads((len(lefts), len(rights)), scores, anchors, _LEAST):
        if used.isdisjoint(bead.lefts) and others.isdisjoint(bead.rights):
            used.update(bead.lefts)
            others.update(bead.rights)
            ours = tuple(lefts[row] for row in bead.lefts)
            theirs = tuple(rights[column] for column in bead.rights)
            yield Bead(ours, theirs, bead.likelihood), evidence.fit(ours, theirs)


class _Run(NamedTuple):
    """Neighbours of one kind that a translator may have cut otherwise."""

    total: int
    """The sum of their sizes."""
    longest: int

    def could_be(self, whole: Piece, ratio: float) -> bool:
        """Whether they together may be a text of the other page, and none of them is longer."""
        if whole.kind not in FLOWING:
            return False
        wanted = whole.size * ratio
        return 0.4 * wanted < self.total < 2.5 * wanted and self.longest < wanted * _ALONE


def _runs(places: Sequence[int], pieces: Sequence[Piece], size: int) -> list[_Run | None]:
    """The runs of so many pieces that start at some places, `None` where there is none."""
    found: list[_Run | None] = []
    for start, place in enumerate(places):
        kind = pieces[place].kind
        last = start + size - 1
        run = None
        if kind in FLOWING and last < len(places) and places[last] == place + size - 1:
            parts = pieces[place : place + size]
            if all(piece.kind == kind for piece in parts):
                sizes = [piece.size for piece in parts]
                run = _Run(sum(sizes), max(sizes))
        found.append(run)
    return found
