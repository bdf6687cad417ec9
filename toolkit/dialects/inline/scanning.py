"""Readers of inline text that go from left to right by rules of their own, not by CommonMark's."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from toolkit.dialects.inline.brackets import Brackets, Gap
from toolkit.dialects.inline.mark import Mark, Markup
from toolkit.dialects.inline.state import InlineParser, InlineState
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from toolkit.dialects.inline.resource import Resource
    from toolkit.dialects.inline.state import Rule

    Rules = Sequence[tuple[str, Rule, str]]
    Target = Callable[[str, int], Resource | None]

_NAME = r"[^\W\d][\w:.\u00b7-]*"
_TAG = late(rf"</{_NAME}\s*>|<{_NAME}(?:\s+{_NAME}(?:\s*=\s*(?:\w+|\"[^\"]*\"|'[^']*'))?)*+\s*/?>")
_COMMENT = late(r"<!--.*?-->", re.DOTALL)
_INSTRUCTION = late(r"<\?.*?\?>", re.DOTALL)
_DATA = late(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)


class ScanningReader(MarkdownIt):
    """Reads texts from left to right by rules and targets that are not CommonMark's."""

    inline: InlineParser

    def __init__(self, rules: Rules, target: Target, gap: Gap = Gap.NONE) -> None:
        super().__init__("commonmark", {"html": True})
        self.inline = InlineParser()
        self._target = target
        self._gap = gap
        for name, rule, trigger in rules:
            self.inline.add(name, rule, trigger)

    def read(self, text: str, labels: Collection[str] | None) -> tuple[Mark, ...]:
        """Return the marks of a text."""
        state = InlineState(text, self, labels)
        target = partial(self._target, text)
        state.brackets = Brackets(text, state.marks, target, labels, outer=True, gap=self._gap)
        self.inline.tokenize(state)
        return tuple(state.marks)


def tag(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A tag, a comment or an instruction."""
    for kind, pattern, end in _ANGLES:
        if state.last(end) < state.pos:
            continue
        if found := pattern.match(state.src, state.pos):
            return state.take(kind, found.end())
    return False


_ANGLES = (
    (Markup.COMMENT, _COMMENT, "-->"),
    (Markup.INSTRUCTION, _INSTRUCTION, "?>"),
    (Markup.INSTRUCTION, _DATA, "]]>"),
    (Markup.TAG, _TAG, ">"),
)
"""The kinds, their patterns and ends: where no end follows, the rest of a text is not searched."""


def opening(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A bracket that opens a link's or an image's text."""
    start = state.pos
    state.pos = state.brackets.open(start, start + 1 + (state.src[start] == "!"))
    return True


def closing(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
    """A bracket that closes one."""
    state.pos = state.brackets.close(state.pos + 1)
    return True


def pattern_rule(kind: Markup, pattern: re.Pattern[str], inner: int = 0) -> Rule:
    """Return the rule for what a pattern matches; `inner` is the group that says most."""

    def rule(state: InlineState, _silent: bool) -> bool:  # noqa: FBT001
        found = pattern.match(state.src, state.pos)
        return found is not None and state.take(kind, found.end(), *found.span(inner))

    return rule
