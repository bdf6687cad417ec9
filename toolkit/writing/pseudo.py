"""Pseudo-locales: translations made by rule, that try a site before anybody is paid.

`en-XA` puts accents on letters and makes texts a third longer; `ar-XB` writes Arabic letters, from
right to left, for Latin letters and for Han. Both put brackets around a text, so that one sees what
comes from no catalog and what is cut off. The names are those of CLDR.
"""

from __future__ import annotations

from itertools import chain, cycle, takewhile
from typing import TYPE_CHECKING

from toolkit.dialects.inline import Markup, marks
from toolkit.language.characters import HAN, is_wide
from toolkit.model.catalog import Catalog, Message
from toolkit.model.expressions import late
from toolkit.model.units import Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Iterator, Mapping

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline import Mark
    from toolkit.language.locale import Locale
    from toolkit.model.units import Unit

_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_ACCENTED = "àƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ"
_ARABIC = "ابثدهفغحيجكلمنوپقرستعطوخيز" * 2
_TABLES = {
    "en": str.maketrans(_LETTERS, _ACCENTED),
    "ar": str.maketrans(_LETTERS, _ARABIC),
}
_OWN = late(
    r"\$?\{(?:[^{}]|\{[^{}]{0,99}\}){0,299}\}|\$[^$\s](?:[^$]{0,299}[^$\s])?\$"
    r"|\\\S|%[-+#0-9.]*\w|[\w./-]*#\d+|@[\w/.-]+"
)
"""Matches possible macros, attributes, formulas, escapes and mentions of any dialect."""
_LIST_BEHIND = late(r"(?:\A|[ \t]+)\{[^{}\n]+\}[ \t]*\Z")
"""Matches what may be the attribute list of a whole block, which has to stay the last of it."""
_HAN = late(f"[{HAN}]+")
_PADDING = "one two three four five six seven eight nine ten".split()
_SHARE = 3
"""A text gets one cell more for each three that it has."""
_WHOLE = frozenset(Markup) - {Markup.LINK, Markup.IMAGE, Markup.REFERENCE, Markup.STRAY}
"""Elements without text of their own; the others keep what follows their text."""


def pseudo_catalog(units: Iterable[Unit], dialect: Dialect, locale: Locale) -> Catalog:
    """Return a catalog of some units, translated by rule."""
    messages = {
        (unit.context, unit.text): Message(
            unit.text,
            pseudo_text(unit.text, dialect, locale, whole=not _is_program(unit.kind)),
            context=unit.context,
        )
        for unit in units
    }
    return Catalog(tuple(messages.values()))


def _is_program(kind: Kind) -> bool:
    """Whether units of a kind are parts of programs, where brackets would stand in the way."""
    return kind.in_code and kind is not Kind.DIAGRAM_LABEL


def pseudo_text(text: str, dialect: Dialect, locale: Locale, *, whole: bool = True) -> str:
    """Return a text in a pseudo-locale; its markup, code and targets stay as they are.

    One that is not `whole`, as part of a program is not, gets neither brackets nor more words.
    """
    behind = _LIST_BEHIND.search(text) if whole else None
    if behind:
        words = text[: behind.start()]
        return f"{pseudo_text(words, dialect, locale) if words else ''}{behind[0]}"
    table = _TABLES[locale.language]
    pieces: list[str] = []
    position = 0
    for start, end in _kept(text, dialect):
        pieces += (_spelled(text[position:start], table), text[start:end])
        position = end
    core = "".join((*pieces, _spelled(text[position:], table)))
    if not whole or "\n" in text:
        return core
    padding = _padding(text, dialect).translate(table)
    # A URL would continue with the bracket.
    blank = " " if position == len(text) and not padding else ""
    return f"⟦{core}{padding}{blank}⟧"


def _spelled(text: str, table: Mapping[int, str | int]) -> str:
    """A text without markup in the letters of a pseudo-locale."""
    if table is _TABLES["ar"]:
        text = _HAN.sub(_arabic_words, text)
    return text.translate(table)


def _arabic_words(match: re.Match[str]) -> str:
    """Words of four Arabic letters for each two of a run of Han."""
    letters = [_pair(character) for character in match[0]]
    return " ".join("".join(letters[at : at + 2]) for at in range(0, len(letters), 2))


def _pair(character: str) -> str:
    high, low = divmod(ord(character), len(_ARABIC))
    return _ARABIC[high % len(_ARABIC)] + _ARABIC[low]


def _padding(text: str, dialect: Dialect) -> str:
    """Words that make a text a third longer in display cells."""
    words = dialect.wordless.sub("", text)
    wanted = sum(2 if is_wide(character) else 1 for character in words) // _SHARE
    length = 0

    def fits(word: str) -> bool:
        nonlocal length
        length += len(word) + 1
        return length <= wanted

    return "".join(f" {word}" for word in takewhile(fits, cycle(_PADDING)))


def _kept(text: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    """The stretches that stay as they are, in order and apart from each other."""
    spans = sorted({*_markup(text, marks(text, dialect.grammar)), *_wordless(text, dialect)})
    last = 0
    for start, end in spans:
        if end > last:
            yield max(start, last), end
            last = end


def _markup(text: str, found: Iterable[Mark]) -> Iterator[tuple[int, int]]:
    for mark in found:
        if mark.kind in _WHOLE:
            yield mark.start, mark.end
        elif mark.kind is not Markup.STRAY:
            yield max(text.rfind("]", mark.start, mark.inner), mark.start), mark.end


def _wordless(text: str, dialect: Dialect) -> Iterator[tuple[int, int]]:
    found = (dialect.wordless.finditer(text), _OWN.finditer(text))
    return (match.span() for match in chain(*found) if match[0])
