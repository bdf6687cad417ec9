"""Escapes for what acts in kramdown wherever it stands in a text: `|` and lone backticks."""

from __future__ import annotations

import re

from toolkit.dialects.inline.kramdown import code_at

_MARK = re.compile(r"\\.|`+|\|", re.DOTALL)


def escaped(source: str, text: str) -> str:
    r"""Return `text` with each `|` outside of code escaped that its source has none of.

    A line with one starts a table. So are backticks that pair with none, which in a table would
    pair with those of another cell; a backslash in front of them is none there.
    """
    pipes = "|" not in source
    ticks = _ticks(source) != _ticks(text)
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


def _ticks(text: str) -> list[str]:
    return re.findall(r"\\?`+", text)


def _entities(ticks: str) -> str:
    return "&#96;" * len(ticks)
