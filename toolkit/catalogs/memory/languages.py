"""Choose the language tags of a TMX file that serve a locale of the project."""

from __future__ import annotations

from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from toolkit.language.locale import locale_of
from toolkit.model.errors import SettingsError

if TYPE_CHECKING:
    from toolkit.language.locale import Locale

_OLD = {"zh-chs": "zh-hans", "zh-cht": "zh-hant", "sh": "sr-latn"}
"""Tags of older programs that are no BCP 47, or no longer."""
_SAME = {"nb": "no"}
"""Languages with two codes in use, which CLDR keeps apart."""
_EXTENDED = 3
_SCRIPT = 4


class _Parts(NamedTuple):
    """The subtags that decide, in lower case; empty where a tag has none."""

    language: str
    script: str
    region: str


def nearness(tag: str, locale: Locale) -> int | None:
    """Rank a tag by nearness to a locale: 0 the same tag, 1 the same region, 2 one has no region.

    `None` for another language, another script or another region: `zh-TW` is not near `zh-Hans`,
    nor `pt-PT` near `pt-BR`. Case does not count, `_` stands for `-` as well (RFC 5646, 2.1.1), and
    a script that is not written comes from CLDR's likely subtags.
    """
    found, wanted = _plain(tag), _plain(locale.tag)
    if found == wanted:
        return 0
    one, other = _parts(found), _parts(wanted)
    language = _language(one.language)
    if not language or language != _language(other.language) or _script(one) != _script(other):
        return None
    if one.region == other.region:
        return 1
    return None if one.region and other.region else 2


def _plain(tag: str) -> str:
    plain = tag.strip().replace("_", "-").lower()
    return _OLD.get(plain, plain)


def _parts(tag: str) -> _Parts:
    """The parts of a tag, which may stand in an older order: `sr-sp-latn`."""
    subtags = takewhile(lambda subtag: len(subtag) > 1, tag.split("-"))
    language, others = next(subtags, ""), list(subtags)
    if others and len(others[0]) == _EXTENDED and others[0].isalpha():
        language = others.pop(0)
    script = next((one for one in others if len(one) == _SCRIPT and one.isalpha()), "")
    return _Parts(language, script, next(filter(_is_region, others), ""))


def _is_region(subtag: str) -> bool:
    return (len(subtag), subtag.isalpha(), subtag.isdigit()) in {(2, True, False), (3, False, True)}


@lru_cache(maxsize=32768)
def _language(code: str) -> str:
    """A language by its usual code, `de` for `ger`; empty when there is no such language."""
    if not (code.isalpha() and code.isascii() and len(code) <= _EXTENDED):
        return ""
    try:
        language = locale_of(code).language
    except SettingsError:
        return ""
    return _SAME.get(language, language)


@lru_cache(maxsize=4096)
def _script(parts: _Parts) -> str:
    """The script of a tag in lower case: its own, its region's, or its language's."""
    if parts.script:
        return parts.script
    for tag in (f"{parts.language}-{parts.region}", parts.language):
        try:
            return locale_of(tag).script.lower()
        except SettingsError:
            continue
    return ""
