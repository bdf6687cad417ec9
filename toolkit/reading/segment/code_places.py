"""Locate the content of a code block in the source, behind the prefix of its container."""

from __future__ import annotations

from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.token import Token

    from toolkit.dialects.parser import Range


class CodePlaces:
    """The places of a code block's lines; `line_start` tells where a line of the source starts."""

    def __init__(self, token: Token, source: str, line_start: Callable[[int], int]) -> None:
        first = (token.map or [0, 0])[0] + (token.type == "fence")
        self._start = line_start(first)
        self._is_alike = source.startswith(token.content, self._start)
        """Whether nothing stands in front of the lines."""
        self.prefix = ""
        """The prefix of the first line that has content."""
        if not self._is_alike:
            self._compare(token, source, first, line_start)

    def _compare(
        self, token: Token, source: str, first: int, line_start: Callable[[int], int]
    ) -> None:
        """Find the place of each line behind its prefix."""
        lines = token.content.split("\n")
        self._contents = [0]
        self._sources: list[int | None] = []
        for number, line in enumerate(lines[: -1 if token.content.endswith("\n") else None]):
            start, end = line_start(first + number), line_start(first + number + 1)
            text = source[start:end].removesuffix("\n")
            # Half a tab may be taken for the container's; such a line has no place.
            own = text.endswith(line) or not line.strip()
            self._sources.append(start + max(len(text) - len(line), 0) if own else None)
            if not self.prefix and line.strip() and own:
                self.prefix = text[: len(text) - len(line)]
            self._contents.append(self._contents[-1] + len(line) + 1)

    def span(self, start: int, end: int) -> Range | None:
        """The place of a piece of the content, `None` where a line of it has none."""
        if self._is_alike:
            return self._start + start, self._start + end
        first, last = self._line(start), self._line(end - 1)
        begin, finish = self._sources[first], self._sources[last]
        if begin is None or finish is None or None in self._sources[first:last]:
            return None
        return begin + start - self._contents[first], finish + end - self._contents[last]

    def _line(self, offset: int) -> int:
        return min(bisect_right(self._contents, offset), len(self._sources)) - 1
