"""Runs of backticks, and which of them make code spans."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN = re.compile("`+")
_RUN_OR_ESCAPE = re.compile(r"`+|\\.", re.DOTALL)
_ESCAPED_RUN = re.compile(r"\\?`+")


class Code(NamedTuple):
    """A code span: where it starts and ends with its backticks, and what stands between."""

    start: int
    end: int
    inner: int
    inner_end: int


class Runs:
    """The runs of backticks in a text; every question is answered without reading on."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.found = [match.span() for match in RUN.finditer(text)]
        self._starts = [start for start, _ in self.found]
        self._alike: dict[int, list[int]] = defaultdict(list)
        for start, end in self.found:
            self._alike[end - start].append(start)
        self._met: dict[int, int] = {}
        self._looked_through = False

    @cached_property
    def _longest(self) -> list[tuple[int, int]]:
        """The length and start of the first longest run from each run on."""
        longest: list[tuple[int, int]] = [(0, 0)]
        for start, end in reversed(self.found):
            longest.append(max(longest[-1], (end - start, start), key=lambda one: one[0]))
            if end - start == longest[-1][0]:
                longest[-1] = (end - start, start)
        return longest[::-1]

    def end_of(self, start: int) -> int:
        """The end of the run that the backtick at `start` is part of."""
        index = bisect_left(self._starts, start + 1) - 1
        return self.found[index][1]

    def code_at(self, start: int) -> Code | None:
        """The code span that starts at `start`: up to the next run of the same length."""
        inner = self.end_of(start)
        length = inner - start
        closing = self._next(length, inner)
        if closing < 0:
            return None
        return Code(start, closing + length, inner, closing)

    def span_end(self, start: int) -> int:
        """The end of the code span that starts at `start`, or of the run where there is none."""
        code = self.code_at(start)
        return code.end if code else self.end_of(start)

    def spans(self, *, escapes: bool) -> Iterator[tuple[int, int]]:
        """Yield start and end of each code span, and of each run that makes none.

        With `escapes` a backtick after a backslash starts neither.
        """
        position = 0
        pattern = _RUN_OR_ESCAPE if escapes else RUN
        while match := pattern.search(self._text, position):
            start, position = match.span()
            if match[0][0] == "`":
                position = self.span_end(start)
                yield start, position

    def has_loose(self) -> bool:
        """Whether a run makes no code, nor is in any."""
        position = 0
        for start, _ in self.found:
            if start >= position:
                code = self.code_at(start)
                if code is None:
                    return True
                position = code.end
        return False

    def code_as_in_cmark(self, start: int) -> Code | None:
        """The same as cmark finds it, which forgets where runs of a length stood last.

        Once it has looked through a text for a run that is not there, it takes the runs of each
        length that it met last for the last ones there are (cmark's `scan_to_closing_backticks`).
        """
        inner = self.end_of(start)
        length = inner - start
        if self._looked_through and self._met.get(length, 0) <= inner:
            return None
        for index in range(bisect_left(self._starts, inner), len(self.found)):
            run, end = self.found[index]
            self._met[end - run] = run
            if end - run == length:
                return Code(start, end, inner, run)
        self._looked_through = True
        return None

    def loose_code_at(self, start: int) -> Code | None:
        """The same as Python-Markdown finds it: the longest shorter run closes as well."""
        code = self.code_at(start)
        if code:
            return code
        inner = self.end_of(start)
        length, closing = self._longest[bisect_left(self._starts, inner)]
        if not 0 < length < inner - start:
            return None
        return Code(start, closing + length, start + length, closing)

    def _next(self, length: int, position: int) -> int:
        known = self._alike.get(length, ())
        index = bisect_left(known, position)
        return known[index] if index < len(known) else -1


def escaped_runs(text: str) -> Iterator[re.Match[str]]:
    """Yield the runs of backticks of a text, each with the backslash in front of it."""
    return _ESCAPED_RUN.finditer(text)
