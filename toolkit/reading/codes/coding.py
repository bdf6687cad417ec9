"""A text cut into words and codes: paired ones (emphasis, links, tags) and single ones."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from toolkit.reading.codes.spans import Wrapping, spans_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.reading.codes.spans import Single


class Role(StrEnum):
    """The role of a code among the words."""

    OPEN = "open"
    CLOSE = "close"
    SINGLE = "single"


@dataclass(frozen=True, slots=True)
class Code:
    """A piece of markup that stays as it is while the words around it are translated."""

    number: int
    """The number, from 1 in the order of the text; the two halves of a pair share one."""
    role: Role
    text: str
    """The markup as it stands in the text."""
    kind: str
    """The markup it stands for: `emphasis`, `link`, `code span`, …"""


Piece = str | Code
"""Words, as they stand in the text, or a code."""


class _Token(NamedTuple):
    """A span of the text that is a code, or half of one."""

    start: int
    end: int
    kind: str
    role: Role
    pair: int
    """The number that its two halves share; -1 for a single one."""


def pieces_of(text: str, dialect: Dialect) -> tuple[Piece, ...]:
    """Cut a unit's text into words and codes; `joined` gives the text again, byte for byte.

    Pairs that cross each other, which no format can hold, become single codes.
    """
    tokens = _without_overlaps(_tokens(text, dialect))
    return tuple(_pieces(text, _nested(tokens)))


def joined(pieces: Iterable[Piece]) -> str:
    """Return the text that some pieces stand for."""
    return "".join(piece.text if isinstance(piece, Code) else piece for piece in pieces)


def codes_of(pieces: Iterable[Piece]) -> tuple[Code, ...]:
    """Return the codes among some pieces."""
    return tuple(piece for piece in pieces if isinstance(piece, Code))


def _tokens(text: str, dialect: Dialect) -> list[_Token]:
    spans = spans_of(text, dialect)
    tokens = [_single(one) for one in spans.singles]
    for number, one in enumerate(spans.wrappings):
        tokens += _halves(one, number)
    return sorted(tokens, key=lambda one: (one.start, -one.end))


def _single(one: Single) -> _Token:
    return _Token(one.start, one.end, one.kind, Role.SINGLE, -1)


def _halves(one: Wrapping, number: int) -> tuple[_Token, _Token]:
    return (
        _Token(*one.opening, one.kind, Role.OPEN, number),
        _Token(*one.closing, one.kind, Role.CLOSE, number),
    )


def _without_overlaps(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens that stand in no other one; a half whose partner does is a single code."""
    kept: list[_Token] = []
    for token in tokens:
        if not kept or token.start >= kept[-1].end:
            kept.append(token)
    halves: dict[int, int] = {}
    for token in kept:
        halves[token.pair] = halves.get(token.pair, 0) + 1
    return [
        token if token.pair < 0 or halves[token.pair] > 1 else token._replace(role=Role.SINGLE)
        for token in kept
    ]


def _nested(tokens: Sequence[_Token]) -> list[_Token]:
    """The tokens with the pairs that cross others as single codes."""
    open_pairs: list[int] = []
    crossed: set[int] = set()
    for token in tokens:
        if token.role is Role.OPEN:
            open_pairs.append(token.pair)
        elif token.role is Role.CLOSE and token.pair not in crossed:
            while open_pairs[-1] != token.pair:
                crossed.add(open_pairs.pop())
            open_pairs.pop()
    return [
        token._replace(role=Role.SINGLE) if token.pair in crossed else token for token in tokens
    ]


def _pieces(text: str, tokens: Sequence[_Token]) -> Iterator[Piece]:
    numbers: dict[int, int] = {}
    position = number = 0
    for token in tokens:
        if token.start > position:
            yield text[position : token.start]
        if token.role is Role.CLOSE:
            own = numbers[token.pair]
        else:
            number += 1
            own = numbers[token.pair] = number
        yield Code(own, token.role, text[token.start : token.end], token.kind)
        position = token.end
    if position < len(text):
        yield text[position:]
