"""`yiben import` as users meet it: what enters, what stays, and that nothing is lost or guessed."""

import json
import re
import shutil
import subprocess
import sys
import tomllib

import polib
import pytest
from click.testing import CliRunner
from fixture_files import FIXTURES
from projects import project, snapshot, translate, yiben

from toolkit.catalogs.po import read_catalog
from toolkit.commands.importing.finding import Finder
from toolkit.commands.importing.links import with_own_targets
from toolkit.commands.importing.xliff import read_xliff
from toolkit.interfaces.cli import main
from toolkit.language.locale import locale_of
from toolkit.language.names import spellings
from toolkit.model.errors import CatalogError

CHINESE = 'source = "en"\ntargets = ["zh-Hans"]\ndialect = "{}"\n'
CHINESE_CATALOG = "locales/zh_Hans/LC_MESSAGES/page.po"
GERMAN = 'source = "en"\ntargets = ["de", "zh-Hans"]\n'
CATALOG = "locales/de/LC_MESSAGES/page.po"
PAGE = """---
title: Set up the server
---

# Install

First install version 2.5 from [the web page](https://example.org/get).

Then see [the guide](guide.md) for all 25 settings of `server.toml`.

- Port 8080 has to be free.
- The user `www` needs a home.

| Key | Meaning |
|---|---|
| `port` | The port number |
| `home` | The folder of the user |

## Remove

Delete the folder `/srv/www` and restart the machine afterwards.
"""
GERMAN_PAGE = """---
title: Den Server einrichten
---

# Installieren

Installieren Sie zuerst Version 2.5 von der [Website](https://example.org/get).

Alle 25 Einstellungen von `server.toml` beschreibt [die Anleitung](guide.de.md).

- Port 8080 muss frei sein.
- Der Benutzer `www` braucht ein Verzeichnis.

| Schlüssel | Bedeutung |
|---|---|
| `port` | Die Nummer des Ports |
| `home` | Der Ordner des Benutzers |

## Entfernen

Löschen Sie den Ordner `/srv/www` und starten Sie den Rechner danach neu.
"""
OTHER = "# Kochbuch\n\nZuerst das Wasser.\n\nDann Salz.\n\n- Öl\n- Nudeln\n\n## Ende\n\nProst!\n"


@pytest.fixture(autouse=True)
def _at_one_time(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1700000000")


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"page.md": PAGE, "guide.md": "# The guide\n"}, GERMAN)
    write(root, "old/page.md", GERMAN_PAGE)
    return root


def write(root, name, text):
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8"))


def messages(root, name=CATALOG):
    catalog = read_catalog(name, (root / name).read_bytes())
    return {one.id: one for one in catalog.messages}


def test_two_pages_of_equal_structure_come_back_from_the_build(root):
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert result.returncode == 0, result.stderr
    assert all(one.translated for one in messages(root).values())
    yiben(root, "build", "-l", "de")
    built = (root / "build/de/page.md").read_text(encoding="utf-8")
    expected = GERMAN_PAGE.replace("guide.de.md", "guide.md")
    # What is left are the ids that the build pins to headings.
    assert [line.partition(" {")[0] for line in built.split("\n")] == expected.split("\n")


def test_a_second_import_changes_nothing(root):
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    before = snapshot(root)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert snapshot(root) == before
    assert "kept" in result.stdout
    assert yiben(root, "update", "--check", "-l", "de").returncode in {0, 1}


def test_pages_may_have_any_line_ends(root):
    (root / "content/page.md").write_bytes(b"\xef\xbb\xbf" + PAGE.replace("\n", "\r\n").encode())
    (root / "old/page.md").write_bytes(GERMAN_PAGE.replace("\n", "\r").encode())
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert result.returncode == 0, result.stderr
    assert all(one.translated for one in messages(root).values())


def test_check_changes_nothing_and_tells(root):
    before = snapshot(root)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de", "--check")
    assert result.returncode == 1
    assert f"would change {CATALOG}" in result.stderr
    assert snapshot(root) == before


def test_what_the_catalog_says_wins(root):
    yiben(root, "update", "-l", "de")
    translate(root / CATALOG, {"Remove": "Löschen", "Install": "Einrichten"})
    translate(root / CATALOG, {"The port number": "Portnummer"}, fuzzy=True)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    found = messages(root)
    assert found["Remove"].string == "Löschen"
    assert "old/page.md:19: not used, because the catalog has another translation: “Entfernen”" in (
        result.stdout
    )
    assert found["The port number"].string == "Portnummer"
    assert found["The port number"].fuzzy
    assert found["Port 8080 has to be free."].string == "Port 8080 muss frei sein."


def test_overwriting_keeps_the_earlier_words_in_a_comment(root):
    yiben(root, "update", "-l", "de")
    translate(root / CATALOG, {"Remove": "Löschen"})
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de", "--overwrite")
    found = messages(root)["Remove"]
    assert found.string == "Entfernen"
    assert any("Löschen" in line for line in found.comments)


def test_a_missing_paragraph_stays_untranslated_and_is_listed(root):
    write(root, "old/page.md", GERMAN_PAGE.replace("- Port 8080 muss frei sein.\n", ""))
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    found = messages(root)
    assert found["Port 8080 has to be free."].string == ""
    assert found["The user `www` needs a home."].string == (
        "Der Benutzer `www` braucht ein Verzeichnis."
    )
    assert "content/page.md:11: no translation found: “Port 8080 has to be free.”" in result.stdout


def test_a_text_of_the_translation_alone_is_listed_with_its_line(root):
    more = GERMAN_PAGE.replace("## Entfernen", "Viel Erfolg wünscht die Redaktion.\n\n## Entfernen")
    write(root, "old/page.md", more)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert "old/page.md:19: left over: “Viel Erfolg wünscht die Redaktion.”" in result.stdout
    assert "Viel Erfolg" not in (root / CATALOG).read_text(encoding="utf-8")


def test_pages_about_different_things_are_told(root):
    write(root, "old/page.md", OTHER)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert result.returncode == 1
    assert "these two pages don't seem to be translations of each other" in result.stdout
    assert not any(one.translated for one in messages(root).values())


def test_titles_alone_are_trusted_only_beside_translated_pages(root):
    write(root, "old/guide.md", "# Die Anleitung\n")
    guide = "locales/de/LC_MESSAGES/guide.po"
    result = yiben(root, "import", "content/guide.md", "old/guide.md", "-l", "de")
    assert messages(root, guide)["The guide"].fuzzy
    assert "too little text" in result.stdout
    assert result.returncode == 0
    (root / guide).unlink()
    for name in "abc":
        write(root, f"content/{name}.md", PAGE)
        write(root, f"old/{name}.md", GERMAN_PAGE)
    yiben(root, "import", "content", "old", "-l", "de")
    assert messages(root, guide)["The guide"].translated


def test_titles_are_not_trusted_beside_strangers(root):
    write(root, "old/guide.md", "# Die Anleitung\n")
    for name in "abc":
        write(root, f"content/{name}.md", PAGE)
        write(root, f"old/{name}.md", OTHER)
    yiben(root, "import", "content", "old", "-l", "de")
    assert messages(root, "locales/de/LC_MESSAGES/guide.po")["The guide"].fuzzy


def test_every_text_of_the_translation_is_entered_or_listed(root):
    texts = GERMAN_PAGE.replace("- Der Benutzer", "Der Benutzer").split("\n\n")
    write(root, "old/page.md", "\n\n".join([*texts[:2], *texts[3:], "Ganz neu.", texts[2]]))
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    catalog = (root / CATALOG).read_text(encoding="utf-8")
    for words in (
        "Version 2.5",
        "die Anleitung",
        "Port 8080",
        "Verzeichnis",
        "Ganz neu",
        "Löschen Sie",
    ):
        assert words in catalog or words in result.stdout, words


def test_a_fuzzy_message_tells_where_it_is_from_and_why(root):
    split = GERMAN_PAGE.replace("`/srv/www` und starten", "`/srv/www`.\n\nStarten")
    write(root, "old/page.md", split)
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    found = messages(root)["Delete the folder `/srv/www` and restart the machine afterwards."]
    if found.string:
        assert found.fuzzy
        assert found.comments[0].startswith("imported from old/page.md:21, ")


def test_the_least_certainty_can_be_set(root):
    split = GERMAN_PAGE.replace("`/srv/www` und starten", "`/srv/www`.\n\nStarten")
    write(root, "old/page.md", split)
    words = ("import", "content/page.md", "old/page.md", "-l", "de", "--min-confidence", "100")
    result = yiben(root, *words)
    assert not any(one.fuzzy for one in messages(root).values())
    assert "not used, because its source text is uncertain" in result.stdout


def test_a_new_link_target_makes_a_translation_fuzzy(root):
    strange = GERMAN_PAGE.replace("https://example.org/get", "https://evil.example/get")
    write(root, "old/page.md", strange)
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    found = next(one for text, one in messages(root).items() if text.startswith("First"))
    assert found.fuzzy
    assert "https://evil.example/get" in found.comments[0]


def test_hosts_whose_links_make_translations_fuzzy_are_named(root):
    words = ("import", "content/page.md", "old/page.md", "-l", "de")
    path, before = root / "yiben.toml", 'allow = ["kbd"]'
    with path.open("a") as file:
        file.write(f"{before}\n")
    extra = "Read the long story about it on [this page](https://example.org/{}more) today."
    write(root, "content/page.md", f"{PAGE}\n{extra.format('')}\n")
    german = (
        "Lies die lange Geschichte darüber heute auf [dieser Seite](https://example.org/de/more)."
    )
    german = f"{GERMAN_PAGE}\n{german}\n"
    write(root, "old/page.md", german.replace("example.org/get", "example.org/de/get"))
    result = yiben(root, *words)
    last = result.stdout.splitlines()[-1]
    assert last.startswith("2 fuzzy only because of their links; review them, ")
    setting = 'allow = { "*" = ["kbd"], de = ["example.org"] }'
    assert setting in last
    path.write_text(path.read_text("utf-8").replace(before, setting), "utf-8")
    assert "links alone" not in yiben(root, *words, "--overwrite").stdout
    assert not any(one.fuzzy for one in messages(root).values())


@pytest.mark.parametrize(
    ("target", "setting"),
    [
        ("/de/{}", 'allow = { de = ["/de"] }'),
        ("/docs/de-DE/{}.md#eins", 'allow = { de = ["/docs/de-DE"] }'),
        ("/fr/{}", ""),
        ("//de/{}", ""),
    ],
)
def test_the_prefix_of_the_locale_is_named(root, target, setting):
    words = ("import", "content/page.md", "old/page.md", "-l", "de")
    pages = [PAGE, GERMAN_PAGE]
    for name in ("first", "second"):
        link = f"https://example.org/{name}"
        pages[0] += f"\nRead the {name} long story about it on [this page]({link}) today.\n"
        pages[1] += f"\nLies die {name} lange Geschichte auf [dieser Seite]({link}).\n"
        pages[1] = pages[1].replace(link, target.format(name))
    write(root, "content/page.md", pages[0])
    write(root, "old/page.md", pages[1])
    *_, last = yiben(root, *words).stdout.splitlines()
    if not setting:
        assert "allow" not in last
        return
    assert setting in last
    with (root / "yiben.toml").open("a") as file:
        file.write(f"{setting}\n")
    assert "links alone" not in yiben(root, *words, "--overwrite").stdout


@pytest.mark.parametrize("host", ["evil.example", "localhost", "10.0.0.1", "intranet", "a.local"])
def test_hosts_that_are_none_or_stand_once_are_not_offered(root, host):
    words = ("import", "content/page.md", "old/page.md", "-l", "de")
    write(root, "old/page.md", GERMAN_PAGE.replace("example.org/get", f"{host}/get"))
    assert (
        yiben(root, *words).stdout.splitlines()[-1]
        == "1 fuzzy only because of their links; review them"
    )


def test_what_fails_a_check_was_published_so_and_stays(root):
    source = "**Note:** port 8080 has to be free."
    published = "**Hinweis:**Port 8080 muss frei sein."
    write(root, "content/page.md", f"{PAGE}\n{source}\n")
    write(root, "old/page.md", f"{GERMAN_PAGE}\n{published}\n")
    with (root / "yiben.toml").open("a") as file:
        file.write('dialect = "gfm"\n')
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    found = messages(root)[source]
    assert (found.string, found.fuzzy) == (published, False)
    assert "makes no emphasis here" in result.stdout
    check = yiben(root, "check", "-l", "de", "--select", "dead-emphasis")
    assert "makes no emphasis here" in check.stdout


def test_words_of_a_translation_that_was_only_begun_are_kept(root):
    source = "Whether each printed page of `80` columns is in colour or black and white. Not so."
    begun = source.replace("Not so.", "\u9ed8\u8ba4\u4e3a\u5426\u3002")
    write(root, "content/page.md", f"# Install\n\nPort `1`.\n\n{source}\n\nThe {source}\n")
    write(root, "old/page.md", f"# \u5b89\u88c5\n\n\u7aef\u53e3 `1`.\n\n{begun}\n\nThe {source}\n")
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "zh-Hans")
    found = messages(root, CATALOG.replace("/de/", "/zh_Hans/"))
    assert (found[source].string, found[source].fuzzy) == (begun, True)
    assert "partly left in the source language" in found[source].comments[0]
    assert found[f"The {source}"].string == ""
    assert "left in the source language" in result.stdout


def test_the_same_source_twice_takes_one_translation_and_lists_the_other(root):
    write(root, "content/page.md", PAGE + "\n## Remove\n\nKeep 7 copies of `a.tar`.\n")
    write(root, "old/page.md", GERMAN_PAGE + "\n## Löschen\n\nBehalten Sie 7 Kopien von `a.tar`.\n")
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert messages(root)["Remove"].string in {"Entfernen", "Löschen"}
    assert "another translation elsewhere" in result.stdout


@pytest.mark.parametrize("setting", ["", 'catalog = "single"\n'])
def test_the_most_frequent_translation_of_a_source_is_taken(root, setting):
    (root / "yiben.toml").write_text(GERMAN + setting, encoding="utf-8")
    table = "| Name | {} |\n|---|---|\n| `v{}` | 7 {} |\n\n"
    pages = {"page": (PAGE, GERMAN_PAGE, ["Vorgabe", "Art", "Art", "Art"])}
    if setting:
        pages = {"page": (PAGE, GERMAN_PAGE, ["Vorgabe"]), "z": (PAGE, GERMAN_PAGE, ["Art"] * 3)}
    for name, (page, german, words) in pages.items():
        rows = enumerate(words)
        source = "".join(table.format("Type", number, "copies") for number, _ in rows)
        theirs = "".join(table.format(word, number, "Kopien") for number, word in enumerate(words))
        write(root, f"content/{name}.md", f"{page}\n{source}")
        write(root, f"old/{name}.md", f"{german}\n{theirs}")
    result = yiben(root, "import", "content", "old", "-l", "de")
    catalog = "locales/de/LC_MESSAGES/docs.po" if setting else CATALOG
    assert messages(root, catalog)["Type"].string == "Art"
    assert "another translation elsewhere: “Vorgabe”" in result.stdout


@pytest.mark.parametrize(
    ("place", "translation"),
    [
        ("old/page.md", "old"),
        ("old/de/page.md", "old"),
        ("old/page.de.md", "old"),
        ("content/page.de.md", "content"),
        ("i18n/de/docs/page.md", "i18n/{locale}/docs/{path}"),
        ("i18n/page_de.md", "i18n/{stem}_{locale}.md"),
    ],
)
def test_pairs_of_files_are_found(root, place, translation):
    (root / "old/page.md").unlink()
    write(root, place, GERMAN_PAGE)
    result = yiben(root, "import", "content", translation, "-l", "de")
    assert result.returncode == 0, result.stderr + result.stdout
    assert messages(root)["Remove"].string == "Entfernen"


def test_a_catalog_for_all_pages_takes_translations_of_each(root):
    (root / "yiben.toml").write_text(GERMAN + 'catalog = "single"\n', encoding="utf-8")
    yiben(root, "import", "content", "old", "-l", "de")
    found = messages(root, "locales/de/LC_MESSAGES/docs.po")
    assert found["Remove"].string == "Entfernen"
    assert found["The guide"].string == ""


def test_pages_without_translation_are_not_touched(root):
    yiben(root, "import", "content", "old", "-l", "de")
    assert (root / CATALOG).exists()
    assert not (root / "locales/de/LC_MESSAGES/guide.po").exists()


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("content/none.md", "old/page.md", "-l", "de"), "content/none.md: no such file or folder"),
        (("content", "none", "-l", "de"), "none: no such file or folder"),
        (("content", "old/page.md", "-l", "de"), "is one file, but the source is a folder"),
        (("content", "old/{lang}/x", "-l", "de"), "{lang} is not a placeholder"),
        (("content/page.md", "old/page.md", "-l", "ja"), '"ja" is not a target of this project'),
        (("old/page.md", "content/page.md", "-l", "de"), "is not among the pages of the project"),
        (("content/guide.md", "old", "-l", "de"), "no translation found for the page"),
        (("content", "none.po", "-l", "de"), "none.po: no such file"),
        (("content", "old", "-l", "de", "--at", "HEAD"), ": is not in a git repository"),
        (("content/page.md", "old/table.xlsx", "-l", "de"), "is a binary file; save pages as"),
        (("content", "old/table.xlsx", "-l", "de"), "is a binary file; save pages as"),
    ],
)
def test_misuse_is_told_in_one_line(root, words, text):
    (root / "old/table.xlsx").write_bytes(b"PK\x03\x04\x14\0\0\0\x08\0\xff")
    before = snapshot(root)
    result = yiben(root, "import", *words)
    assert result.returncode == 2
    assert text in result.stderr
    assert len(result.stderr.strip().split("\n")) == 1
    assert snapshot(root) == before


def test_a_broken_page_or_catalog_leaves_everything_alone(root):
    (root / "old/page.md").write_bytes(b"# \xff\xfe\n")
    before = snapshot(root)
    result = yiben(root, "import", "content/page.md", "old/page.md", "-l", "de")
    assert result.returncode == 2
    assert "old/page.md:1:3: byte 0xff is not UTF-8" in result.stderr
    assert snapshot(root) == before


def test_a_broken_page_does_not_keep_others_out_of_their_catalog(root):
    (root / "yiben.toml").write_text(GERMAN + 'catalog = "single"\n', encoding="utf-8")
    (root / "old/guide.md").write_bytes(b"# \xff\xfe\n")
    result = yiben(root, "import", "content", "old", "-l", "de")
    assert result.returncode == 2
    assert "old/guide.md:1:3" in result.stderr
    assert messages(root, "locales/de/LC_MESSAGES/docs.po")["Remove"].string == "Entfernen"


def test_without_a_project_there_is_one_clear_line(tmp_path):
    write(tmp_path, "a.md", PAGE)
    write(tmp_path, "b.md", GERMAN_PAGE)
    result = yiben(tmp_path, "import", "a.md", "b.md", "-l", "de")
    assert result.returncode == 2
    assert "no settings" in result.stderr


# The report


def test_the_report_is_one_page_in_which_no_text_acts(root):
    evil = 'Danach <script>alert(1)</script> & "Schluss".\n\n## Entfernen'
    write(root, "old/page.md", GERMAN_PAGE.replace("## Entfernen", evil))
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de", "--report", "r.html")
    html = (root / "r.html").read_text(encoding="utf-8")
    lxml = pytest.importorskip("lxml.html")
    tree = lxml.fromstring(html)
    assert not tree.xpath("//script | //link | //img | //iframe | //*[@src] | //*[@href]")
    rows = tree.xpath("//tr[@class='translated']")
    assert len(rows) >= 10
    assert tree.xpath("//tr[@class='alone']")
    assert "<script>alert(1)</script>" in tree.text_content()
    assert "Port 8080 muss frei sein." in tree.text_content()


def test_the_report_of_unrelated_pages_says_so(root):
    write(root, "old/page.md", OTHER)
    yiben(root, "import", "content/page.md", "old/page.md", "-l", "de", "--report", "r.html")
    html = (root / "r.html").read_text(encoding="utf-8")
    assert "seem to be translations of each other" in html


# Revisions


@pytest.fixture
def repository(root):
    if not shutil.which("git"):
        pytest.skip("git is not installed")

    def git(*words):
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *names, *words], cwd=root, check=True, capture_output=True)

    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "Translate")
    return root


def test_a_revision_in_which_both_pages_agreed(repository):
    edited = PAGE.replace("Delete the folder `/srv/www` and", "Remove the folder `/srv/www`, then")
    write(repository, "content/page.md", edited)
    (repository / "old/page.md").unlink()
    result = yiben(
        repository, "import", "content/page.md", "old/page.md", "-l", "de", "--at", "HEAD"
    )
    assert result.returncode == 0, result.stderr
    found = messages(repository)
    assert found["Port 8080 has to be free."].translated
    changed = found["Remove the folder `/srv/www`, then restart the machine afterwards."]
    assert changed.fuzzy
    assert changed.string.startswith("Löschen Sie den Ordner")
    assert changed.previous_id.startswith("Delete the folder")


def test_a_text_that_is_gone_since_the_revision_stays_as_obsolete(repository):
    write(repository, "content/page.md", PAGE.replace("- Port 8080 has to be free.\n", ""))
    yiben(repository, "import", "content/page.md", "old/page.md", "-l", "de", "--at", "HEAD")
    gone = messages(repository)["Port 8080 has to be free."]
    assert gone.obsolete
    assert gone.string == "Port 8080 muss frei sein."
    before = snapshot(repository)
    yiben(repository, "import", "content/page.md", "old/page.md", "-l", "de", "--at", "HEAD")
    after = {name: data for name, (_, data) in snapshot(repository).items()}
    assert after == {name: data for name, (_, data) in before.items()}


def test_a_page_that_was_moved_since_the_revision(repository):
    def git(*words):
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *names, *words], cwd=repository, check=True, capture_output=True)

    git("tag", "v1")
    git("mv", "content/page.md", "content/first.md")
    git("commit", "-qm", "Move")
    (repository / "content/first.md").write_text(f"{PAGE}\nOne more text at the end.\n")
    git("commit", "-qam", "Edit")
    git("mv", "content/first.md", "content/second.md")
    (repository / "old/page.md").unlink()
    result = yiben(repository, "import", "content", "old", "-l", "de", "--at", "v1")
    assert result.returncode == 0, result.stderr
    path = repository / "locales/de/LC_MESSAGES/second.po"
    found = {one.id: one for one in read_catalog("second.po", path.read_bytes()).messages}
    assert found["Port 8080 has to be free."].string == "Port 8080 muss frei sein."
    assert not found["One more text at the end."].string


@pytest.mark.parametrize("place", ["i18n/de", "i18n/{locale}/{path}", "i18n/de/page.md"])
def test_translations_that_were_moved_since_the_revision(repository, place):
    def git(*words):
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *names, *words], cwd=repository, check=True, capture_output=True)

    git("tag", "v1")
    (repository / "i18n").mkdir()
    git("mv", "old", "i18n/de")
    git("commit", "-qm", "Move")
    (repository / "content/page.md").write_text(f"{PAGE}\nOne more text at the end.\n")
    result = yiben(repository, "import", "content/page.md", place, "-l", "de", "--at", "v1")
    assert result.returncode == 0, result.stderr
    found = messages(repository)
    assert found["Port 8080 has to be free."].string == "Port 8080 muss frei sein."
    assert not found["One more text at the end."].string


def test_translations_in_a_branch_under_the_same_names(repository):
    def git(*words):
        names = ("-c", "user.name=A", "-c", "user.email=a@example.org")
        subprocess.run(["git", *names, *words], cwd=repository, check=True, capture_output=True)

    git("tag", "v1")
    git("checkout", "-qb", "german")
    (repository / "old/page.md").rename(repository / "content/page.md")
    git("commit", "-qam", "Translate in place")
    git("checkout", "-q", "v1")
    edited = PAGE.replace("Delete the folder `/srv/www` and", "Remove the folder `/srv/www`, then")
    write(repository, "content/page.md", edited)
    changed = "Remove the folder `/srv/www`, then restart the machine afterwards."
    for at, is_old in (("v1..german", True), ("..german", False)):
        result = yiben(repository, "import", "content", "content", "-l", "de", "--at", at)
        assert result.returncode == 0, result.stderr
        found = messages(repository)
        assert found["Port 8080 has to be free."].string == "Port 8080 muss frei sein."
        assert found[changed].string.startswith("Löschen Sie den Ordner")
        assert (found[changed].previous_id or "").startswith("Delete the folder") == is_old
        shutil.rmtree(repository / "locales")


@pytest.mark.parametrize("at", ["..", "HEAD..none", "none..HEAD", "..--upload-pack=x"])
def test_revisions_that_are_none(repository, at):
    before = snapshot(repository)
    result = yiben(repository, "import", "content/page.md", "old/none.md", "-l", "de", "--at", at)
    assert result.returncode == 2
    assert len(result.stderr.strip().split("\n")) == 1
    assert snapshot(repository) == before


def test_a_revision_that_does_not_exist(repository):
    words = ("content/page.md", "old/page.md", "-l", "de", "--at", "--upload-pack=x")
    result = yiben(repository, "import", *words)
    assert result.returncode == 2
    assert len(result.stderr.strip().split("\n")) == 1


# Catalogs and memories


def catalog_of(*entries):
    """A PO file of msgid, msgstr and maybe `fuzzy`."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    blocks = []
    for source, target, *flags in entries:
        flag = "#, fuzzy\n" if flags else ""
        texts = (json.dumps(text, ensure_ascii=False) for text in (source, target))
        blocks.append(flag + "msgid {}\nmsgstr {}\n".format(*texts))
    return head + "\n".join(blocks)


def test_messages_are_found_however_their_texts_are_written(root):
    write(
        root,
        "old.po",
        catalog_of(
            ("Remove", "Entfernen"),
            ("Install", "Installieren", "fuzzy"),
            ("# The guide", "Die Anleitung"),
            ("Port 8080\nhas to be free.", "Port 8080\nmuss frei sein."),
            ("The user www needs a home.", "Der Benutzer `www` braucht ein Verzeichnis."),
            (
                "Delete the folder `/srv/www` and restart the computer afterwards.",
                "Weg damit.",
            ),
            ("Nobody says this.", "Niemand sagt das."),
        ),
    )
    result = yiben(root, "import", "content", "old.po", "-l", "de")
    assert result.returncode == 0, result.stderr
    found = messages(root)
    assert found["Remove"].translated
    assert found["Install"].fuzzy
    assert found["Port 8080 has to be free."].string == "Port 8080 muss frei sein."
    assert found["The user `www` needs a home."].string.startswith("Der Benutzer")
    near = found["Delete the folder `/srv/www` and restart the machine afterwards."]
    assert near.fuzzy
    assert near.previous_id.endswith("the computer afterwards.")
    guide = messages(root, "locales/de/LC_MESSAGES/guide.po")
    assert guide["The guide"].string == "Die Anleitung"
    assert "not used: “Nobody says this.”" in result.stdout


def test_an_empty_catalog_gives_nothing(root):
    write(root, "old.po", catalog_of())
    result = yiben(root, "import", "content/page.md", "old.po", "-l", "de")
    assert result.returncode == 0, result.stderr
    assert not any(one.string for one in messages(root).values())
    assert "old.po: 0 messages used or empty, 0 unused" in result.stdout


def test_messages_that_hold_several_texts_are_taken_apart(root):
    both = "Port 8080 has to be free.\nThe user `www` needs a home."
    write(root, "old.po", catalog_of((both, "Port 8080 frei.\nBenutzer `www` mit Heim.")))
    yiben(root, "import", "content/page.md", "old.po", "-l", "de")
    assert messages(root)["Port 8080 has to be free."].string == "Port 8080 frei."


LINKED = """\
# Links

See [the guide][guide], [`Leaf`] and [once more][].

One [leaf][guide] of [tea](a.md).

[guide]: guide.md
[`Leaf`]: leaf.md
[once more]: more.md
"""


def test_links_that_another_program_wrote_out_are_references_again(root):
    write(root, "content/links.md", LINKED)
    long = (
        "See [the guide](guide.md), [`Leaf`](leaf.md) and [once more](more.md).",
        "[Noch einmal](more.md), [der Leitfaden](guide.md) und [`Leaf`](leaf.md).",
    )
    moved = ("One [leaf](old.md) of [tea](b.md).", "[Tee](b.md), ein [Blatt](old.md).")
    write(root, "old.po", catalog_of(long, moved))
    yiben(root, "import", "content/links.md", "old.po", "-l", "de")
    found = messages(root, "locales/de/LC_MESSAGES/links.po")
    first = found["See [the guide][guide], [`Leaf`] and [once more][]."]
    assert first.translated
    assert first.string == "[Noch einmal][once more], [der Leitfaden][guide] und [`Leaf`]."
    second = found["One [leaf][guide] of [tea](a.md)."]
    assert second.translated
    assert second.string == "[Tee](a.md), ein [Blatt][guide]."
    yiben(root, "build", "-l", "de")
    page = (root / "build/de/links.md").read_text(encoding="utf-8")
    assert f"\n{first.string}\n" in page


def test_a_catalog_wins_over_an_imported_one(root):
    yiben(root, "update", "-l", "de")
    translate(root / CATALOG, {"Remove": "Löschen"})
    write(root, "old.po", catalog_of(("Remove", "Entfernen")))
    result = yiben(root, "import", "content/page.md", "old.po", "-l", "de")
    assert messages(root)["Remove"].string == "Löschen"
    assert "1 kept" in result.stdout
    assert "not used: “Remove”" in result.stdout
    yiben(root, "import", "content/page.md", "old.po", "-l", "de", "--overwrite")
    assert messages(root)["Remove"].string == "Entfernen"


def test_a_catalog_of_mdpo_is_taken_over(root):
    pytest.importorskip("mdpo", reason="mdpo is not installed")
    made = root / "mdpo.po"
    # Its command has the name of translate-toolkit's.
    program = [sys.executable, "-m", "mdpo.md2po"]
    subprocess.run(
        [*program, "content/page.md", "--save", "--po-filepath", str(made), "--quiet"],
        cwd=root,
        check=True,
        capture_output=True,
    )
    entries = polib.pofile(str(made))
    for entry in entries:
        entry.msgstr = f"DE {entry.msgid}"
    entries.save(str(made))
    result = yiben(root, "import", "content/page.md", "mdpo.po", "-l", "de")
    assert result.returncode == 0, result.stderr
    found = messages(root)
    assert found["Port 8080 has to be free."].translated
    missing = [text for text, one in found.items() if not one.string]
    assert missing in ([], ["Set up the server"])


def test_a_catalog_of_po4a_is_taken_over(root):
    if not shutil.which("po4a-gettextize"):
        pytest.skip("po4a is not installed")
    words = "po4a-gettextize -f text -o markdown -M UTF-8 -m content/page.md -l old/page.md -p p.po"
    subprocess.run(words.split(), cwd=root, check=True, capture_output=True)
    result = yiben(root, "import", "content/page.md", "p.po", "-l", "de")
    assert result.returncode == 0, result.stderr
    found = messages(root)
    filled = [text for text, one in found.items() if one.string]
    # po4a keeps a table as one message, which its lines cannot be taken from.
    assert len(filled) >= len(found) - 6


XLIFF = """<?xml version="1.0" encoding="UTF-8"?>
<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">
<file original="page.md" source-language="en" target-language="de" datatype="plaintext"><body>
<trans-unit id="1"><source>Remove</source><target state="final">Entfernen</target></trans-unit>
<trans-unit id="2"><source>Install</source><target state="needs-translation">Instal</target>
<alt-trans><source>Key</source><target>Falsch</target></alt-trans></trans-unit>
<trans-unit id="3"><source>See <ph id="1">`x`</ph> &amp; y</source>
<target>Siehe <ph id="1">`x`</ph></target></trans-unit>
<trans-unit id="4"><source>Key</source></trans-unit>
</body></file></xliff>
"""
XLIFF_2 = """<xliff version="2.0" xmlns="urn:oasis:names:tc:xliff:document:2.0"
 srcLang="en" trgLang="de">
<file id="f"><unit id="1">
<segment state="final"><source>Remove</source><target>Entfernen</target></segment>
<segment state="initial"><source>Install</source><target>Instal</target></segment>
</unit></file></xliff>
"""


@pytest.mark.parametrize("text", [XLIFF, XLIFF_2])
def test_xliff_is_read(root, text):
    write(root, "old.xlf", text)
    result = yiben(root, "import", "content/page.md", "old.xlf", "-l", "de")
    assert result.returncode == 0, result.stderr
    found = messages(root)
    assert found["Remove"].translated
    assert found["Install"].fuzzy
    assert found["Key"].string == ""


def test_xliff_keeps_inline_code_and_leaves_out_proposals():
    found = read_xliff("x.xlf", XLIFF.encode(), locale_of("de"))
    assert [(one.id, one.string) for one in found] == [
        ("Remove", "Entfernen"),
        ("Install", "Instal"),
        ("See `x` & y", "Siehe `x`"),
    ]


def test_a_file_into_another_language_is_refused():
    with pytest.raises(CatalogError, match=r"x\.xlf: is for de, not for fr; name its locale"):
        read_xliff("x.xlf", XLIFF.encode(), locale_of("fr"))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<tmx/>", "is not XLIFF: its root is <tmx>"),
        (b"<xliff><file>", "is not valid XML"),
        (b'<!DOCTYPE xliff [<!ENTITY a "b">]><xliff>&a;</xliff>', 'declares the entity "a"'),
    ],
)
def test_what_is_no_xliff_is_refused(data, text):
    with pytest.raises(CatalogError, match=r"x\.xlf:1:") as error:
        read_xliff("x.xlf", data, locale_of("de"))
    assert text in str(error.value)


def test_tmx_is_read(root):
    write(
        root,
        "old.tmx",
        '<tmx version="1.4"><header srclang="en"/><body><tu><tuv xml:lang="en"><seg>Remove</seg>'
        '</tuv><tuv xml:lang="de"><seg>Entfernen</seg></tuv></tu></body></tmx>',
    )
    yiben(root, "import", "content/page.md", "old.tmx", "-l", "de")
    assert messages(root)["Remove"].translated


# The parts


@pytest.mark.parametrize(
    ("source", "translation", "wanted"),
    [
        ("[a](guide.md)", "[b](guide.de.md)", "[b](guide.md)"),
        ("[a](../zh/x.md#y)", "[b](../en/x.md#z)", "[b](../zh/x.md#y)"),
        ("[a](#one)", "[b](#eins)", "[b](#one)"),
        ('<a href="#one">a</a>', '<a href="#eins">b</a>', '<a href="#one">b</a>'),
        ("[a](x.md)", "[b](other.md)", "[b](other.md)"),
        ("[a](https://e.org/x)", "[b](https://e.org/de/x)", "[b](https://e.org/de/x)"),
        ("[a](x.md)", "[b](https://e.org/x)", "[b](https://e.org/x)"),
        ("[de](page.de.md)", "[en](page.md)", "[en](page.md)"),
        ("[a](x.md) [b](y.md)", "[b](y.de.md) [a](x.de.md)", "[b](y.md) [a](x.md)"),
        ("no link", "[b](x.md)", "[b](x.md)"),
    ],
)
def test_links_lead_where_those_of_the_source_do(source, translation, wanted):
    assert with_own_targets(source, translation, "page.md", "page.de.md") == wanted


@pytest.mark.parametrize(
    ("translation", "wanted"),
    [
        ("[b](x.md)", "[b](./x.md)"),
        ("[b](x.de.md#y)", "[b](./x.md)"),
        ("[b](other.md)", "[b](other.md)"),
        ("[b](./x.md)", "[b](./x.md)"),
    ],
)
def test_links_lead_where_references_of_the_source_do(translation, wanted):
    found = with_own_targets("[a][r]", translation, "page.md", "page.de.md", ("./x.md",))
    assert found == wanted


def test_locales_have_many_spellings():
    assert set(spellings(locale_of("zh-Hans"))) >= {"zh-Hans", "zh_Hans", "zh", "zh-CN", "zh_CN"}
    assert spellings(locale_of("de")) == ("de",)


@pytest.mark.parametrize(
    ("page", "place", "wanted"),
    [
        ("a/x.md", "en", "en/a/x.md"),
        ("x-zh_CN.md", "docs", "docs/x.md"),
        ("x.zh.md", "docs", "docs/x.en.md"),
        ("a/x.md", "t/{stem}.{locale}.md", "t/a/x.en.md"),
    ],
)
def test_a_partner_may_drop_or_change_the_locale_of_the_source(page, place, wanted):
    finder = Finder(place, locale_of("zh-Hans"), locale_of("en"), frozenset({wanted}))
    assert finder.partner(page, f"docs/{page}") == wanted


SAME = tomllib.loads((FIXTURES / "importing" / "same.toml").read_text(encoding="utf-8"))["case"]
AROUND = (
    "Run `setup 1` before anything else is done here.\n\n{}\n\nSee [it](guide.md) for 12 steps.\n",
    "在做其他事情之前运行 `setup 1`。\n\n{}\n\n12 个步骤见[指南](guide.md)。\n",
)


@pytest.mark.parametrize("case", SAME, ids=lambda case: case["title"])
def test_the_same_written_otherwise_is_the_same(case, tmp_path):
    sides = [
        around.format(case[key])
        for around, key in zip(AROUND, ("source", "translation"), strict=True)
    ]
    project(tmp_path, {"page.md": sides[0]}, CHINESE.format(case.get("dialect", "gfm")))
    (tmp_path / "old.md").write_text(sides[1], encoding="utf-8")
    told = in_process(tmp_path, "import", "content/page.md", "old.md", "-l", "zh-Hans")
    lines = told.splitlines()
    assert lines[0] == "content/page.md <- old.md: 3 translated"
    assert not [line for line in lines if "missing" in line or "not in the source" in line]
    assert " error " not in in_process(tmp_path, "check")
    in_process(tmp_path, "build")
    built = (tmp_path / "build/zh-Hans/page.md").read_text(encoding="utf-8")
    assert (
        len(re.findall("[\u4e00-\u9fff]", built))
        >= len(re.findall("[\u4e00-\u9fff]", sides[1])) - 4
    )


def in_process(root, *words):
    """What a command says, run in this process."""
    return CliRunner().invoke(main, ["-C", str(root), *words], catch_exceptions=False).stdout


BUILT = tomllib.loads((FIXTURES / "importing" / "pages.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", BUILT, ids=lambda case: case["title"])
def test_pages_that_are_built_otherwise(case, tmp_path):
    locale = case.get("to", "zh-Hans")
    settings = f'source = "{case.get("from", "en")}"\ntargets = ["{locale}"]\n'
    settings += f'dialect = "{case.get("dialect", "gfm")}"\n'
    project(tmp_path, {"page.md": case["source"]}, settings)
    (tmp_path / "old.md").write_text(case["translation"], encoding="utf-8")
    told = in_process(tmp_path, "import", "content/page.md", "old.md", "-l", locale)
    assert told.splitlines()[0] == f"content/page.md <- old.md: {case['summary']}"
    (path,) = (tmp_path / "locales").glob("*/LC_MESSAGES/page.po")
    strings = {one.id: one.string for one in read_catalog("page.po", path.read_bytes()).messages}
    for text, translation in case.get("entries", {}).items():
        assert strings[text] == translation


def test_code_that_differs_is_counted_until_its_texts_are_units(tmp_path):
    text = "# {}\n\nRun `setup 1`.\n\n```sh\n# {}\nsetup 1\n```\n\n```sh\nls\n```\n"
    project(tmp_path, {"page.md": text.format("Start", "Begin here")}, CHINESE.format("gfm"))
    (tmp_path / "old.md").write_text(text.format("开始", "从这里开始"), encoding="utf-8")
    words = ("import", "content/page.md", "old.md", "-l", "zh-Hans", "--check")
    assert "1 code block differs from the source's" in in_process(tmp_path, *words)
    settings = tmp_path / "yiben.toml"
    settings.write_text(settings.read_text("utf-8") + 'code = { "*" = "comments" }\n', "utf-8")
    assert "code block" not in in_process(tmp_path, *words)


def test_pages_that_a_build_wrote_say_nothing_new(tmp_path):
    project(tmp_path, {"page.md": "# Start\n\nRun `setup 1`.\n"}, CHINESE.format("gfm"))
    in_process(tmp_path, "build")
    place = tmp_path / "build/zh-Hans/page.md"
    words = ("import", "content", "build/zh-Hans", "-l", "zh-Hans", "--check")
    runner = CliRunner()
    told = runner.invoke(main, ["-C", str(tmp_path), *words]).stderr
    assert "build/zh-Hans/page.md: as `yiben build` wrote it" in told
    place.write_text("# 开始\n\n运行 `setup 1`。\n", encoding="utf-8")
    assert "wrote it" not in runner.invoke(main, ["-C", str(tmp_path), *words]).stderr


def test_what_is_the_same_in_both_languages_enters_when_asked_to(tmp_path):
    pages = {
        "page.md": "# Kubernetes\n\nRun `a 1` now.\n\nSee [it](b.md) for 12 steps.\n\n- Redis\n"
    }
    project(tmp_path, pages, CHINESE.format("gfm"))
    old = "# Kubernetes\n\n现在运行 `a 1`。\n\n12 个步骤见[它](b.md)。\n\n- Redis\n"
    (tmp_path / "old.md").write_text(old, encoding="utf-8")
    words = ("import", "content/page.md", "old.md", "-l", "zh-Hans")
    assert "2 translated, 2 same" in in_process(tmp_path, *words)
    catalog = polib.pofile(str(tmp_path / CHINESE_CATALOG))
    assert [entry.msgid for entry in catalog if not entry.msgstr] == ["Kubernetes", "Redis"]
    assert "2 kept, 2 same" in in_process(tmp_path, *words, "--same")
    catalog = polib.pofile(str(tmp_path / CHINESE_CATALOG))
    assert [entry.msgid for entry in catalog if entry.msgid == entry.msgstr] == [
        "Kubernetes",
        "Redis",
    ]
    assert catalog.percent_translated() == 100
