"""The weights of `toolkit.aligning`, counted and fitted on pages whose truth is known."""

from __future__ import annotations

from collections import Counter
from math import exp, log
from typing import TYPE_CHECKING, Any, NamedTuple
from unittest.mock import patch

from toolkit.aligning import align, evidence
from toolkit.aligning.evidence import (
    DISTANCE_BOUNDS,
    LOST_BOUNDS,
    SHARED_BOUNDS,
    SIZE_BOUNDS,
    Classes,
    Evidence,
)
from toolkit.aligning.pairing import Knowledge
from toolkit.aligning.pieces import CODE, pieces_of
from toolkit.aligning.weights import KINDS
from toolkit.language.locale import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from aligned_pages import Gold, Pair

    from toolkit.aligning import Alignment, Pairing
    from toolkit.aligning.pieces import Piece

Sample = tuple[tuple[float, ...], bool]
"""The features of a pairing, and whether it is right."""

_NEAR = 12
"""Places around a pair whose pieces are taken for non-pairs."""
_SMOOTH = {"KINDS": 0.004, "LENGTHS": 0.002, "EVIDENCE": 0.001}
"""The share of all examples that every class of a table is given beforehand."""
_RIDGE = 0.5
_TURNS = 25
_STEEPEST = 30.0
_HEAD = '"""What `python benchmarks/aligning.py --calibrate` has counted and fitted."""'
_NOTES = {
    "KINDS": "How much likelier two kinds are in a pair than in two texts near each other (log).",
    "LENGTHS": "The same for lengths: by size, then by distance from what was to be expected.",
    "EVIDENCE": "The same for what survives translation: by what is shared, then by what is lost.",
    "MODEL": "Logistic regression over the features of a pairing, in their order.",
}


class Judged(NamedTuple):
    """A pairing, and whether it is right."""

    pairing: Pairing
    right: bool


def knowledge_of(pair: Pair) -> Knowledge:
    """The scripts of a pair."""
    source, target = (locale_of(tag).script for tag in pair.locales)
    return Knowledge((source, target))


def judged(gold: Gold, alignment: Alignment) -> Iterator[Judged]:
    """What the truth says of the pairings of an alignment, but for texts left as they were."""
    units = {id(unit): place for place, unit in enumerate(gold.pair.source.units)}
    others = {id(unit): place for place, unit in enumerate(gold.pair.target.units)}
    for pairing in alignment.pairings:
        ours = tuple(units[id(piece.unit)] for piece in pairing.sources)
        theirs = tuple(others[id(piece.unit)] for piece in pairing.targets)
        if pairing.sources[0].text != pairing.targets[0].text:
            yield Judged(pairing, _is_right(gold, ours, theirs))


def _is_right(gold: Gold, ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    texts = gold.pair.source.units
    wanted = {texts[place].text for place in ours}
    origins = [gold.origins[place] for place in theirs]
    truth = {texts[place].text for origin, _ in origins for place in origin}
    if len(theirs) == 1:
        return wanted == truth and origins[0][1]
    return wanted == truth and not any(whole for _, whole in origins)


def to_find(gold: Gold) -> Iterator[int]:
    """The places of the units of the translation that have one whole source."""
    units = gold.pair.source.units
    for place, (origin, whole) in enumerate(gold.origins):
        alone = len(origin) == 1 and whole
        if alone and gold.pair.target.units[place].text != units[origin[0]].text:
            yield place


def calibrated(golds: Sequence[Gold], strangers: Sequence[Pair]) -> str:
    """The module `toolkit.aligning.weights`, from changed pages and pages that are no pairs."""
    values: dict[str, Any] = dict(_tables(golds))
    with patch.multiple(evidence, **values):
        values["MODEL"] = fitted(list(_samples(golds, strangers)))
    parts = (f'{name} = {value!r}\n"""{_NOTES[name]}"""' for name, value in values.items())
    return "\n\n".join((_HEAD, *parts)) + "\n"


def _tables(golds: Iterable[Gold]) -> Iterator[tuple[str, object]]:
    counts: Counter[tuple[object, ...]] = Counter()
    totals: Counter[bool] = Counter()
    for gold in golds:
        for classes, right in _examples(gold):
            totals[right] += 1
            counts["KINDS", classes.kind, right] += 1
            counts["LENGTHS", classes.size, classes.distance, right] += classes.kind != CODE
            counts["EVIDENCE", classes.shared, classes.lost, right] += 1

    def ratio(name: str, *key: object) -> float:
        smooth = _SMOOTH[name]
        shares = [counts[name, *key, right] / totals[right] + smooth for right in (True, False)]
        return round(log(shares[0] / shares[1]), 2)

    yield "KINDS", {kind: ratio("KINDS", kind) for kind in KINDS}
    sizes = (("LENGTHS", SIZE_BOUNDS, DISTANCE_BOUNDS), ("EVIDENCE", SHARED_BOUNDS, LOST_BOUNDS))
    for name, rows, columns in sizes:
        yield (
            name,
            tuple(
                tuple(ratio(name, row, column) for column in range(len(columns) + 1))
                for row in range(len(rows) + 1)
            ),
        )


def _examples(gold: Gold) -> Iterator[tuple[Classes, bool]]:
    """The classes of true pairs and of texts near them."""
    pair, scripts = gold.pair, knowledge_of(gold.pair).scripts
    left = pieces_of(pair.source, *scripts)
    right = pieces_of(pair.target, *scripts[::-1])
    found = Evidence(left, right, scripts)
    for place, other, is_right in (*_near(gold, left, right), *_codes(left, right)):
        classes = found.classes((place,), (other,))
        if classes:
            yield classes, is_right


def _near(
    gold: Gold, left: Sequence[Piece], right: Sequence[Piece]
) -> Iterator[tuple[int, int, bool]]:
    places = {id(piece.unit): n for n, piece in enumerate(left) if piece.unit}
    others = {id(piece.unit): n for n, piece in enumerate(right) if piece.unit}
    for number in to_find(gold):
        place = places[id(gold.pair.source.units[gold.origins[number][0][0]])]
        true = others[id(gold.pair.target.units[number])]
        for other in range(max(0, true - _NEAR), min(len(right), true + _NEAR + 1)):
            if other == true or right[other].text != right[true].text:
                yield place, other, other == true


def _codes(left: Sequence[Piece], right: Sequence[Piece]) -> Iterator[tuple[int, int, bool]]:
    for place, one in enumerate(left):
        for number, other in enumerate(right):
            if one.kind == other.kind == CODE:
                yield place, number, one.text == other.text


def _samples(golds: Iterable[Gold], strangers: Iterable[Pair]) -> Iterator[Sample]:
    for gold in golds:
        alignment = align(gold.pair.source, gold.pair.target, knowledge_of(gold.pair))
        for one in judged(gold, alignment):
            yield one.pairing.features, one.right
    for pair in strangers:
        alignment = align(pair.source, pair.target, knowledge_of(pair))
        for pairing in alignment.pairings if alignment.related else ():
            if pairing.sources[0].text != pairing.targets[0].text:
                yield pairing.features, False


def fitted(samples: Sequence[Sample]) -> tuple[float, ...]:
    """Logistic regression by Newton's method with a small ridge."""
    size = len(samples[0][0])
    weights = [0.0] * size
    for _ in range(_TURNS):
        gradient = [-_RIDGE * weight for weight in weights]
        curvature = [[_RIDGE * (row == column) for column in range(size)] for row in range(size)]
        for values, right in samples:
            _take(values, right=right, weights=weights, gradient=gradient, curvature=curvature)
        step = _solved(curvature, gradient)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
    return tuple(round(weight, 3) for weight in weights)


def _take(
    values: Sequence[float],
    *,
    right: bool,
    weights: Sequence[float],
    gradient: list[float],
    curvature: list[list[float]],
) -> None:
    """Add one sample to the derivatives of the likelihood."""
    total = sum(weight * value for weight, value in zip(weights, values, strict=True))
    share = 1 / (1 + exp(-max(-_STEEPEST, min(_STEEPEST, total))))
    for row, value in enumerate(values):
        gradient[row] += (right - share) * value
        bend = share * (1 - share) * value
        line = curvature[row]
        for column, other in enumerate(values):
            line[column] += bend * other


def _solved(matrix: Sequence[Sequence[float]], vector: Sequence[float]) -> list[float]:
    """The solution of a system of linear equations, by elimination."""
    rows = [[*row, value] for row, value in zip(matrix, vector, strict=True)]
    size = len(rows)
    for place in range(size):
        best = max(range(place, size), key=lambda row: abs(rows[row][place]))
        rows[place], rows[best] = rows[best], rows[place]
        for other in range(size):
            if other != place:
                factor = rows[other][place] / rows[place][place]
                pairs = zip(rows[other], rows[place], strict=True)
                rows[other] = [one - factor * two for one, two in pairs]
    return [rows[place][size] / rows[place][place] for place in range(size)]
