"""Find the old text that each new text came from, by neighbours first, then by likeness."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.likeness import contained, likeness, words
from toolkit.catalogs.merge.offering import best_offer
from toolkit.model.increasing import longest_increasing

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.model.catalog import Message, MessageKey

_IN_PLACE = 0.35
"""The least likeness of two texts that stand between the same neighbours.

Of the offers below this share most mislead on real releases of sites (`benchmarks/releases.py`).
"""
_PART = 0.8
"""The share of a text's words that another one holds when one was split, or two were joined."""
_FEW = 4
"""The fewest words of a text that stands in another one by no chance."""
_BETTER = 0.1
"""The lead in likeness that a joined pair needs over the better one of the two."""
_WIDEST = 200
"""Texts in one gap from which on neighbours tell nothing any more."""


@dataclass(frozen=True, slots=True)
class Origin:
    """The old messages that a new text came from: mostly one, two where they were joined."""

    messages: tuple[Message, ...]
    likeness: float
    """The likeness, from 0 to 1."""
    in_place: bool = True
    """Whether it stands between the same neighbours."""


class _Pair(NamedTuple):
    """Two texts that may belong together; sorts the likeliest first."""

    distance: float
    old: int
    new: int


def origins(old: Sequence[Message], new: Sequence[Message]) -> dict[MessageKey, Origin]:
    """Find the old messages that stood in the place of new ones without an equal.

    Both are in the order of the page. Between two messages that both versions share lies a gap;
    what is new in a gap is looked for in the same gap of the old version.
    """
    found: dict[MessageKey, Origin] = {}
    known, wanted = ({message.key for message in messages} for messages in (old, new))
    shared = known & wanted
    if shared in (known, wanted):
        return found
    taken: set[MessageKey] = set()
    for olds, news in _gaps(old, new, shared):
        if olds and news:
            _in_gap(olds, news, found, taken)
    return found


def elsewhere(old: Sequence[Message], new: Sequence[Message]) -> Iterator[tuple[Message, Origin]]:
    """Find the old messages that help most with some new ones, wherever they stood."""
    if not (old and new):
        return
    index = Index([message.id for message in old])

    def lent(place: int) -> tuple[str, str]:
        return old[place].id, old[place].string

    for message in new:
        found = best_offer(index, message.id, lent)
        if found:
            yield message, Origin((old[found[0]],), found[1], in_place=False)


def _gaps(
    old: Sequence[Message], new: Sequence[Message], shared: set[MessageKey]
) -> Iterator[tuple[list[Message], list[Message]]]:
    """Return what only one side has, between neighbours that both have in the same order."""
    fixed = _in_order([one.key for one in old if one.key in shared], new)
    lefts, rights = _cut(old, shared, fixed), _cut(new, shared, fixed)
    yield from zip(lefts, rights, strict=True)


def _cut(
    messages: Sequence[Message], shared: set[MessageKey], fixed: Mapping[MessageKey, int]
) -> list[list[Message]]:
    """The messages that are not shared, by the fixed one they stand behind."""
    gaps: list[list[Message]] = [[] for _ in range(len(fixed) + 1)]
    place = 0
    for message in messages:
        if message.key in fixed:
            place = fixed[message.key] + 1
        elif message.key not in shared:
            gaps[place].append(message)
    return gaps


def _in_order(keys: Sequence[MessageKey], new: Sequence[Message]) -> dict[MessageKey, int]:
    """The most of `keys` that stand in the same order in `new`, numbered."""
    places = {message.key: place for place, message in enumerate(new)}
    chain = longest_increasing(places[key] for key in keys)
    return {keys[number]: place for place, number in enumerate(chain)}


def _in_gap(
    olds: Sequence[Message],
    news: Sequence[Message],
    found: dict[MessageKey, Origin],
    taken: set[MessageKey],
) -> None:
    """Pair what is alike in a gap, the likeliest first, then what was split."""
    if max(len(olds), len(news)) > _WIDEST:
        return
    for pair in sorted(_pairs(olds, news)):
        one, other = olds[pair.old], news[pair.new]
        if one.key not in taken and other.key not in found:
            found[other.key] = _joined(olds, pair, other)
            taken.update(message.key for message in found[other.key].messages)
    for other in news:
        if other.key not in found and (whole := _holder(olds, other)):
            found[other.key] = whole


def _pairs(olds: Sequence[Message], news: Sequence[Message]) -> Iterator[_Pair]:
    least = 1 if len(olds) == len(news) == 1 else _FEW
    for left, one in enumerate(olds):
        for right, other in enumerate(news):
            score = max(likeness(one.id, other.id), _held(one.id, other.id, least))
            if score >= _IN_PLACE:
                yield _Pair(1 - score, left, right)


def _held(one: str, other: str, least: int) -> float:
    """The likeness of two texts of which one may contain the other.

    `least` words of a text have to start or end the other for that to say something.
    """
    short, long = sorted((one, other), key=len)
    if _goes_on(one, other, least):
        # Much was added, but nothing has changed.
        return _PART
    share = contained(short, long)
    return share * _PART if share >= _PART else 0.0


def _goes_on(one: str, other: str, least: int) -> bool:
    """Whether a text stands whole in another one; a short one has to start or end it."""
    mine, theirs = words(one), words(other)
    size = len(mine)
    at_an_end = size >= least and mine in (theirs[:size], theirs[-size:])
    return one in other and (size >= _FEW or at_an_end)


def _joined(olds: Sequence[Message], pair: _Pair, new: Message) -> Origin:
    """The old message of a pair, with a neighbour of it where both together are more alike."""
    best = Origin((olds[pair.old],), 1 - pair.distance)
    known = likeness(olds[pair.old].id, new.id)
    for first in (pair.old - 1, pair.old):
        if first < 0 or first + 1 >= len(olds):
            continue
        both = olds[first : first + 2]
        score = likeness(f"{both[0].id} {both[1].id}", new.id)
        if score > known + _BETTER:
            best, known = Origin(tuple(both), score), score
    return best


def _holder(olds: Sequence[Message], part: Message) -> Origin | None:
    """The old message that holds a new text, which was split off it."""
    shares = [(contained(part.id, one.id), -place) for place, one in enumerate(olds)]
    share, place = max(shares)
    return Origin((olds[-place],), share * _PART) if share >= _PART else None
