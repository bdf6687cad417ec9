"""The codes of a translation, numbered as those of its source."""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.reading.codes.coding import Code, Role, codes_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.reading.codes.coding import Piece

_Texts = tuple[str, ...]
"""The text of a single code, or those of the two halves of a pair."""


def renumbered(source: Iterable[Piece], target: Sequence[Piece]) -> tuple[Piece, ...]:
    """Give the codes of a translation the numbers of the same codes in its source, in order.

    Those that the source doesn't have get numbers of their own, behind the source's.
    """
    free: dict[_Texts, deque[int]] = defaultdict(deque)
    known = _texts(source)
    for number, texts in known.items():
        free[texts].append(number)
    new: dict[int, int] = {}
    last = max(known, default=0)
    for number, texts in _texts(target).items():
        if free[texts]:
            new[number] = free[texts].popleft()
        else:
            last += 1
            new[number] = last
    return tuple(
        replace(piece, number=new[piece.number]) if isinstance(piece, Code) else piece
        for piece in target
    )


def lost_codes(source: Iterable[Piece], target: Sequence[Piece]) -> tuple[Code, ...]:
    """Return the codes of a source that its translation lacks."""
    pieces = tuple(source)
    kept = {one.number for one in codes_of(renumbered(pieces, target))}
    codes = codes_of(pieces)
    return tuple(one for one in codes if one.role is not Role.CLOSE and one.number not in kept)


def _texts(pieces: Iterable[Piece]) -> dict[int, _Texts]:
    found: dict[int, _Texts] = {}
    for code in codes_of(pieces):
        found[code.number] = (*found.get(code.number, ()), code.text)
    return found
