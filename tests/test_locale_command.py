"""`yiben locale rename` and `remove`: every file and message accounted for, and undone."""

import re
import shutil
import subprocess

import pytest
from projects import project, snapshot, translate, yiben

from toolkit.catalogs.po import read_catalog

SETTINGS = """# languages
source = "zh-Hans"
targets = [
    "fr",  # first
    "zh-Hant",
    'de',
]
min_complete = { fr = 50, "*.md" = 10 }

[notice]
fr = "Traduction partielle"
"""
PAGES = {f"p{number}.md": f"# 标题{number}\n\n正文{number}。\n" for number in range(60)}


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A project that is copied for each test."""
    made = project(tmp_path_factory.mktemp("built"), PAGES | {"p0.png": b"\x89PNG"}, SETTINGS)
    yiben(made, "update")
    for number in range(60):
        path = made / f"locales/fr/LC_MESSAGES/p{number}.po"
        translate(path, {f"标题{number}": f"Titre {number}", f"正文{number}。": f"Texte {number}."})
    yiben(made, "build")
    return made


@pytest.fixture
def root(built, tmp_path):
    return shutil.copytree(built, tmp_path / "project")


def content(root):
    return {name: data for name, (_, data) in snapshot(root).items()}


def messages(root, folder):
    return {
        (path.name, one.id): one.string
        for path in (root / "locales" / folder).rglob("*.po")
        for one in read_catalog(path.name, path.read_bytes()).messages
    }


def test_a_renamed_locale_takes_everything_along(root):
    before, texts = content(root), messages(root, "fr")
    run = yiben(root, "locale", "rename", "fr", "fr-CA")
    assert run.returncode == 0, run.stderr
    after = content(root)
    assert messages(root, "fr_CA") == texts
    assert not [name for name in after if name.startswith(("locales/fr/", "build/fr/"))]
    text = (root / "yiben.toml").read_text(encoding="utf-8")
    assert text == SETTINGS.replace('"fr",', '"fr-CA",').replace("fr =", "fr-CA =")
    assert b"Language: fr_CA" in after["locales/fr_CA/LC_MESSAGES/p0.po"]
    same = {name for name in before if not re.match(r"(?:locales|build)/fr/|yiben.toml", name)}
    changed = [name for name in same if after.get(name) != before[name]]
    assert [name for name in changed if not name.endswith(".yiben-built")] == []
    assert yiben(root, "update", "--check").returncode == 0
    yiben(root, "build")
    assert yiben(root, "locale", "rename", "fr-CA", "fr").returncode == 0
    yiben(root, "build")
    assert content(root) == before


def test_a_removed_locale_leaves_its_translations(root):
    before, texts = content(root), messages(root, "fr")
    run = yiben(root, "locale", "remove", "fr")
    assert run.returncode == 0, run.stderr
    assert "120 translations kept in locales/left-over/fr.po" in run.stderr
    after = content(root)
    gone = before.keys() - after.keys()
    assert all(name.startswith(("locales/fr/", "build/fr/")) for name in gone)
    kept = read_catalog("fr.po", after["locales/left-over/fr.po"]).messages
    assert {one.id: one.string for one in kept} == {key[1]: text for key, text in texts.items()}
    text = (root / "yiben.toml").read_text(encoding="utf-8")
    assert '"fr"' not in text
    assert yiben(root, "update", "--check").returncode == 0
    (root / "yiben.toml").write_text(SETTINGS, encoding="utf-8")
    yiben(root, "update")
    yiben(root, "import", ".", "locales/left-over/fr.po", "-l", "fr", "--summary")
    assert messages(root, "fr") == texts
    yiben(root, "build")
    built = {name: data for name, data in content(root).items() if name.startswith("build/")}
    assert built == {name: data for name, data in before.items() if name.startswith("build/")}


@pytest.mark.parametrize("words", [("remove", "fr"), ("rename", "fr", "fr-CA")])
def test_git_undoes_it(root, words):
    def git(*words):
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)

    aside = (".git/", ".yiben/")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "all")
    before = {name: data for name, data in content(root).items() if not name.startswith(aside)}
    assert yiben(root, "locale", *words).returncode == 0
    git("checkout", "-q", "--", ".")
    git("clean", "-fdq")
    after = content(root).items()
    assert {name: data for name, data in after if not name.startswith(aside)} == before
    assert yiben(root, "update", "--check").returncode == 0
    assert yiben(root, "build", "--check").returncode == 0


def test_files_changed_by_hand_stay_and_are_named(root):
    (root / "build/fr/p3.md").write_text("à la main\n", encoding="utf-8")
    run = yiben(root, "locale", "remove", "fr")
    assert "build/fr/p3.md: kept" in run.stderr
    assert (root / "build/fr/p3.md").read_text(encoding="utf-8") == "à la main\n"


@pytest.mark.parametrize("words", [("rename", "fr", "fr-CA"), ("remove", "fr")])
def test_a_check_changes_nothing(root, words):
    before = content(root)
    assert yiben(root, "locale", *words, "--check").returncode == 1
    assert content(root) == before


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("rename", "es", "pt"), "es"),
        (("rename", "fr", "de"), "is a locale of this project already"),
        (("rename", "fr", "nonsense-tag-x"), "nonsense"),
        (("remove", "it"), "it"),
    ],
)
def test_what_cannot_be_is_said_in_a_line(root, words, problem):
    before = content(root)
    run = yiben(root, "locale", *words)
    assert run.returncode == 2
    assert problem in run.stderr
    assert content(root) == before


def test_the_last_target_stays(tmp_path):
    root = project(tmp_path, {"a.md": "# 一\n"}, 'source = "zh-Hans"\ntargets = ["fr"]\n')
    run = yiben(root, "locale", "remove", "fr")
    assert (run.returncode, "only target" in run.stderr) == (2, True)


def test_settings_that_cannot_be_edited_safely_are_left_alone(tmp_path):
    settings = 'source = "zh-Hans"\n"targets" = ["fr", "de"]\n'
    root = project(tmp_path, {"a.md": "# 一\n"}, settings)
    yiben(root, "update")
    before = content(root)
    run = yiben(root, "locale", "rename", "fr", "fr-CA")
    assert (run.returncode, "by hand" in run.stderr) == (2, True)
    assert content(root) == before
