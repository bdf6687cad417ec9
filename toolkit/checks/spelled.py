"""Numbers in words, by a table made of CLDR's rules."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.language.scripts import WITHOUT_BLANKS

if TYPE_CHECKING:
    from toolkit.language.locale import Locale

_FILE = Path(__file__).with_name("spelled_numbers.json")
_FROM_NOTHING = re.compile(
    r"(?<![\d.])0\s*(?:→|->|=>|[–—-]|到|至|から|to|auf|bis|à|al?|до)\s*1(?![\d.]|\s*%)",
    re.IGNORECASE,
)
"""The phrase "from 0 to 1": Chinese for "from scratch", which no other language says in numbers."""


def without_idioms(text: str) -> str:
    """A text without the numbers that are only a manner of speaking."""
    return _FROM_NOTHING.sub(" ", text)


def is_spelled(number: int, text: str, locale: Locale) -> bool:
    """Whether a text has a number in words of its language, whatever their endings."""
    words = _words(locale.language).get(str(number))
    if not words:
        return False
    start = "" if locale.script in WITHOUT_BLANKS else r"(?<!\w)"
    pattern = "|".join(map(re.escape, (*words, *_without_one(number, locale.language))))
    return bool(re.search(f"{start}(?:{pattern})", text.lower()))


def numbers_spelled(text: str, locale: Locale) -> frozenset[int]:
    """The numbers that a text has in words of its language."""
    numbers = map(int, _words(locale.language))
    return frozenset(number for number in numbers if is_spelled(number, text, locale))


def _without_one(number: int, language: str) -> list[str]:
    """The words of a round number that start with "one" without that: a hundred, tausend."""
    if number not in {100, 1000}:
        return []
    table = _words(language)
    rests = (
        word.removeprefix(one).strip()
        for word in table[str(number)]
        for one in table.get("1", ())
        if word.startswith(one)
    )
    return [rest for rest in rests if len(rest) > 1]


@cache
def _words(language: str) -> dict[str, list[str]]:
    return _table().get(language, {})


@cache
def _table() -> dict[str, dict[str, list[str]]]:
    return dict(json.loads(_FILE.read_text(encoding="utf-8")))
