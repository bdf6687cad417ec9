"""Units that a project leaves out, by what they are."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.language.identifiers import is_only_names, starts_with_word

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.units import Unit
    from toolkit.reading.segment import Reading

_LONGEST = 500
_OPENING = re.compile(r"[\[(（「]+")
NAMES = "names"
"""The word for texts that are only names and values of programs."""


def holds_only_names(unit: Unit, dialect: Dialect) -> bool:
    """Whether a unit's text is nothing but names and values that programs use."""
    text = unit.text
    if len(text) > _LONGEST or starts_with_word(text):
        return False
    # Most of the others have a word behind their first markup.
    markup = dialect.wordless.match(text) or _OPENING.match(text)
    if markup and starts_with_word(text, markup.end()):
        return False
    return is_only_names(dialect.wordless.sub(" ", text))


def without_left_out(reading: Reading, left_out: Collection[str]) -> Reading:
    """Return what was read of a page without the units of some kinds, or of only names."""
    if not left_out:
        return reading
    names = NAMES in left_out
    kept = (
        unit
        for unit in reading.units
        if unit.kind not in left_out and not (names and holds_only_names(unit, reading.dialect))
    )
    return replace(reading, units=tuple(kept))
