"""Whether an edit that a writer calls harmless is small, and changes nothing that matters.

What matters are numbers, code, targets, names, questions, and words that change the meaning,
such as "not", "must" and "before".
"""

from __future__ import annotations

import json
import re
from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.carrying import slots_of
from toolkit.catalogs.merge.likeness import is_misspelled, words
from toolkit.checks.spelled import numbers_spelled
from toolkit.language.scripts import WITHOUT_BLANKS
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale

_FILE = Path(__file__).with_name("deciding_words.json")
_KINDS = {
    "code": "code",
    "target": "a target",
    "address": "a target",
    "tag": "a tag",
    "attributes": "an attribute list",
    "macro": "a macro",
    "number": "a number",
}
_LABEL = late(r"(?<=\])\[[^\[\]]{0,999}\]|\[\^[^\[\]]{1,999}\]")
_NAME = late(r"[^\W\d_]*[A-Z][^\W\d_]*[A-Z]\w*|\w*[a-z][A-Z]\w*|\w*\d\w*|\w+_\w*|_\w+")
_ENGLISH_NOT = late(r"n[’']t\b", re.IGNORECASE)
_TOKEN = late(r"\w+")
_PREFIXES = "un in im ir il dis non de en mis anti re under over pre post".split()
_PREFIX = late(rf"^(?:{'|'.join(_PREFIXES)})-?(?=\w{{3}})")
_ENDING = late(r"(?<=\w{3})(?:less|ful|free)$")
_INSIDE_WORDS = frozenset({"ko", "th", "km", "lo", "my"})
"""Languages whose deciding words are parts of others, though the script puts blanks between them.
"""
_SHARE = 0.2
"""The share of its words that an edit may change."""
_SHORT = 4
"""The number of words above which one word of a text may be replaced."""


def objection(old: str, new: str, locale: Locale) -> str:
    """Why an edit may change what a text says; empty for one that is small and harmless."""
    return next(filter(None, _objections(old, new, locale)), "")


def _objections(old: str, new: str, locale: Locale) -> Iterator[str]:
    before, after = (Counter(slots_of(text)) for text in (old, new))
    changed = sorted((before - after) | (after - before))
    yield next((f"{_KINDS[kind]} changed" for kind, _ in changed if kind in _KINDS), "")
    if Counter(_LABEL.findall(old)) != Counter(_LABEL.findall(new)):
        yield "a target changed"
    if numbers_spelled(old, locale) != numbers_spelled(new, locale):
        yield "a number changed"
    yield _decided(old, new, locale)
    if _questions(old) != _questions(new):
        yield "a question mark changed"
    yield _changed_words(old, new, locale)


def _questions(text: str) -> int:
    return sum(text.count(mark) for mark in "?？؟")


def _decided(old: str, new: str, locale: Locale) -> str:
    """The word whose change affects the meaning, such as a negation."""
    before, after = (_deciding(text, locale) for text in (old, new))
    changed = sorted((before - after) | (after - before))
    return f"“{changed[0]}” changes the meaning" if changed else ""


def _deciding(text: str, locale: Locale) -> Counter[str]:
    inside = locale.script in WITHOUT_BLANKS or locale.language in _INSIDE_WORDS
    pattern = _expression(locale.language, inside=inside)
    found = Counter(pattern.findall(text.lower()) if pattern else ())
    return found + Counter({"n't": len(_ENGLISH_NOT.findall(text))})


@cache
def _expression(language: str, *, inside: bool) -> re.Pattern[str] | None:
    """The words of a language that decide, the longest first; with `inside` also within words."""
    listed = _table().get(language)
    if listed is None:
        return None
    choice = "|".join(re.escape(word) for word in sorted(listed, key=len, reverse=True))
    return re.compile(choice if inside else rf"(?<!\w)(?:{choice})(?!\w)")


@cache
def _table() -> dict[str, list[str]]:
    return {
        language: text.split()
        for language, text in json.loads(_FILE.read_text(encoding="utf-8")).items()
    }


def _changed_words(old: str, new: str, locale: Locale) -> str:
    """Whether words became names or opposites, or too many became others."""
    if _names(old) != _names(new):
        return "a name changed"
    before, after = words(old), words(new)
    changed, misspelled = 0, True
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        if _are_opposites(before[a:b], after[c:d]):
            return "a word became its opposite"
        changed += max(b - a, d - c)
        misspelled = misspelled and is_misspelled(before[a:b], after[c:d])
    if misspelled:
        return ""
    known = locale.language in _table()
    small = changed <= max(1, int(_SHARE * len(before))) and len(before) >= _SHORT
    return "" if small and known else "more than a few letters changed"


def _names(text: str) -> Counter[str]:
    return Counter(word for word in _TOKEN.findall(text) if _NAME.fullmatch(word))


def _are_opposites(old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether a word gained or lost what turns its meaning round: `enable`, `disable`."""
    pairs = zip(old, new, strict=False)
    return any(one != other and _stem(one) == _stem(other) for one, other in pairs)


def _stem(word: str) -> str:
    return _ENDING.sub("", _PREFIX.sub("", word))
