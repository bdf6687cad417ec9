"""The questions about files that results rest on are answered as the system would."""

import os

import pytest
from projects import project

from toolkit.project.cache import open_cache
from toolkit.project.cache.by_content import by_content
from toolkit.project.cache.listings import Listings
from toolkit.project.project import Project
from toolkit.project.store import Run

NAMES = (
    "a.md A.md é.md é.md folder folder/ folder/. folder/.. folder/x.md folder/none link dangling"
    " looped to-folder to-folder/x.md a.md/x nowhere nowhere/x nowhere/../a.md . .. x~1"
).split()


@pytest.fixture
def run(tmp_path):
    root = project(tmp_path, {"a.md": "一\n", "b.md": "二\n"})
    return Run(Project.found_from(root), cache=open_cache(Project.found_from(root)))


def test_names_are_there_as_the_system_says(tmp_path):
    (tmp_path / "folder").mkdir()
    for name in ("a.md", "é.md", "folder/x.md"):
        (tmp_path / name).touch()
    for name, target in {
        "link": "a.md",
        "dangling": "gone",
        "looped": "looped",
        "to-folder": "folder",
    }.items():
        (tmp_path / name).symlink_to(target)
    listings = Listings()
    for name in (*NAMES, *NAMES, *NAMES, "nul\0", "x" * 300, "", "nowhere/é", "\udcff"):
        path = f"{tmp_path}/{name}"
        assert listings.has(path) == os.path.exists(path), name  # noqa: PTH110


def test_what_was_written_is_there(run):
    assert not any(run.facts.answer("there", f"content/{number}") for number in range(9))
    run.save("content/3", b"3")
    assert run.facts.answer("there", "content/3")
    assert run.facts.answer("there", "content")


def texts(run):
    read = []

    def found(name):
        read.append(name)
        return (run.data(name) or b"").decode()

    values = by_content(run, "texts", ["content/a.md", "content/b.md", "content/c.md"], found)
    return values, read


def test_facts_of_files_are_found_out_once(run):
    first, read = texts(run)
    assert first == ["一\n", "二\n", ""]
    assert len(read) == 3
    assert texts(run) == (first, [])
    run.cache.flush()
    (run.project.root / "content" / "b.md").write_text("三\n", encoding="utf-8")
    project = Project.found_from(run.project.root)
    again = Run(project, cache=open_cache(project))
    assert texts(again) == (["一\n", "三\n", ""], ["content/b.md"])


def test_facts_that_rest_on_more_are_not_kept(run):
    def found(name):
        return [run.exists("content"), len(run.data(name) or b"")]

    for _ in range(2):
        assert by_content(run, "sizes", ["content/a.md"], found) == [[True, 4]]
    assert run.cache.values([run.cache.key("sizes", "0 of 1")]) == {}


@pytest.mark.parametrize(
    "entry", [b"", b"[]", b"{", b'{"content/a.md": 1}', b'{"content/a.md": []}']
)
def test_an_entry_of_another_form_is_passed_by(run, entry):
    run.cache.keep_value(run.cache.key("texts", "0 of 1"), entry)
    assert texts(run)[0] == ["一\n", "二\n", ""]
