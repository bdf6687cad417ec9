"""Find the emphasis that a text really has, and the marks of it that do nothing.

All programs pair runs of marks as CommonMark does; they differ in what may open and what may close.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from markdown_it import MarkdownIt

from toolkit.dialects.inline.emphasis import OBJECT, push_marks

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

    from toolkit.dialects.inline.emphasis import EmphasisRules

_MARKED = re.compile(r"(?P<mark>[*_]{1,3}).{0,40}?(?P=mark)|[*_]", re.DOTALL)
_ESCAPED = re.compile(r"\\[*_]")
_LINK = re.compile(rf"!?\[([^\[\]]*)\]{OBJECT}(?:[^()\n]*\))?")
_BLANK_INSIDE = re.compile(r"([*_]{1,3})(?:\s.*|.*\s)\1", re.DOTALL)
_UNPAIRED = re.compile(r"[*_]+")


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
        return "remove the spaces inside the marks"
    if piece.startswith("\\"):
        return "remove the backslash"
    if _UNPAIRED.fullmatch(piece):
        return "its partner is missing or escaped; add it, or remove the mark"
    if piece.startswith("_") and "*" not in rules.whole_words:
        return "write asterisks, or put spaces around the marked words"
    return "put spaces around the marked words, or move punctuation out of the marks"


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
        return push_marks(state, rules, silent=silent)

    parser.inline.ruler.at("emphasis", marks)
    return parser
