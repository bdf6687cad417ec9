"""Pairs of texts of two pages with their certainty, and what has no partner."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import exp, log
from typing import TYPE_CHECKING

from toolkit.aligning.evidence import Evidence
from toolkit.aligning.pieces import CODE, CODE_CELL, FLOWING, SILENT, is_same, pieces_of, quoted
from toolkit.aligning.rows import with_row_marks
from toolkit.aligning.search import Found, found_pairs
from toolkit.aligning.weights import MODEL
from toolkit.catalogs.glossary import Glossary, stands_in

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.aligning.lattice import Bead
    from toolkit.aligning.pieces import Piece
    from toolkit.reading.page import Page

_RELATED = 1.2
"""The least average fit of the pairs of two pages that are translations."""
_FAIR = 0.85
"""The same where nearly all of the shorter page has found its place in order."""
_COVERED = 0.75
_RUNNING = 0.5
"""The least average fit of lengths between two pages with the same structure."""
_PLAUSIBLE = 0.3
"""The least fit of pages that may be translations, if the other pages of an import are."""
_HALF = 0.5
_ENOUGH = 2.5
"""The fit above which a better one makes no further difference."""
_FEW = 4
"""The number of texts from which a page can be judged."""
_ALONE = 2.0
_CLIP = 8.0
_DOUBT = 2.0
"""The log-odds below which a pair is doubtful whatever its neighbours are."""
_LONE = -1.5
"""The cost of a neighbour without a partner for the pieces next to it."""
_REACH = 2
OPENINGS, _LENGTH, CONTENT = 3, 6, 7
"""The places of these among the features of a pairing."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Knowledge of two languages before their pages are compared."""

    scripts: tuple[str, str]
    """The scripts of the source and of the translation (ISO 15924)."""
    translations: Mapping[str, str] = field(default_factory=dict)
    """The translations that memories have for source texts."""
    glossary: Glossary = field(default_factory=Glossary)
    """The terms of the target locale."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Texts that belong together: one to one, or two that were one."""

    sources: tuple[Piece, ...]
    targets: tuple[Piece, ...]
    certainty: float
    """The share of such pairs that are right, from 0 to 1."""
    moved: bool = False
    """Whether it stands elsewhere than its neighbours do."""
    features: tuple[float, ...] = ()
    """The figures behind the certainty, for the calibration."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The result of comparing two pages."""

    pairings: tuple[Pairing, ...]
    """The pairs in the order of the source, without code blocks."""
    sources: tuple[Piece, ...]
    """Pieces of the source without a partner."""
    targets: tuple[Piece, ...]
    """Pieces of the translation without a partner."""
    fit: float
    """The average fit of the pairs."""
    other_code: int = 0
    """The code blocks without units that say something else in the translation."""

    @property
    def related(self) -> bool:
        """Whether the two pages seem to be translations of each other.

        Prose without links, code and numbers shows it by its order and its lengths alone.
        """
        fair = self.fit >= _FAIR and self._covered >= _COVERED
        return bool(self.fit >= _RELATED or fair or self._is_parallel)

    @property
    def plausible(self) -> bool:
        """Whether the pages can be translations of each other, if others of the import are."""
        if self.small:
            return self.alike
        return self.fit >= _PLAUSIBLE and self._covered >= _HALF

    @property
    def _covered(self) -> float:
        """The share of the shorter page that is paired, and in order."""
        paired = len(self.pairings)
        shorter = min(paired + len(self.sources), paired + len(self.targets))
        return sum(not one.moved for one in self.pairings) / max(1, shorter)

    @property
    def _is_parallel(self) -> bool:
        if self.small or not self.alike:
            return False
        fits = [one.features[_LENGTH : CONTENT + 1] for one in self.pairings]
        lengths, contents = (sum(side) / len(side) for side in zip(*fits, strict=True))
        return bool(lengths >= _RUNNING and contents >= 0)

    @property
    def small(self) -> bool:
        """Whether there is too little text to tell."""
        paired = len(self.pairings)
        return min(paired + len(self.sources), paired + len(self.targets)) < _FEW

    @property
    def alike(self) -> bool:
        """Whether each text has its partner, of the same kind and at the same place."""
        return not (self.sources or self.targets) and all(
            len(one.sources) == len(one.targets) == 1
            and one.sources[0].detail == one.targets[0].detail
            and not one.moved
            for one in self.pairings
        )


def align(source: Page, target: Page, knowledge: Knowledge) -> Alignment:
    """Pair the texts of two pages."""
    return paired(*sides(source, target, knowledge), knowledge.scripts)


def sides(
    source: Page, target: Page, knowledge: Knowledge
) -> tuple[Sequence[Piece], Sequence[Piece]]:
    """Return the pieces of two pages, with all marks by which they are paired."""
    scripts = knowledge.scripts
    echoes = dict(_echoes(source, target, knowledge))
    terms = {term for unit in source.units for term in knowledge.glossary.used(unit.text)}

    def of_source(text: str) -> Iterator[str]:
        yield from filter(None, [echoes.get(" ".join(text.split()))])
        for term in knowledge.glossary.used(text) if terms else ():
            yield f"g:{term.source}"

    def of_target(text: str) -> Iterator[str]:
        yield from filter(None, [echoes.get(" ".join(text.split()))])
        folded = text.casefold()
        for term in terms:
            if any(word.casefold() in folded and stands_in(word, text) for word in term.target):
                yield f"g:{term.source}"

    left = pieces_of(source, *scripts, of_source)
    right = pieces_of(target, *scripts[::-1], of_target)
    return with_row_marks(left, right)


def _echoes(source: Page, target: Page, knowledge: Knowledge) -> Iterator[tuple[str, str]]:
    """Marks for texts that are known to belong together, by either text."""
    texts = {" ".join(unit.text.split()) for unit in source.units}
    for text in texts & knowledge.translations.keys():
        mark = f"k:{text}"
        yield text, mark
        yield " ".join(knowledge.translations[text].split()), mark
    units = iter(target.units)
    unit = next(units, None)
    for end, text in quoted(target):
        while unit and unit.span.start < end:
            unit = next(units, None)
        if unit and text in texts:
            yield text, f"k:{text}"
            yield " ".join(unit.text.split()), f"k:{text}"


def aligned(left: Sequence[Piece], right: Sequence[Piece], scripts: tuple[str, str]) -> Alignment:
    """Pair pieces, each side in the order of its page."""
    return paired(*with_row_marks(left, right), scripts)


def paired(left: Sequence[Piece], right: Sequence[Piece], scripts: tuple[str, str]) -> Alignment:
    """Pair pieces that have the marks of their rows."""
    found = sorted(
        found_pairs(left, right, Evidence(left, right, scripts)), key=lambda one: one.bead
    )
    fit = _page_fit(found, left, right)
    around = {
        one: near
        for one, near in zip(found, _surroundings(found, left), strict=True)
        if not _is_for_nothing(left, right, one.bead)
    }
    found = list(around)
    pairings = []
    other_code = sum(_is_other_code(left, right, one.bead) for one in found)
    for one, count in zip(found, _openings(found, left, right), strict=True):
        features = _features(one, around[one], fit, count)
        sources = tuple(left[place] for place in one.bead.lefts)
        if sources[0].kind not in SILENT:
            targets = tuple(right[place] for place in one.bead.rights)
            pairings.append(Pairing(sources, targets, certainty(features), one.moved, features))
    lefts = {place for one in found for place in one.bead.lefts}
    rights = {place for one in found for place in one.bead.rights}
    rest = _rest(left, lefts), _rest(right, rights)
    return Alignment(tuple(pairings), *rest, fit, other_code)


def _is_other_code(left: Sequence[Piece], right: Sequence[Piece], bead: Bead) -> bool:
    one, other = left[bead.lefts[0]], right[bead.rights[0]]
    return one.kind == one.detail == CODE and one.text.split() != other.text.split()


def _is_for_nothing(left: Sequence[Piece], right: Sequence[Piece], bead: Bead) -> bool:
    """Whether a cell that is no text was paired with one that says something else."""
    one, other = left[bead.lefts[0]], right[bead.rights[0]]
    return one.kind == CODE_CELL != other.kind and not is_same(one.text, other.text)


def _rest(pieces: Sequence[Piece], paired: set[int]) -> tuple[Piece, ...]:
    return tuple(
        piece
        for place, piece in enumerate(pieces)
        if place not in paired and piece.kind not in SILENT
    )


def _page_fit(found: Sequence[Found], left: Sequence[Piece], right: Sequence[Piece]) -> float:
    """The average fit over all that could have a partner; few pairs prove little.

    Cells of code alone are no evidence: reference pages have the same ones.
    """
    sure = (one for one in found if one.unmistakable or not one.moved)
    told = [one for one in sure if left[one.bead.lefts[0]].kind != CODE_CELL]
    total = sum(one.fit.content + one.fit.length for one in told)
    sizes = (sum(piece.kind != CODE_CELL for piece in side) for side in (left, right))
    return total / (min(sizes) + _ALONE)


def _surroundings(found: Sequence[Found], left: Sequence[Piece]) -> list[float]:
    """The fit of each pair's neighbours on both pages."""
    worth = [_LONE] * len(left)
    home = [10**9] * len(left)
    for one in found:
        for place in one.bead.lefts:
            worth[place] = one.fit.content + one.fit.length
            home[place] = one.bead.rights[0] - place
    return [_surrounding(one, worth, home) for one in found]


def _surrounding(one: Found, worth: Sequence[float], home: Sequence[int]) -> float:
    first, last = one.bead.lefts[0], one.bead.lefts[-1]
    shift = one.bead.rights[0] - first
    near = [*range(max(0, first - _REACH), first), *range(last + 1, last + 1 + _REACH)]
    values = [
        worth[place] if abs(home[place] - shift) <= _REACH else _LONE
        for place in near
        if place < len(worth)
    ]
    return sum(values) / len(values) if values else 0.0


def _openings(
    found: Sequence[Found], left: Sequence[Piece], right: Sequence[Piece]
) -> Iterator[int]:
    """The number of running texts next to each pair that lack a partner and may belong to it."""
    lefts = {place for one in found for place in one.bead.lefts}
    rights = {place for one in found for place in one.bead.rights}
    for one in found:
        ours, theirs = one.bead.lefts, one.bead.rights
        if one.unmistakable and one.moved:
            # Beside it stands what did not move with it.
            yield 0
            continue
        yield sum(
            0 <= place < len(side) and place not in taken and side[place].kind in FLOWING
            for side, taken, places in ((left, lefts, ours), (right, rights, theirs))
            for place in (places[0] - 1, places[-1] + 1)
        )


def _features(one: Found, near: float, fit: float, openings: int) -> tuple[float, ...]:
    likely = min(max(one.bead.likelihood, 1e-6), 1 - 1e-6)
    odds = max(-_CLIP, min(_CLIP, log(likely / (1 - likely))))
    ill_fitting = one.fit.length < 0
    return (
        1.0,
        odds,
        min(odds, _DOUBT),
        float(openings),
        float(openings > 0 and ill_fitting),
        one.fit.kind,
        one.fit.length,
        one.fit.content,
        near,
        min(fit, _ENOUGH),
        float(one.moved),
        float(len(one.bead.lefts) + len(one.bead.rights) > 2),  # noqa: PLR2004 - one to one
    )


def certainty(features: Sequence[float]) -> float:
    """The share of right pairs among those with such features, by logistic regression."""
    sum_ = sum(weight * value for weight, value in zip(MODEL, features, strict=True))
    return 1 / (1 + exp(-max(-50.0, min(50.0, sum_))))
