"""What changed since pages were translated by hand, in repositories with a history."""

from __future__ import annotations

import json
import re
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from projects import yiben
from repositories import commit, git, repository

from toolkit.commands.drift.comparing import DiffLinks
from toolkit.project.git import Repository
from toolkit.project.git_blobs import Blobs
from toolkit.project.history import History, Version

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = (
    'source = "en"\ntargets = ["de", "fr"]\ncontent = "docs/en"\noutput = "docs/{locale}/{path}"\n'
)
PAGE = """# Install it

First, you install the `foo` package with version 1.2.

Then you configure the server as described in [the guide](b.md).

Finally you start it and look at the log.
"""
GERMAN = """# Installieren

Zuerst installieren Sie das Paket `foo` in Version 1.2.

Dann richten Sie den Server ein wie [im Leitfaden](b.md) beschrieben.

Schließlich starten Sie ihn und sehen ins Protokoll.
"""
EDIT = (
    "Finally you start it and look at the log.",
    "Finally you start it, wait and look at the log.",
)
LATER = "\nWhen `foo` runs, open [its console](https://foo.example/console) at port 8080.\n"


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A page that was translated, edited, moved, and got a paragraph more: five commits."""
    root = repository(tmp_path_factory.mktemp("past"))
    (root / "docs/en/old").mkdir(parents=True)
    (root / "docs/de").mkdir()
    (root / "yiben.toml").write_text(SETTINGS, "utf-8")
    (root / "docs/en/old/a.md").write_text(PAGE.replace("1.2", "1.1"), "utf-8")
    commit(root, "first")
    (root / "docs/en/old/a.md").write_text(PAGE, "utf-8")
    (root / "docs/de/a.md").write_text(GERMAN, "utf-8")
    commit(root, "translated")
    (root / "docs/en/old/a.md").write_text(PAGE.replace(*EDIT), "utf-8")
    commit(root, "edited")
    git(root, "mv", "docs/en/old/a.md", "docs/en/a.md")
    commit(root, "moved")
    (root / "docs/en/a.md").write_text(PAGE.replace(*EDIT) + LATER, "utf-8")
    commit(root, "extended")
    return root


@pytest.fixture
def root(past: Path, tmp_path: Path) -> Path:
    return shutil.copytree(past, tmp_path / "work")


def revision(root: Path, subject: str) -> str:
    return git(root, "log", "--format=%H", f"--grep=^{subject}$").strip()


def drift(root: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(
        yiben(root, "drift", "--format", "json", *words).stdout
    )
    return found


def german(root: Path, text: str) -> None:
    (root / "docs/de/a.md").write_bytes(text.encode())


def test_a_revision_is_found_by_structure_through_a_move(root: Path) -> None:
    (one,) = drift(root)
    assert one["revision"] == revision(root, "translated")
    assert (one["found"], one["name"], one["behind"]) == ("structure", "docs/en/old/a.md", 3)
    acts = [(change["act"], change["text"]) for change in one["changes"]]
    assert acts == [("changed", EDIT[1]), ("new", LATER.strip())]
    assert one["changes"][0]["old"] == EDIT[0]
    assert one["changes"][0]["line"] == 7


def test_the_report_shows_differences_and_the_command_for_them(root: Path) -> None:
    run = yiben(root, "drift")
    assert run.returncode == 1
    assert "docs/de/a.md: made from" in run.stdout
    (line,) = (line for line in run.stdout.split("\n") if line.startswith("  changed: 7: "))
    assert re.sub(r"\{\+|\+\}", "", line).endswith(f": {EDIT[1]}")
    assert re.sub(r"\{\+.*?\+\}", "", line).endswith(f": {EDIT[0]}")
    command = f"git diff {revision(root, 'translated')[:12]} -- docs/en/old/a.md docs/en/a.md"
    assert command in run.stdout
    assert run.stderr == "drift: 1 translation · 1 behind\n"
    assert "<ins>" in yiben(root, "drift", "--format", "markdown").stdout


@pytest.mark.parametrize(
    ("key", "header"),
    [
        ("default_lang_commit", "---\ndefault_lang_commit: {} # patched\n---\n\n"),
        ("l10n.sourceCommit", "---\ntitle: A\nl10n:\n  sourceCommit: {}\n---\n\n"),
        ("i18n_source_sha", "---\r\ni18n_source_sha: '{}'\r\n---\r\n\r\n"),
    ],
)
def test_a_recorded_revision_counts(root: Path, key: str, header: str) -> None:
    for name in ("edited", "moved"):
        german(root, header.format(revision(root, name)[:10]) + GERMAN)
        (one,) = drift(root)
        assert (one["found"], one["key"]) == ("recorded", key)
        assert one["revision"] == revision(root, name)
        assert [change["act"] for change in one["changes"]] == ["new"]


def test_a_record_may_name_the_page_itself_or_a_key_of_the_project(root: Path) -> None:
    settings = SETTINGS + 'dialect = "hugo"\nrevision_keys = ["source.blob"]\n'
    (root / "yiben.toml").write_text(settings, "utf-8")
    blob = git(root, "rev-parse", f"{revision(root, 'edited')}:docs/en/old/a.md").strip()
    german(root, f'+++\n[source]\nblob = "{blob}"\n+++\n\n{GERMAN}')
    (one,) = drift(root)
    assert one["revision"] == revision(root, "moved")


def test_a_record_may_name_a_commit_of_another_branch(root: Path) -> None:
    git(root, "checkout", "-q", "-b", "side", revision(root, "edited"))
    page = root / "docs/en/old/a.md"
    page.write_text(page.read_text("utf-8") + "\nOn the side.\n", "utf-8")
    commit(root, "aside")
    aside = git(root, "rev-parse", "HEAD").strip()
    git(root, "checkout", "-q", "main")
    german(root, f"---\ndefault_lang_commit: {aside}\n---\n\n{GERMAN}")
    (one,) = drift(root)
    assert one["revision"] == aside
    assert ("gone", "On the side.") in [(c["act"], c["text"]) for c in one["changes"]]


def test_what_is_up_to_date_is_no_finding(root: Path) -> None:
    german(root, f"---\ndefault_lang_commit: {revision(root, 'extended')}\n---\n\n{GERMAN}")
    run = yiben(root, "drift")
    assert (run.returncode, run.stdout) == (0, "")
    with (root / "docs/en/a.md").open("a", encoding="utf-8") as file:
        file.write("\nNot committed yet.\n")
    (one,) = drift(root)
    assert (one["behind"], [c["text"] for c in one["changes"]]) == (1, ["Not committed yet."])


def test_only_what_changed_since_a_date(root: Path) -> None:
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).strftime("%Y-%m-%d")
    assert len(drift(root, "--since", "2000-01-31")) == 1
    assert drift(root, "--since", tomorrow) == []
    assert len(drift(root, "--since", "2 weeks ago")) == 1
    run = yiben(root, "drift", "--since", "soon")
    assert run.returncode == 2
    assert run.stderr.startswith("soon: is not a date; write one such as 2026-01-31")


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    ("keys", "before", "after"),
    [
        ("default_lang_commit", "", "---\ndefault_lang_commit: {}\n---\n\n"),
        ("default_lang_commit", "---\na: 1\n---\n", "---\ndefault_lang_commit: {}\na: 1\n---\n"),
        ("l10n.sourceCommit", "---\na: 1\n---\n", "---\nl10n: \n  sourceCommit: {}\na: 1\n---\n"),
        (
            "l10n.sourceCommit",
            "---\nl10n:\n    x: 1\n---\n",
            "---\nl10n:\n    sourceCommit: {}\n    x: 1\n---\n",
        ),
    ],
)
def test_revisions_are_written_down(
    root: Path, keys: str, before: str, after: str, end: str
) -> None:
    (root / "yiben.toml").write_text(f'{SETTINGS}revision_keys = ["{keys}"]\n', "utf-8")
    german(root, (before + GERMAN).replace("\n", end))
    check = yiben(root, "drift", "--check")
    assert (check.returncode, "would change docs/de/a.md" in check.stderr) == (1, True)
    run = yiben(root, "drift", "--write")
    assert (run.returncode, "1 recorded" in run.stderr) == (0, True)
    data = (root / "docs/de/a.md").read_bytes().decode()
    wanted = (after.format(revision(root, "translated")) + GERMAN).replace("\n", end)
    assert data.replace("l10n: \r", "l10n:\r").replace("l10n: \n", "l10n:\n") == wanted.replace(
        "l10n: ", "l10n:"
    )
    (one,) = drift(root)
    assert (one["found"], one["revision"]) == ("recorded", revision(root, "translated"))
    yiben(root, "drift", "--write")
    assert (root / "docs/de/a.md").read_bytes().decode() == data


def test_import_takes_each_page_as_it_was(root: Path) -> None:
    run = yiben(root, "import", "docs/en", "docs/de", "-l", "de", "--at", "auto")
    assert run.returncode == 0
    text = (root / "locales/de/LC_MESSAGES/a.po").read_text("utf-8")
    assert text.count("#, fuzzy") == 1
    assert f'#, fuzzy\n#| msgid "{EDIT[0]}"\nmsgid "{EDIT[1]}"' in text


def test_pages_that_yiben_built_are_no_translations(root: Path) -> None:
    yiben(root, "update", "-l", "fr")
    yiben(root, "build", "-l", "fr")
    assert (root / "docs/fr/a.md").exists()
    assert [one["translation"] for one in drift(root)] == ["docs/de/a.md"]


def test_strangers_have_no_revision(root: Path) -> None:
    german(root, "# Etwas ganz anderes\n\n" + "- Punkt\n" * 9)
    run = yiben(root, "drift")
    assert (run.returncode, "revision unknown" in run.stdout) == (0, True)
    assert "1 of unknown revision" in run.stderr
    run = yiben(root, "import", "docs/en", "docs/de", "-l", "de", "--at", "auto")
    assert "compared with the page as it is" in run.stderr


@pytest.mark.parametrize(
    ("record", "text"),
    [
        ("ffffffffff", "ffffffffff is not a revision of this repository"),
        ("soon", "soon is not the name of a commit; write its hexadecimal digits"),
        ("{}", "has no docs/en/a.md, under any of its names; name a later commit"),
    ],
)
def test_a_record_of_no_use_is_named_with_its_line(root: Path, record: str, text: str) -> None:
    git(root, "checkout", "-q", "--orphan", "empty")
    git(root, "rm", "-rfq", ".")
    commit(root, "empty")
    empty = git(root, "rev-parse", "HEAD").strip()
    git(root, "checkout", "-qf", "main")
    german(root, f"---\na: 1\ndefault_lang_commit: {record.format(empty)}\n---\n\n{GERMAN}")
    for words in (["drift"], ["import", "docs/en", "docs/de", "-l", "de", "--at", "auto"]):
        run = yiben(root, *words)
        assert run.returncode == 2
        assert run.stderr.startswith("docs/de/a.md:3:22: default_lang_commit: ")
        assert text in run.stderr.split("\n")[0]


def test_a_clone_without_history_is_an_error(root: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{root}", "shallow")
    run = yiben(tmp_path / "shallow", "drift")
    assert run.returncode == 2
    assert "the history of this clone is cut off; git fetch --unshallow" in run.stderr
    shutil.rmtree(root / ".git")
    run = yiben(root, "drift")
    assert (run.returncode, run.stderr.count("\n")) == (2, 1)
    assert run.stderr.endswith("is not in a git repository\n")
    repository(root)
    run = yiben(root, "drift")
    assert (run.returncode, run.stderr) == (2, "HEAD: there is no commit yet\n")


def test_a_name_that_is_used_again_keeps_histories_apart(tmp_path: Path) -> None:
    root = repository(tmp_path)
    (root / "a.md").write_text("# One\n\n" + "The first page.\n" * 9, "utf-8")
    commit(root)
    git(root, "mv", "a.md", "b.md")
    commit(root)
    (root / "a.md").write_text("# Two\n\n" + "Another one.\n" * 9, "utf-8")
    commit(root)
    history = History(Repository(root))
    assert history.names("b.md") == ("b.md", "a.md")
    assert history.names("a.md") == ("a.md",)
    blobs = Blobs(root)
    assert [blobs.read(one.blob)[:5] for one in history.versions("b.md")] == [b"# One"] * 2
    assert blobs.find("nothing") is None
    blobs.close()


@pytest.mark.parametrize(
    ("remote", "link"),
    [
        ("git@github.com:a/b.git", "https://github.com/a/b/compare/OLD...NEW#diff-"),
        ("https://user:key@github.com/a/b", "https://github.com/a/b/compare/OLD...NEW#diff-"),
        ("ssh://git@gitlab.example.org:22/a/b.git", "https://gitlab.example.org/a/b/-/compare/"),
        ("/srv/git/a.git", ""),
        ("https://example.org/a.git", ""),
    ],
)
def test_differences_have_links_where_their_form_is_known(
    root: Path, remote: str, link: str
) -> None:
    git(root, "remote", "add", "origin", remote)
    links = DiffLinks.of(History(Repository(root)))
    found = links.link(Version("OLD", 0, 0, "a.md", ""), "a.md").replace(links.head, "NEW")
    assert found.startswith(link)
    assert "key" not in found
    assert bool(found) is bool(link)


OTHER = """# Contact

- Write to us.
- Call us.

| Day | Hours |
|---|---|
| Monday | 9 |
| Friday | 7 |

Our office has moved; `ring` twice, then wait for somebody to come down to you and open the gate.
"""


def test_a_page_that_was_another_one_when_it_was_first_translated(tmp_path: Path) -> None:
    """Commits that touch both sides say little; the oldest page is not the one to compare with."""
    root = repository(tmp_path)
    (root / "docs/en").mkdir(parents=True)
    (root / "docs/de").mkdir()
    (root / "yiben.toml").write_text(SETTINGS, "utf-8")
    (root / "docs/en/a.md").write_text(OTHER, "utf-8")
    german(root, "# Kontakt\n\n- Schreiben Sie uns.\n- Rufen Sie an.\n")
    commit(root, "first")
    for subject, page in (("rewritten", PAGE), ("edited", PAGE.replace(*EDIT))):
        (root / "docs/en/a.md").write_text(page, "utf-8")
        german(root, GERMAN if subject == "rewritten" else f"{GERMAN}\n")
        commit(root, subject)
    (root / "docs/en/a.md").write_text(PAGE.replace(*EDIT) + LATER, "utf-8")
    commit(root, "extended")
    (one,) = drift(root)
    assert one["found"] == "structure"
    assert one["revision"] in {revision(root, "rewritten"), revision(root, "edited")}
    assert LATER.strip() in [change["text"] for change in one["changes"]]
