"""The documents say what is true."""

import json
import re
import runpy
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, fields
from itertools import pairwise
from pathlib import Path

import polib
import pytest
import yaml
from documentation import LOCALES, localized
from documentation import PAGES as NAMES
from projects import project, translate, yiben, yiben_process

from toolkit.checks.families import CHECKS
from toolkit.dialects import dialect_names
from toolkit.project.settings import Settings
from toolkit.project.settings_on_disk import find_settings, parts_of
from toolkit.project.settings_reading import read_settings

ROOT = Path(__file__).parents[1]
PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) \| `(.*?)` \| (.*?) \|$", re.MULTILINE)
SETTINGS = (ROOT / "docs/reference/settings.md").read_text(encoding="utf-8")
KEYS = [item for item in fields(Settings) if not item.metadata]
DEFAULTS = {item.name: item.default for item in KEYS}


def test_every_setting_is_documented_with_its_default():
    said = {name: default.strip("`") for name, _, default, *_ in ROW.findall(SETTINGS)}
    assert list(said) == [item.name for item in KEYS]
    for item in KEYS:
        if item.default is item.default_factory is MISSING:
            assert said[item.name] == "required"
        elif item.name != "project":
            given = {} if item.default is MISSING else item.default
            default = list(given) if isinstance(given, tuple) else given
            if default is None:
                assert said[item.name] == "none"
                continue
            assert tomllib.loads(f"value = {said[item.name]}")["value"] == default


@pytest.mark.parametrize("row", ROW.findall(SETTINGS), ids=lambda row: row[0])
def test_every_setting_has_an_example_that_can_be_used(row, tmp_path):
    name, example = row[0], row[3]
    values = {"source": 'source = "zh-Hans"', "targets": 'targets = ["en"]', name: example}
    if name == "site_output":
        values["site"] = 'site = "mkdocs.yml"'
    text = "\n".join(["[tool.yiben]", *values.values()])
    (tmp_path / "pyproject.toml").write_text(text, encoding="utf-8")
    settings = read_settings(find_settings(tmp_path))
    assert tomllib.loads(example).keys() == {name}
    assert name in {"source", "targets"} or getattr(settings, name) != DEFAULTS[name]


def test_every_check_is_documented_under_its_severity():
    text = (ROOT / "docs/reference/checks.md").read_text(encoding="utf-8")
    errors, warnings = text.split("## Warnings")[0], text.split("## Warnings")[1]
    named = {"error": errors, "warning": warnings.split("## Ignore")[0]}
    for check in CHECKS.values():
        assert f"\n| `{check.id}` |" in named[check.severity], check.id
    rows = re.findall(r"^\| `([a-z-]+)` \|", errors + named["warning"], re.MULTILINE)
    assert sorted(rows) == sorted(CHECKS)


def test_every_dialect_is_in_the_readme_and_on_its_page():
    page = (ROOT / "docs/reference/dialects.md").read_text(encoding="utf-8")
    for name in dialect_names():
        assert f"\n- `{name}`" in README, name
        assert f"\n| `{name}` |" in page, name


@pytest.fixture
def generated(monkeypatch):
    """Runs a script that makes pages, and returns its names."""
    folder = ROOT / ".ci/generate"
    monkeypatch.syspath_prepend(folder)
    return lambda script: runpy.run_path(str(folder / f"{script}.py"))


@pytest.mark.parametrize(
    ("script", "page"), [("command_page", "commands"), ("check_page", "check-list")]
)
def test_pages_that_are_made_say_what_the_program_says(script, page, generated):
    text = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    assert generated(script)["page"]() == text, f"run .ci/generate/{script}.py"


@pytest.mark.parametrize("page", ["settings", "dialects", "checks"])
def test_tables_that_are_made_say_what_the_program_says(page, generated):
    text = (ROOT / f"docs/reference/{page}.md").read_text(encoding="utf-8")
    remade = generated("reference_tables")["PAGES"][page](text)
    assert remade == text, "run .ci/generate/reference_tables.py"


def test_every_command_is_in_the_readme():
    top = yiben(ROOT, "--help").stdout
    commands = re.findall(r"^  (\w+)  ", top.split("Commands:")[1], re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert f"yiben {command}" in README or f"`{command}`" in README


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["README.md", *NAMES])
def test_settings_in_examples_can_be_used(name, locale, tmp_path):
    text = README if name == "README.md" else localized(name, locale)
    for language, example in FENCE.findall(text):
        if language == "toml" and "entry-points" not in example:
            values = tomllib.loads(example)
            name = "pyproject.toml" if "tool" in values else "yiben.toml"
            (tmp_path / name).write_text(example, encoding="utf-8")
            assert all(read_settings(one).targets for one in parts_of(find_settings(tmp_path)))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_local_links_lead_somewhere(path):
    for target, anchor in LINK.findall(CODE.sub("", path.read_text(encoding="utf-8"))):
        page = path.parent / target if target else path
        assert page.exists(), target
        assert not anchor or anchor in anchors(page), anchor


def anchors(page):
    """The anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)", page.read_text(encoding="utf-8"), re.MULTILINE)
    return [
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    ]


READERS: dict[str, Callable[[str], object]] = {
    "json": json.loads,
    "yaml": yaml.safe_load,
    "po": polib.pofile,
}


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("name", ["README.md", *NAMES])
def test_examples_of_data_can_be_read(name, locale):
    text = README if name == "README.md" else localized(name, locale)
    for language, example in FENCE.findall(text):
        if language in READERS:
            READERS[language](example)


@pytest.mark.parametrize("name", NAMES)
def test_code_is_the_same_in_both_languages(name):
    source, *others = (FENCE.findall(localized(name, locale)) for locale in LOCALES)
    assert others == [source] * len(others) != []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_examples_of_units_are_what_segment_says(locale, tmp_path):
    blocks = FENCE.findall(localized("explanation/units.md", locale))
    pairs = [
        (page, units)
        for (language, page), (kind, units) in pairwise(blocks)
        if (language, kind) == ("markdown", "text")
    ]
    assert len(pairs) >= 5
    for page, units in pairs:
        (tmp_path / "page.md").write_text(page, encoding="utf-8", newline="")
        assert yiben(tmp_path, "segment", "page.md").stdout == units


def test_before_and_after_are_real(tmp_path):
    shown = README.partition("## Before and after")[2]
    page, message, built = (text for _, text in FENCE.findall(shown)[:3])
    assert page in (ROOT / "content/daocloud-case-study.md").read_text(encoding="utf-8")
    catalog = ROOT / "locales/de/LC_MESSAGES/daocloud-case-study.po"
    assert message in catalog.read_text(encoding="utf-8")
    output = str(tmp_path / "page.md")
    yiben(ROOT, "po2md", "content/daocloud-case-study.md", str(catalog), "-o", output)
    assert built in Path(output).read_text(encoding="utf-8")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_examples_of_python_run(locale, tmp_path, monkeypatch, capsys):
    text = localized("reference/python.md", locale)
    trip, script, dialect = (code for language, code in FENCE.findall(text) if language == "python")
    for code in (trip, dialect):
        exec(compile(code, "python.md", "exec"), {})  # noqa: S102 - the page is ours
    lengths = [sum(map(bool, code.splitlines())) for code in (trip, script, dialect)]
    assert lengths == sorted(lengths)
    assert lengths[-1] <= 20
    monkeypatch.chdir(project(tmp_path, {"a.md": "# 安装\n"}))
    yiben(tmp_path, "update")
    translate(tmp_path / "locales/de/LC_MESSAGES/a.po", {"安装": "[x](javascript:y)"})
    with pytest.raises(SystemExit) as end:
        exec(compile(script, "python.md", "exec"), {})  # noqa: S102 - as above
    assert end.value.code is True
    assert "content" not in capsys.readouterr().out.partition(" ")[0]


@pytest.mark.process
@pytest.mark.parametrize("locale", LOCALES)
def test_the_example_of_a_dialect_works(locale, tmp_path):
    text = localized("reference/dialects.md", locale)
    code = next(code for language, code in FENCE.findall(text) if language == "python")
    (tmp_path / "my_package.py").write_text(code, encoding="utf-8")
    info = tmp_path / "my_package-1.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: my-package\nVersion: 1\n")
    entry = "[yiben.dialects]\nhidden = my_package:DIALECT\n"
    (info / "entry_points.txt").write_text(entry)
    page = "%% hidden text\n\nShown text\n\n> [!NOTE]\n> As in GFM\n"
    root = project(tmp_path / "site", {"page.md": page})
    words = ("segment", "content/page.md", "--dialect", "hidden")
    result = yiben_process(root, *words, PYTHONPATH=str(tmp_path))
    assert "Shown text" in result.stdout
    assert "hidden text" not in result.stdout
    assert "NOTE" not in result.stdout


@pytest.mark.nightly
def test_the_picture_of_the_house_is_drawn_from_the_imports():
    script = runpy.run_path(str(ROOT / "benchmarks/structure.py"))
    drawn = "\n".join(script["picture"](script["house_of"](str(ROOT))))
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert f"```mermaid\n{drawn}\n```\n" in text, "run benchmarks/structure.py --picture"
