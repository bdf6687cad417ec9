"""References to notes in MyST, which end at a bracket even in the midst of what would be code."""

from __future__ import annotations

import re

from toolkit.language.code_spans import code_span
from toolkit.model.expressions import late

_NOTE = late(rf"\\.|{code_span()}|(?P<note>\[\^[^ \n\]]*[`$<{{\\][^ \n\]]*\])", re.DOTALL)


def without_torn_notes(source: str, text: str) -> str:
    """Return a translation whose references to notes are escaped that may cut code or formulas.

    MyST-Parser takes `[^` up to the next bracket for one, whether a note has its name or not.
    """
    if "[^" not in text:
        return text

    def written(found: re.Match[str]) -> str:
        note = found["note"]
        return f"\\{note}" if note and note not in source else found[0]

    return _NOTE.sub(written, text)
