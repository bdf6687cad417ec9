"""Inline codes: a unit's text as words and codes, for programs that must not touch the codes."""

from __future__ import annotations

from toolkit.reading.codes.coding import Code, Piece, Role, codes_of, joined, pieces_of
from toolkit.reading.codes.faults import code_faults, name_of
from toolkit.reading.codes.matching import lost_codes, renumbered
from toolkit.reading.codes.tagging import Untagged, tagged, untagged

__all__ = [
    "Code",
    "Piece",
    "Role",
    "Untagged",
    "code_faults",
    "codes_of",
    "joined",
    "lost_codes",
    "name_of",
    "pieces_of",
    "renumbered",
    "tagged",
    "untagged",
]
