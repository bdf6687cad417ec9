"""Escapes for marks that act wherever they stand in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline.runs import escaped_runs

if TYPE_CHECKING:
    from collections.abc import Callable

_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)


def with_ticks_in_pairs(
    source: str, text: str, code_at: Callable[[str, int], tuple[int, int, int]], *, pipes: bool
) -> str:
    r"""Return `text` with backticks that pair with none as entities, unless its source has them.

    They could pair with those of another text. With `pipes` each `|` outside of code is escaped
    that its source has none of, as is a backtick after a backslash. `code_at` returns where a run
    of backticks ends, and where the run starts and ends that closes it.
    """
    pipes = pipes and "|" not in source
    ticks = _runs(source) != _runs(text)
    if not (pipes and "|" in text) and not (ticks and "`" in text):
        return text
    pieces: list[str] = []
    position = 0
    for mark in _MARK.finditer(text):
        start, end = mark.span()
        if start < position:
            continue
        pieces.append(text[position:start])
        piece, position = mark[0], end
        if piece[0] == "`":
            _, closing, behind = code_at(text, start)
            whole = closing >= 0 and text[behind : behind + 1] != "`"
            piece = text[start:behind] if whole else _entities(piece) if ticks else piece
            position = max(end, behind) if whole else end
        elif piece == "\\`":
            piece = _entities("`") if ticks else piece
        elif piece == "|":
            piece = r"\|" if pipes else piece
        pieces.append(piece)
    return "".join((*pieces, text[position:]))


def _runs(text: str) -> list[str]:
    return [run[0] for run in escaped_runs(text)]


def _entities(ticks: str) -> str:
    return "&#96;" * len(ticks)
