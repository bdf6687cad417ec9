"""What sites say in their readers' language: complete, and told of the right pages."""

from pathlib import Path

import pytest

from toolkit.catalogs import ready_texts
from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.ready_texts import (
    OUTDATED,
    PARTLY,
    TRANSLATION,
    UNTRANSLATED,
    is_ready,
    ready_notice,
)
from toolkit.catalogs.statistics import Amount, Count
from toolkit.language.locale import locale_of
from toolkit.reading.admonition_types import TYPES

CATALOGS = sorted(Path(ready_texts.__file__).parent.glob("*.po"))
TEXTS = [UNTRANSLATED, PARTLY, OUTDATED, TRANSLATION, *(name.capitalize() for name in TYPES)]
ONE, NONE = Amount(1, 3), Amount()


@pytest.mark.parametrize("path", CATALOGS, ids=lambda path: path.stem)
def test_a_catalog_says_everything_in_its_own_language(path):
    catalog = read_catalog(path.name, path.read_bytes())
    assert [one.id for one in catalog.messages] == TEXTS
    assert all(one.translated for one in catalog.messages)
    assert len({one.string for one in catalog.messages}) == len(TEXTS)
    locale = locale_of(path.stem.replace("_", "-"))
    assert locale.folder == path.stem
    assert dict(catalog.header)["Plural-Forms"] == locale.plural_forms


def test_there_are_thirty_languages():
    assert len({locale_of(path.stem.replace("_", "-")).language for path in CATALOGS}) >= 30


@pytest.mark.parametrize(
    ("tag", "text"),
    [
        ("zh-TW", "本頁尚未翻譯。"),
        ("zh-CN", "本页尚未翻译。"),
        ("de-AT", "Diese Seite ist noch nicht übersetzt."),
        ("pt-BR", "Esta página ainda não foi traduzida."),
        ("no", "Denne siden er ikke oversatt ennå."),
        ("en-GB", UNTRANSLATED),
        ("cy", ""),
    ],
)
def test_a_locale_finds_the_nearest_language(tag, text):
    locale = locale_of(tag)
    assert ready_notice(locale, Count(untranslated=ONE)) == text
    assert is_ready(locale) is bool(text)


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (Count(translated=ONE), ""),
        (Count(), ""),
        (Count(untranslated=ONE), UNTRANSLATED),
        (Count(translated=ONE, untranslated=ONE), PARTLY),
        (Count(translated=ONE, fuzzy=ONE), OUTDATED),
    ],
)
def test_a_notice_says_how_a_page_stands(count, text):
    assert ready_notice(locale_of("en"), count) == text
