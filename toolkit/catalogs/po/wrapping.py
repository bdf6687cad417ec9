"""Breaking texts into lines as GNU gettext does (write-po.c of 0.21, libunistring 1.0)."""

from __future__ import annotations

import re

from toolkit.catalogs.po.escapes import escape, split_lines
from toolkit.catalogs.po.linebreak import breaks, character

_ESCAPE = re.compile(r"\\.")
_WIDEST = 2
"""Speed: the columns of the widest character, by which short lines fit at first sight."""


def wrap_text(head: str, text: str, width: int) -> list[str]:
    """Give the escaped lines of a field, `head` being what stands before its first one.

    The first line is empty when the text does not fit beside `head`, or has several lines.
    `width` counts columns of the whole line, quotes included; there are more than a head has.
    """
    mark = head.rfind(" ") + 1
    room = width - len('""') - mark
    parts = [escape(line) for line in split_lines(text)] or [""]
    taken = len(head) - mark + len(" ")
    if len(parts) == 1 and len(_wrap(parts[0], room, taken)) == 1:
        return parts
    return ["", *(line for part in parts for line in _wrap(part, room, 0))]


def _wrap(text: str, room: int, taken: int) -> list[str]:
    if taken + len(text) * _WIDEST <= room:
        return [text]
    known = [character(char) for char in text]
    verdicts = breaks([name for name, _ in known])
    for found in _ESCAPE.finditer(text):
        verdicts[found.start() + 1] = "P"
    if text.endswith(r"\n"):
        # No line of its own for a line feed.
        verdicts[-2] = "P"
    cuts = _cuts(verdicts, [columns for _, columns in known], room, taken)
    starts = [0, *cuts]
    return [text[start:end] for start, end in zip(starts, [*cuts, len(text)], strict=True)]


def _cuts(verdicts: list[str], widths: list[int], room: int, taken: int) -> list[int]:
    """Choose the places to break at: each the last before the line would be too long."""
    cuts = []
    chance = -1
    column = taken
    piece = 0
    for place, verdict in enumerate(verdicts):
        if verdict != "P":
            if chance >= 0 and column + piece > room:
                cuts.append(chance)
                column = 0
            column, piece = column + piece, 0
            chance = place
        if verdict == "!":
            chance, column = -1, 0
        else:
            piece += widths[place]
    if chance >= 0 and column + piece > room:
        cuts.append(chance)
    return cuts
