"""Locales in the names of files and folders: `guide.zh.md`, `guide-zh_CN.md`, `cn/guide.md`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from toolkit.language.locale import Locale

LOCALE_END = re.compile(r"[._-]([A-Za-z]{2,3}(?:[_-][A-Za-z]{2,4})?)$")
"""The locale at the end of a page's name."""
_REGIONS = {
    "zh-Hans": ("zh-CN", "cn"),
    "zh-Hant": ("zh-TW", "zh-HK", "tw"),
    "zh": ("zh-CN", "cn"),
    "zh-CN": ("cn",),
    "zh-TW": ("tw",),
    "ja": ("jp",),
    "ko": ("kr",),
}
"""Other names that trees have for a locale; everything else is made of its tag."""
COUNTRIES = {"cn": "zh-Hans", "tw": "zh-Hant", "jp": "ja", "kr": "ko"}
"""Countries that trees name for a language."""


@lru_cache
def spellings(locale: Locale) -> tuple[str, ...]:
    """The names of a locale in files and folders: `zh-Hans`, `zh_Hans`, `zh-CN`, `zh_cn`, `cn`."""
    tags = (locale.tag, *_REGIONS.get(locale.tag, ()), locale.language)
    forms = [form for tag in tags for form in (tag, tag.replace("-", "_"), tag.lower())]
    underlined = [tag.lower().replace("-", "_") for tag in tags]
    return tuple(dict.fromkeys([*forms, *underlined]))


def capitals(locale: Locale) -> tuple[str, ...]:
    """The spellings of a locale in capital letters: `README_CN.md`."""
    return tuple(dict.fromkeys(one.upper() for one in spellings(locale)))


def without_locale(stem: str, locale: Locale) -> str:
    """`guide` of `guide.zh` or `guide-zh_CN`, when `zh` is the locale's language."""
    end = LOCALE_END.search(stem)
    known = {tag.lower() for tag in spellings(locale)}
    return stem[: end.start()] if end and end[1].lower() in known else stem


def is_of(name: str, locale: Locale, names: Collection[str], others: Iterable[Locale]) -> bool:
    """Whether a file is a locale's variant of another file in `names`: `chart.de.png`.

    That is the same name without the tag, or with the tag of one of `others`.
    """
    folder, slash, plain = name.rpartition("/")
    parts = plain.split(".")
    tags = {locale.tag, locale.written, locale.folder}
    for place in range(1, len(parts) - 1):
        if parts[place] in tags:
            before, behind = parts[:place], parts[place + 1 :]
            forms = [[], *([tag] for one in others for tag in (one.tag, one.written, one.folder))]
            variants = (".".join([*before, *form, *behind]) for form in forms)
            return any(f"{folder}{slash}{one}" in names for one in variants if one != plain)
    return False
