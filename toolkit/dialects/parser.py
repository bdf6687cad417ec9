"""markdown-it-py's block parser, told which characters can start which rule.

A page is parsed for its blocks only. Each of our block rules notes a value for its token (see
`dialects.blocks.values`), with the places in the source that markdown-it's line maps do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property
from itertools import accumulate, count
from operator import add
from typing import TYPE_CHECKING, Any, cast

from markdown_it import MarkdownIt
from markdown_it.parser_block import ParserBlock
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock, reference
from markdown_it.rules_core import StateCore

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from markdown_it.token import Token

BlockRule = Callable[[StateBlock, int, int, bool], bool]
Range = tuple[int, int]
"""Start and end offset in the source given to the parser."""

MAX_NESTING = 200
"""Levels of blocks in blocks; each costs Python some stack, and no reader follows more."""

_ANYTHING = ""
_BLANKS = frozenset(" \t")
_PLAIN_URL = late(
    r"(?:https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*(?=[/#?]|\Z))?[A-Za-z0-9_./#?=&~+,;!$'()*-]*"
)
"""Matches URLs that markdown-it normalizes to themselves."""
_STARTS = {
    "fence": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list": "*+-0123456789",
    "reference": "[",
    "footnote_def": "[",
    "html_block": "<",
    "heading": "#",
    "front_matter": "-",
}
"""First characters of markdown-it's and its plugins' own rules."""


_LABEL = re.compile(r"\[(?:[^\[\]\\]|\\.)*+\]:", re.DOTALL)
"""Matches what each definition starts with, the marks of quotes in its lines included."""
_DEFINITION_LINES = 20
"""Lines that a reference definition may take; markdown-it reads to the paragraph's end for each."""


def reference_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Markdown-it's rule for reference definitions, looking no further than it has to."""
    if not _LABEL.match(state.src, state.bMarks[start] + state.tShift[start]):
        return False
    last = state.lineMax
    state.lineMax = min(last, start + _DEFINITION_LINES)
    found = reference(state, start, end, silent)
    state.lineMax = last
    return found


class NestingError(Exception):
    """A block nested more than `MAX_NESTING` levels deep; `line` counts from 0."""

    def __init__(self, line: int) -> None:
        self.line = line
        super().__init__(f"nested more than {MAX_NESTING} levels deep")


class _Ruler(Ruler[BlockRule]):
    """Rules, and for all that end a block of a kind one that tries what a line can start."""

    def __init__(self, known: Ruler[BlockRule], ending: Callable[[str], BlockRule]) -> None:
        super().__init__()
        self.__rules__ = known.__rules__
        self._ending = ending

    def getRules(self, chainName: str = "") -> list[BlockRule]:  # noqa: N802, N803 - markdown-it's
        """Return the rules of a chain."""
        return [self._ending(chainName)] if chainName else super().getRules()


class BlockParser(ParserBlock):
    """Tries at each line only the rules that can start with its first character."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler = _Ruler(self.ruler, self._ending_rule)
        self.ruler.at("reference", reference_rule)
        self.starts = dict(_STARTS)
        self.interrupts: dict[str, str] = {}
        """The first characters of lines with which a rule ends a paragraph, if not all it has."""
        self._starting: dict[tuple[str, bool], list[BlockRule]] = {}
        self._ending: dict[str, dict[str, list[BlockRule]]] = {}

    def add(
        self,
        name: str,
        rule: BlockRule,
        before: str,
        starts: str,
        *,
        interrupts: bool = True,
        ends_quotes: bool = True,
    ) -> None:
        """Put a rule before rule `before`; `starts` are the characters it can start with.

        With `interrupts` it also ends a paragraph, list or reference before it, and a quote, unless
        its lines go on with the quote's paragraph (`ends_quotes`).
        """
        alternatives = ["paragraph", "reference", "list"] if interrupts else []
        if interrupts and ends_quotes:
            alternatives.append("blockquote")
        self.ruler.before(before, name, rule, {"alt": alternatives})
        self.starts[name] = starts

    def replace(
        self, name: str, rule: BlockRule, starts: str = _ANYTHING, interrupts: str = _ANYTHING
    ) -> None:
        """Put our rule in the place of markdown-it's of the same name.

        `interrupts` are the characters of `starts` with which it can end a paragraph.
        """
        alternatives = next(known.alt for known in self.ruler.__rules__ if known.name == name)
        self.ruler.at(name, rule, {"alt": alternatives})
        self.starts[name], self.interrupts[name] = starts, interrupts

    def interrupt(self, name: str, *blocks: str) -> None:
        """Let a known rule end further blocks before it."""
        known = next(known for known in self.ruler.__rules__ if known.name == name)
        self.ruler.at(name, known.fn, {"alt": [*known.alt, *blocks]})

    @cached_property
    def first_characters(self) -> frozenset[str]:
        """Characters that can start another block than a paragraph; tables aside."""
        return frozenset(
            "".join(
                self.starts[rule.name]
                for rule in self.ruler.__rules__
                if rule.enabled and rule.name in self.starts
            )
        )

    def starting(self, character: str, *, indented: bool) -> list[BlockRule]:
        """The rules to try at a line whose text starts with `character`, in order.

        Only an `indented` one can be code without a fence.
        """
        rules = self._starting.get((character, indented))
        if rules is None:
            rules = self._rules("", character, indented=indented)
            self._starting[character, indented] = rules
        return rules

    def interrupting(self, character: str, block: str = "paragraph") -> list[BlockRule]:
        """The rules that can end a block at a line that starts with `character`."""
        known = self._ending.setdefault(block, {})
        rules = known.get(character)
        if rules is None:
            rules = known[character] = self._rules(block, character)
        return rules

    def _ending_rule(self, block: str) -> BlockRule:
        """Return a rule that is whichever of those that can end a block can start at a line."""

        def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
            position = state.bMarks[start] + state.tShift[start]
            for one in self.interrupting(state.src[position : position + 1], block):
                if one(state, start, end, silent):
                    return True
            return False

        return rule

    def _rules(self, chain: str, character: str, *, indented: bool = False) -> list[BlockRule]:
        def can_start(name: str) -> bool:
            starts = (chain and self.interrupts.get(name)) or self.starts.get(name, _ANYTHING)
            return (not starts or character in starts) and (indented or name != "code")

        return [
            rule.fn
            for rule in self.ruler.__rules__
            if rule.enabled and (not chain or chain in rule.alt) and can_start(rule.name)
        ]

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Read the blocks of some lines, as `ParserBlock.tokenize` does."""
        if state.level >= MAX_NESTING:
            raise NestingError(startLine)
        line = startLine
        empty_lines = False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            self._read_block(state, line, endLine)
            # What follows is how markdown-it tells loose lists from tight ones.
            state.tight = not empty_lines
            line = state.line
            if (line - 1) < endLine and state.isEmpty(line - 1):
                empty_lines = True
            if line < endLine and state.isEmpty(line):
                empty_lines = True
                state.line = line = line + 1

    def _read_block(self, state: StateBlock, line: int, end_line: int) -> None:
        first = state.src[state.bMarks[line] + state.tShift[line]]
        for rule in self.starting(first, indented=state.is_code_block(line)):
            if rule(state, line, end_line, False):
                return
        raise AssertionError("the paragraph rule takes every line")


class _State(StateBlock):
    """A parser state that finds its lines as wholes, several times as fast."""

    def __init__(
        self, source: str, parser: MarkdownIt, environment: dict[str, Any], tokens: list[Token]
    ) -> None:
        super().__init__("", parser, environment, tokens)
        self.src = source
        lines = source.split("\n")
        ends = list(map(add, accumulate(map(len, lines)), count()))
        starts = [0, *[end + 1 for end in ends[:-1]]]
        shifts = [
            len(line) - len(line.lstrip(" \t")) if line[:1] in _BLANKS else 0 for line in lines
        ]
        if shifts[-1] == len(lines[-1]):
            del lines[-1], starts[-1], ends[-1], shifts[-1]
        # The parser asks for one line more than there are.
        self.bMarks = [*starts, len(source)]
        self.eMarks = [*ends, len(source)]
        self.tShift = [*shifts, 0]
        self.sCount = [*self.tShift]
        self.bsCount = [0] * len(self.bMarks)
        self.lineMax = len(starts)
        if "\t" in source:
            for number, (line, shift) in enumerate(zip(lines, shifts, strict=True)):
                if shift and "\t" in line:
                    self.sCount[number] = len(line[:shift].expandtabs(4))

    def getLines(self, begin: int, end: int, indent: int, keepLastLF: bool) -> str:  # noqa: N802, N803, FBT001
        """Cut lines from the source; outside of containers they stand there as they are."""
        if self.level or indent or begin >= end:
            return super().getLines(begin, end, indent, keepLastLF)
        return self.src[self.bMarks[begin] : self.eMarks[end - 1] + keepLastLF]


FIRST_LINE = "first line"
"""The environment's key for the line from which on a page is read."""


def _read_blocks(state: StateCore) -> None:
    """The core's rule `block`: find the page's blocks."""
    environment = cast("dict[str, Any]", state.env)
    block_state = _State(state.src, state.md, environment, state.tokens)
    first = min(state.env[FIRST_LINE], block_state.lineMax)
    state.md.block.tokenize(block_state, first, block_state.lineMax)


class PageParser(MarkdownIt):
    """A `MarkdownIt` that reads blocks only; plugins add their rules to `core` and `block`."""

    block: BlockParser

    def __init__(self) -> None:
        super().__init__("commonmark", {"maxNesting": MAX_NESTING + 1, "inline_definitions": True})
        self.block = BlockParser()
        self.core.ruler.enableOnly(["block"])
        self.core.ruler.at("block", _read_blocks)
        self.opaque_lines: list[re.Pattern[str]] = []
        """The patterns of lines that hold nothing to translate by the project's own rules."""
        self.leaves: dict[type[object], Callable[[Any, str], Any]] = {}
        """The functions that `dialects.blocks.leaves` registers, by kinds of blocks."""
        self.paragraph_cuts: list[tuple[str, Callable[[Any, str, str], Any]]] = []
        """The functions that it registers for paragraphs, in order, with the marks these hold."""

    def validateLink(self, url: str) -> bool:  # noqa: ARG002, N802 - markdown-it's name
        """Whether a definition may have this target: any, as the reader of a page has to agree."""
        return True

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - markdown-it's name
        """Return a definition's target in markdown-it's spelling."""
        return url if _PLAIN_URL.fullmatch(url) else super().normalizeLink(url)

    def blocks(self, source: str, first_line: int = 0) -> tuple[list[Token], dict[str, Any]]:
        r"""The block tokens of `source` (lines ended by ``\n``) and what it defines for them.

        Lines before `first_line` (from 0) are passed over.

        Raises `NestingError` where blocks are nested too deep.
        """
        environment: dict[str, Any] = {FIRST_LINE: first_line}
        state = StateCore(source, self, environment)
        self.core.process(state)
        return state.tokens, environment


def text_range(state: StateBlock, line: int) -> Range:
    """The range of a line's own text, after the container's prefix and indent."""
    return state.bMarks[line] + state.tShift[line], state.eMarks[line]


def text_ranges(state: StateBlock, start: int, end: int) -> tuple[Range, ...]:
    """Return `text_range` for each of some lines."""
    begins, shifts, ends = state.bMarks, state.tShift, state.eMarks
    return tuple([(begins[line] + shifts[line], ends[line]) for line in range(start, end)])


def line_text(state: StateBlock, line: int) -> str:
    """A line's own text, without the container's prefix and indent."""
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def indented_end(state: StateBlock, line: int, end: int, indent: int) -> int:
    """The line after the last one, from `line` on, that is indented by `indent` columns or more.

    Blank lines at the end are left to what follows.
    """
    last = line
    while line < end and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        if not state.isEmpty(line - 1):
            last = line
    return last
