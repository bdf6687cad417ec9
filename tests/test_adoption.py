"""A project that has translated pages takes yiben up in place, and loses nothing."""

import shutil
import subprocess

import polib
import pytest
from projects import snapshot, yiben
from trees import CORPUS

from toolkit.commands.importing.left_over import _new
from toolkit.model.catalog import Message

SOURCE = """---
title: Set up the server
---

# Install

First install version 2.5 from [the web page](https://example.org/get).

Then see [the guide](guide.md) for all 25 settings of `server.toml`.

- Port 8080 has to be free.
- The user `www` needs a home.
"""
GERMAN = """---
title: Den Server einrichten
author: hinzugefügt
---

# Installieren

Installieren Sie zuerst Version 2.5 von der [Website](https://example.org/get).

Alle 25 Einstellungen von `server.toml` beschreibt [die Anleitung](guide.de.md).

- Port 8080 muss frei sein.
- Der Benutzer `www` braucht ein Verzeichnis.

Diesen Absatz gibt es nur auf Deutsch, mit einem Hinweis zur Firewall 443.
"""
FILES = {
    "docs/index.md": "# Server\n\n![Screenshot of the start page](img/shot.png)\n",
    "docs/install.md": SOURCE,
    "docs/short.md": "# Start\n\nNot yet.\n",
    "docs/notes.md": "# Notes\n\nThe new release brings 12 changes to the file format.\n",
    "docs/img/shot.png": "english",
    "docs/img/logo.png": "logo",
    "i18n/de/docs/install.md": GERMAN,
    "i18n/de/docs/index.md": "# Der Server\n\n![Bild der Startseite](img/shot.png)\n",
    "i18n/de/docs/short.md": "# Start\n\nBald.\n",
    "i18n/de/docs/notes.md": "# Über uns\n\nGanz anderes, das Team, die Adressen, der Verein.\n",
    "i18n/de/docs/img/shot.png": "deutsch",
    "i18n/fr/docs/img/shot.png": "français",
    "i18n/fr/docs/short.md": "# Début\n",
}
LINKED = "Alle 25 Einstellungen von `server.toml` beschreibt [die Anleitung](guide.de.md)."
"""Kept with the link of its source."""
SETTINGS = """\
source = "en"
targets = ["de", "fr"]
content = "docs"
output = "i18n/{locale}/docs/{path}"
"""


def put(root, name, text):
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def adopted(root, places, times=3):
    """Update, import and build some times over; the state of all files after each time."""
    states = []
    for _ in range(times):
        assert yiben(root, "update").returncode in {0, 2}
        for tag, (source, translation) in places.items():
            assert yiben(root, "import", source, translation, "-l", tag).returncode in {0, 1, 2}
        yiben(root, "build")
        states.append(snapshot(root))
    return states


def test_every_file_of_a_translated_project_stays(tmp_path):
    for name, text in FILES.items():
        put(tmp_path, name, text)
    put(tmp_path, "yiben.toml", SETTINGS)
    before = {name: text.encode() for name, text in FILES.items()}
    places = {"de": ("docs", "i18n/de/docs"), "fr": ("docs", "i18n/fr/docs")}
    _, second, third = adopted(tmp_path, places)
    assert {name: second[name][1] for name in before} == before
    assert third == second
    built = {name for name in third if name.startswith("i18n/") and name not in before}
    assert built == {
        "i18n/.yiben-built",
        "i18n/de/docs/img/logo.png",
        "i18n/fr/docs/img/logo.png",
        *(f"i18n/fr/docs/{page}.md" for page in ("index", "install", "notes")),
    }
    result = yiben(tmp_path, "build")
    assert result.returncode == 1
    left = {line.split(":")[0] for line in result.stderr.splitlines() if "is left alone" in line}
    assert left == {
        f"i18n/{page}.md" for page in ("de/docs/install", "de/docs/notes", "fr/docs/short")
    }
    assert "2 other files differ" in result.stderr
    assert yiben(tmp_path, "build", "--replace", "docs/install.md").returncode == 0
    page = (tmp_path / "i18n/de/docs/install.md").read_text(encoding="utf-8")
    assert "Port 8080 muss frei sein." in page
    assert (tmp_path / "i18n/de/docs/short.md").read_text(encoding="utf-8") == "# Start\n\nBald.\n"


def test_what_an_import_finds_no_place_for_is_kept(tmp_path):
    for name, text in FILES.items():
        put(tmp_path, name, text)
    put(tmp_path, "yiben.toml", SETTINGS)
    adopted(tmp_path, {"de": ("docs", "i18n/de/docs")}, times=1)
    path = tmp_path / "locales/left-over/de.po"
    entries = {entry.msgstr: entry for entry in polib.pofile(str(path))}
    text = "Diesen Absatz gibt es nur auf Deutsch, mit einem Hinweis zur Firewall 443."
    assert entries[text].msgctxt == "i18n/de/docs/install.md"
    assert ("i18n/de/docs/install.md", "15") in entries[text].occurrences
    files = [path, *(tmp_path / "locales/de/LC_MESSAGES").glob("*.po")]
    kept = [entry.msgstr for name in files for entry in polib.pofile(str(name))]
    for name in ("install", "index", "short", "notes"):
        page = (tmp_path / f"i18n/de/docs/{name}.md").read_text(encoding="utf-8")
        prose = [line.lstrip("-# ").split(": ")[-1] for line in page.splitlines()]
        lost = [line for line in prose if line and line not in kept]
        assert set(lost) <= {"---", "hinzugefügt", "Start", LINKED}
    result = yiben(tmp_path, "build", "docs/install.md", "-l", "de")
    assert "1 text that an import found no place for: locales/left-over/de.po" in result.stderr
    before = snapshot(tmp_path)
    assert yiben(tmp_path, "import", "docs", "i18n/de/docs", "-l", "de").returncode in {0, 1}
    assert snapshot(tmp_path) == before


@pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")
def test_the_file_of_left_over_texts_is_a_catalog_and_a_memory(tmp_path):
    put(tmp_path, "docs/a.md", "# Start\n\nThe server listens on port 8080.\n")
    put(tmp_path, "yiben.toml", SETTINGS)
    assert yiben(tmp_path, "update").returncode == 0
    put(
        tmp_path,
        "old.po",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
        'msgid "Press the red button to stop."\nmsgstr "Zum Anhalten den roten Knopf drücken."\n',
    )
    result = yiben(tmp_path, "import", "docs", "old.po", "-l", "de", "--check")
    assert "would change locales/left-over/de.po" in result.stderr
    assert yiben(tmp_path, "import", "docs", "old.po", "-l", "de").returncode == 0
    path = tmp_path / "locales/left-over/de.po"
    subprocess.run(["msgfmt", "--check", "-o", "/dev/null", path], check=True)
    put(tmp_path, "docs/b.md", "Press the red button to stop.\n")
    assert yiben(tmp_path, "update").returncode == 0
    (entry,) = polib.pofile(str(tmp_path / "locales/de/LC_MESSAGES/b.po"))
    assert (entry.msgstr, entry.fuzzy) == ("Zum Anhalten den roten Knopf drücken.", True)


def test_two_translations_of_one_text_are_both_kept():
    known = [Message("a", "eins", context="p.md")]
    found = [Message("a", text, context="p.md") for text in ("zwei", "eins", "zwei", "drei", " ")]
    assert [(one.context, one.string) for one in _new(found, known)] == [
        ("p.md (2)", "zwei"),
        ("p.md (3)", "drei"),
    ]


_MANY, _PART = 40, 5
TREES = {
    "kubean": ("docs/en", "docs/zh", "zh", "docs/{locale}/{path}", "mkdocs"),
    "fastapi": ("docs/en", "docs/zh", "zh", "docs/{locale}/{path}", "mkdocs"),
    "kdoctor": ("docs", "docs", "zh_CN", "docs/{stem}-{locale}.md", "mkdocs"),
    "hwameistor": (
        "docs/docs",
        "docs/i18n/zh-Hans/docusaurus-plugin-content-docs/current",
        "zh-Hans",
        "docs/i18n/{locale}/docusaurus-plugin-content-docs/current/{path}",
        "docusaurus",
    ),
}


@pytest.mark.parametrize("tree", TREES)
def test_every_file_of_a_public_project_stays(tmp_path, tree):
    if not CORPUS.is_dir():
        pytest.skip(f"the corpus of real pages is not beside the project ({CORPUS.name})")
    source, translation, tag, output, dialect = TREES[tree]
    shutil.copytree(CORPUS / tree, tmp_path, dirs_exist_ok=True)
    # Of large trees a part, to be quick.
    pages = sorted((tmp_path / source).rglob("*.md"))
    for number, page in enumerate(pages if len(pages) > _MANY else ()):
        if number % _PART:
            page.unlink()
    if tree == "hwameistor":
        (tmp_path / "docs/i18n/cn").rename(tmp_path / "docs/i18n/zh-Hans")
    before = {name: data for name, (_, data) in snapshot(tmp_path).items()}
    put(
        tmp_path,
        "yiben.toml",
        f'source = "en"\ntargets = ["{tag}"]\ncontent = "{source}"\noutput = "{output}"\n'
        f'dialect = "{dialect}"\n',
    )
    _, second, third = adopted(tmp_path, {tag: (source, translation)})
    assert {name: second[name][1] for name in before} == before
    assert third == second
