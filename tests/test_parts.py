"""Projects of several parts, each with its own languages, folders and dialect."""

import json
from pathlib import Path

import pytest
from projects import snapshot, translate, write_files, yiben

SETTINGS = """\
site = "mkdocs.yml"

[[part]]
source = "en"
targets = ["zh-Hans", "de"]
content = "docs"
output = "build/{locale}/{path}"

[[part]]
name = "study"
source = "zh-Hans"
targets = ["en", "de"]
content = "docs/study"
output = "build/{locale}/study/{path}"
"""
PAGES = {
    "docs/index.md": "# Home\n\nRead the [guide](guide.md) and the [study](study/index.md).\n",
    "docs/guide.md": "# Guide\n\nFirst steps.\n",
    "docs/study/index.md": "# 案例\n\n先读[指南](../guide.md)。\n",
    "mkdocs.yml": "site_name: Parts\nnav:\n  - Start: index.md\n",
}
EN = "locales/study/en/LC_MESSAGES/index.po"


def tree(root: Path, settings: str = SETTINGS, **more: str) -> Path:
    write_files(root, {**PAGES, **more, "yiben.toml": settings})
    return root


@pytest.fixture
def updated(tmp_path):
    root = tree(tmp_path)
    assert yiben(root, "update").returncode == 0
    return root


def texts(root: Path, folder: str) -> dict[str, str]:
    paths = sorted((root / folder).rglob("*.md"))
    return {one.relative_to(root / folder).as_posix(): one.read_text("utf-8") for one in paths}


def test_each_part_has_catalogs_of_its_own_languages(updated):
    names = {one.relative_to(updated / "locales").as_posix() for one in updated.rglob("*.po")}
    assert names == {
        f"docs/{locale}/LC_MESSAGES/{name}.po"
        for locale in ("zh_Hans", "de")
        for name in ("index", "guide", "mkdocs.yml")
    } | {f"study/{locale}/LC_MESSAGES/index.po" for locale in ("en", "de")}


def test_every_command_covers_all_parts_and_changes_nothing_twice(updated):
    translate(updated / EN, {"案例": "Case study"})
    assert yiben(updated, "build").returncode == 0
    before = snapshot(updated)
    for words in (["extract"], ["update"], ["build"], ["check"], ["stats"]):
        run = yiben(updated, *words)
        assert run.returncode == 0, run.stderr
    for words in (["extract", "--check"], ["update", "--check"], ["build", "--check"]):
        assert yiben(updated, *words).returncode == 0
    assert snapshot(updated) == before
    assert "# Case study\n" in (updated / "build/en/study/index.md").read_text("utf-8")


def test_links_between_parts_lead_to_the_localized_page_where_there_is_one(updated):
    yiben(updated, "build")
    home = texts(updated, "build")
    assert "[study](study/index.md)" in home["de/index.md"]
    assert "[指南](../guide.md)" in home["de/study/index.md"]
    assert "[study](../../docs/study/index.md)" in home["zh-Hans/index.md"]
    assert "[指南](../../../docs/guide.md)" in home["en/study/index.md"]
    assert set(home) == {
        *(f"{tag}/{page}" for tag in ("zh-Hans", "de") for page in ("index.md", "guide.md")),
        "en/study/index.md",
        "de/study/index.md",
    }


def test_statistics_and_findings_of_all_parts_are_one_report(updated):
    translate(updated / EN, {"先读[指南](../guide.md)。": "First read the guide."})
    counts = json.loads(yiben(updated, "stats", "--format", "json").stdout)
    assert set(counts) == {"zh-Hans", "de", "en"}
    assert set(counts["de"]["pages"]) == set(PAGES)
    run = yiben(updated, "check", "--format", "json")
    assert run.returncode == 1
    assert {one["path"] for one in json.loads(run.stdout)} == {EN}
    assert yiben(updated, "check", "docs/guide.md").returncode == 0
    assert yiben(updated, "check", "docs/study/index.md").returncode == 1


def test_a_part_and_a_locale_can_be_chosen(updated):
    counts = json.loads(yiben(updated, "--part", "study", "stats", "--format", "json").stdout)
    assert set(counts) == {"en", "de"}
    assert yiben(updated, "build", "-l", "en").returncode == 0
    assert set(texts(updated, "build")) == {"en/study/index.md"}
    run = yiben(updated, "build", "docs/guide.md", "-l", "de")
    assert run.returncode == 0
    assert set(texts(updated, "build")) == {"en/study/index.md", "de/guide.md"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["build", "-l", "ja"], '"ja" is not a target of this project; targets: zh-Hans, de, en'),
        (["--part", "blog", "check"], 'no part is called "blog"; parts: docs, study'),
        (["build", "docs/none.md"], "docs/none.md: is not a page of the project"),
        (
            ["import", ".", "old", "-l", "de"],
            "has pages of several parts: docs, study; choose one with --part",
        ),
        (["memory", "export", "-o", "x.tmx"], "the parts are written in en, zh-Hans; name --part"),
    ],
)
def test_what_no_part_has_is_one_line(updated, words, message):
    run = yiben(updated, *words)
    assert run.returncode == 2
    assert message in run.stderr
    assert run.stderr.count(message) == 1


def test_an_import_goes_to_the_part_of_its_page(updated):
    old = updated / "old.md"
    old.write_text("# Case study\n\nRead the [guide](../guide.md) first.\n", encoding="utf-8")
    run = yiben(updated, "import", "docs/study/index.md", "old.md", "-l", "en")
    assert run.returncode == 0, run.stderr
    assert 'msgstr "Case study"' in (updated / EN).read_text("utf-8")


@pytest.mark.parametrize(
    ("part", "message"),
    [
        ('content = "docs"\ntargets = ["de"]', "content: the part"),
        ('name = "docs"\ncontent = "blog"\ntargets = ["de"]', '"docs" names two parts'),
        ('content = "blog"\ncatalogs = "locales/docs"\ntargets = ["de"]', "catalogs: the part"),
        ('name = "../x"\ncontent = "blog"\ntargets = ["de"]', "leaves the project"),
        ('content = "blog"\ntargets = ["de"]\ndialekt = "gfm"', 'unknown setting "dialekt"'),
        ('content = "blog"', '"targets" is missing'),
        ('content = "nowhere"\ntargets = ["de"]', 'content: no folder "nowhere"'),
    ],
)
def test_parts_that_cannot_be_told_apart_are_refused_at_their_line(tmp_path, part, message):
    first = 'source = "en"\n\n[[part]]\ncontent = "docs"\ntargets = ["de"]\n'
    root = tree(tmp_path, f"{first}\n[[part]]\n{part}\n", **{"blog/a.md": "# A\n"})
    run = yiben(root, "update")
    assert run.returncode == 2
    assert run.stderr.startswith("yiben.toml:"), run.stderr
    assert message in run.stderr
    assert int(run.stderr.split(":")[1]) >= 7
    assert not (root / "locales").exists()


def test_a_part_that_is_no_table_is_refused(tmp_path):
    run = yiben(tree(tmp_path, 'source = "en"\ntargets = ["de"]\npart = "docs"\n'), "update")
    assert run.returncode == 2
    assert run.stderr.startswith("yiben.toml:3:1: part: write one table [[part]]")


def test_two_parts_that_put_a_page_in_one_place_are_refused(tmp_path):
    settings = SETTINGS.replace("/study/{path}", "/{path}")
    root = tree(tmp_path, settings)
    yiben(root, "update")
    run = yiben(root, "build")
    assert run.returncode == 2
    assert "both go to build/de/index.md" in run.stderr
    assert "yiben.toml:7:1" in run.stderr


def test_parts_in_pyproject_with_dialects_of_their_own(tmp_path):
    settings = """\
[tool.yiben]
targets = ["de"]

[[tool.yiben.part]]
source = "en"
content = "docs"

[[tool.yiben.part]]
source = "fr"
content = "blog"
dialect = "gfm"
"""
    root = tree(tmp_path, **{"blog/a.md": '!!! note "Titre"\n\n    Texte.\n'})
    (root / "yiben.toml").unlink()
    (root / "pyproject.toml").write_text(settings, encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    catalog = (root / "locales/blog/de/LC_MESSAGES/a.po").read_text("utf-8")
    assert 'msgid "!!! note \\"Titre\\""' in catalog
    assert "X-Source-Language: fr" in catalog
    assert yiben(root, "build").returncode == 0
    assert (root / "build/de/blog/a.md").is_file()
    assert (root / "build/de/docs/guide.md").is_file()
