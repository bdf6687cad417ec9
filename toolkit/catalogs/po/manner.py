"""Detect how a file is written: its line ends, and where its lines are wrapped."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po.writing import entry_text
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.model.catalog import Message

_GETTEXT = 79
"""The columns that `msgcat` and most programs wrap at."""
_WIDTHS = (_GETTEXT, 77, 80, 76, 75, 72, 70, 65, 60, 100, 90, 120, 132)
"""The widths that people set, the likeliest first."""
_LEAST = 40
"""Lines that end earlier were broken by a person for the sense."""
_FIELD = late(r'^(?:#~ |#\| |#~\| )?(?:msg[^\n"]*)?"[^\n]*$', re.MULTILINE)
_HEAD = late(r"(?:#~ |#\| |#~\| )?msg")
_ANY_BREAK = late(r"\s\S|[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]")
_ENOUGH = 400
"""Wrapped lines that show the width of a file."""


class Manner(NamedTuple):
    """The manner in which new entries of a file are written."""

    newline: str = "\n"
    wrap: int = 0

    def entry(self, message: Message) -> str:
        """Return a message as it stands in the file, without the last line end."""
        return self.lines(entry_text(message, self.wrap)).removesuffix(self.newline)

    def lines(self, text: str) -> str:
        r"""Return lines that end with `\n` with the line end of the file."""
        return text.replace("\n", self.newline)


def wrap_of(texts: Iterable[str]) -> int:
    """Return the columns that the entries of a file are wrapped at; 0 where most are not."""
    widest = wrapped = whole = 0
    narrowest = 10_000
    for lines in _fields(texts):
        pairs = list(_broken(lines))
        wrapped += bool(pairs)
        whole += not pairs and any(map(_is_long, lines))
        for line, following in pairs:
            widest = max(widest, _columns(line))
            narrowest = min(narrowest, _columns(line) + _first_piece(following) - 1)
        if wrapped > _ENOUGH:
            break
    if wrapped <= whole or widest < _LEAST:
        return 0
    likely = (width for width in _WIDTHS if widest <= width <= narrowest)
    return next(likely, widest)


def _fields(texts: Iterable[str]) -> Iterator[list[str]]:
    """The lines of each text of each entry."""
    for text in texts:
        lines: list[str] = []
        for match in _FIELD.finditer(text.replace("\r", "")):
            if _HEAD.match(match[0]) and lines:
                yield lines
                lines = []
            lines.append(match[0])
        if lines:
            yield lines


def _broken(lines: list[str]) -> Iterator[tuple[str, str]]:
    """Two lines each between which a text was wrapped: not after a line feed of its own."""
    for line, following in pairwise(lines):
        if not line.endswith(('\\n"', '""')):
            yield line, following


def _is_long(line: str) -> bool:
    return len(line) > _GETTEXT // 2 and _columns(line) > _GETTEXT + 1 and _is_breakable(line)


def _is_breakable(line: str) -> bool:
    return bool(_ANY_BREAK.search(line, line.index('"') + 1))


def _columns(line: str) -> int:
    if line.isascii():
        return len(line)
    from toolkit.catalogs.po.linebreak import character  # noqa: PLC0415 - its tables take a while

    return sum(character(char)[1] for char in line)


def _first_piece(line: str) -> int:
    """The columns up to the first place where a line could be broken."""
    from toolkit.catalogs.po.linebreak import breaks, character  # noqa: PLC0415 - its tables take a while

    body = line[line.index('"') + 1 : -1]
    known = [character(char) for char in body]
    verdicts = breaks([name for name, _ in known])
    end = next((place for place, one in enumerate(verdicts) if one != "P"), len(body))
    return sum(columns for _, columns in known[:end])
