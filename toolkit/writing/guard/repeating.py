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
from toolkit.writing.guard.suspicion import WORDS, is_suspicious, may_be_address

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.inline import Grammar

_CONTROLS = rf"\t\n{CONTROLS}"
_ACTIVE = rf"\\<>&{{}}@{_CONTROLS}"
_BEFORE = r"[!#-'+\--:<-~]"
"""Little of ASCII may stand in front of a piece: a blank, quotes, `(`, an asterisk, a comma."""
_BEHIND = r"(?![!#-(+/<-\[\]-~])(?!:\S)"
"""Nor behind it, but the punctuation of a sentence."""
_BEFORE_LINK, _BEHIND_LINK = _BEFORE.replace("-~", "-^`-~"), _BEHIND.replace("]-~", "]^`-~")
"""Beside links the marks of emphasis may be underscores."""
_OPEN = r"(?![\[({:]|\s\[)"
"""Nor what goes on behind a bracket."""
_IN_CODE = r"\\(?=[A-Za-z])|(?<!\{)\{[\w .,:?]*+\}(?!\})"
"""Matches what of backslashes and braces does nothing in code."""
_TAGS_IN_CODE = r"(?<!8)<(?![A-Za-z/!?])|</?[A-Za-z][\w.:-]*+>|>|&(?!#)"
"""Matches what does nothing to a program that looks for HTML in code as well."""
_WORDS = rf"(?!\^|!|TOC|toc|_)[^\[\]`${_ACTIVE}]++"
_ESCAPED_BRACKETS = rf"\\\[{_WORDS}\\\](?![(\[{{:])"
_TARGET = r"(?:[\w./#?=%~+,;:-]|&(?=[A-Za-z]\w*=))++"
_LABEL = r"\[(?!\^)[\w ./-]++\](?::(?!\S))?"
"""Matches a label, with a colon if it could be that of a definition."""
_IMAGES = (
    rf"\[(?P<alternative>{_WORDS})\]\((?P<image>{_TARGET})\)",
    rf"\[(?P<pictured>{_WORDS})\](?P<picture>{_LABEL}){_OPEN}",
    rf"\[{_WORDS}\]{_OPEN}",
)
_FOOTNOTES = rf"(?<![!\\\[\]`$]\[)\^[\w-]++\](?:\[\^[\w-]++\])*+{_OPEN}"
_ISSUE = r"[1-9]\d*+(?!\w)"
_AUTOLINK = rf"https?://{_TARGET}>"
_PLACEHOLDERS = r"\w++\}(?:\{\w++\})*+(?![#-'+/<-@\[\]-`{-~]|![\[}])(?!:\S)"
_IN_STRING = (
    r"(?:\w*+:(?:[?\w.]|#(?!\}))*+|(?<=\S\{)|(?<=\S \{))\}"
    r"(?=[\"']|(?:[,.;)] ?|: | )[^\s\[({])"
)
"""Matches a placeholder that is not alone in its line, nor its last, as lists of attributes are."""
_LINE_END = r"(?<![^\w\s,.;:!?\"')}]\\)(?:n(?!ewc)|r(?!e[nq])|t(?!ex))(?![(\[{}])"
_ESCAPE = r"(?<![^\w\s*]\\)[_*](?![^\w\s*\\,.;)]|\\[^_*])|(?<![^\w\s,.;:)]\\)\n"
"""Matches what follows backslashes that do nothing, or take the meaning of a mark of emphasis."""
_CHARACTER = r"(?:nbsp|amp|lt|gt|quot|[mn]dash|hellip|copy);"
_URL = r"(?<!\Sh)ttps?://[\w./-]*+(?<=[A-Za-z0-9/])(?!\S)"
_MENTION = r"(?<!\S@)[A-Za-z0-9][\w-]*+(?!\S)"
_EMPTY = (
    r"(?<![!#-'+\--@\[-`{-~]<)"
    r"(?:br ?/?>|a (?:id|name)=\"[\w.-]++\"></a>|i class=\"[\w -]++\"></i>)"
    r"(?![!-(+/:-@\[-`{-~-])"
)
"""Matches an element without words, which letters may stand beside."""
_EXPANDED = rf"abbr title=\"(?P<title>[^\"`${_ACTIVE}]++)\">(?P<abbr>{_WORDS})</abbr>"
_ELEMENT = rf"(?P<tag>small|strong|em|sub|sup|b|i|u)>(?P<element>{_WORDS})</(?P=tag)>"
_TEX = (
    r"[\w +*=,.;()|^?>-]++|\\[A-Za-z]++|\\[,; ]|\\%(?!\})|/(?!/)|!(?![\[}])|<(?=[\s\d=\\])|~(?!~)"
    rf"|(?<![spoelabtSPOELABT:]):(?!:)|(?![\s{CONTROLS}])[^\x00-\x7f]"
)
_ACTS_IN_BRACES = r"(?![{%#!=~>:]|\+\+|--)"
_TEX_GROUP = rf"\{{{_ACTS_IN_BRACES}(?:{_TEX})*+\}}"
for _ in range(2):
    _TEX_LIST = rf"\[(?!\^)(?:{_TEX}|{_TEX_GROUP})*+\]{_OPEN}"
    _TEX_GROUP = rf"\{{{_ACTS_IN_BRACES}(?:{_TEX}|{_TEX_LIST}|(?<![=\s]){_TEX_GROUP})*+\}}"
_TEX_SET = rf"\\\{{{_ACTS_IN_BRACES}(?:{_TEX}|{_TEX_LIST}|(?<![=\s]){_TEX_GROUP})*+\\\}}"
"""Braces that are shown; they have to pair, as those that are not."""
_FORMULA = (
    rf"(?<!\w\$)(?! )"
    rf"(?:{_TEX}|'|{_TEX_GROUP}|{_TEX_SET}|{_TEX_LIST})++(?<! )\$(?!\w)"
)
_LIST = r"(?<!\S\{)(?![{%#!+=~>:-])(?:[\w ./*,:-]|\[[\w:,. -]++\])++\}(?=[ \t]*(?:\n|\Z))"
"""Matches a list of attributes that stands apart, at the end of its line."""
_TEXT = Place.TEXT
_RAW = frozenset({Place.HTML, Place.NAME})
"""The places where not all of what stands in a text is read as text."""
_MARKS = re.compile(r"[`$\[\]]|~~~")
_PLAIN = re.compile(WORDS.replace(r"[^\t\n", "[^`$~"))
_APART = {
    "image": ("alternative", "!", "image"),
    "target": ("text", "", "target"),
    "leading": ("badge", "[!", "leading"),
    "label": ("named", "[]", "label"),
    "picture": ("pictured", "![]", "picture"),
    "element": ("element", "<", "tag"),
    "abbr": ("abbr", "<abbr", ""),
    "short": ("short", "", ""),
}
"""The words of a piece that a translation may have others for, and what else it does."""
_MAY_HOLD_PIECES = re.compile(r"[`$&\\]")
_SIMPLE_ELEMENT = late(f"<{_ELEMENT}")
_ACTS_IN_NAMES = re.compile(r"[=<&]|[\"']\s*/?>")


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
    words, found = text, list[str]()
    if "](" not in text and "][" not in text:
        between = _piece(grammar).split(text)
        words, found = " ".join(between[::2]), between[1::2]
    if "[" in words or "<" in words:
        words, found = _pieces_with_words(text, grammar)
    if _PLAIN.fullmatch(words):
        return None if may_be_address(words, grammar) else frozenset(found)
    if _MARKS.search(words) or is_suspicious(words, grammar, _TEXT):
        return None
    return frozenset(found)


def _pieces_with_words(text: str, grammar: Grammar) -> tuple[str, list[str]]:
    """Return the words of a text, in its pieces as well, and what else these are."""
    pieces: list[str] = []

    def words_of(match: re.Match[str]) -> str:
        name = match.lastgroup
        if name is None:
            pieces.append(match[0])
            return " "
        group, mark, part = _APART[name]
        words = match[group]
        if mark or part:
            pieces.append(f"{mark}({match[part]}" if part else mark)
        if _MAY_HOLD_PIECES.search(words):
            between = _piece_in_words(grammar).split(words)
            pieces.extend(between[1::2])
            words = " ".join(between[::2])
        return f" {match['title']} {words} " if name == "abbr" else f" {words} "

    words = _piece_with_words(grammar).sub(words_of, text)
    return words, pieces


@lru_cache(maxsize=1024)
def _pieces_of_source(text: str, grammar: Grammar) -> frozenset[str] | None:
    """Return the pieces of a text that is translated into one language after the other."""
    return _pieces(text, grammar)


@lru_cache(maxsize=64)
def _piece(grammar: Grammar) -> re.Pattern[str]:
    """Return the pattern of pieces without words of their own, as its only group."""
    return re.compile(f"({'|'.join(_pieces_without_words(grammar))})")


@lru_cache(maxsize=64)
def _piece_with_words(grammar: Grammar) -> re.Pattern[str]:
    """Return the pattern of all pieces."""
    pieces = [
        *(_apart("!", one, _BEFORE_LINK, _BEHIND_LINK) for one in _IMAGES),
        *(_apart(r"\[", one, _BEFORE_LINK, _BEHIND_LINK) for one in _links(grammar)),
        rf"\[{_FOOTNOTES}",
    ]
    if grammar.flavour is not Flavour.MDX:
        pieces.append(_apart("<", _AUTOLINK))
        # The compilers of MDX and Vue tell whether emphasis ends in the element it starts in.
        elements = () if grammar.components else (_ELEMENT, _EXPANDED)
        pieces += (_apart("<", one) for one in elements)
        pieces += (f"<{_EMPTY}",) if elements else ()
    return re.compile("|".join((*pieces, *_pieces_without_words(grammar))))


def _links(grammar: Grammar) -> Iterator[str]:
    """Yield patterns of links and references behind their first bracket."""
    words = rf"(?!\^|!|TOC|toc|_)(?:[^\[\]`${_ACTIVE}]++|{'|'.join(_in_words(grammar))})++"
    yield rf"(?P<text>{words})\]\((?P<target>{_TARGET})\)"
    yield rf"!\[(?P<badge>{_WORDS})\]\((?P<leading>{_TARGET}\)\]\({_TARGET})\)"
    yield rf"https?://[\w./:-]++\]\({_TARGET}\)"
    yield rf"(?P<named>{words})\](?P<label>{_LABEL}){_OPEN}"
    yield rf"(?P<short>{words})\]{_OPEN}"
    yield rf"{words}\]:(?!\S)"


def _in_words(grammar: Grammar) -> Iterator[str]:
    """Yield patterns of pieces that may stand in the words of others."""
    yield rf"`(?<!``){_code(grammar)}(?!`)"
    yield r"&(?=\s)"
    if grammar.flavour is not Flavour.MDX:
        yield _ESCAPED_BRACKETS
        if grammar.formulas:
            yield rf"\$(?<![^\s\[*(（「“]\$){_FORMULA}(?=[\s\]*),，。”」）])"


@lru_cache(maxsize=64)
def _piece_in_words(grammar: Grammar) -> re.Pattern[str]:
    return re.compile(f"({'|'.join(_in_words(grammar))})")


def _pieces_without_words(grammar: Grammar) -> Iterator[str]:
    """Yield patterns of pieces; what is no formula in MDX may be JavaScript."""
    yield _apart("`", _code(grammar))
    yield _apart("#", _ISSUE)
    yield rf"\\(?:{_ESCAPE})"
    yield r"&(?!\S)"
    yield _apart("&", _CHARACTER)
    if grammar.flavour is not Flavour.PANDOC:
        yield rf"\\{_LINE_END}"
    if grammar.flavour is not Flavour.MDX:
        yield rf"\{{(?<!{_BEFORE}\{{)(?:{_PLACEHOLDERS}|{_IN_STRING}|{_LIST})"
        if grammar.formulas:
            yield _apart(r"\$", _FORMULA)
    yield f"h{_URL}"
    if grammar.flavour is not Flavour.PANDOC:
        yield f"@{_MENTION}"


def _code(grammar: Grammar) -> str:
    """Return the pattern of simple code behind its backtick."""
    kept = rf"{_CONTROLS}@" if grammar.mail_in_code else _CONTROLS
    if grammar.html_reader:
        text = rf"[^`$\\<>&{{}}{kept}]++|{_TAGS_IN_CODE}"
    else:
        text = rf"[^`$\\{{}}{kept}]++"
    return rf"(?! )(?:{text}|{_IN_CODE})++(?<! )`"


def _apart(first: str, rest: str, before: str = _BEFORE, behind: str = _BEHIND) -> str:
    """Return the pattern of a piece that nothing active stands beside.

    It starts with its first character alone: Python passes over others fast.
    """
    return f"{first}(?<!{before}{first}){rest}{behind}"
