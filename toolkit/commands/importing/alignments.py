"""The alignment of two pages, found out once for the same pieces."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from toolkit.aligning.pairing import Alignment, Pairing, paired, sides
from toolkit.project.cache import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.aligning.pairing import Knowledge
    from toolkit.aligning.pieces import Piece
    from toolkit.project.store import Run
    from toolkit.reading.page import Page


def alignment_of(run: Run, source: Page, target: Page, knowledge: Knowledge) -> Alignment:
    """Pair the texts of two pages, as an earlier run did where it had the same pieces."""
    left, right = sides(source, target, knowledge)
    cache, scripts = run.cache, knowledge.scripts
    if cache is None:
        return paired(left, right, scripts)
    key = cache.key("aligned", *scripts, _name(left), _name(right))
    known = cache.values([key]).get(key)
    found = _read(known, left, right) if known is not None else None
    if found is None:
        found = paired(left, right, scripts)
        cache.keep_value(key, _written(found, left, right))
    return found


def _name(pieces: Iterable[Piece]) -> str:
    """Name all that is compared of some pieces."""
    facts = [
        (
            *(one.kind, one.detail, one.line, one.column, one.depth, one.size, one.text),
            *(one.columns, sorted(one.marks.items())),
        )
        for one in pieces
    ]
    return digest_of(repr(facts).encode("utf-8", "surrogatepass"))


def _written(found: Alignment, left: Sequence[Piece], right: Sequence[Piece]) -> bytes:
    """An alignment by the places of its pieces."""
    places = {id(one): place for side in (left, right) for place, one in enumerate(side)}

    def of(pieces: Iterable[Piece]) -> list[int]:
        return [places[id(one)] for one in pieces]

    pairings = [
        (of(one.sources), of(one.targets), one.certainty, one.moved, one.features)
        for one in found.pairings
    ]
    rest = of(found.sources), of(found.targets), found.fit, found.other_code
    return json.dumps([pairings, *rest]).encode()


def _read(data: bytes, left: Sequence[Piece], right: Sequence[Piece]) -> Alignment | None:
    """Return the alignment that was written; `None` for what is none."""
    try:
        pairings, sources, targets, fit, other_code = json.loads(data)
        return Alignment(
            tuple(_pairing(one, left, right) for one in pairings),
            _at(sources, left),
            _at(targets, right),
            float(fit),
            int(other_code),
        )
    except (ValueError, TypeError, IndexError):
        return None


def _pairing(plain: Any, left: Sequence[Piece], right: Sequence[Piece]) -> Pairing:  # noqa: ANN401 - as JSON has it
    sources, targets, certainty, moved, features = plain
    sides_of = _at(sources, left), _at(targets, right)
    return Pairing(*sides_of, float(certainty), bool(moved), tuple(map(float, features)))


def _at(places: Iterable[int], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    return tuple(pieces[place] for place in places)
