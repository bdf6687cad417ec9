"""Numbers in front of a word for their size: 100 万 is 1 million."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from toolkit.checks.spelled import is_spelled
from toolkit.language.scripts import WITHOUT_BLANKS

if TYPE_CHECKING:
    from toolkit.language.locale import Locale

_DIGITS = r"(?<![\d.,])(?P<digits>\d+(?:[.,]\d+)*)"
_ABOUT = "[多余餘]?"
"""Chinese puts "more than" between the number and the word."""
_THOUSANDS = re.compile(r"[.,](?=\d{3}(?!\d))")


def amounts(text: str, locale: Locale) -> dict[int, int]:
    """Return the values of numbers with a word for their size, by each number in their digits.

    Of "1.5 million" these are 1 and 5.
    """
    found: dict[int, int] = {}
    words = locale.size_words
    if not words or not any(character.isdigit() for character in text):
        return found
    for match in _pattern(tuple(words), bare=locale.script in WITHOUT_BLANKS).finditer(text):
        digits = _THOUSANDS.sub("", match["digits"])
        value = _value(digits, words[match["word"].lower()])
        found |= dict.fromkeys(map(int, re.findall(r"\d+", digits)), value)
    return found


def has_amount(value: int, text: str, numbers: frozenset[int], locale: Locale) -> bool:
    """Whether a text has an amount, in digits, with a word for its size, or in words alone."""
    if value in numbers or value in amounts(text, locale).values():
        return True
    lowered = text.lower()
    return any(
        word in lowered and value % size == 0 and is_spelled(value // size, text, locale)
        for word, size in locale.size_words.items()
    )


def _value(digits: str, size: int) -> int:
    """The value of digits with a decimal point or comma, or without."""
    whole, _, part = digits.replace(",", ".").partition(".")
    return round(float(f"{whole}.{part.replace('.', '') or 0}") * size)


@cache
def _pattern(words: tuple[str, ...], *, bare: bool) -> re.Pattern[str]:
    longest = "|".join(map(re.escape, sorted(words, key=len, reverse=True)))
    end = "" if bare else r"(?!\w)"
    return re.compile(rf"{_DIGITS}\s*{_ABOUT}\s*(?P<word>{longest}){end}", re.IGNORECASE)
