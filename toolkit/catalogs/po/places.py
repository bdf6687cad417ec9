"""Locate the words of a message in its file, for reports that point at them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.model.findings import Excerpt

_KEYWORD = re.compile(r"\s*(msg[a-z_]+(?:\[\d+\])?)?\s*\"")


def place_of(lines: Sequence[str], line: int, piece: str, keyword: str) -> tuple[int, Excerpt]:
    """The line (from 1) and excerpt of some words of the message whose `msgid` is in `line`.

    `keyword` is `msgid` or `msgstr`; `piece` are words as they are in the text, unescaped. Where
    they are not found, or run over several lines, the text's first line stands for them.
    """
    from toolkit.model.findings import Excerpt  # noqa: PLC0415 - for reports only

    texts = list(_texts(lines, line, keyword))
    written = _escaped(piece)
    for number, text in texts:
        # Words may be those of the keyword as well.
        before, quote, words = text.partition('"')
        if written and written in words:
            start = len(before + quote) + words.index(written)
            return number, Excerpt(text, start, start + len(written))
    filled = [(number, text) for number, text in texts if not text.rstrip().endswith('""')]
    number, text = (filled or texts or [(line, lines[line - 1] if line <= len(lines) else "")])[0]
    start = text.find('"') + 1
    return number, Excerpt(text, start, start)


def _texts(lines: Sequence[str], line: int, keyword: str) -> Iterator[tuple[int, str]]:
    """The lines of one of a message's texts, with their numbers."""
    current = ""
    for number in range(line, len(lines) + 1):
        text = lines[number - 1]
        match = _KEYWORD.match(text)
        if not match or (match[1] == "msgid" and number > line):
            return
        current = match[1] or current
        if current.startswith(keyword) and current != "msgid_plural":
            yield number, text


def _escaped(text: str) -> str:
    for character, escape in (("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n"), ("\t", "\\t")):
        text = text.replace(character, escape)
    return text
