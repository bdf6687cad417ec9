"""Blocks found as Python-Markdown's block parser finds them.

Blocks, cut at blank lines, are given to processors in a fixed order; the first that takes one takes
it or a part of it, and puts the rest back in front of the others.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.stash import Stash
from toolkit.dialects.blocks.pymd.tree import Node, Slashes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.dialects.blocks.pymd.slices import Slice

_LONG = 2000
"""Speed: the length above which it is noted that a block does not hold something, and above which
its lines are not looked through, as it is taken bit by bit."""
_BLANK = frozenset(["", " ", "\n"])
"""The starts of blocks that are empty or indented, or whose first line is empty."""

Blocks = deque["Slice"]
Processor = Callable[["BlockStage", Node, Blocks], bool]
"""Takes the first of some blocks, or a part of it, as a child of a node, or does not."""


class Rule(NamedTuple):
    """A processor, with pieces of text one of which a page has where it can take any block."""

    process: Processor
    hints: tuple[str, ...] = ()
    starts: str | None = None
    """The characters one of which a line of each block that it can take starts with, blanks aside;
    `0` is any digit. `None` is any character. Indented blocks are given to every processor."""

    def concerns(self, hints: frozenset[str]) -> bool:
        """Whether the processor can take any block of a page that has some of all hints."""
        return not self.hints or not hints.isdisjoint(self.hints)

    def can_take(self, marks: frozenset[str]) -> bool:
        """Whether the processor can take a block whose lines start with some characters."""
        return self.starts is None or not marks.isdisjoint(self.starts)


class PageRules:
    """The rules for pages that have the same hints."""

    def __init__(self, rules: tuple[Rule, ...], marks: frozenset[str]) -> None:
        self._rules = rules
        self._marks = marks
        self._below = re.compile(rf"\n *([{''.join(map(re.escape, sorted(marks)))}])")
        """The mark with which a line below the first starts."""
        self.all = tuple([rule.process for rule in rules])
        """The processors in their order."""
        self._taking: dict[str | frozenset[str], tuple[Processor, ...]] = {}

    def taking(self, text: str) -> tuple[Processor, ...]:
        """The processors that can take a block, in their order."""
        first = text[:1]
        if first in _BLANK or len(text) > _LONG:
            return self.all
        mark = first if first in self._marks else "0" if first.isdecimal() else ""
        if "\n" not in text:
            return self._with_marks(mark)
        # A table has its marks in any place.
        pipe = "|" if "|" in text else ""
        return self._with_marks(frozenset([mark, pipe, *self._below.findall(text)]))

    def _with_marks(self, marks: str | frozenset[str]) -> tuple[Processor, ...]:
        found = self._taking.get(marks)
        if found is None:
            found = tuple([rule.process for rule in self._rules if rule.can_take(frozenset(marks))])
            self._taking[marks] = found
        return found


class Processors:
    """The rules of a site, as its pages need them."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._rules = tuple(rules)
        self._marks = frozenset(mark for rule in self._rules for mark in rule.starts or "")
        self.hints = frozenset(hint for rule in self._rules for hint in rule.hints)
        """The pieces of text by which it shows which rules a page needs."""
        self._by_hints: dict[frozenset[str], PageRules] = {}

    def concerning(self, page: str) -> PageRules:
        """The rules that can take any block of a page."""
        hints = frozenset([hint for hint in self.hints if hint in page])
        found = self._by_hints.get(hints)
        if found is None:
            found = self._by_hints[hints] = self.hinted(hints)
        return found

    def hinted(self, hints: frozenset[str]) -> PageRules:
        """The rules that can take any block of a page with some of all hints."""
        rules = tuple([rule for rule in self._rules if rule.concerns(hints)])
        return PageRules(rules, self._marks)


class TooDeepError(Exception):
    """Blocks are nested too deeply; `place` counts in the expanded page."""

    def __init__(self, place: int) -> None:
        self.place = place
        super().__init__("nested too deeply")


@dataclass(slots=True)
class BlockStage:
    """The state of reading one page."""

    rules: PageRules
    most_levels: int
    stash: Stash = field(default_factory=Stash)
    states: list[str] = field(default_factory=list)
    """The states of the parser: in a list whose items are tight or loose, in a quote, …"""
    footnotes: dict[str, Node] = field(default_factory=dict)
    references: dict[str, tuple[str, str]] = field(default_factory=dict)
    """Targets and titles of links by their labels."""
    slashes: list[Slashes] = field(default_factory=list)
    """The open `///` blocks."""
    root: Node = field(default_factory=lambda: Node("div"))
    _level: int = 0
    _nowhere: dict[re.Pattern[str], str] = field(default_factory=dict)
    """The last long text in which a pattern was found nowhere."""

    def search(self, pattern: re.Pattern[str], text: str, hint: str = "") -> re.Match[str] | None:
        """Look for a pattern that starts with a line and asks for nothing in front of it.

        Whatever it matches holds the hint. Where it was in no line of a long block it is in none of
        what is left of the block.
        """
        if len(text) < _LONG:
            return pattern.search(text) if hint in text else None
        known = self._nowhere.get(pattern, "")
        if known.endswith(text) and known[-len(text) - 1 : -len(text)] in {"", "\n"}:
            return None
        match = pattern.search(text) if hint in text else None
        if match is None:
            self._nowhere[pattern] = text
        return match

    def read(self, page: Slice) -> None:
        """Read a page, and then what its footnotes say."""
        self.chunk(self.root, page)
        seen: set[str] = set()
        while rest := [label for label in self.footnotes if label not in seen]:
            seen.update(rest)
            for label in rest:
                note = self.footnotes[label]
                if note.text is not None:
                    self.chunk(note, note.text)

    def is_in(self, state: str) -> bool:
        """Whether this is what the parser is in."""
        return bool(self.states) and self.states[-1] == state

    def is_text(self, line: str) -> bool:
        """Whether a block is one line that can be nothing but a paragraph here."""
        if "\n" in line or self.slashes or self._level >= self.most_levels:
            return False
        return len(self.rules.taking(line)) == 1

    def chunk(self, parent: Node, text: Slice) -> None:
        """Read a text that may hold several blocks."""
        self.blocks(parent, text.blocks())

    def within(self, state: str, parent: Node, blocks: Iterable[Slice]) -> None:
        """Read blocks in some state."""
        self.states.append(state)
        self.blocks(parent, blocks)
        self.states.pop()

    def blocks(self, parent: Node, blocks: Iterable[Slice]) -> None:
        """Read blocks as children of a node."""
        queue = deque(blocks)
        self._level += 1
        if self._level > self.most_levels:
            raise TooDeepError(queue[0].starts[0])
        while queue:
            text = queue[0].text
            # What stands in a `///` block may end it, whatever it starts with.
            taking = self.rules.all if self.slashes else self.rules.taking(text)
            for process in taking:
                if process(self, parent, queue):
                    break
        self._level -= 1
