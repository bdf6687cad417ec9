"""The words of the interface in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import BytesIO

from babel.messages.mofile import read_mo

from toolkit.catalogs.po import read_catalog
from toolkit.language.field import names_language
from toolkit.language.locale import Locale, locale_of

SOURCE = "en"
LOCALES = (SOURCE, "zh-Hans", "ja", "de", "ar")
"""The languages of the interface, the one it is written in first."""
DOMAIN = "preview"


def chosen_locale(accepted: str) -> Locale:
    """Return the language of the interface that fits best what a browser accepts."""
    wishes = []
    for place, part in enumerate(accepted.split(",")[:20]):
        tag, _, quality = part.strip().partition(";q=")
        wishes.append((-_number(quality), place, tag))
    for _, _, tag in sorted(wishes):
        found = next((one for one in LOCALES if _fits(tag, locale_of(one))), None)
        if found:
            return locale_of(found)
    return locale_of(SOURCE)


def _number(quality: str) -> float:
    try:
        return float(quality or 1)
    except ValueError:
        return 0.0


def _fits(tag: str, locale: Locale) -> bool:
    return tag.split("-", maxsplit=1)[0] == locale.language or names_language(tag, locale)


Wording = Mapping[str, str | tuple[str, ...]]
"""The words of the interface by the English ones, some in plural forms."""


@cache
def wording_of(locale: Locale) -> Wording:
    """Return the words of the interface in a language, from the compiled catalog or its source."""
    if locale.tag == SOURCE:
        return {}
    folder = files("toolkit.interfaces.preview") / "locales" / locale.folder / "LC_MESSAGES"
    compiled = folder / f"{DOMAIN}.mo"
    if compiled.is_file():
        return _compiled_wording(compiled.read_bytes())
    catalog = read_catalog(f"{DOMAIN}.po", (folder / f"{DOMAIN}.po").read_bytes())
    return {one.id: one.plurals or one.string for one in catalog.messages if one.translated}


def _compiled_wording(data: bytes) -> Wording:
    found: dict[str, str | tuple[str, ...]] = {}
    for message in read_mo(BytesIO(data)):
        name = message.id if isinstance(message.id, str) else message.id[0]
        text = message.string
        if name and text:
            found[name] = text if isinstance(text, str) else tuple(text)
    return found
