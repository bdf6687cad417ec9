"""Terms of the glossary in the comments of catalogs."""

import shutil
import subprocess

import pytest
from projects import project, snapshot, translate, yiben

SETTINGS = (
    'source = "zh-Hans"\ntargets = ["en", "de"]\nglossary = "terms.csv"\nglossary_comments = true\n'
)
TERMS = (
    "source,locale,target,forbidden,keep,note\n"
    "容器,en,container|box,vessel,,of Docker\n"
    "容器,de,Container,,,\n"
    "Kubernetes,,,,yes,\n"
)
PAGE = "# 容器\n\n用 Kubernetes 管理容器。\n\n没有术语，`容器` 也不算。\n"


@pytest.fixture
def root(tmp_path):
    made = project(tmp_path, {"a.md": PAGE}, SETTINGS)
    (made / "terms.csv").write_text(TERMS, encoding="utf-8")
    assert yiben(made, "update").returncode == 0
    return made


def terms(root, folder, ending="po"):
    text = (root / f"locales/{folder}/LC_MESSAGES/a.{ending}").read_text(encoding="utf-8")
    return [line for line in text.split("\n") if line.startswith("#. term")]


def test_each_catalog_has_its_own_words(root):
    container = "#. term: 容器 → container or box, not vessel (of Docker)"
    assert terms(root, "en") == [container, container, "#. term: Kubernetes → as it is"]
    assert terms(root, "de") == [
        "#. term: 容器 → Container",
        "#. term: 容器 → Container",
        "#. term: Kubernetes → as it is",
    ]
    both = "#. term: 容器 → en: container or box, not vessel (of Docker); de: Container"
    assert terms(root, "templates", "pot") == [both, both, "#. term: Kubernetes → as it is"]


def test_a_second_update_changes_nothing(root):
    before = snapshot(root)
    assert yiben(root, "update").returncode == 0
    assert snapshot(root) == before
    assert yiben(root, "check", "--select", "stale").returncode == 0


def test_another_glossary_is_told_and_loses_no_translation(root):
    translate(root / "locales/de/LC_MESSAGES/a.po", {"容器": "Container"})
    (root / "terms.csv").write_text(TERMS.replace("Container", "Behälter"), encoding="utf-8")
    assert yiben(root, "check", "--select", "stale").returncode == 1
    assert yiben(root, "update").returncode == 0
    text = (root / "locales/de/LC_MESSAGES/a.po").read_text(encoding="utf-8")
    assert "#. term: 容器 → Behälter\n" in text
    assert 'msgid "容器"\nmsgstr "Container"\n' in text
    assert "fuzzy" not in text


def test_nothing_is_told_unless_it_is_wanted(root):
    settings = SETTINGS.replace("glossary_comments = true", "")
    (root / "yiben.toml").write_text(settings, encoding="utf-8")
    assert yiben(root, "update").returncode == 0
    assert not terms(root, "en")


@pytest.mark.skipif(shutil.which("msgmerge") is None, reason="needs gettext")
def test_comments_that_msgmerge_has_copied_are_no_fault(root):
    template = root / "locales/templates/LC_MESSAGES/a.pot"
    catalog = root / "locales/de/LC_MESSAGES/a.po"
    subprocess.run(["msgmerge", "--quiet", "--update", catalog, template], check=True)
    assert "en: container" in terms(root, "de")[0]
    assert yiben(root, "check", "--select", "stale").returncode == 0
    assert yiben(root, "update", "--check").returncode == 0
