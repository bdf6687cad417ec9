"""Emphasis, links and code that another program took out of a text, put back into its translation.

Such a program gives `Use bold words` for our `Use **bold** words`. Where both texts show what the
mark is around, as with all of a text or with a name that the translation keeps, it is put back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.language.code_spans import code_span

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(
    rf"(?P<code>{code_span()})"
    r"|(?P<link>!?\[(?P<in_link>[^\[\]]{1,999})\](?:\([^()\n]{0,999}\)|\[[^\[\]]{0,999}\]))"
    r"|(?P<emphasis>(?<![\\*_~\w])(?P<mark>\*{1,3}|_{1,3}|~~)(?=\S)(?P<in_mark>[^*_~\n]{1,999}?)"
    r"(?<=\S)(?P=mark)(?![*_~\w]))"
    r"|(?P<inner>(?<![\\*])(?P<stars>\*{1,3})(?=\S)(?P<in_stars>[^*\n]{1,999}?)(?<=\S)(?P=stars)(?!\*))",
    re.DOTALL,
)
_NAMES = {"code": "code", "link": "a link", "emphasis": "emphasis", "inner": "emphasis"}
_INSIDE = {"code": "in_code", "link": "in_link", "emphasis": "in_mark", "inner": "in_stars"}


class Piece(NamedTuple):
    """A marked piece of a text."""

    what: str
    """`emphasis`, `code`, `a link`."""
    start: int
    end: int
    text: str
    """The text with its marks."""
    inside: str
    """Without."""


class Restored(NamedTuple):
    """A translation with the marks of its source, and those that found no place."""

    translation: str
    lost: tuple[str, ...] = ()
    """The marks that are lost, each once."""


def with_marks(source: str, other: str, translation: str) -> Restored:
    """Return the translation of `other`, the same text with fewer marks, as one of `source`."""
    taken = [(one.what, one.inside) for one in _pieces(other)]
    lost: list[str] = []
    for piece in _pieces(source):
        if (piece.what, piece.inside) in taken:
            taken.remove((piece.what, piece.inside))
            continue
        placed = _placed(piece, source, translation)
        if placed is None:
            lost.append(piece.what)
        else:
            translation = placed
    return Restored(translation, tuple(dict.fromkeys(lost)))


def _pieces(text: str) -> Iterator[Piece]:
    for match in _PIECE.finditer(text):
        kind = next(name for name in _INSIDE if match[name])
        yield Piece(_NAMES[kind], match.start(), match.end(), match[0], match[_INSIDE[kind]])


def _placed(piece: Piece, source: str, translation: str) -> str | None:
    """The translation with a mark in it; `None` where it does not show its place."""
    if piece.text in translation:
        return translation
    head, tail = piece.text.split(piece.inside, 1)
    if not source[: piece.start].strip() and not source[piece.end :].strip():
        return f"{head}{translation.strip()}{tail}" if piece.what != "code" else None
    word = re.compile(rf"(?<![A-Za-z0-9_]){re.escape(piece.inside)}(?![A-Za-z0-9_])")
    places = list(word.finditer(translation))
    if len(places) != 1 or len(word.findall(source)) != 1 or _is_marked(translation, places[0]):
        return None
    start, end = places[0].span()
    return f"{translation[:start]}{piece.text}{translation[end:]}"


def _is_marked(text: str, place: re.Match[str]) -> bool:
    """Whether a place lies in a piece that has marks already."""
    return any(one.start < place.end() and place.start() < one.end for one in _pieces(text))
