"""Locate the codes of a text, by the one reading of inline text."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

from toolkit.dialects.dialect import Emphasis
from toolkit.dialects.inline import Flavour, Markup, marks
from toolkit.dialects.inline.emphasis import OBJECT, RULES, push_marks
from toolkit.dialects.inline.mark import outermost

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline import Mark
    from toolkit.dialects.inline.emphasis import EmphasisRules
    from toolkit.dialects.parser import Range


class Single(NamedTuple):
    """A code that stands alone."""

    start: int
    end: int
    kind: str


class Wrapping(NamedTuple):
    """A code around words: where its two halves stand."""

    opening: Range
    closing: Range
    kind: str


_WRAPS = frozenset({Markup.LINK, Markup.IMAGE, Markup.REFERENCE, Markup.SHORT})
_TAG_NAME = re.compile(r"<(/?)([A-Za-z][\w.:-]*)")
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
"""Elements without an end (HTML, section 13.1.2)."""
_HARD_BREAK = re.compile(r"(?: {2,}|\\)\n")
_DOUBLED = re.compile(r"(?<![~=^])(~~|==|\^\^)(?![~=^])")
"""The markup that strikes through, marks or inserts (GFM's and PyMdown's)."""


class Spans(NamedTuple):
    """The codes of a text."""

    singles: list[Single]
    """Codes that stand alone, in order; they do not overlap."""
    wrappings: list[Wrapping]
    """Links, images, references, elements, emphasis."""


def spans_of(text: str, dialect: Dialect) -> Spans:
    """Locate the codes of a text."""
    found = marks(text, dialect.grammar)
    masked = _masked(text, found)
    pairs, alone = _tag_pairs(text, found)
    singles = [*_singles(text, found), *(Single(*span, "tag") for span in alone)]
    singles += (
        Single(*match.span(), "macro")
        for match in dialect.wordless.finditer(text)
        if match[0] and OBJECT not in masked[match.start() : match.end()]
    )
    wrappings = [_link(text, mark) for mark in found if mark.kind in _WRAPS]
    wrappings += (Wrapping(*halves, "tag") for halves in pairs)
    if dialect.grammar.flavour is not Flavour.HTML:
        wrappings += _emphasis(masked, dialect)
    return Spans(sorted(singles), wrappings)


def _singles(text: str, found: Sequence[Mark]) -> Iterator[Single]:
    """Hard breaks, and the marks that neither wrap words nor are tags."""
    for match in _HARD_BREAK.finditer(text):
        yield Single(*match.span(), "hard break")
    for mark in outermost(mark for mark in found if mark.kind not in {*_WRAPS, Markup.TAG}):
        yield Single(mark.start, mark.end, _kind(text, mark))


def _kind(text: str, mark: Mark) -> str:
    return "hard break" if text.startswith("\\\n", mark.start) else str(mark.kind)


def _link(text: str, mark: Mark) -> Wrapping:
    """The halves of a link or reference: what stands in front of its text, and behind it."""
    opening = mark.start + 1 + text.startswith("!", mark.start)
    if mark.kind is Markup.SHORT:
        closing = mark.inner_end
    else:
        middle = "](" if mark.kind in {Markup.LINK, Markup.IMAGE} else "]"
        closing = max(text.rfind(middle, opening, mark.inner), opening)
    return Wrapping((mark.start, opening), (closing, mark.end), str(mark.kind))


def _tag_pairs(text: str, found: Sequence[Mark]) -> tuple[list[tuple[Range, Range]], list[Range]]:
    """The tags that open and close an element, and those that stand alone."""
    pairs: list[tuple[Range, Range]] = []
    alone: list[Range] = []
    opened: list[tuple[str, Range]] = []
    names: Counter[str] = Counter()
    for mark in found:
        name = _TAG_NAME.match(text, mark.start) if mark.kind is Markup.TAG else None
        if mark.kind is not Markup.TAG:
            continue
        span = (mark.start, mark.end)
        if name is None or name[2].lower() in _VOID or text.startswith("/>", mark.end - 2):
            alone.append(span)
        elif not name[1]:
            opened.append((name[2], span))
            names[name[2]] += 1
        elif names[name[2]]:
            while opened[-1][0] != name[2]:
                names[opened[-1][0]] -= 1
                alone.append(opened.pop()[1])
            names[name[2]] -= 1
            pairs.append((opened.pop()[1], span))
        else:
            alone.append(span)
    return pairs, [*alone, *(span for _, span in opened)]


def _masked(text: str, found: Sequence[Mark]) -> str:
    """A text of the same length with all but words and marks of emphasis hidden."""
    hidden: list[Range] = []
    for mark in found:
        if mark.kind in _WRAPS:
            one = _link(text, mark)
            hidden += (one.opening, one.closing)
        else:
            hidden.append((mark.start, mark.end))
    pieces: list[str] = []
    position = 0
    for start, end in sorted(hidden):
        begin = max(start, position)
        if end > begin:
            pieces += (text[position:begin], OBJECT * (end - begin))
            position = end
    return "".join((*pieces, text[position:]))


def _emphasis(masked: str, dialect: Dialect) -> Iterator[Wrapping]:
    if "*" in masked or "_" in masked:
        rules = RULES[Emphasis.COMMONMARK if dialect.emphasis is Emphasis.COMMONMARK else _LOOSE]
        for opening, closing in _paired_runs(masked, rules):
            yield Wrapping(opening, closing, "emphasis")
    yield from _doubled(masked)


_LOOSE = Emphasis.PYTHON_MARKDOWN


def _doubled(masked: str) -> Iterator[Wrapping]:
    """Doubled marks with a partner in the text, each pair as close together as can be."""
    opened: dict[str, int] = {}
    for match in _DOUBLED.finditer(masked):
        start = opened.get(match[1])
        before, after = masked[: match.start()][-1:], masked[match.end() : match.end() + 1]
        if start is not None and before.strip():
            yield Wrapping((start, start + 2), match.span(), "emphasis")
            del opened[match[1]]
        elif after.strip():
            opened[match[1]] = match.start()


def _paired_runs(masked: str, rules: EmphasisRules) -> Iterator[tuple[Range, Range]]:
    """The marks that make emphasis: `**` as one, where both of its characters pair."""
    places: list[int] = []
    parser = _parser(rules)
    state = StateInline(masked, parser, {"places": places}, [])
    parser.inline.tokenize(state)
    for rule in parser.inline.ruler2.getRules(""):
        rule(state)
    delimiters: list[Any] = state.delimiters
    pairs = [
        (places[number], places[one.end], one.marker)
        for number, one in enumerate(delimiters)
        if one.end > number
    ]
    position = 0
    while position < len(pairs):
        start, end, mark = pairs[position]
        strong = pairs[position + 1 : position + 2] == [(start + 1, end - 1, mark)]
        if strong:
            yield (start, start + 2), (end - 1, end + 1)
        else:
            yield (start, start + 1), (end, end + 1)
        position += 1 + strong


@lru_cache(maxsize=4)
def _parser(rules: EmphasisRules) -> MarkdownIt:
    parser = MarkdownIt("commonmark")
    parser.inline.ruler.enableOnly(["text", "emphasis"])
    parser.inline.ruler2.enableOnly(["balance_pairs"])

    def runs(state: StateInline, silent: bool) -> bool:  # noqa: FBT001 - markdown-it's signature
        start = state.pos
        found = push_marks(state, rules, silent=silent)
        if found:
            state.env["places"] += range(start, state.pos)
        return found

    parser.inline.ruler.at("emphasis", runs)
    return parser
