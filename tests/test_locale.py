"""Locales: tags and folders, and plural rules that gettext accepts."""

import shutil
import subprocess

import pytest

from toolkit.language.field import language_field, names_language
from toolkit.language.locale import locale_of
from toolkit.model.errors import SettingsError

TAGS = (
    "ar bg bn ca cs da de el en es et eu fa fi fil fr he hi hr hu id it ja ka kk ko lt lv ms my nb "
    "nl pl pt-BR ro ru sk sl sr-Latn sv th tr uk vi yue zh-Hans zh-Hant"
).split()


@pytest.mark.parametrize(
    ("tag", "folder"),
    [("zh-Hans", "zh_Hans"), ("pt_BR", "pt_BR"), ("sr-Latn-RS", "sr_Latn_RS"), ("zh-CN", "zh_CN")],
)
def test_tags_on_disk(tag, folder):
    assert locale_of(tag).folder == folder
    assert locale_of(folder).tag == folder.replace("_", "-")


@pytest.mark.parametrize("tag", ["xx-nowhere", "", "english", "zh-Hans-"])
def test_what_does_not_exist(tag):
    with pytest.raises(SettingsError, match="does not exist"):
        locale_of(tag)


def test_case_is_put_right():
    assert locale_of("ZH_hans_cn").tag == "zh-Hans-CN"


def test_right_to_left_are_arabic_persian_and_hebrew():
    assert {tag for tag in TAGS if locale_of(tag).right_to_left} == {"ar", "fa", "he"}


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
@pytest.mark.parametrize("tag", TAGS)
def test_gettext_accepts_the_plural_rule(tag):
    locale = locale_of(tag)
    catalog = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: x\\n"\n'
        '"PO-Revision-Date: 2024-01-01 00:00+0000\\n"\n'
        f'"Last-Translator: \\n"\n"Language-Team: {locale.english_name}\\n"\n'
        f'"Language: {locale.folder}\\n"\n"MIME-Version: 1.0\\n"\n'
        '"Content-Type: text/plain; charset=UTF-8\\n"\n"Content-Transfer-Encoding: 8bit\\n"\n'
        f'"Plural-Forms: {locale.plural_forms}\\n"\n'
    )
    result = subprocess.run(
        ["msgfmt", "--check", "-o", "/dev/null", "-"],
        input=catalog.encode(),
        capture_output=True,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")


PLURALS_OF_THE_MANUAL = {
    "fr": "nplurals=2; plural=(n > 1);",
    "pt-BR": "nplurals=2; plural=(n > 1);",
    "pt": "nplurals=2; plural=(n != 1);",
    "es": "nplurals=2; plural=(n != 1);",
    "it": "nplurals=2; plural=(n != 1);",
    "ca": "nplurals=2; plural=(n != 1);",
    "zh-Hans": "nplurals=1; plural=0;",
    "zh": "nplurals=1; plural=0;",
    "zh-CN": "nplurals=1; plural=0;",
    "sk": "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
}


@pytest.mark.parametrize(("tag", "forms"), PLURALS_OF_THE_MANUAL.items())
def test_new_catalogs_get_the_forms_of_the_manual(tag, forms):
    assert locale_of(tag).plural_forms == forms


@pytest.mark.skipif(not shutil.which("msginit"), reason="gettext is not installed")
@pytest.mark.parametrize("tag", TAGS)
def test_the_forms_are_those_of_msginit(tag):
    template = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    template += 'msgid "x"\nmsgid_plural "y"\nmsgstr[0] ""\nmsgstr[1] ""\n'
    made = subprocess.run(
        [*"msginit -i - -o - --no-translator --no-wrap -l".split(), locale_of(tag).folder],
        input=template.encode(),
        capture_output=True,
        check=False,
    ).stdout.decode()
    lines = [line for line in made.splitlines() if line.startswith('"Plural-Forms')]
    if not lines:
        pytest.skip("gettext has no forms for it")
    assert lines == [f'"Plural-Forms: {locale_of(tag).plural_forms}\\n"']


def test_counts_alike_goes_by_the_forms_in_use():
    assert locale_of("fr").counts_alike(2, 1_000_000)
    assert not locale_of("pl").counts_alike(2, 5)
    assert locale_of("ja").counts_alike(1, 2)


@pytest.mark.parametrize(
    ("tag", "field"),
    [
        ("zh-Hans", "zh_CN"), ("zh-Hant", "zh_TW"), ("zh-Hant-HK", "zh_HK"), ("zh-CN", "zh_CN"),
        ("zh-Hans-SG", "zh_SG"), ("sr-Latn", "sr@latin"), ("sr", "sr"), ("sr-Cyrl", "sr"),
        ("sr-Latn-RS", "sr_RS@latin"), ("uz-Cyrl", "uz@cyrillic"), ("pt-BR", "pt_BR"), ("de", "de"),
        ("ca-valencia", "ca@valencia"), ("ja", "ja"), ("yue-Hant", "yue"), ("es-419", "es_419"),
    ],
)  # fmt: skip
def test_languages_as_gettext_names_them(tag, field):
    assert language_field(locale_of(tag)) == field
    assert names_language(field, locale_of(tag))
    assert names_language(locale_of(tag).folder, locale_of(tag))


@pytest.mark.parametrize("value", ["", "xx", "zh_TW", "zh-Hant", "de", "zh_HK", "klingon@latin"])
def test_other_languages_than_simplified_chinese(value):
    assert not names_language(value, locale_of("zh-Hans"))
