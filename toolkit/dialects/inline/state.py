"""A text as it is read, and the parser that goes through it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline

from toolkit.dialects.inline.brackets import Brackets, Gap
from toolkit.dialects.inline.mark import Mark, Markup
from toolkit.dialects.inline.resource import commonmark_resource
from toolkit.dialects.inline.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from markdown_it import MarkdownIt

    from toolkit.dialects.inline.resource import Resource

    Rule = Callable[[Any, bool], bool]


class InlineState(StateInline):
    """A text as it is read, with what was found in it."""

    def __init__(
        self,
        text: str,
        reader: MarkdownIt,
        labels: Collection[str] | None,
        gap: Gap = Gap.NONE,
    ) -> None:
        super().__init__(text, reader, {}, [])
        self.marks: list[Mark] = []
        self.brackets = Brackets(
            text,
            self.marks,
            self._resource,
            labels,
            outer=False,
            gap=gap,
        )
        self.in_open_brackets: set[int] = set()
        """The places of bare URLs that an open bracket stands before."""
        self.runs: Runs | None = None
        self._last: dict[str, int] = {}

    def _resource(self, opened: int) -> Resource | None:
        return commonmark_resource(self.src, opened)

    def backticks_of(self) -> Runs:
        """Return the runs of backticks, looked for once."""
        self.runs = self.runs or Runs(self.src)
        return self.runs

    def last(self, mark: str) -> int:
        """Return where a mark stands last in the text, looked for once; -1 for nowhere."""
        if mark not in self._last:
            self._last[mark] = self.src.rfind(mark)
        return self._last[mark]

    def take(self, kind: Markup, end: int, inner: int = -1, inner_end: int = -1) -> bool:
        """Note what starts here and ends at `end`, and go on after it."""
        start = self.pos
        inside = (inner, inner_end) if inner >= 0 else (start, end)
        self.marks.append(Mark(kind, start, end, *inside))
        self.pos = end
        return True


class InlineParser(ParserInline):
    """markdown-it's inline parser, which stops only where one of its rules can start."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.enableOnly([])
        self._triggers: list[tuple[str, re.Pattern[str], Rule]] = []
        self._marks = re.compile(r"(?!)")

    def add(self, name: str, rule: Rule, trigger: str) -> None:
        """Add a rule after the others; `trigger` is a pattern of what it starts with."""
        self.ruler.push(name, rule)
        self._triggers.append((name, re.compile(trigger), rule))
        self._marks = re.compile("|".join(pattern.pattern for _, pattern, _ in self._triggers))

    def tokenize(self, state: StateInline) -> None:
        """Read a text from `state.pos` on."""
        search = self._marks.search
        while mark := search(state.src, state.pos):
            start = state.pos = mark.start()
            for _, trigger, rule in self._triggers:
                if trigger.match(state.src, start) and rule(state, False):
                    break
            else:
                state.pos = start + 1
