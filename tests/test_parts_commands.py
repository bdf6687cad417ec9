"""Commands that take a locale or write one file, in a project of several parts."""

import configparser
import json
import re
import tomllib

import pytest
import yaml
from projects import snapshot, translate, yiben
from test_parts import EN, SETTINGS, tree

TOGETHER = SETTINGS.replace('source = "zh-Hans"', 'source = "en"').replace('["en", ', '["fr", ')
STUDY = {"docs/study/index.md": "# Case\n\nFirst read the [guide](../guide.md).\n"}
GUIDE_DE = "locales/docs/de/LC_MESSAGES/guide.po"
STUDY_DE = "locales/study/de/LC_MESSAGES/index.po"


@pytest.fixture
def two_languages(tmp_path):
    root = tree(tmp_path)
    assert yiben(root, "update").returncode == 0
    return root


@pytest.fixture
def one_language(tmp_path):
    root = tree(tmp_path, TOGETHER, **STUDY)
    assert yiben(root, "update").returncode == 0
    return root


def catalogs(root, tag):
    paths = sorted((root / "locales").rglob(f"{tag}/LC_MESSAGES/*.po"))
    return [path.relative_to(root).as_posix() for path in paths]


def test_an_export_holds_all_parts_and_comes_back_into_them(one_language):
    root = one_language
    translate(root / GUIDE_DE, {"Guide": "Anleitung"})
    translate(root / STUDY_DE, {"Case": "Fallstudie"})
    run = yiben(root, "export", "-l", "de", "-o", "de.xlf")
    assert run.returncode == 0, run.stderr
    text = (root / "de.xlf").read_text("utf-8")
    assert all(page in text for page in ("docs/guide.md", "docs/study/index.md"))
    text = text.replace("Anleitung", "Handbuch").replace("Fallstudie", "Fall")
    (root / "de.xlf").write_text(text, encoding="utf-8")
    run = yiben(root, "import", ".", "de.xlf", "-l", "de")
    assert run.returncode == 0, run.stderr
    assert run.stdout.endswith("0 unused\n")
    assert 'msgstr "Handbuch"' in (root / GUIDE_DE).read_text("utf-8")
    assert 'msgstr "Fall"' in (root / STUDY_DE).read_text("utf-8")
    assert not list(root.rglob("left-over"))


def test_a_file_of_one_part_leaves_the_others_alone(two_languages):
    before = (two_languages / GUIDE_DE).read_bytes()
    assert yiben(two_languages, "export", "-l", "en", "-o", "en.xlf").returncode == 0
    run = yiben(two_languages, "import", ".", "en.xlf", "-l", "en")
    assert run.returncode == 0, run.stderr
    assert (two_languages / GUIDE_DE).read_bytes() == before


def test_what_no_part_has_a_use_for_is_left_over_once(one_language):
    text = 'msgid ""\nmsgstr "Language: de\\nContent-Type: text/plain; charset=UTF-8\\n"\n\n'
    other = one_language / "other.po"
    other.write_text(f'{text}msgid "Nowhere at all"\nmsgstr "Nirgends"\n', encoding="utf-8")
    run = yiben(one_language, "import", ".", "other.po", "-l", "de")
    assert run.stdout.endswith(", 1 unused\n")
    kept = list(one_language.rglob("left-over/de.po"))
    assert [path.read_text("utf-8").count("Nirgends") for path in kept] == [1]


def test_formats_with_one_source_language_want_one_part(two_languages):
    run = yiben(two_languages, "export", "-l", "de", "-o", "de.xlf")
    assert run.returncode == 2
    assert run.stderr == "export: the parts are written in en, zh-Hans; name --part NAME\n"
    assert not (two_languages / "de.xlf").exists()
    assert yiben(two_languages, "export", "-l", "de", "-o", "de.csv").returncode == 0
    assert (two_languages / "de.csv").read_text("utf-8-sig").count("docs/study/index.md") == 2
    run = yiben(two_languages, "export", "docs/study", "-l", "de", "-o", "de.xlf")
    assert run.returncode == 0, run.stderr
    assert "docs/guide.md" not in (two_languages / "de.xlf").read_text("utf-8")


def test_tasks_of_all_parts_are_handed_out_until_nothing_is_left(one_language):
    answered: list[str] = []
    lefts = []
    while (run := yiben(one_language, "next", "-l", "de", "--format", "json")).returncode == 0:
        task = json.loads(run.stdout)
        (one_language / "answer.txt").write_text(task["text"].replace(" ", " der "), "utf-8")
        done = yiben(one_language, "submit", task["id"], "answer.txt", "-l", "de")
        assert done.returncode == 0, done.stderr
        answered.append(task["page"])
        lefts.append(task["left"])
        assert lefts == [*range(lefts[0], task["left"] - 1, -1)]
    assert run.returncode == 1
    assert {"docs/guide.md", "docs/study/index.md"} <= set(answered)
    assert lefts[-1] == 1


def test_a_task_of_chosen_pages_is_of_their_part(one_language):
    run = yiben(one_language, "next", "docs/study", "-l", "de", "--format", "json")
    assert json.loads(run.stdout)["catalog"] == STUDY_DE
    run = yiben(one_language, "next", "-l", "fr", "--format", "json")
    assert json.loads(run.stdout)["page"] == "docs/study/index.md"
    run = yiben(one_language, "next", "-l", "ja")
    assert run.returncode == 2
    assert '"ja" is not a target of this project; targets: zh-Hans, de, fr' in run.stderr


def test_platforms_are_told_of_all_parts(two_languages):
    root = two_languages

    def said(name):
        run = yiben(root, "platform", name)
        assert run.returncode == 0, run.stderr
        return run.stdout

    found = json.loads(said("weblate"))
    assert [one["source_language"] for one in found] == ["en", "zh_Hans"]
    for tag in ("de", "en", "zh_Hans"):
        for name in catalogs(root, tag):
            assert sum(bool(re.fullmatch(one["match"], name)) for one in found) == 1
    files = yaml.safe_load(said("crowdin"))["files"]
    assert [set(one["languages_mapping"]["locale_with_underscore"]) for one in files] == [
        {"zh-CN", "de"},
        {"en", "de"},
    ]
    config = configparser.ConfigParser()
    config.read_string(said("transifex"))
    filters = [config[name]["file_filter"] for name in config.sections() if name != "main"]
    assert {one.replace("<lang>", "de") for one in filters} == set(catalogs(root, "de"))
    pontoon = tomllib.loads(said("pontoon"))
    assert set(pontoon["locales"]) == {"zh_Hans", "de", "en"}
    assert [one["locales"] for one in pontoon["paths"]] == [["zh_Hans", "de"], ["en", "de"]]


def test_a_locale_is_renamed_in_all_parts_and_back(two_languages):
    translate(two_languages / STUDY_DE, {"案例": "Fallstudie"})
    yiben(two_languages, "build")
    before = snapshot(two_languages)
    run = yiben(two_languages, "locale", "rename", "de", "de-AT", "--check")
    assert run.returncode == 1
    assert snapshot(two_languages) == before
    assert yiben(two_languages, "locale", "rename", "de", "de-AT").returncode == 0
    assert not catalogs(two_languages, "de")
    assert len(catalogs(two_languages, "de_AT")) == 4
    assert yiben(two_languages, "update", "--check").returncode == 0
    assert yiben(two_languages, "locale", "rename", "de-AT", "de").returncode == 0
    yiben(two_languages, "build")
    after = snapshot(two_languages)
    assert {name: one[1] for name, one in after.items()} == {
        name: one[1] for name, one in before.items()
    }


def test_a_locale_is_removed_from_all_parts_and_its_translations_stay(two_languages):
    translate(two_languages / STUDY_DE, {"案例": "Fallstudie"})
    translate(two_languages / GUIDE_DE, {"Guide": "Anleitung"})
    yiben(two_languages, "build")
    run = yiben(two_languages, "locale", "remove", "de")
    assert run.returncode == 0, run.stderr
    assert "1 translation kept in locales/docs/left-over/de.po" in run.stderr
    assert "1 translation kept in locales/study/left-over/de.po" in run.stderr
    assert not catalogs(two_languages, "de")
    assert not list((two_languages / "build").rglob("de"))
    run = yiben(two_languages, "locale", "remove", "en")
    assert run.returncode == 2
    assert '"en" is the only target' in run.stderr
    assert (two_languages / EN).exists()


def test_a_locale_is_not_renamed_in_some_parts(two_languages):
    run = yiben(two_languages, "--part", "study", "locale", "rename", "de", "de-AT")
    assert run.returncode == 2
    assert "in all parts" in run.stderr
    assert len(catalogs(two_languages, "de")) == 4
