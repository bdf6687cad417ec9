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
_TARGET = r"[\w./#?=%~+,;:-]++"
_BRACKETS = (
    rf"(?P<image>!?)\[(?P<text>{_WORDS})\]\((?P<target>{_TARGET})\)",
    rf"\[(?P<coded>{_CODE})\]\((?P<leads>{_TARGET})\)",
    rf"\[(?P<named>{_WORDS})\](?P<label>\[(?!\^)[\w ./-]++\]){_OPEN}",
    rf"\[(?P<short>{_WORDS})\]{_OPEN}",
)
_FOOTNOTES = rf"(?<![!\\\[\]`$])(?:\[\^[\w-]++\])++{_OPEN}"
_ISSUE = r"#[1-9]\d*+(?!\w)"
_AUTOLINK = rf"<https?://{_TARGET}>"
_PLACEHOLDER = r"\{\w++\}"
_TEX = (
    r"[\w +*=,.()|^?>-]|\\[A-Za-z]++|\\[,; ]|/(?!/)|!(?![\[}])|<(?=[\s\d=\\])|~(?!~)"
    r"|(?<![spoelabtSPOELABT:]):(?!:)"
)
_TEX_LIST = rf"\[(?!\^)(?:{_TEX})*+\]{_OPEN}"
_TEX_GROUP = rf"\{{(?![%#!+=~>-])(?:{_TEX}|{_TEX_LIST})*+\}}"
_FORMULA = rf"(?<!\w)\$(?! )(?:{_TEX}|'|{_TEX_GROUP}|{_TEX_LIST})++(?<! )\$(?!\w)"
_TEXT = Place.TEXT
_RAW = frozenset({Place.HTML, Place.NAME})
"""The places where not all of what stands in a text is read as text."""
_MARKS = re.compile(r"[`$\[\]]|~~~")
_ACTS_IN_NAMES = re.compile(r"[\"'=<&]")


@lru_cache(maxsize=64)
def repeats(source: str, text: str, grammar: Grammar, place: Place) -> bool:
    """Whether a text has nothing but words and what its source has among words as well.

    A text's verdict is remembered while the text is written.
    """
    if place in _RAW or grammar.own_syntax:
        return False
    if place in NAMES and _ACTS_IN_NAMES.search(text):
        return False
    known = _pieces_of_source(source, grammar)
    found = None if known is None else _pieces(text, grammar)
    return known is not None and found is not None and found <= known


def _pieces(text: str, grammar: Grammar) -> frozenset[str] | None:
    """Return the simple pieces of a text; `None` where more than words is left beside them."""
    pieces: list[str] = []

    def words_of(match: re.Match[str]) -> str:
        words = ""
        match match.lastgroup:
            case "target":
                words = match["text"]
                pieces.append(f"{match['image']}({match['target']})")
            case "leads":
                pieces.extend((match["coded"], f"({match['leads']})"))
            case "label":
                words = match["named"]
                pieces.append(match["label"])
            case "short":
                words = match["short"]
            case _:
                pieces.append(match[0])
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
        pieces += (_FORMULA,) if grammar.formulas else ()
    apart = rf"(?=[`!\[#<{{$]){_BEFORE}(?:{'|'.join(pieces)}){_BEHIND}"
    return re.compile(rf"{apart}|{_FOOTNOTES}")
