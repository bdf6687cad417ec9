"""Checks of typography run on request, and mend what has one right form."""

import pytest
from projects import project, translate, yiben

from toolkit.checks.fixes import fixed
from toolkit.checks.subject import Subject
from toolkit.dialects import dialect_named
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog, Message

FIXES = [
    ("french-spacing", "fr", "Note: `a:b` !", "Note\u202f: `a:b`\u202f!"),
    ("french-spacing", "fr", "Lire « ceci »", "Lire «\u202fceci\u202f»"),
    ("french-spacing", "fr", "Voir http://e.org:80", "Voir http://e.org:80"),
    ("french-spacing", "fr-CA", "Attention!", "Attention!"),
    ("quotation-marks", "de", 'Auf "Weiter" und `"x"`', 'Auf „Weiter“ und `"x"`'),
    ("quotation-marks", "de", '[a](b.md "Titel")', '[a](b.md "Titel")'),
    ("french-spacing", "fr", '[a](b.md "Fin!") !', '[a](b.md "Fin!")\u202f!'),
    ("quotation-marks", "fr", '"Suite"', "«\u202fSuite\u202f»"),
    ("quotation-marks", "ja", '"次" を', "「次」 を"),
    ("quotation-marks", "es", '"Sí"', '"Sí"'),
    ("arabic-punctuation", "ar", "أولا, ثم", "أولا، ثم"),
    ("arabic-punctuation", "de", "eins, zwei", "eins, zwei"),
]


@pytest.mark.parametrize(("check", "locale", "text", "wanted"), FIXES)
def test_one_right_form_is_written_where_the_check_is_named(check, locale, text, wanted):
    catalog = Catalog((Message("x", text),))
    subject = Subject(catalog, locale_of(locale), locale_of("en"), dialect_named("commonmark"))
    named = frozenset({check})
    assert fixed(subject, named, named).messages[0].string == wanted
    assert fixed(subject, named, frozenset()).messages[0].string == text
    again = Subject(fixed(subject, named, named), subject.locale, subject.source, subject.dialect)
    assert fixed(again, named, named) == again.catalog


def test_they_are_off_until_the_settings_or_the_user_name_them(tmp_path):
    settings = 'source = "en"\ntargets = ["fr"]\n'
    root = project(tmp_path, {"a.md": "Read this now\n"}, settings)
    yiben(root, "update")
    catalog = root / "locales/fr/LC_MESSAGES/a.po"
    translate(catalog, {"Read this now": "Lisez ceci maintenant!"})
    assert "french-spacing" not in yiben(root, "check").stdout
    named = yiben(root, "check", "--select", "french-spacing")
    assert "[french-spacing]" in named.stdout
    text = f'{settings}severity = {{ french-spacing = "error" }}\n'
    (root / "yiben.toml").write_text(text, encoding="utf-8")
    run = yiben(root, "check")
    assert run.returncode == 1
    assert "[french-spacing]" in run.stdout
    yiben(root, "check", "--fix", "--select", "french-spacing")
    assert "[french-spacing]" not in yiben(root, "check").stdout
