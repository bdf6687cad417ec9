"""The files of a release agree with each other."""

import re
import tomllib
from pathlib import Path

import yaml

from toolkit import __version__

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
SYSTEMS = {"ubuntu-latest": "Linux", "macos-latest": "MacOS", "windows-latest": "Windows"}


def workflow(name):
    return yaml.safe_load((ROOT / ".github/workflows" / name).read_text(encoding="utf-8"))


def test_ci_runs_what_the_classifiers_name():
    named = "\n".join(PROJECT["classifiers"])
    pythons = re.findall(r"Python :: (3\.\d+)$", named, re.MULTILINE)
    systems = set(re.findall(r"Operating System :: .*?(\w+)$", named, re.MULTILINE))
    for job in (
        workflow("platforms.yml")["jobs"]["tests"],
        workflow("release.yml")["jobs"]["test"],
    ):
        matrix = job["strategy"]["matrix"]
        assert matrix["python"] == pythons
        assert {SYSTEMS[one] for one in matrix["os"]} == systems
    assert PROJECT["requires-python"] == f">={pythons[0]}"


def test_a_release_publishes_only_what_was_tested():
    jobs = workflow("release.yml")["jobs"]
    assert jobs["publish"]["needs"] == "test"
    assert jobs["test"]["needs"] == "build"
    assert {"whl", "tar.gz"} == set(jobs["test"]["strategy"]["matrix"]["kind"])


def test_the_changelog_has_a_section_for_the_version():
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(rf"^## {re.escape(__version__)}\b", text, re.MULTILINE)


def test_every_form_and_workflow_is_valid_yaml():
    forms = list((ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml"))
    assert forms
    for path in (ROOT / ".github").rglob("*.yml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8")), path
    for path in forms:
        form = yaml.safe_load(path.read_text(encoding="utf-8"))
        assert path.name == "config.yml" or {"name", "description", "body"} <= form.keys()


def test_every_extra_is_documented_and_has_its_use():
    extras = set(PROJECT["optional-dependencies"]) - {"test", "dev"}
    text = (ROOT / "docs/start/install.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `yiben\[(\w+)\]` \| (.+) \|$", text, re.MULTILINE))
    assert rows.keys() == extras
