"""The documents say what is true."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from projects import project, yiben

from toolkit.settings import Settings, find_settings, read_settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def test_every_setting_is_documented_with_its_default():
    text = (ROOT / "docs/settings.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `(\w+)` \| (.*?) \|", text, re.MULTILINE))
    assert set(rows) == {item.name for item in fields(Settings)}
    defaults = {item.name: item.default for item in fields(Settings)}
    for name in ("content", "catalogs", "output", "dialect", "catalog", "domain"):
        assert rows[name] == f'`"{defaults[name]}"`'


def test_every_command_is_in_the_readme():
    top = yiben(ROOT, "--help").stdout
    commands = re.findall(r"^  (\w+)  ", top.split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert f"yiben {command}" in README or f"`{command}`" in README


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_settings_in_examples_can_be_used(path, tmp_path):
    for language, example in FENCE.findall(path.read_text(encoding="utf-8")):
        if language == "toml" and "targets" in example:
            values = tomllib.loads(example)
            name = "pyproject.toml" if "tool" in values else "yiben.toml"
            (tmp_path / name).write_text(example, encoding="utf-8")
            assert read_settings(find_settings(tmp_path)).targets


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_local_links_lead_somewhere(path):
    for target in LINK.findall(path.read_text(encoding="utf-8")):
        if not target.startswith(("target", "/")):
            assert (path.parent / target).exists(), target


def test_before_and_after_are_real(tmp_path):
    page, message, built = (text for _, text in FENCE.findall(README)[:3])
    assert page in (ROOT / "content/daocloud-case-study.md").read_text(encoding="utf-8")
    catalog = ROOT / "locales/de/LC_MESSAGES/daocloud-case-study.po"
    assert message in catalog.read_text(encoding="utf-8")
    output = str(tmp_path / "page.md")
    yiben(ROOT, "po2md", "content/daocloud-case-study.md", str(catalog), "-o", output)
    assert built in Path(output).read_text(encoding="utf-8")


def test_the_example_of_a_dialect_works(tmp_path):
    text = (ROOT / "docs/dialects.md").read_text(encoding="utf-8")
    code = next(code for language, code in FENCE.findall(text) if language == "python")
    (tmp_path / "my_package.py").write_text(code, encoding="utf-8")
    info = tmp_path / "my_package-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1\n")
    entry = "[yiben.dialects]\nhidden = my_package:DIALECT\n"
    (info / "entry_points.txt").write_text(entry)
    root = project(tmp_path / "site", {"page.md": "%% hidden text\n\nShown text\n"})
    words = ("segment", "content/page.md", "--dialect", "hidden")
    result = yiben(root, *words, PYTHONPATH=str(tmp_path))
    assert "Shown text" in result.stdout
    assert "hidden text" not in result.stdout
