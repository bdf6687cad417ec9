"""Find the emphasis that a text really has, and the marks of it that do nothing.

All programs pair runs of marks as CommonMark does; they differ in what may open and what may close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.rules_inline.state_inline import Delimiter

from toolkit.dialects.dialect import Emphasis

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

OBJECT = "\ufffc"
"""Stands for code, a target, a tag: neither a blank nor punctuation nor part of a word."""

_MARKED = re.compile(r"(?P<mark>[*_]{1,3}).{0,40}?(?P=mark)|[*_]", re.DOTALL)
_ESCAPED = re.compile(r"\\[*_]")
_LINK = re.compile(rf"!?\[([^\[\]]*)\]{OBJECT}(?:[^()\n]*\))?")
_BLANK_INSIDE = re.compile(r"([*_]{1,3})(?:\s.*|.*\s)\1", re.DOTALL)
_UNPAIRED = re.compile(r"[*_]+")
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class EmphasisRules:
    """Whether a run of markers can open or close, given the adjacent characters."""

    punctuation: bool = True
    """Whether punctuation inside the marks needs a blank or punctuation outside."""
    whole_words: frozenset[str] = frozenset("_")
    """The marks that do nothing inside a word; Chinese characters are letters of a word."""
    commonmark: bool = False
    """Whether links, code and tags are found as CommonMark has them, not masked beforehand."""


RULES = {
    Emphasis.COMMONMARK: EmphasisRules(commonmark=True),
    Emphasis.PYTHON_MARKDOWN: EmphasisRules(punctuation=False),
    Emphasis.BETTEREM: EmphasisRules(),
    Emphasis.BETTEREM_ALL: EmphasisRules(whole_words=frozenset("*_")),
    Emphasis.BETTEREM_ASTERISK: EmphasisRules(whole_words=frozenset("*")),
    Emphasis.BETTEREM_NONE: EmphasisRules(whole_words=frozenset()),
}


class Emphasized(NamedTuple):
    """The effect of the markers in a text."""

    pieces: int
    """Emphasized pieces."""
    strong: int
    """The number of strong ones among them."""
    dead: tuple[str, ...]
    """Marks that stay as they are, each with what may have been meant."""

    def lacks(self, source: Emphasized) -> bool:
        """Whether some of the emphasis of a source is shown as marks."""
        fewer = self.pieces < source.pieces or self.strong < source.strong
        return (fewer and len(self.dead) > len(source.dead)) or self._double > source._double

    @property
    def _double(self) -> int:
        """Pairs of asterisks that stay, which nobody writes to be seen."""
        return sum(piece.startswith("**") for piece in self.dead)


def emphasized(text: str, rules: EmphasisRules, wordless: re.Pattern[str]) -> Emphasized:
    """The emphasis of a text as a site's programs make it."""
    if "*" not in text and "_" not in text:
        return Emphasized(0, 0, ())
    escaped = () if rules.commonmark else tuple(_ESCAPED.findall(text))
    masked = text if rules.commonmark else _masked(text, wordless)
    tokens = list(_tokens(_parser(rules).parseInline(masked)))
    strong = sum(token.type == "strong_open" for token in tokens)
    pieces = strong + sum(token.type == "em_open" for token in tokens)
    plain = "".join(token.content if token.type == "text" else OBJECT for token in tokens)
    dead = tuple(match[0] for match in _MARKED.finditer(plain))
    return Emphasized(pieces, strong, (*dead, *escaped))


def _masked(text: str, wordless: re.Pattern[str]) -> str:
    """A text as it is when Python-Markdown comes to its emphasis: the rest is done already."""
    return _LINK.sub(rf"{OBJECT}\1{OBJECT}", wordless.sub(OBJECT, _ESCAPED.sub(OBJECT, text)))


def advice(piece: str, rules: EmphasisRules) -> str:
    """Advice about markers without effect."""
    if _BLANK_INSIDE.fullmatch(piece):
        return "remove the blanks inside the marks"
    if piece[0] == "\\":
        return "remove the backslash"
    if _UNPAIRED.fullmatch(piece):
        return "its partner is missing or escaped; add it, or remove the mark"
    if piece[0] == "_" and "*" not in rules.whole_words:
        return "write asterisks, or put blanks around the marked words"
    return "put blanks around the marked words, or take punctuation out of the marks"


def _tokens(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        yield from token.children or ()


@lru_cache(maxsize=8)
def _parser(rules: EmphasisRules) -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": True})
    if rules.commonmark:
        return parser
    parser.inline.ruler.enableOnly(["text", "newline", "escape", "emphasis"])

    def marks(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        return _push_marks(state, rules, silent=silent)

    parser.inline.ruler.at("emphasis", marks)
    return parser


def _push_marks(state: StateInline, rules: EmphasisRules, *, silent: bool) -> bool:
    """A run of marks as delimiters, as markdown-it's own rule makes them."""
    mark = state.src[state.pos]
    if silent or mark not in "*_":
        return False
    end = state.pos
    while end < state.posMax and state.src[end] == mark:
        end += 1
    before = state.src[state.pos - 1 : state.pos]
    opens, closes = _abilities(before, state.src[end : end + 1], mark, rules)
    length = end - state.pos
    for _ in range(length):
        token = state.push("text", "", 0)
        token.content = mark
        place = len(state.tokens) - 1
        state.delimiters.append(Delimiter(ord(mark), length, place, -1, opens, closes))
    state.pos = end
    return True


def _abilities(before: str, after: str, mark: str, rules: EmphasisRules) -> tuple[bool, bool]:
    """Whether a run may open and whether it may close, by the characters beside it."""
    opens = bool(after) and not after.isspace()
    closes = bool(before) and not before.isspace()
    if rules.punctuation:
        opens = opens and (not _is_punctuation(after) or _is_edge(before))
        closes = closes and (not _is_punctuation(before) or _is_edge(after))
    if mark in rules.whole_words:
        opens = opens and (before == "_" != mark or not _WORD.match(before))
        closes = closes and (after == "_" != mark or not _WORD.match(after))
    return opens, closes


def _is_punctuation(character: str) -> bool:
    return character != OBJECT and category(character)[0] in "PS"


def _is_edge(character: str) -> bool:
    """Whether a character ends a word: a blank, punctuation, something that is no text, or none."""
    return not character or character.isspace() or character == OBJECT or _is_punctuation(character)
