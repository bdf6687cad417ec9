"""A command whose extra is missing says so in one line, and the release's files agree."""

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest
from projects import project, yiben

ROOT = Path(__file__).parents[1]
NEEDS = [
    ("preview", "starlette", ["preview"]),
    ("preview", "lxml", ["preview", "--export", "out"]),
    ("verify", "selectolax", ["verify", "build"]),
    ("watch", "watchfiles", ["update", "--watch"]),
    ("watch", "watchfiles", ["check", "--watch"]),
    ("machine", "httpx", ["translate", "-l", "en", "--provider", "deepl"]),
    ("machine", "httpx", ["translate", "-l", "en", "--provider", "openai"]),
    ("site", "markdown", ["build", "--renderer-check"]),
]


@pytest.mark.parametrize(
    ("extra", "package", "words"), NEEDS, ids=[" ".join(words) for *_, words in NEEDS]
)
def test_a_missing_extra_is_named(extra, package, words, tmp_path, monkeypatch):
    root = project(tmp_path, {"a.md": "# 安装\n"})
    monkeypatch.setitem(sys.modules, package, None)
    for name in [one for one in sys.modules if ".providers." in one]:
        monkeypatch.delitem(sys.modules, name)
    run = yiben(root, *words)
    assert run.returncode == 2, run.stderr
    assert f"pip install 'yiben[{extra}]'" in run.stderr
    assert run.stderr.count("\n") == 1


@pytest.fixture
def build_hook():
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    return runpy.run_path(str(ROOT / "hatch_build.py"))["RepositoryAddress"]


def metadata_of(hook) -> dict[str, Any]:
    found: dict[str, Any] = {}
    hook(str(ROOT), {}).update(found)
    return found


def test_a_build_names_no_address_of_its_own(build_hook, monkeypatch):
    monkeypatch.delenv("YIBEN_REPOSITORY", raising=False)
    monkeypatch.setenv("GITHUB_REPOSITORY", "somebody/else")
    found = metadata_of(build_hook)
    assert found["urls"] == {}
    assert found["readme"]["text"] == (ROOT / "README.md").read_text(encoding="utf-8")


def test_a_release_names_the_address_that_it_was_built_at(build_hook, monkeypatch):
    monkeypatch.setenv("YIBEN_REPOSITORY", "https://example.org/a/b/")
    found = metadata_of(build_hook)
    assert found["urls"]["Source"] == "https://example.org/a/b"
    text = found["readme"]["text"]
    assert "](docs/" not in text
    assert "](https://example.org/a/b/blob/v" in text
    assert text.count("](https://example.org/a/b/raw/v") == text.count("![") > 0
    for place in text.split("](https://example.org/a/b/raw/v")[1:]:
        picture = place.partition("/")[2].partition(")")[0]
        assert (ROOT / picture).is_file()
