"""The check for translations in a wrong language, by script first and by langdetect then."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.checks import Remark, catalog_check
from toolkit.language.detection import most_probable, profiles, shared_languages
from toolkit.language.scripts import HAN_SCRIPTS, is_known, kana, letters, letters_of
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.checks.subject import Pair, Subject
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message

_WORD = re.compile(r"[A-Za-z0-9_./\\-]+")
_NAME_MARK = re.compile(r"[/_\\]|\.\w")
_LEAST_LETTERS = 40
"""Below this a text is too short to tell its language; short texts give wild guesses."""
_OWN_SHARE = 0.1
"""Share of letters in its own script that a page has at least; the others are names."""
_KANA_SHARE = 0.05
_SURE = 0.9
_SINGLE_LETTERS = 60
_CERTAIN = 0.99


class _Text(NamedTuple):
    """The translations of one page as one text."""

    first: Message
    text: str


@catalog_check("wrong-language", Severity.WARNING)
def wrong_language(subject: Subject) -> Iterator[Remark]:
    """The translations of a page, taken together, are not in the catalog's language.

    Decided by the script or, if languages share one, by langdetect among the source language, the
    project's locales and English. Pages with fewer than forty letters are not checked.
    Bad:  French texts in `locales/de/…`
    Good: German texts in `locales/de/…`
    """
    for page in _pages(subject):
        if letters(page.text) < _LEAST_LETTERS:
            continue
        other = _other_script(page.text, subject.locale) or _other_language(page.text, subject)
        if other:
            name = subject.locale.english_name
            yield Remark(
                f"the page's translations look like {other}, not {name}", message=page.first
            )


def _pages(subject: Subject) -> list[_Text]:
    """The translations by the page that their messages name first, without names of files."""
    pages: dict[str, list[Pair]] = {}
    for pair in subject.pairs:
        if pair.translation == pair.source:
            continue
        place = (pair.message.references or ("",))[0]
        pages.setdefault(place.rpartition(":")[0] or place, []).append(pair)
    return [
        _Text(pairs[0].message, "\n".join(_without_names(pair.plain_translation) for pair in pairs))
        for pairs in pages.values()
    ]


def _without_names(text: str) -> str:
    """A text without what looks like the name of a file or of a thing in a program."""
    return _WORD.sub(lambda word: " " if _NAME_MARK.search(word[0]) else word[0], text)


def _other_script(text: str, locale: Locale) -> str:
    """Return the script of a text if it is clearly not the locale's."""
    script = locale.script
    if not is_known(script):
        return ""
    if letters_of(text, script) < _OWN_SHARE * letters(text):
        return "a language of another script"
    han = letters_of(text, "Hani") if script in HAN_SCRIPTS else 0
    if script == "Jpan" and han >= _LEAST_LETTERS and kana(text) < _KANA_SHARE * han:
        return "Chinese"
    if script in {"Hans", "Hant"} and kana(text) > _OWN_SHARE * han:
        return "Japanese"
    return ""


def _other_language(text: str, subject: Subject) -> str:
    """The language of a text among those of its script, when it is surely not the locale's."""
    wanted = subject.locale.language
    script = subject.locale.script
    # A language may have several scripts; those of another one were not looked at.
    names = {
        locale.language: locale.english_name
        for locale in (*subject.locales, subject.source, subject.locale)
        if locale.script == script
    }
    if script == "Latn":
        names.setdefault("en", "English")
    known = names.keys() & profiles().keys()
    if wanted not in known or len(known) == 1:
        return ""
    best, probability = most_probable(text, known)
    return "" if best == wanted or probability < _SURE else names[best]


def another_language(text: str, locale: Locale) -> str:
    """Return the language of one translation, if it is clearly not the locale's; else nothing.

    Asks for more letters and more certainty than the check, as it looks at a single text.
    """
    if letters(text) < _LEAST_LETTERS:
        return ""
    other = _other_script(text, locale)
    shared = shared_languages(locale.script)
    if other or locale.language not in shared or letters(text) < _SINGLE_LETTERS:
        return other
    best, probability = most_probable(_without_names(text), shared)
    return "" if best == locale.language or probability < _CERTAIN else f"another language ({best})"
