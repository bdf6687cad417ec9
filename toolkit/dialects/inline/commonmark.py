"""CommonMark's reading of inline text, by markdown-it's inline parser with rules of our own.

The rules are tried in the order of markdown-it's ruler, at the characters alone that one of them
starts with. Those that markdown-it has are used as they are; links have a rule of our own, which
needs no second look at a text and tells where their parts stand.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.rules_inline import autolink, entity, html_inline

from toolkit.dialects.inline import extensions
from toolkit.dialects.inline.bare import bare_url
from toolkit.dialects.inline.brackets import Gap
from toolkit.dialects.inline.grammar import MICROMARK_END, MICROMARK_LATE_END, Flavour
from toolkit.dialects.inline.mark import Mark, Markup
from toolkit.dialects.inline.runs import Runs
from toolkit.dialects.inline.state import InlineParser, InlineState

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from toolkit.dialects.inline.grammar import Grammar, UrlEnd
    from toolkit.dialects.inline.runs import Code

_BLANKS = re.compile(r"[ \t]*")
_PUNCTUATION = r"\\[\n!-/:-@\[-`{-~]"


class InlineReader(MarkdownIt):
    """Reads texts by one grammar."""

    inline: InlineParser

    def __init__(self, grammar: Grammar) -> None:
        super().__init__("commonmark", {"html": True})
        self.inline = InlineParser()
        self._gap = Gap.BACKSLASH if grammar.escaped_labels else Gap.NONE
        self._url_end = grammar.url_end if grammar.bare else None
        if grammar.flavour is not Flavour.HTML:
            self._add_markdown(grammar)
        if grammar.flavour is Flavour.MDX:
            self.inline.add("comment", extensions.comment, "<!--")
            self.inline.add("jsx", extensions.jsx, "<")
            self.inline.add("expression", extensions.expression, "[{}]")
        else:
            if grammar.components:
                self.inline.add("component", extensions.component, "<[A-Za-z/]")
            self.inline.add("html_inline", _html, "<[A-Za-z/!?]")
        self.inline.add("entity", _entity, "&")

    def _add_markdown(self, grammar: Grammar) -> None:
        add = self.inline.add
        formula = extensions.formula_rule(grammar.formulas) if grammar.formulas else None
        if formula and grammar.formulas_first:
            add("formula", formula, r"\$|\\[(\[\\b]")
        add("escape", _escape, _PUNCTUATION)
        if formula and not grammar.formulas_first:
            add("formula", formula, r"\$|\\[(\[]")
        if grammar.roles:
            add("role", extensions.role, r"\{[\w+:-]+\}`")
        if grammar.code:
            code_at = Runs.code_as_in_cmark if grammar.cmark else Runs.code_at
            add("backticks", _backticks(code_at), "`")
        if grammar.flavour is not Flavour.MDX:
            add("autolink", _autolink, "<[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]")
        # An image's text starts with no circumflex where that makes a footnote (cmark-gfm).
        add("opening", _opening, r"!\[(?!\^)|\[" if grammar.cmark else r"!?\[")
        add("closing", _closing, r"\]")
        if grammar.bare:
            urls = r"@|(?:[hH][tT]|[fF])[tT][pP][sS]?://|[wW]{3}\."
            add("bare", extensions.bare_rule(grammar.url_end), urls)

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        """Whether an autolink may have this target: any, as programs differ on it."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Return an autolink's target as it is written."""
        return url

    def normalizeLinkText(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Return an autolink's text as it is written, for which markdown-it's rule asks."""
        return url

    def read(self, text: str, labels: Collection[str] | None) -> tuple[Mark, ...]:
        """Return the marks of a text."""
        state = InlineState(text, self, labels, self._gap)
        self.inline.tokenize(state)
        if self._url_end and self._url_end.over_brackets:
            return tuple(_with_late_urls(state, self._url_end))
        return tuple(state.marks)


_IN_TEXT = frozenset({Markup.ESCAPE, Markup.CHARACTER, Markup.SHORT, Markup.REFERENCE, Markup.URL})
"""Markup that a URL may go over; a reference that nothing defines is text."""


def _with_late_urls(state: InlineState, url_end: UrlEnd) -> Iterator[Mark]:
    """Yield marks with URLs as long as they are if brackets before or in them make no link.

    Micromark leaves URLs behind an open bracket, and others that start with `www.`, to a second
    pass over what has become text; Mistune goes on over whatever brackets there are. A URL that
    one before it goes over is left as it is.
    """
    text, found = state.src, state.marks
    stops = sorted(mark.start for mark in found if mark.kind not in _IN_TEXT)
    stops = [] if url_end.in_words else stops
    reach = 0
    for mark in found:
        url = None
        if mark.kind is Markup.URL and mark.start >= reach:
            index = bisect_left(stops, mark.end)
            limit = stops[index] if index < len(stops) else len(text)
            is_late = url_end is MICROMARK_END and (
                mark.start in state.in_open_brackets or bool(_WWW_IN_TEXT.match(text, mark.start))
            )
            end = MICROMARK_LATE_END if is_late else url_end
            url = bare_url(text[:limit], mark.start, end, angled=is_late)
            reach = url[1] if url else reach
        yield mark._replace(end=url[1], inner_end=url[1]) if url and url[1] > mark.end else mark


_WWW_IN_TEXT = re.compile(r"(?<=[^\s(*_\[\]~])[wW]{3}\.")


def _escape(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rules
    """A backslash before punctuation, or of a line's end and the blanks after that."""
    inner = state.pos + 1
    end = inner + 1
    if state.src[inner] == "\n":
        blanks = _BLANKS.match(state.src, end)
        end = blanks.end() if blanks else end
    return state.take(Markup.ESCAPE, end, inner, end)


def _backticks(code_at: Callable[[Runs, int], Code | None]) -> Callable[[InlineState, bool], bool]:
    """The rule for code spans, as a reading of runs finds them."""

    def rule(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
        runs = state.backticks_of()
        code = code_at(runs, state.pos)
        if code:
            return state.take(Markup.CODE, code.end, code.inner, code.inner_end)
        state.pos = runs.end_of(state.pos)
        return True

    return rule


def _autolink(state: InlineState, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if not autolink(state, silent):
        return False
    mail = state.tokens[-3].attrs["href"] != state.src[start + 1 : state.pos - 1]
    kind = Markup.MAIL if mail else Markup.AUTOLINK
    state.marks.append(Mark(kind, start, state.pos, start + 1, state.pos - 1))
    return True


def _html(state: InlineState, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if not html_inline(state, silent):
        return False
    if state.src.startswith("<!--", start):
        kind = Markup.COMMENT
    else:
        kind = Markup.INSTRUCTION if state.src[start + 1] in "!?" else Markup.TAG
    state.marks.append(Mark(kind, start, state.pos, start, state.pos))
    return True


def _entity(state: InlineState, silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    if not entity(state, silent):
        return False
    state.marks.append(Mark(Markup.CHARACTER, start, state.pos, start, state.pos))
    return True


def _opening(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    start = state.pos
    state.pos = state.brackets.open(start, start + 1 + (state.src[start] == "!"))
    return True


def _closing(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    state.pos = state.brackets.close(state.pos + 1)
    return True
