"""Changes of the source that need no translator: they are made in the translation as well.

A new target, code span, number or blank, other emphasis marks, another mark at the end: where the
translation has the old one at exactly as many places, the new one takes its place. Whatever is not
plain is left to the translator.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import NamedTuple
from unicodedata import normalize

from toolkit.language.characters import is_wide
from toolkit.language.code_spans import code_span
from toolkit.language.punctuation import ALIKE, WIDE
from toolkit.model.expressions import late

_SLOT = re.compile(
    rf"(?P<code>{code_span()})"
    r"|(?P<target>(?<=\])\((?:[^()\s\"']|\([^()]*\))*)"
    r"|(?P<tag></?[A-Za-z][^<>]*>)"
    r"|(?P<attributes>(?<=[)\]`*_>])\{[^{}\n]*\})"
    r"|(?P<macro>\{\{.{0,999}?\}\}|\{%.{0,999}?%\})"
    r"|(?P<address>\b(?:https?|ftp)://[^\s<>\"、。，；：！？（）「」)]+)"
    r"|(?P<break>(?:(?<! ) {2,}|\\)\n|\n+)"
    r"|(?P<number>v?\d+(?:[.,]\d+)*)"
    r"|(?P<mark>[*~]+|(?<!\w)_+|_+(?!\w))",
    re.DOTALL,
)
"""Edits that carry over to a translation, because they do not change the meaning."""
_KINDS = tuple(name for name in _SLOT.groupindex if name not in {"ticks", "in_code"})
_ENDS = {
    one: mark
    for mark, alike in ALIKE.items()
    for one in alike
    if mark != "?" and (one == mark or is_wide(one))
}
"""The marks at the end of a text that may change; a question is another matter."""
_END = late(f"[{''.join(_ENDS)}]?$")
_WRAPPED = late(r"(?P<mark>\*{1,3}|_{1,3})(?P<text>[^*_]+)(?P=mark)")
_SAME_ALWAYS = frozenset({"break"})


CountsAlike = Callable[[int, int], bool]


class _Piece(NamedTuple):
    kind: str
    """`text` or the name of a slot."""
    text: str


def carried(
    old: str, new: str, translation: str, counts_alike: CountsAlike | None = None
) -> str | None:
    """`translation` of `old` as one of `new`, or `None` where a translator has to look.

    `counts_alike` tells of two numbers whether what they count has the same form in the language of
    the translation; with another one its words would have to change.
    """
    if _spelled(old) == _spelled(new):
        return translation
    return (
        _with_slots(old, new, translation, counts_alike)
        or _with_end(old, new, translation)
        or _with_emphasis(old, new, translation)
    )


def _spelled(text: str) -> str:
    """A text without what blanks and full-width forms make of it."""
    if "\n" in text or "`" in text:
        return text
    return " ".join(normalize("NFKC", text).split())


def slots_of(text: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text that are no words, each with its kind, such as `code` or `number`."""
    yield from ((piece.kind, piece.text) for piece in _pieces(text) if piece.kind != "text")


def _pieces(text: str) -> list[_Piece]:
    pieces = []
    position = 0
    for match in _SLOT.finditer(text):
        pieces.append(_Piece("text", text[position : match.start()]))
        kind = next(name for name in _KINDS if match[name])
        pieces.append(_Piece(kind, match[0]))
        position = match.end()
    return [*pieces, _Piece("text", text[position:])]


def _with_slots(
    old: str, new: str, translation: str, counts_alike: CountsAlike | None
) -> str | None:
    before, after = _pieces(old), _pieces(new)
    if [piece.kind for piece in before] != [piece.kind for piece in after]:
        return None
    changes: dict[_Piece, _Piece] = {}
    for one, other in zip(before, after, strict=True):
        if one.kind == "text" or one.kind in _SAME_ALWAYS:
            if " ".join(one.text.split()) != " ".join(other.text.split()):
                return None
        elif changes.setdefault(one, other) != other:
            return None
    changes = {one: other for one, other in changes.items() if one != other}
    pieces = _pieces(translation)
    counts, known = Counter(pieces), Counter(before)
    if not changes or any(counts[one] != known[one] for one in changes):
        return None
    if counts_alike and not all(map(partial(_agrees, counts_alike), changes.items())):
        return None
    return "".join(changes.get(piece, piece).text for piece in pieces)


def _agrees(counts_alike: CountsAlike, change: tuple[_Piece, _Piece]) -> bool:
    """Whether no word has to change with a number."""
    one, other = (piece.text for piece in change)
    return not (one.isdecimal() and other.isdecimal()) or counts_alike(int(one), int(other))


def _with_end(old: str, new: str, translation: str) -> str | None:
    """The translation with another mark at its end."""
    ends = [_END.search(text) for text in (old, new, translation)]
    marks = [match[0] if match else "" for match in ends]
    if old[: len(old) - len(marks[0])] != new[: len(new) - len(marks[1])]:
        return None
    meanings = [_ENDS.get(mark, "") for mark in marks]
    if meanings[0] != meanings[2]:
        return None
    core = translation[: len(translation) - len(marks[2])]
    wide = is_wide(marks[2] or core[-1:])
    mark = meanings[1]
    return core + (WIDE[mark] if wide and mark else mark)


def _with_emphasis(old: str, new: str, translation: str) -> str | None:
    """The translation with the emphasis of the whole text put on, taken off or changed."""
    texts = [_WRAPPED.fullmatch(text) for text in (old, new, translation)]
    cores = [
        match["text"] if match else text
        for match, text in zip(texts, (old, new, translation), strict=True)
    ]
    if cores[0] != cores[1] or bool(texts[0]) != bool(texts[2]):
        return None
    if texts[0] and texts[2] and texts[0]["mark"] != texts[2]["mark"]:
        return None
    mark = texts[1]["mark"] if texts[1] else ""
    return f"{mark}{cores[2]}{mark}"
