"""The `Language` of a catalog's header: as gettext spells locales, and which spellings agree.

gettext names a locale by language and country, and a script that is not the usual one there by a
modifier (its manual, "Header Entry" and "Locale Names"): `zh_CN`, `pt_BR`, `sr@latin`. Poedit and
Weblate read these; BCP 47's script subtags they do not all know.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.language.locale import likely_script, locale_of
from toolkit.model.errors import SettingsError

if TYPE_CHECKING:
    from toolkit.language.locale import Locale

_CHINESE = {"Hans": "CN", "Hant": "TW"}
"""Express the two scripts of Chinese by a country."""
_MODIFIERS = {
    "Arab": "arabic",
    "Beng": "bengali",
    "Cyrl": "cyrillic",
    "Deva": "devanagari",
    "Guru": "gurmukhi",
    "Hebr": "hebrew",
    "Latn": "latin",
    "Mong": "mongolian",
}
_SCRIPTS = {name: script for script, name in _MODIFIERS.items()}


def language_field(locale: Locale) -> str:
    """Return the locale as gettext, Poedit and Weblate read it: `zh_CN`, `sr@latin`."""
    territory = locale.territory
    if locale.language == "zh" and not territory:
        territory = _CHINESE.get(locale.script, "")
    name = f"{locale.language}_{territory}" if territory else locale.language
    variant = "".join(f"@{part.lower()}" for part in locale.variants[:1])
    if locale.script == likely_script(locale.language, territory):
        return name + variant
    modifier = _MODIFIERS.get(locale.script)
    return f"{name}@{modifier}" if modifier and not variant else locale.folder


def names_language(value: str, locale: Locale) -> bool:
    """Whether a header's `Language` names a locale: the same language in the same script.

    A country tells two apart where both have one.
    """
    try:
        named = locale_of(_tag(value))
    except SettingsError:
        return False
    same = (named.language, named.script) == (locale.language, locale.script)
    return same and len({named.territory, locale.territory} - {""}) <= 1


def _tag(value: str) -> str:
    """Turn a gettext name into a tag: `sr-Latn` for `sr@latin`, without a charset."""
    name, _, modifier = value.strip().replace("-", "_").partition("@")
    language, *rest = name.partition(".")[0].split("_")
    script = _SCRIPTS.get(modifier.lower())
    return "-".join((language, *([script] if script else []), *rest))
