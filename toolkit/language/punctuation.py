"""Punctuation marks of several scripts, by the mark of ASCII that means the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.language.characters import is_wide

if TYPE_CHECKING:
    from collections.abc import Mapping

ALIKE: Mapping[str, str] = {
    ".": ".。．।",
    "!": "!！",
    "?": "?？؟\u037e",
    ":": ":：",
    ";": ";；؛",
    ",": ",，、،",
}
"""The marks that divide sentences and their parts: ASCII, East Asia, Arabic, Devanagari, Greek."""
WIDE: Mapping[str, str] = {mark: next(filter(is_wide, alike)) for mark, alike in ALIKE.items()}
"""The full-width mark that East Asia writes for each."""
MEANINGS: Mapping[str, str] = {one: mark for mark, alike in ALIKE.items() for one in alike}
"""The mark of ASCII for each of these marks."""
