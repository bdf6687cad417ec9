"""Locales that are behind: pages as they were, and translations that are a little out of date."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from projects import project, snapshot, translate, yiben, yiben_process
from repositories import commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = """source = "en"
targets = ["de", "ja"]
as_of = "catalog"
notice = "> Stand vom {date}, {behind} Fassungen zurück."
"""
PAGE = """# Guide

Start the server first.

![A picture](images/a.png) shows it, [the setup](setup.md#steps) prepares it.

## How to go on

Read [the next part](#how-to-go-on).
"""
LIST = "".join(f"- `step-{number}`\n" for number in range(9))
SETUP = f"""# Setup

## Steps

Take the steps, then [go on](guide.md#how-to-go-on).

{LIST}"""
GERMAN = {
    "Guide": "Leitfaden",
    "Start the server first.": "Starten Sie zuerst den Server.",
    "![A picture](images/a.png) shows it, [the setup](setup.md#steps) prepares it.": (
        "![Ein Bild](images/a.png) zeigt es, [das Setup](setup.md#steps) bereitet es vor."
    ),
    "How to go on": "So geht es weiter",
    "Read [the next part](#how-to-go-on).": "Lesen Sie [den nächsten Teil](#how-to-go-on).",
    "Setup": "Setup-Seite",
    "Steps": "Schritte",
    "Take the steps, then [go on](guide.md#how-to-go-on).": (
        "Gehen Sie die Schritte, dann [weiter](guide.md#how-to-go-on)."
    ),
}
PO = "locales/de/LC_MESSAGES/guide.po"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two pages, translated into German as they were first."""
    root = project(repository(tmp_path), {"guide.md": PAGE, "setup.md": SETUP}, SETTINGS)
    (root / "content/images").mkdir()
    (root / "content/images/a.png").write_bytes(b"PNG")
    commit(root, "pages")
    assert yiben(root, "update").returncode == 0
    for name in ("guide", "setup"):
        translate(root / f"locales/de/LC_MESSAGES/{name}.po", GERMAN)
    commit(root, "translated")
    return root


def edit(root: Path, name: str, *pairs: tuple[str, str]) -> None:
    path = root / "content" / name
    text = path.read_text("utf-8")
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new)
    path.write_text(text, "utf-8")


def built(root: Path, name: str = "guide.md") -> str:
    run = yiben(root, "build", "-l", "de")
    assert run.returncode == 0, run.stderr
    return (root / "build/de" / name).read_text("utf-8")


def header(root: Path, path: str = PO) -> str:
    found = re.search(r'"X-Source-Revision: (\w+)\\n"', (root / path).read_text("utf-8"))
    return found[1] if found else ""


def revision(root: Path, subject: str) -> str:
    return git(root, "log", "--format=%H", f"--grep=^{subject}$").strip()


REWRITTEN = ("Start the server first.", "Before anything else, launch every service you need.")
MORE = ("Read [the next", "New words that nobody has translated.\n\nRead [the next")


@pytest.mark.parametrize("updated", [False, True])
def test_a_page_is_whole_as_it_was(root: Path, updated: bool) -> None:  # noqa: FBT001
    whole = built(root)
    assert "Stand vom" not in whole
    edit(root, "guide.md", REWRITTEN, MORE)
    commit(root, "rewritten")
    edit(root, "guide.md", ("Guide", "The guide"))
    commit(root, "renamed")
    if updated:
        assert yiben(root, "update").returncode == 0
    assert header(root) == revision(root, "pages")
    page = built(root)
    date = git(root, "log", "--format=%cs", "--grep=^pages$").strip()
    assert f"> Stand vom {date}, 2 Fassungen zurück.\n\n" in page
    assert page.replace(f"> Stand vom {date}, 2 Fassungen zurück.\n\n", "") == whole
    for text in GERMAN:
        assert f"\n{text}\n" not in page
    before = snapshot(root)
    yiben(root, "update")
    yiben(root, "build", "-l", "de")
    yiben(root, "update")
    after = snapshot(root)
    if updated:
        assert after == before


def test_a_translated_update_is_the_page_as_it_is(root: Path) -> None:
    edit(root, "guide.md", REWRITTEN)
    commit(root, "rewritten")
    yiben(root, "update")
    translate(root / PO, {REWRITTEN[1]: "Starten Sie vorher alle Dienste."})
    path = root / PO
    path.write_text(path.read_text("utf-8").replace("#, fuzzy\n", ""), "utf-8")
    assert "Starten Sie vorher alle Dienste." in built(root)
    yiben(root, "update")
    assert header(root) == revision(root, "rewritten")


def test_a_commit_counts_though_no_file_changes(root: Path) -> None:
    edit(root, "guide.md", ("Start the server first.", "Wait."))
    yiben(root, "update")
    translate(root / PO, GERMAN | {"Wait.": "Warten Sie."})
    yiben_process(root, "update")
    assert "no files written" in yiben_process(root, "update").stderr
    commit(root, "edited")
    yiben_process(root, "update")
    assert header(root) == revision(root, "edited")


def test_links_lead_to_where_their_targets_are_now(root: Path) -> None:
    edit(root, "guide.md", REWRITTEN, ("(setup.md#steps)", "(more/setup.md#steps)"))
    (root / "content/more").mkdir()
    git(root, "mv", "content/setup.md", "content/more/setup.md")
    edit(root, "more/setup.md", ("guide.md", "../guide.md"))
    commit(root, "moved")
    page = built(root)
    assert "[das Setup](more/setup.md#steps)" in page
    assert "![Ein Bild](images/a.png)" in page
    assert (root / "build/de/images/a.png").read_bytes() == b"PNG"
    git(root, "mv", "content/guide.md", "content/more/guide.md")
    edit(root, "more/guide.md", ("more/setup.md", "setup.md"), ("images/", "../images/"))
    edit(root, "more/setup.md", ("../guide.md", "guide.md"))
    commit(root, "moved again")
    yiben(root, "update")
    page = built(root, "more/guide.md")
    assert "[das Setup](setup.md#steps)" in page
    assert "![Ein Bild](../images/a.png)" in page


def test_fragments_of_either_time_lead_somewhere(root: Path) -> None:
    edit(root, "guide.md", REWRITTEN, ("How to go on", "Going on"), ("#how-to-go-on", "#going-on"))
    edit(root, "setup.md", ("#how-to-go-on", "#going-on"), ("Steps", "What to do"))
    commit(root, "rewritten")
    page = built(root)
    assert "## So geht es weiter { #how-to-go-on }" in page
    assert '<a id="going-on"></a>' in page
    # Its own heading is built as it was, for the page that links there.
    assert "[das Setup](setup.md)" in page or "{ #steps }" in built(root, "setup.md")


def test_a_page_whose_files_are_gone_is_built_as_it_is(root: Path) -> None:
    edit(root, "guide.md", REWRITTEN, ("![A picture](images/a.png) shows it, ", "We see it, "))
    (root / "content/images/a.png").unlink()
    commit(root, "rewritten")
    assert REWRITTEN[1] in built(root)


def test_a_page_that_is_left_out_counts_as_it_is_built(root: Path) -> None:
    with (root / "yiben.toml").open("a") as file:
        file.write("skip_below = 90\n")
    edit(root, "guide.md", REWRITTEN, MORE)
    commit(root, "rewritten")
    assert "Starten Sie zuerst den Server." in built(root)


def test_a_revision_that_is_not_there_is_an_error(root: Path) -> None:
    path = root / PO
    text = path.read_text("utf-8")
    path.write_text(text.replace(header(root), "f" * 40), "utf-8")
    edit(root, "guide.md", REWRITTEN)
    run = yiben(root, "build", "-l", "de")
    assert run.returncode == 2
    assert run.stderr.startswith(f"{PO}: X-Source-Revision: {'f' * 40} is not a revision of this")


def test_it_needs_a_repository_and_a_catalog_for_each_page(tmp_path: Path) -> None:
    root = project(tmp_path, {"guide.md": PAGE}, SETTINGS)
    run = yiben(root, "update")
    assert (run.returncode, "is not in a git repository" in run.stderr) == (2, True)
    (root / "yiben.toml").write_text(SETTINGS + 'catalog = "single"\n', "utf-8")
    run = yiben(root, "update")
    assert run.returncode == 2
    assert run.stderr.startswith('yiben.toml:3:1: as_of: "catalog" needs a catalog for each page')


def test_an_automatic_notice_says_the_same_in_the_readers_language(root: Path) -> None:
    settings = re.sub("notice = .*", 'notice = "auto"', SETTINGS)
    (root / "yiben.toml").write_text(settings, "utf-8")
    edit(root, "guide.md", REWRITTEN)
    commit(root, "rewritten")
    assert re.search(r"\n> Diese Übersetzung ist möglicherweise veraltet\. \(\d{4}", built(root))


def test_by_default_nothing_is_recorded(tmp_path: Path) -> None:
    root = project(repository(tmp_path), {"guide.md": PAGE}, 'source = "en"\ntargets = ["de"]\n')
    commit(root)
    yiben(root, "update")
    assert header(root) == ""


OUTDATED = 'source = "en"\ntargets = ["de"]\noutdated = "mark"\n'


def test_translations_of_small_edits_are_published_with_a_mark(tmp_path: Path) -> None:
    root = project(tmp_path, {"guide.md": PAGE}, OUTDATED)
    yiben(root, "update")
    translate(root / PO, GERMAN)
    edit(root, "guide.md", ("Start the server first.", "Start the daemon first."))
    edit(root, "guide.md", ("Guide", "Guides"), ("Read [the next", "Don't read [the next"))
    yiben(root, "update")
    page = built(root)
    assert '\n<span class="outdated">Starten Sie zuerst den Server.</span>\n' in page
    assert page.startswith("# Guides\n")
    assert "Don't read [the next part]" in page
    (root / "yiben.toml").write_text(OUTDATED.replace("mark", "source"), "utf-8")
    assert "Start the daemon first." in built(root)


def test_marks_stand_in_tables_lists_and_jsx(tmp_path: Path) -> None:
    page = "- Start the server now please.\n\n| A |\n|---|\n| Stop the server now please. |\n"
    for dialect, name in (("mkdocs", "class"), ("mdx", "className")):
        root = tmp_path / dialect
        project(root, {"guide.mdx": page}, f'{OUTDATED}dialect = "{dialect}"\n')
        yiben(root, "update")
        words = {"Start the server now please.": "Bitte starten", "A": "B"}
        translate(root / PO, words | {"Stop the server now please.": "Bitte halten"})
        edit(root, "guide.mdx", ("server", "daemon"))
        yiben(root, "update")
        made = built(root, "guide.mdx")
        assert f'- <span {name}="outdated">Bitte starten</span>\n' in made
        assert f'| <span {name}="outdated">Bitte halten</span> |\n' in made
