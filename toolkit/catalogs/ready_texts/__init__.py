"""Texts that sites show in their readers' language, from catalogs of ours next to this file.

These are notices on pages that are not wholly translated, the line that names translators, and the
titles of boxes without one.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.catalogs.po import read_catalog

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.catalogs.statistics import Count
    from toolkit.language.locale import Locale

UNTRANSLATED = "This page is not translated yet."
PARTLY = "This page is only partly translated."
OUTDATED = "This translation may be out of date."
TRANSLATION = "Translation: {translators}"
NOTICES = (UNTRANSLATED, PARTLY, OUTDATED)
ORIGINAL = "en"
"""The language of the texts themselves."""
_FOLDER = Path(__file__).parent


def ready_notice(locale: Locale, count: Count) -> str:
    """Return what readers are told of a page that is translated as far as `count` says."""
    if count.translated == count.total:
        return ""
    started = PARTLY if count.translated.units else UNTRANSLATED
    text = OUTDATED if count.fuzzy.units else started
    return ready_texts(locale).get(text, "")


def ready_texts(locale: Locale) -> Mapping[str, str]:
    """Return the texts of a locale by the English ones; none for a language that we have not."""
    if locale.language == ORIGINAL:
        return {text: text for text in (*NOTICES, TRANSLATION)}
    name = next(filter(_has, _names(locale)), "")
    return _texts(name) if name else {}


def is_ready(locale: Locale) -> bool:
    """Whether a locale's language is among ours."""
    return locale.language == ORIGINAL or any(map(_has, _names(locale)))


def _names(locale: Locale) -> Iterator[str]:
    """The names that the catalog of a locale may have, the more exact ones first."""
    yield locale.folder
    yield f"{locale.language}_{locale.script}"
    yield {"no": "nb"}.get(locale.language, locale.language)


@lru_cache
def _has(name: str) -> bool:
    return (_FOLDER / f"{name}.po").is_file()


@lru_cache
def _texts(name: str) -> Mapping[str, str]:
    path = _FOLDER / f"{name}.po"
    return {one.id: one.string for one in read_catalog(path.name, path.read_bytes()).messages}
