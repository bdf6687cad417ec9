"""Codes as XML tags, which translation engines keep and move: `<g id="1">…</g>`, `<x id="2"/>`.

The names are those of XLIFF 1.2 (sections 2.4.1 and 2.4.2).
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, NamedTuple

from toolkit.reading.codes.coding import Code, Role, codes_of, joined
from toolkit.reading.codes.faults import code_faults

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.reading.codes.coding import Piece

_TAG = re.compile(r"<\s*(?P<end>/?)\s*(?P<name>[gx])\b(?P<rest>[^<>]{0,99})>", re.IGNORECASE)
_NUMBER = re.compile(r"""id\s*=\s*["']?\s*(\d{1,9})""", re.IGNORECASE)


class Untagged(NamedTuple):
    """A text with its codes again, and what is wrong with them."""

    text: str
    faults: tuple[str, ...]


def tagged(pieces: Sequence[Piece]) -> str:
    """Return words and codes as XML."""
    return "".join(_as_xml(piece) for piece in pieces)


def _as_xml(piece: Piece) -> str:
    if isinstance(piece, str):
        return escape(piece, quote=False)
    match piece.role:
        case Role.OPEN:
            return f'<g id="{piece.number}">'
        case Role.CLOSE:
            return "</g>"
        case Role.SINGLE:
            return f'<x id="{piece.number}"/>'


def untagged(answer: str, pieces: Sequence[Piece]) -> Untagged:
    """Put the codes of a source, cut into `pieces`, back into a translation of its XML.

    Each code lands where its tag stands. Codes that are lost, doubled or crossed are named.
    """
    known = {(one.number, one.role): one for one in codes_of(pieces)}
    found: list[Piece] = []
    opened: list[int] = []
    position = 0
    for match in _TAG.finditer(answer):
        found.append(unescape(answer[position : match.start()]))
        position = match.end()
        code = _code_of(match, known, opened)
        if code:
            found.append(code)
    found.append(unescape(answer[position:]))
    return Untagged(joined(found), code_faults(codes_of(pieces), codes_of(found)))


def _code_of(
    match: re.Match[str], known: dict[tuple[int, Role], Code], opened: list[int]
) -> Code | None:
    """The code that a tag stands for; `None` for one that stands for none of the source's."""
    number = int(found[1]) if (found := _NUMBER.search(match["rest"])) else 0
    if match["name"].lower() == "x":
        return None if match["end"] else known.get((number, Role.SINGLE))
    if match["end"]:
        return known.get((opened.pop(), Role.CLOSE)) if opened else None
    code = known.get((number, Role.OPEN))
    if code:
        opened.append(number)
    return code
