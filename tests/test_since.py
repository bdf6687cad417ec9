"""A gate on the change: what `--since` reports in a repository that has older faults."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import pytest
from projects import project, translate, yiben
from repositories import commit, git, repository

if TYPE_CHECKING:
    from pathlib import Path

LOCALES = ("de", "en", "fr", "ja", "ar")
SETTINGS = f'source = "zh-Hans"\ntargets = {json.dumps(LOCALES)}\n'
STALE = range(10)
"""Pages that were edited on main and never brought to the catalogs."""


def page(number: int) -> str:
    return f"# 第 {number} 页\n\n这是页面 {number} 的正文。\n\n共同的一段。\n"


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """40 commits, 5 locales, 10 stale pages, and a translation that was never right."""
    root = repository(tmp_path_factory.mktemp("history"))
    project(root, {f"p{number}.md": page(number) for number in range(14)}, SETTINGS)
    yiben(root, "update")
    translate(catalog(root, 12), {"这是页面 12 的正文。": "Text der Seite. "})
    commit(root)
    for number in STALE:
        path = root / f"content/p{number}.md"
        path.write_text(f"{path.read_text('utf-8')}\n后来的一段 {number}。\n", "utf-8")
        commit(root)
    for number in range(29):
        (root / "notes.txt").write_text(f"{number}\n", "utf-8")
        commit(root)
    assert git(root, "rev-list", "--count", "HEAD").strip() == "40"
    return root


@pytest.fixture
def root(history: Path, tmp_path: Path) -> Path:
    """The repository on a branch of its own."""
    root = tmp_path / "work"
    shutil.copytree(history, root)
    git(root, "checkout", "--quiet", "-b", "work")
    return root


def test_links_that_the_change_has_made_dead_are_reported(root: Path) -> None:
    """They are on pages that nobody touched; what was dead before is not the change's fault."""
    (root / "content/gone.md").write_text("# 旧页\n\n一段。\n", "utf-8")
    (root / "content/moved.md").write_text("# 移动\n\n另外的一大段文字，很长很长。\n", "utf-8")
    (root / "content/edited.md").write_text("# 标题\n\n## One { #one }\n\n## Two\n", "utf-8")
    links = ("gone.md", "moved/", "edited.md#one", "edited.md#two", "edited.md#three", "never.md")
    text = "".join("- [链接](" + link + ")\n" for link in links)
    (root / "content/links.md").write_text(f"# 链接\n\n{text}", "utf-8")
    yiben(root, "update")
    commit(root)
    git(root, "tag", "base")
    (root / "content/gone.md").unlink()
    git(root, "mv", "content/moved.md", "content/place.md")
    edit(root / "content/edited.md", "## Two", "## Second")
    edit(root / "content/edited.md", "#one", "#first")
    yiben(root, "update")
    result = yiben(root, "check", "--since", "base", "--format", "json")
    found = [one for one in json.loads(result.stdout) if one["check"].startswith("dead-")]
    assert sorted(one["text"].partition('"')[2] for one in found) == [
        'gone.md" here',
        'moved/" here',
        'one"; the heading of that name has the id "first": link to "#first"',
        'two"',
    ]
    assert {one["path"] for one in found} == {"content/links.md"}


def catalog(root: Path, number: int, locale: str = "de") -> Path:
    return root / f"locales/{locale}/LC_MESSAGES/p{number}.po"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def found(root: Path, *words: str, ref: str = "main") -> list[tuple[str, str]]:
    """The stems of the files with findings, each with its check; the exit status agrees."""
    result = yiben(root, "check", "--since", ref, "--format", "json", *words)
    entries = json.loads(result.stdout)
    errors = any(entry["severity"] == "error" for entry in entries)
    assert result.returncode == int(errors), result.stderr
    return sorted({(entry["path"].split("/")[-1], entry["check"]) for entry in entries})


def stale(*numbers: int) -> list[tuple[str, str]]:
    files = [f"p{number}.{ending}" for number in numbers for ending in ("po", "pot")]
    return sorted((file, "stale") for file in files)


def test_the_world_fails_and_an_empty_change_does_not(root: Path) -> None:
    assert yiben(root, "check").returncode == 1
    result = yiben(root, "check", "--since", "main")
    assert (result.returncode, result.stdout) == (0, "no errors, no warnings\n")
    # A template and five catalogs of ten pages; the warnings are a blank and empty translators.
    assert "outside the change, not shown: 60 errors, " in result.stderr


@pytest.mark.parametrize("number", [3, 11])
def test_only_the_page_that_was_touched_fails(root: Path, number: int) -> None:
    edit(root / f"content/p{number}.md", "正文", "新正文")
    assert found(root) == stale(number)
    commit(root)
    assert found(root) == stale(number)
    result = yiben(root, "update", "--check", "--since", "main")
    assert result.returncode == 1
    changed = [line for line in result.stderr.split("\n") if line.startswith("would change")]
    assert len(changed) == 6
    assert all(f"/p{number}.po" in line for line in changed)
    assert "files outside the change would change as well" in result.stderr
    table = json.loads(yiben(root, "stats", "--since", "main", "--format", "json").stdout)
    assert {tuple(one["pages"]) for one in table.values()} == {(f"content/p{number}.md",)}
    yiben(root, "update")
    assert found(root, "--select", "stale") == []


def test_only_the_message_that_was_touched_fails(root: Path) -> None:
    translate(catalog(root, 12), {"共同的一段。": "Gemeinsam. "})
    assert found(root, "--select", "edge-blank") == [("p12.po", "edge-blank")]
    entries = yiben(root, "check", "--since", "main", "--select", "edge-blank", "--format", "json")
    assert [entry["message"] for entry in json.loads(entries.stdout)] == ["共同的一段。"]
    # A translator who works on a catalog that is behind its page is not asked to update it.
    translate(catalog(root, 0), {"共同的一段。": "Gemeinsam."})
    assert found(root, "--select", "stale") == []


def test_one_text_in_two_words_is_the_business_of_both_catalogs(root: Path) -> None:
    translate(catalog(root, 12), {"共同的一段。": "Gemeinsam."})
    commit(root)
    git(root, "branch", "--force", "main")
    # The difference is reported at p13, and is found when p12 is what changed.
    translate(catalog(root, 13), {"共同的一段。": "Zusammen."})
    commit(root)
    git(root, "branch", "--force", "main")
    assert found(root) == []
    translate(catalog(root, 12), {"共同的一段。": "Gemeinschaftlich."})
    assert found(root) == [("p13.po", "inconsistent")]


def test_a_moved_page_is_itself(root: Path) -> None:
    for folder, ending in (("content", "md"), ("locales/de/LC_MESSAGES", "po")):
        git(root, "mv", f"{folder}/p12.{ending}", f"{folder}/moved.{ending}")
    commit(root)
    # Its catalogs are to be made, but its old fault stays an old one.
    assert found(root, "--select", "edge-blank") == []
    assert found(root) == [("moved.po", "stale"), ("moved.pot", "stale")]
    yiben(root, "update")
    assert found(root, "--select", "edge-blank", "--select", "stale") == []


def test_what_came_to_main_since_is_no_part_of_the_change(root: Path) -> None:
    edit(root / "content/p11.md", "正文", "新正文")
    commit(root)
    git(root, "checkout", "--quiet", "main")
    edit(root / "content/p12.md", "正文", "另一正文")
    commit(root)
    git(root, "checkout", "--quiet", "--detach", "work")
    assert found(root) == stale(11)


def test_new_files_count_and_ignored_ones_do_not(root: Path) -> None:
    (root / "content/new.md").write_text("# 新\n", "utf-8")
    (root / "content/draft.md").write_text("# 稿\n", "utf-8")
    (root / ".gitignore").write_text("draft.md\n", "utf-8")
    assert found(root) == [("new.po", "stale"), ("new.pot", "stale")]


def test_a_term_concerns_the_messages_that_use_it(root: Path) -> None:
    (root / "yiben.toml").write_text(f"{SETTINGS}glossary = 'terms.csv'\n", "utf-8")
    (root / "terms.csv").write_text("source,target,locale\n正文,Text,de\n", "utf-8")
    translate(catalog(root, 13), {"这是页面 13 的正文。": "Die Seite."})
    commit(root)
    git(root, "branch", "--force", "main")
    (root / "terms.csv").write_text("source,target,locale\n正文,Text,de\n页,Blatt,de\n", "utf-8")
    assert found(root) == [("p12.po", "glossary"), ("p13.po", "glossary")]
    (root / "terms.csv").write_text("source,target,locale\n正文,Text,de\n共同,Gem,de\n", "utf-8")
    assert found(root) == []


@pytest.mark.parametrize(
    ("setting", "checks"),
    [
        ("severity = { edge-blank = 'error' }", {("p12.po", "edge-blank")}),
        ("severity = { 'p13.md' = 'error' }", set()),
        ("min_complete = { 'p12.md' = 100 }", {("p12.po", "incomplete")}),
        ("notice = 'unfinished'", set()),
    ],
)
def test_a_setting_concerns_what_it_decides(
    root: Path, setting: str, checks: set[tuple[str, str]]
) -> None:
    (root / "yiben.toml").write_text(f"{SETTINGS}{setting}\n", "utf-8")
    assert {one for one in found(root) if one[1] != "header-field"} == checks


def test_a_new_target_is_all_new(root: Path) -> None:
    text = SETTINGS.replace('"ar"', '"ar", "it"')
    (root / "yiben.toml").write_text(text, "utf-8")
    paths = yiben(root, "check", "--since", "main", "--format", "json").stdout
    assert {entry["path"].split("/")[1] for entry in json.loads(paths)} == {"it"}


def test_a_shallow_clone_says_what_to_fetch(root: Path, tmp_path: Path) -> None:
    edit(root / "content/p11.md", "正文", "新正文")
    commit(root)
    clone = tmp_path / "clone"
    git(tmp_path, "clone", "--quiet", "--depth=1", "--branch=work", f"file://{root}", "clone")
    for ref in ("origin/main", "main"):
        result = yiben(clone, "check", "--since", ref)
        assert (result.returncode, result.stdout) == (2, "")
        assert "git fetch origin main:refs/remotes/origin/main" in result.stderr
        assert "git fetch --unshallow" in result.stderr
    git(clone, "fetch", "--quiet", "--depth=1", "origin", "main:refs/remotes/origin/main")
    result = yiben(clone, "check", "--since", "origin/main")
    assert result.returncode == 2
    assert "the history of this clone ends before it meets HEAD" in result.stderr
    result = yiben(clone, "check", "--since", "main")
    assert "did you mean origin/main?" in result.stderr
    git(clone, "fetch", "--quiet", "--unshallow")
    git(clone, "fetch", "--quiet", "origin", "main:refs/remotes/origin/main")
    assert found(clone, ref="origin/main") == stale(11)


def test_a_folder_without_repository_is_one_clear_line(tmp_path: Path) -> None:
    root = project(tmp_path, {"a.md": "# 新\n"})
    result = yiben(root, "check", "--since", "main", GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert result.returncode == 2
    assert result.stderr == f"{root}: is not in a git repository\n"
    assert yiben(root, "update", "--since", "main").returncode == 2
