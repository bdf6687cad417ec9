"""The difference of two texts as one text."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from toolkit.interfaces.reports.characters import printable_lines
from toolkit.language.characters import HAN, KANA
from toolkit.model.expressions import late

_WORD = late(rf"[{KANA}{HAN}]|\w+|\s+|[^\w\s]")
GIT = ("[-", "-]", "{+", "+}")
"""The marks that git uses."""
_HTML = "\0\1\2\3"
_TAGS = ("<del>", "</del>", "<ins>", "</ins>")


def difference(old: str, new: str, marks: tuple[str, str, str, str] = GIT) -> str:
    """Both texts in one, with marks around what was lost and added."""
    lost, lost_end, added, added_end = marks
    before, after = _WORD.findall(old), _WORD.findall(new)
    pieces = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append("".join(before[a:b]))
            continue
        if b > a:
            pieces.append(f"{lost}{''.join(before[a:b])}{lost_end}")
        if d > c:
            pieces.append(f"{added}{''.join(after[c:d])}{added_end}")
    return "".join(pieces)


def markdown_difference(old: str, new: str) -> str:
    """The same for a comment in Markdown: deletions and insertions."""
    text = difference(old, new, tuple(_HTML))  # type: ignore[arg-type]
    return marked(escaped(text))


def escaped(text: str) -> str:
    """Text that no Markdown program takes for more."""
    text = " ".join(text.split(" ")).replace("\n", " ")
    return re.sub(r"([\\`*_{}\[\]()#+.!|<>~@:-])", r"\\\1", text)


def marked(text: str) -> str:
    """An escaped text with the tags of a difference in the place of its marks."""
    for mark, tag in zip(_HTML, _TAGS, strict=True):
        text = text.replace(mark, tag)
    return printable_lines(text)
