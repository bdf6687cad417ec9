"""The private marks around units: punctuation to every Markdown reader.

Emphasis next to them opens and closes as it did; their numbers are private characters that no rule
knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_PAIRS = ("⸤⸥", "⸢⸣", "⧘⧙", "⧚⧛", "⦗⦘")
_DIGITS = "".join(map(chr, range(0xE0F0, 0xE0FA)))
_END = "\ue0fa"
_TO_DIGITS = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS = str.maketrans(_DIGITS, "0123456789")


@dataclass(frozen=True, slots=True)
class Markers:
    """The marks of one page."""

    opening: str
    closing: str

    @classmethod
    def unlike(cls, *texts: str) -> Markers:
        """Return marks that stand in none of the texts."""
        pairs = (
            pair for pair in _PAIRS if not any(mark in text for text in texts for mark in pair)
        )
        pair = next(pairs, _PAIRS[0])
        return cls(pair[0], pair[1])

    def around(self, number: int, text: str) -> str:
        """Return a text with the marks of a unit around it."""
        name = str(number).translate(_TO_DIGITS)
        # Something after `[label]:` would make a definition of it.
        rest = ":" if text.endswith("]:") else ""
        text = text.removesuffix(rest)
        start, end = f"{self.opening}{name}", f"{self.opening}{_END}{name}"
        return f"{start}{self.closing}{text}{end}{self.closing}{rest}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a mark: whether it ends a unit, and the unit's number."""
        opening, closing = re.escape(self.opening), re.escape(self.closing)
        return re.compile(f"{opening}({_END}?)([{_DIGITS}]+){closing}")

    @property
    def whole(self) -> re.Pattern[str]:
        """The pattern of a text that is the text of one unit: this, and the unit's number."""
        opening, closing = re.escape(self.opening), re.escape(self.closing)
        return re.compile(
            rf"\s*{opening}(?P<number>[{_DIGITS}]+){closing}(?P<text>[^{opening}]*)"
            rf"{opening}{_END}(?P=number){closing}\s*"
        )

    def number(self, digits: str) -> int:
        """Return the number that stands in a mark."""
        return int(digits.translate(_FROM_DIGITS))

    def split(self, text: str) -> Iterator[tuple[str, bool, int]]:
        """Yield the text before each mark with whether it ends a unit, and its number."""
        position = 0
        for match in self.pattern.finditer(text):
            yield (
                text[position : match.start()],
                bool(match[1]),
                self.number(match[2]),
            )
            position = match.end()
        yield text[position:], False, -1
