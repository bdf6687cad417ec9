"""The fixes of `yiben check --fix`: what has one correct form, and style on request."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.checks.subject import LINK_END, OBJECT, Pair
from toolkit.checks.targets import loose_links
from toolkit.checks.typography import (
    ARABIC_MARK,
    ARABIC_MARKS,
    ARABIC_SCRIPT,
    FRENCH_GAP,
    NARROW,
    QUOTED,
    QUOTES,
    is_french,
    spelled_blanks,
)
from toolkit.language.characters import HAN
from toolkit.language.field import language_field
from toolkit.language.punctuation import WIDE
from toolkit.model.expressions import late
from toolkit.model.findings import Fix

if TYPE_CHECKING:
    from toolkit.checks.subject import Subject
    from toolkit.model.catalog import Catalog, Message

_TIGHT = late(rf"(?<=[{HAN}])(?=[A-Za-z0-9])|(?<=[A-Za-z0-9])(?=[{HAN}])")
_LOOSE = late(
    rf"(?<=[^\s{OBJECT}])[ \t]+(?=[，。；：？！、）》」』】])"
    rf"|(?<=[，。；：？！、（《「『【])[ \t]+(?=[^\s{OBJECT}])"
)
_NARROW = late(rf"(?<=[{HAN}])[,;:?!](?=[\s\[*“（「{HAN}]|$)")
_WIDE = {mark: WIDE[mark] for mark in ",;:?!"}

_Fix = Callable[[str, "Message", "Subject"], str]
"""A function from a translation to the fixed one."""


def fixed(subject: Subject, chosen: Collection[str], named: Collection[str]) -> Catalog:
    """The catalog with what is safe to mend mended.

    `chosen` are the checks that run; those of style mend only what the user has `named`.
    """
    catalog = replace(subject.catalog, header=_header(subject, chosen))
    fixes = [fix for check, fix in _SAFE.items() if check in chosen]
    fixes += [
        fix
        for check, fix in _STYLE.items()
        if check in named and subject.locale.language in _LANGUAGES[check]
    ]
    messages = tuple(_mended(message, subject, fixes) for message in catalog.messages)
    return replace(catalog, messages=messages)


def _mended(message: Message, subject: Subject, fixes: Collection[_Fix]) -> Message:
    if not message.translated or message.id_plural:
        return message
    string = message.string
    for fix in fixes:
        string = fix(string, message, subject)
    return message if string == message.string else replace(message, string=string)


def _header(subject: Subject, chosen: Collection[str]) -> tuple[tuple[str, str], ...]:
    """The header with the language and the plural forms where they are missing."""
    fields = dict(subject.catalog.header)
    if len(fields) < len(subject.catalog.header):
        return subject.catalog.header
    if "language" in chosen and not fields.get("Language"):
        fields["Language"] = language_field(subject.locale)
    if "plural-forms" in chosen and not fields.get("Plural-Forms"):
        fields["Plural-Forms"] = subject.locale.plural_forms
    return tuple(fields.items())


def _edge_newlines(string: str, message: Message, _subject: Subject) -> str:
    """The translation with a line break at its edges where the source has one, and none else."""
    core = string.strip("\n")
    if not core:
        return string
    before = "\n" if message.id.startswith("\n") else ""
    after = "\n" if message.id.endswith("\n") else ""
    same = (string[:1] == "\n") == bool(before) and (string[-1:] == "\n") == bool(after)
    return string if same else f"{before}{core}{after}"


def _edge_blanks(string: str, message: Message, _subject: Subject) -> str:
    if not message.id[:1].isspace():
        string = string.lstrip(" \t\u00a0\u3000") or string
    if not message.id[-1:].isspace():
        string = string.rstrip(" \t\u00a0\u3000") or string
    return string


def _masked(string: str, subject: Subject) -> str:
    """The translation with a mark for every character that is code, target or tag."""
    return subject.dialect.wordless.sub(lambda match: OBJECT * len(match[0]), string)


def _spacing(string: str, _message: Message, subject: Subject) -> str:
    for pattern, put in ((_TIGHT, " "), (_LOOSE, "")):
        found = list(pattern.finditer(_masked(string, subject)))
        for match in reversed(found):
            string = string[: match.start()] + put + string[match.end() :]
    return string


def _punctuation(string: str, _message: Message, subject: Subject) -> str:
    for match in _NARROW.finditer(_masked(string, subject)):
        string = string[: match.start()] + _WIDE[match[0]] + string[match.end() :]
    return string


def _prose(string: str, subject: Subject) -> str:
    """The translation with marks for what `_masked` hides, and for links' targets and titles."""
    return _masked(LINK_END.sub(lambda match: OBJECT * len(match[0]), string), subject)


def _french(string: str, _message: Message, subject: Subject) -> str:
    text = _prose(spelled_blanks(string), subject)
    found = list(FRENCH_GAP.finditer(text)) if is_french(subject) else []
    for match in reversed(found):
        string = string[: match.start()] + NARROW + string[match.end() :]
    return string


def _quotes(string: str, _message: Message, subject: Subject) -> str:
    before, after = QUOTES[subject.locale.language]
    for match in reversed(list(QUOTED.finditer(_prose(string, subject)))):
        inner = string[match.start(1) : match.end(1)]
        string = string[: match.start()] + before + inner + after + string[match.end() :]
    return string


def _arabic(string: str, _message: Message, subject: Subject) -> str:
    for match in ARABIC_MARK.finditer(_prose(string, subject)):
        string = string[: match.start()] + ARABIC_MARKS[match[0]] + string[match.end() :]
    return string


def _loose_links(string: str, message: Message, subject: Subject, *, absolute: bool) -> str:
    """The translation with links that work again."""
    pair = Pair(replace(message, string=string), subject.dialect.wordless)
    for one in reversed(loose_links(pair, subject, absolute=absolute)):
        string = string[: one.start] + one.right + string[one.start + len(one.written) :]
    return string


_SAFE: Mapping[str, _Fix] = {
    "edge-newline": _edge_newlines,
    "edge-blank": _edge_blanks,
    "link-target": partial(_loose_links, absolute=False),
    "url": partial(_loose_links, absolute=True),
}
_STYLE: Mapping[str, _Fix] = {
    "chinese-spacing": _spacing,
    "chinese-punctuation": _punctuation,
    "french-spacing": _french,
    "quotation-marks": _quotes,
    "arabic-punctuation": _arabic,
}
_LANGUAGES: Mapping[str, Collection[str]] = {
    "chinese-spacing": ("zh",),
    "chinese-punctuation": ("zh",),
    "french-spacing": ("fr",),
    "quotation-marks": tuple(QUOTES),
    "arabic-punctuation": tuple(ARABIC_SCRIPT),
}
"""The languages whose texts a fix of style knows."""


def fix_of(check: str, message: Message | None, subject: Subject) -> Fix:
    """Return how `fixed` treats a finding of a check, at a message or in the header."""
    if message is None:
        mended = check in _HEADER and _header(subject, (check,)) != subject.catalog.header
        return Fix.SAFE if mended else Fix.NONE
    own = subject.locale.language in _LANGUAGES.get(check, ())
    style = _STYLE.get(check) if own else None
    fix = _SAFE.get(check) or style
    if not fix or _mended(message, subject, (fix,)) is message:
        return Fix.NONE
    return Fix.SAFE if check in _SAFE else Fix.STYLE


_HEADER = frozenset({"language", "plural-forms"})
