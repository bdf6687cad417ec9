"""Recognize translations that hold nothing but words and simple pieces of their source texts.

Such pieces are code, formulas, links and the like that stand apart from other marks, so that each
is read in one way whatever words surround it. Where source and translation consist of words and
such pieces alone, and the translation has none that the source lacks, it can do no more than the
source. Most translations are of this kind.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline.grammar import Flavour
from toolkit.model.expressions import late
from toolkit.writing.guard.acting import NAMES, Place
from toolkit.writing.guard.anywhere import CONTROLS
from toolkit.writing.guard.suspicion import is_suspicious

if TYPE_CHECKING:
    from toolkit.dialects.inline import Grammar

_CONTROLS = rf"\t\n{CONTROLS}"
_ACTIVE = rf"\\<>&{{}}@{_CONTROLS}"
_BEFORE = r"(?<![!#-'+-~])"
"""Little of ASCII may stand in front of a piece: a blank, quotes, a parenthesis, an asterisk."""
_BEHIND = r"(?![!#-(+/<-\[\]-~-])(?!:\S)"
"""Nor behind it, but the punctuation of a sentence."""
_OPEN = r"(?![\[({:]|\s\[)"
"""Nor what goes on behind a bracket."""
_CODE = rf"`(?! )[^`${_ACTIVE}]++(?<! )`"
_CODE_OF_TAGS = rf"`(?! )[^`$\\{{}}@{_CONTROLS}]++(?<! )`"
_WORDS = rf"(?!\^|!|TOC|toc|_)[^\[\]`${_ACTIVE}]++"
_CODE_APART = rf"(?<!`){_CODE}(?!`)"
_WORDS_AND_CODE = rf"(?!\^|!|TOC|toc|_)(?:[^\[\]`${_ACTIVE}]|{_CODE_APART})++"
_TARGET = r"(?:[\w./#?=%~+,;:-]|&(?=[A-Za-z]\w*=))++"
_BRACKETS = (
    rf"!\[(?P<alternative>{_WORDS})\]\((?P<image>{_TARGET})\)",
    rf"\[(?P<text>{_WORDS_AND_CODE})\]\((?P<target>{_TARGET})\)",
    rf"\[!\[(?P<badge>{_WORDS})\]\((?P<leading>{_TARGET}\)\]\({_TARGET})\)",
    rf"\[(?P<named>{_WORDS_AND_CODE})\](?P<label>\[(?!\^)[\w ./-]++\]){_OPEN}",
    rf"\[(?P<short>{_WORDS_AND_CODE})\]{_OPEN}",
)
_FOOTNOTES = rf"(?<![!\\\[\]`$])(?:\[\^[\w-]++\])++{_OPEN}"
_ISSUE = r"#[1-9]\d*+(?!\w)"
_AUTOLINK = rf"<https?://{_TARGET}>"
_PLACEHOLDER = r"\{\w++\}"
_URL = r"(?<!\S)https?://[\w./-]*+(?<=[A-Za-z0-9/])(?!\S)"
_MENTION = r"(?<!\S)@[A-Za-z0-9][\w-]*+(?!\S)"
_ELEMENT = rf"<(?P<tag>small|strong|em|sub|sup|b|i|u)>(?P<element>{_WORDS})</(?P=tag)>"
_TEX = (
    r"[\w +*=,.;()|^?>-]|\\[A-Za-z]++|\\[,; ]|\\%(?!\})|/(?!/)|!(?![\[}])|<(?=[\s\d=\\])|~(?!~)"
    rf"|(?<![spoelabtSPOELABT:]):(?!:)|(?![\s{CONTROLS}])[^\x00-\x7f]"
)
_ACTS_IN_BRACES = r"(?![{%#!+=~>:-])"
_TEX_GROUP = rf"\{{{_ACTS_IN_BRACES}(?:{_TEX})*+\}}"
for _ in range(2):
    _TEX_LIST = rf"\[(?!\^)(?:{_TEX}|{_TEX_GROUP})*+\]{_OPEN}"
    _TEX_GROUP = rf"\{{{_ACTS_IN_BRACES}(?:{_TEX}|{_TEX_LIST}|(?<![=\s]){_TEX_GROUP})*+\}}"
_TEX_SET = rf"\\\{{{_ACTS_IN_BRACES}(?:{_TEX}|{_TEX_LIST}|(?<![=\s]){_TEX_GROUP})*+\\\}}"
"""Braces that are shown; they have to pair, as those that are not."""
_FORMULA = (
    rf"(?<!\w)\$(?! )"
    rf"(?:{_TEX}|'|{_TEX_GROUP}|{_TEX_SET}|{_TEX_LIST})++(?<! )\$(?!\w)"
)
_TEXT = Place.TEXT
_RAW = frozenset({Place.HTML, Place.NAME})
"""The places where not all of what stands in a text is read as text."""
_MARKS = re.compile(r"[`$\[\]]|~~~")
_APART = {
    "image": ("alternative", "!({image})"),
    "target": ("text", "({target})"),
    "leading": ("badge", "[!({leading})"),
    "label": ("named", "{label}"),
    "short": ("short", ""),
    "element": ("element", "<{tag}>"),
}
"""The words of a piece that a translation may have others for, and what else it does."""
_CODE_IN_WORDS = late(_CODE)
_SIMPLE_ELEMENT = late(_ELEMENT)
_ACTS_IN_NAMES = re.compile(r"[\"'=<&]")


@lru_cache(maxsize=64)
def repeats(source: str, text: str, grammar: Grammar, place: Place) -> bool:
    """Whether a text has nothing but words and what its source has among words as well.

    A text's verdict is remembered while the text is written.
    """
    if place in _RAW or grammar.own_syntax:
        return False
    if place in NAMES and _ACTS_IN_NAMES.search(_SIMPLE_ELEMENT.sub(r" \g<element> ", text)):
        return False
    known = _pieces_of_source(source, grammar)
    found = None if known is None else _pieces(text, grammar)
    return known is not None and found is not None and found <= known


def _pieces(text: str, grammar: Grammar) -> frozenset[str] | None:
    """Return the simple pieces of a text; `None` where more than words is left beside them."""
    pieces: list[str] = []

    def words_of(match: re.Match[str]) -> str:
        group, piece = _APART.get(match.lastgroup or "", ("", ""))
        words = match[group] if group else ""
        if match.lastgroup != "short":
            pieces.append(piece.format_map(match) if group else match[0])
        if "`" in words:
            pieces.extend(_CODE_IN_WORDS.findall(words))
            words = _CODE_IN_WORDS.sub(" ", words)
        return f" {words} "

    words = _piece(grammar).sub(words_of, text)
    if _MARKS.search(words) or is_suspicious(words, grammar, _TEXT):
        return None
    return frozenset(pieces)


@lru_cache(maxsize=8192)
def _pieces_of_source(text: str, grammar: Grammar) -> frozenset[str] | None:
    """Return the pieces of a text that is translated into one language after the other."""
    return _pieces(text, grammar)


@lru_cache(maxsize=64)
def _piece(grammar: Grammar) -> re.Pattern[str]:
    """Return the pattern of simple pieces; what is no formula in MDX may be JavaScript."""
    pieces = [_CODE if grammar.html_reader else _CODE_OF_TAGS, *_BRACKETS, _ISSUE]
    if grammar.flavour is not Flavour.MDX:
        pieces += (_AUTOLINK, _PLACEHOLDER)
        # The compilers of MDX and Vue tell whether emphasis ends in the element it starts in.
        pieces += () if grammar.components else (_ELEMENT,)
        pieces += (_FORMULA,) if grammar.formulas else ()
    alone = (_URL,) if grammar.flavour is Flavour.PANDOC else (_URL, _MENTION)
    apart = rf"{_BEFORE}(?:{'|'.join(pieces)}){_BEHIND}"
    return re.compile(rf"(?=[`!\[#<{{$h@])(?:{'|'.join((apart, _FOOTNOTES, *alone))})")
