"""Whether a text holds anything to translate, and which references it makes."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.attributes import ATTRIBUTES, attribute_texts
from toolkit.dialects.inline import Markup, hidden_code, marks
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.language.characters import WIDE
from toolkit.reading.segment.simple_labels import labels_of_simple

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.dialects.inline import Grammar

_LETTER = re.compile(r"[^\W\d_]")
_PLAIN_START = re.compile(rf"[{WIDE}].*?[^\W\d_]|[^\W\d_]+(?:[ ,.;!?)]|$)", re.DOTALL)
_TEXT_ATTRIBUTE = re.compile(r"""\b(?:alt|title|aria-label|placeholder)\s*=\s*["'][^"']*[^\W\d_]""")
_OPENING = re.compile(r"\[")
_CLOSING = re.compile(r"\]")
_MOST_PAIRS = 25
"""Pairs of brackets that are looked at before a text is read for its references."""
_BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)


def has_words(text: str, wordless: re.Pattern[str]) -> bool:
    """Whether letters are left in `text` when all that `wordless` matches is taken away."""
    if _PLAIN_START.match(text):
        return True
    position = 0
    while letter := _LETTER.search(text, position):
        found = _match_up_to(wordless, text, position, letter.start())
        if found is None or _LETTER.search(_text_attributes(found)):
            return True
        position = found.end()
    return False


def _match_up_to(
    pattern: re.Pattern[str], text: str, start: int, last: int
) -> re.Match[str] | None:
    """The first match that starts between two places, the last of which counts.

    A search would go on behind them, through all of a text in which the pattern matches nothing.
    """
    for position in range(start, last + 1):
        found = pattern.match(text, position)
        if found and found.end() > position:
            return found
    return None


def _text_attributes(match: re.Match[str]) -> str:
    """Keep the texts of a tag or attribute list; drop everything else."""
    if match[0][0] == "{" and ATTRIBUTES.fullmatch(match[0]):
        texts = attribute_texts(match[0], 0, len(match[0]))
        return " ".join(match[0][start:end] for start, end, _ in texts)
    attribute = _TEXT_ATTRIBUTE.search(match[0]) if match[0][0] == "<" else None
    return attribute[0][attribute[0].index("=") :] if attribute else " "


def bracketed(text: str, grammar: Grammar = COMMONMARK) -> Iterator[tuple[int, int]]:
    """Each `[…]` outside code spans as start and end, inner ones first."""
    opened: list[int] = []
    for match in _BRACKET.finditer(hidden_code(text, grammar)):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            yield opened.pop(), match.end()


def short_references(text: str, grammar: Grammar = COMMONMARK) -> Iterator[tuple[int, int]]:
    """Each `[label]` or `[label][]` that names its target by its own text.

    Gives start and end of the first brackets (CommonMark 0.31, section 6.3, "collapsed" and
    "shortcut reference link"); whether the label is defined is not asked.
    """
    for mark in marks(text, grammar):
        if mark.kind is Markup.SHORT:
            yield mark.inner - 1, mark.inner_end + 1


def may_refer(text: str, defined: Collection[str], own: Collection[str] = ()) -> bool:
    """Whether brackets of a text stand around a label that is defined; many brackets always may.

    Labels that are a text's `own` do not count.
    """
    starts = [match.end() for match in _OPENING.finditer(text)]
    ends = [match.start() for match in _CLOSING.finditer(text)]
    if len(starts) * len(ends) > _MOST_PAIRS:
        return True
    labels = (text[start:end] for start, end in product(starts, ends) if start < end)
    names = map(_label_of, labels)
    return any(name in defined and name not in own for name in names)


@lru_cache(maxsize=4096)
def _label_of(text: str) -> str:
    """Return a label normalized; a translation mostly has those of its source."""
    return normalizeReference(text)


def used_labels(text: str, defined: Collection[str], grammar: Grammar) -> tuple[str, ...]:
    """The labels of the short references in `text` that resolve among `defined`."""
    labels = labels_of_simple(text, grammar)
    if labels is None:
        if not may_refer(text, defined):
            return ()
        labels = [text[start + 1 : end - 1] for start, end in short_references(text, grammar)]
    return tuple([label for label in labels if _label_of(label) in defined])
