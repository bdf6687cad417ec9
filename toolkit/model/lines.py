"""The lines of a text."""

from __future__ import annotations

from itertools import accumulate


def line_starts(text: str, start: int = 0) -> list[int]:
    """Return the place of each line of a text, which line feeds end and which starts at `start`."""
    lengths = [len(line) + 1 for line in text.split("\n")]
    del lengths[-1]
    return list(accumulate(lengths, initial=start))
