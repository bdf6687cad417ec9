"""Escapes for what acts in Pandoc's Markdown wherever it stands in a text."""

from __future__ import annotations

import re
from itertools import pairwise

from toolkit.dialects.blocks.scanning.escaping import with_ticks_in_pairs
from toolkit.dialects.inline.pandoc import code_at
from toolkit.language.code_spans import code_span

_COMMAND = re.compile(r"(?<!\\)(?:\\\\)*\\(?P<name>[A-Za-z]+)")


_SKIPPED = re.compile(
    rf"\\.|{code_span()}"
    r"|\$\$(?:\\.|[^\\])+?\$\$|\$(?=\S)(?:\\.|[^\\$])+?(?<=\S)\$(?!\d)|[\[\]$`]",
    re.DOTALL,
)
"""Escapes, code and formulas, and marks outside of these."""


def escaped(source: str, text: str) -> str:
    r"""Return `text` with what acts in it and not in its source escaped.

    Backticks, brackets and dollars that pair with none would pair with those of another text,
    whatever stands between; commands of TeX and notes within a line act where they stand.
    """
    text = with_ticks_in_pairs(source, text, code_at, pipes=False)
    if "\\" in text:
        text = _without_commands(source, text)
    if "^[" in text and "^[" not in source:
        text = text.replace("^[", "\\^[")
    if text.startswith("^") and not source.startswith("^"):
        text = f"\\{text}"
    if _depth(text) > max(_DEPTH, _depth(source)):
        text = _without_brackets(text)
    loose = _loose_marks(text)
    if loose and not _loose_marks(source):
        pieces = [text[start:end] for start, end in pairwise((0, *loose, len(text)))]
        text = "\\".join(pieces)
    return text


_DEPTH = 4
"""Brackets in each other that cost Pandoc nothing; each further one doubles its time at least."""


def _depth(text: str) -> int:
    """Return how many brackets stand open at most."""
    depth = deepest = 0
    for mark in _SKIPPED.finditer(text) if "[" in text else ():
        depth = max(0, depth + {"[": 1, "]": -1}.get(mark[0], 0))
        deepest = max(deepest, depth)
    return deepest


def _without_brackets(text: str) -> str:
    return _SKIPPED.sub(lambda mark: f"\\{mark[0]}" if mark[0] in {"[", "]"} else mark[0], text)


def _without_commands(source: str, text: str) -> str:
    known = {match["name"] for match in _COMMAND.finditer(source)}
    return _COMMAND.sub(
        lambda match: (
            match[0]
            if match["name"] in known
            else f"{match[0][: match.start('name') - match.start() - 1]}\\\\{match['name']}"
        ),
        text,
    )


def _loose_marks(text: str) -> list[int]:
    """Return where brackets, dollars and backticks stand that pair with none.

    A formula may hold one of two backticks that would be code without it.
    """
    opened: list[int] = []
    loose: list[int] = []
    for mark in _SKIPPED.finditer(text) if _ANY_MARK.search(text) else ():
        if mark[0] == "[":
            opened.append(mark.start())
        elif mark[0] == "]" and opened:
            opened.pop()
        elif mark[0] in {"]", "$", "`"}:
            loose.append(mark.start())
    return sorted((*loose, *opened))


_ANY_MARK = re.compile(r"[\[\]$`]")
