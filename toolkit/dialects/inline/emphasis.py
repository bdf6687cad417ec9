"""Find the runs of marks that may open or close emphasis, by the rules of each program.

All programs pair runs as CommonMark does (0.31, section 6.2); they differ in what may open and what
may close.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unicodedata import category

from markdown_it.rules_inline.state_inline import Delimiter

from toolkit.dialects.dialect import Emphasis

if TYPE_CHECKING:
    from markdown_it.rules_inline import StateInline

OBJECT = "\ufffc"
"""Stands for code, a target, a tag: neither a blank nor punctuation nor part of a word."""

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class EmphasisRules:
    """Whether a run of markers can open or close, given the adjacent characters."""

    punctuation: bool = True
    """Whether punctuation inside the marks needs a blank or punctuation outside."""
    whole_words: frozenset[str] = frozenset("_")
    """The marks that do nothing inside a word; Chinese characters are letters of a word."""
    behind_blanks: bool = False
    """Whether what stands behind a blank can close."""
    commonmark: bool = False
    """Whether links, code and tags are found as CommonMark has them, not masked beforehand."""


RULES = {
    Emphasis.COMMONMARK: EmphasisRules(commonmark=True),
    Emphasis.KRAMDOWN: EmphasisRules(punctuation=False),
    Emphasis.PANDOC: EmphasisRules(punctuation=False, behind_blanks=True),
    Emphasis.PYTHON_MARKDOWN: EmphasisRules(punctuation=False),
    Emphasis.BETTEREM: EmphasisRules(),
    Emphasis.BETTEREM_ALL: EmphasisRules(whole_words=frozenset("*_")),
    Emphasis.BETTEREM_ASTERISK: EmphasisRules(whole_words=frozenset("*")),
    Emphasis.BETTEREM_NONE: EmphasisRules(whole_words=frozenset()),
}


def push_marks(state: StateInline, rules: EmphasisRules, *, silent: bool) -> bool:
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
    closes = bool(before) and (rules.behind_blanks or not before.isspace())
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
