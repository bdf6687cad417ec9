"""Rules for what dialects add to CommonMark's inline text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.javascript import Reach
from toolkit.dialects.blocks.jsx import tag_at
from toolkit.dialects.blocks.vue_tags import TAG
from toolkit.dialects.inline.bare import bare_mail, bare_url
from toolkit.dialects.inline.mark import Markup

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.dialects.inline.grammar import UrlEnd
    from toolkit.dialects.inline.state import InlineState

    Rule = Callable[[InlineState, bool], bool]

_ROLE = re.compile(r"\{[A-Za-z0-9_+:-]+\}(?P<ticks>`++)")
_REACH = "reach of expressions"
_LONGEST = 2048
"""Characters of a formula in which every one of 999 may be escaped, and its ends."""


def formula_rule(pattern: str) -> Rule:
    """Return the rule for formulas that look as `pattern` says."""
    formula = re.compile(pattern, re.DOTALL)

    def rule(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rules
        src, start = state.src, state.pos
        if match := formula.match(src, start):
            return state.take(Markup.FORMULA, match.end())
        if src[start - 1 : start + 1] != r"\$":
            return False
        # The backslash has been read: it is escaped itself, and no sign of this dollar.
        match = formula.match(src[start : start + _LONGEST])
        return match is not None and state.take(Markup.FORMULA, start + match.end())

    return rule


def role(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """`` {name}`content` ``, up to the first run of as many backticks (MyST-Parser)."""
    match = _ROLE.match(state.src, state.pos)
    if not match:
        return False
    ticks = match["ticks"]
    if state.html_terminator_last(ticks) <= match.end():
        return False
    closing = state.src.find(ticks, match.end() + 1)
    return closing > 0 and state.take(Markup.ROLE, closing + len(ticks), match.end(), closing)


def comment(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A comment of HTML, which Docusaurus adds to MDX."""
    src = state.src
    if state.html_terminator_last("-->") < state.pos + 4:
        return False
    end = src.find("-->", state.pos + 4)
    return state.take(Markup.COMMENT, end + 3)


def jsx(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A tag of JSX; a `<` that begins none is a fault that stops MDX."""
    tag = tag_at(state.src, state.pos, reach=_reach(state))
    if tag:
        return state.take(Markup.TAG, tag.end)
    return state.take(Markup.STRAY, state.pos + 1)


def component(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A tag of a template of Vue, whose attributes may start with `@`."""
    tag = TAG.match(state.src, state.pos)
    return tag is not None and state.take(Markup.TAG, tag.end())


def expression(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """An expression of JavaScript; a brace that begins none is a fault that stops MDX."""
    if state.src[state.pos] == "}":
        return state.take(Markup.STRAY, state.pos + 1)
    end = _reach(state).behind(state.src, state.pos, len(state.src))
    if end > 0:
        return state.take(Markup.EXPRESSION, end)
    return state.take(Markup.STRAY, state.pos + 1)


def _reach(state: InlineState) -> Reach:
    reach: Reach = state.env.setdefault(_REACH, Reach())
    return reach


_WRITTEN = frozenset({Markup.ESCAPE, Markup.CHARACTER})
"""Markup that stands for a character."""


def bare_rule(url_end: UrlEnd) -> Rule:
    """Return the rule for a URL or a mail address that nothing stands around."""

    def rule(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001 - markdown-it's rules
        hidden = _WRITTEN if url_end.late_mail else frozenset()
        floor = next((one.end for one in reversed(state.marks) if one.kind not in hidden), 0)
        if state.src[state.pos] == "@":
            found = bare_mail(state.src, state.pos, url_end, floor=floor)
            kind = Markup.MAIL
        else:
            bracketed = state.brackets.is_open
            if bracketed:
                state.in_open_brackets.add(state.pos)
            found = bare_url(state.src, state.pos, url_end, bracketed=bracketed)
            kind = Markup.URL
        if found is None or found[0] < floor:
            return False
        state.pos = found[0]
        return state.take(kind, found[1])

    return rule
