"""Read the parentheses of an inline link as Python-Markdown does.

Blanks may stand in a target, and quotes anywhere. The first quote is taken for a title's, so that
parentheses after it close the link only where a quote stands before them; where none does, as
many parentheses of either kind are counted as were open (`LinkInlineProcessor.getLink`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from itertools import accumulate

from toolkit.dialects.inline.resource import Resource

_OPENING = re.compile(r"""\(\s*+(?:<([^<>]*+)>\s*+(?:(?:'[^']*+'|"[^"]*+")\s*+)?+\))?""")
_PARENTHESIS = re.compile(r"[()]")
_QUOTE = re.compile(r"[\"']")
_CLOSED = re.compile(r"([\"'])[ ]*+\)")


class LooseResources:
    """The targets in one text; each is found without reading on."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __call__(self, opened: int) -> Resource | None:
        """The target between parentheses that open at `opened`."""
        opening = _OPENING.match(self._text, opened)
        if opening is None:
            return None
        if opening[1] is not None:
            return Resource(*_stripped(self._text, *opening.span(1)), opening.end())
        found = self._ends(opened)
        if found is None:
            return None
        end, behind = found
        return Resource(*_stripped(self._text, opening.end(), max(opening.end(), end)), behind)

    def _ends(self, opened: int) -> tuple[int, int] | None:
        """Return the end of a target and the end of its link."""
        closing = self._pairs.get(opened, -1)
        first = bisect_right(self._quotes, opened)
        quote = self._quotes[first] if first < len(self._quotes) else len(self._text)
        if 0 <= closing < quote:
            return closing, closing + 1
        if quote == len(self._text):
            return None
        return self._titled(quote) or self._counted(opened, quote)

    def _titled(self, quote: int) -> tuple[int, int] | None:
        """The ends where a title of either quotes is closed before a parenthesis."""
        mark = self._text[quote]
        other = self._text.find("\"'".replace(mark, ""), quote)
        found = [(self._closed(quote), quote)]
        if other >= 0:
            found.append((self._closed(other), other))
        behind, start = min(found)
        return (start, behind) if behind <= len(self._text) else None

    def _closed(self, quote: int) -> int:
        """The end of the first parenthesis that the same quote stands before again."""
        starts, ends = self._closings[self._text[quote]]
        index = bisect_right(starts, quote)
        return ends[index] if index < len(ends) else len(self._text) + 1

    def _counted(self, opened: int, quote: int) -> tuple[int, int] | None:
        """The ends where no title is closed: as many parentheses as are open at the quote."""
        places, depths = self._parentheses
        first = bisect_right(places, quote)
        level = depths[first] - depths[bisect_right(places, opened) - 1]
        if first + level > len(places):
            return None
        last = places[first + level - 1]
        if self._text[last] == "(":
            # The program then takes the text up to its end but for two characters.
            return len(self._text) - 2, len(self._text) - 1
        return last, last + 1

    @cached_property
    def _quotes(self) -> list[int]:
        return [match.start() for match in _QUOTE.finditer(self._text)]

    @cached_property
    def _closings(self) -> dict[str, tuple[list[int], list[int]]]:
        """The places of quotes before a parenthesis, and the ends of these."""
        found: dict[str, tuple[list[int], list[int]]] = {'"': ([], []), "'": ([], [])}
        for match in _CLOSED.finditer(self._text):
            starts, ends = found[match[1]]
            starts.append(match.start())
            ends.append(match.end())
        return found

    @cached_property
    def _parentheses(self) -> tuple[list[int], list[int]]:
        """The places of all parentheses, and how deep each prefix of them is."""
        found = list(_PARENTHESIS.finditer(self._text))
        steps = (1 if match[0] == "(" else -1 for match in found)
        return [match.start() for match in found], list(accumulate(steps, initial=0))

    @cached_property
    def _pairs(self) -> dict[int, int]:
        """The closing parenthesis of each opening one."""
        pairs: dict[int, int] = {}
        opened: list[int] = []
        for place in self._parentheses[0]:
            if self._text[place] == "(":
                opened.append(place)
            elif opened:
                pairs[opened.pop()] = place
        return pairs


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    """A range without the blanks at its ends."""
    content = text[start:end]
    start += len(content) - len(content.lstrip())
    return start, start + len(content.strip())
