"""The marks at the ends of texts, and questions without one."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.language.punctuation import MEANINGS

if TYPE_CHECKING:
    from toolkit.language.locale import Locale

MARKS = frozenset("?!:")
"""The marks that a translation ends with if its source does."""
_CLOSERS = " \t\n\"'”’»」』)）*_"
_OWN = {"el": {";": "?"}}
"""Marks that mean something else in a language."""
_ASKING = {
    "zh": re.compile(
        r"[吗嗎呢谁誰哪][^。！]*$|什[么麼]|怎[么麼样樣]|如何|[为為]何|何[时時]|多少|几[个次种步]"
        r"|幾[個次種步]|[是能可]否|有[没沒]有|[会是能]不[会是能]"
    ),
    "ja": re.compile(r"か[。．.]?$"),
    "ko": re.compile(r"(?:까|나요|가요|는지)[.]?$"),
}
"""Words by which a language asks that needs no question mark for it."""


def ending(text: str, locale: Locale) -> str:
    """Return the class of a text's last mark: `?`, `!`, `:`, `.` or none."""
    last = text.rstrip(_CLOSERS)[-1:]
    mark = _OWN.get(locale.language, {}).get(last) or MEANINGS.get(last, "")
    return mark if mark in MARKS or mark == "." else ""


def asks_by_words(text: str, locale: Locale) -> bool:
    """Whether a text that ends with a full stop or no mark may be a question all the same."""
    words = _ASKING.get(locale.language)
    return bool(words and ending(text, locale) in {"", "."} and words.search(text.rstrip(_CLOSERS)))
