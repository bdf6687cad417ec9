"""Escapes for what acts in kramdown wherever it stands in a text: `|` and lone backticks."""

from __future__ import annotations

from toolkit.dialects.blocks.scanning.escaping import with_ticks_in_pairs
from toolkit.dialects.inline.kramdown import code_at


def escaped(source: str, text: str) -> str:
    """Return `text` with each `|` escaped that could make a table of it, and lone backticks."""
    return with_ticks_in_pairs(source, text, code_at, pipes=True)
