"""The commands as a user runs them, on small projects of their own."""

import json
import shutil
import subprocess

import polib
import pytest
from projects import PAGE, SETTINGS, project, snapshot, translate, yiben

GERMAN = {
    "安装": "Installation",
    "先装好 Kubernetes。": "Zuerst Kubernetes installieren.",
    "一": "eins",
}
COMMANDS = "build completion extract md2po po2md segment stats update".split()
needs_gettext = pytest.mark.skipif(not shutil.which("msgfmt"), reason="gettext is not installed")


def catalog(root, locale="de", page="page"):
    return root / "locales" / locale / "LC_MESSAGES" / f"{page}.po"


@pytest.fixture
def root(tmp_path):
    return project(tmp_path, {"page.md": PAGE})


def test_from_pages_to_localized_pages(root):
    assert yiben(root, "update").returncode == 0
    translate(catalog(root), GERMAN)
    built = yiben(root, "build")
    assert built.returncode == 0
    assert built.stdout == ""
    assert (root / "build/de/page.md").read_text(encoding="utf-8") == (
        "# Installation\n\nZuerst Kubernetes installieren.\n\n"
        '!!! note "注意"\n\n    - eins\n    - 二\n'
    )
    assert (root / "build/en/page.md").read_bytes() == PAGE.encode("utf-8")


@pytest.mark.parametrize("command", ["update", "extract", "build"])
def test_a_second_run_touches_no_file(root, command):
    yiben(root, "update")
    yiben(root, command)
    before = snapshot(root)
    assert yiben(root, command).returncode == 0
    assert snapshot(root) == before


@pytest.mark.parametrize("command", ["update", "extract"])
def test_check_writes_nothing_and_tells_by_its_status(root, command):
    before = snapshot(root)
    result = yiben(root, command, "--check")
    assert result.returncode == 1
    assert "would change locales/templates/LC_MESSAGES/page.pot" in result.stderr
    assert snapshot(root) == before
    yiben(root, command)
    assert yiben(root, command, "--check").returncode == 0


def test_only_the_locale_asked_for_is_updated(root):
    assert yiben(root, "update", "-l", "de").returncode == 0
    assert catalog(root).exists()
    assert not catalog(root, "en").exists()


def test_a_locale_that_is_no_target_is_one_clear_line(root):
    result = yiben(root, "build", "-l", "fr")
    assert result.returncode == 2
    assert result.stderr == '"fr" is not a target of this project; targets: en, de\n'


def test_an_edited_page_keeps_loses_and_gets_back_translations(root):
    yiben(root, "update")
    translate(catalog(root), GERMAN)
    (root / "content/page.md").write_text(
        PAGE.replace("一\n", "壹\n").replace("先装好", "先安装好")
    )
    yiben(root, "update")
    entries = {entry.msgid: entry for entry in polib.pofile(str(catalog(root)))}
    assert entries["安装"].msgstr == "Installation"
    edited = entries["先安装好 Kubernetes。"]
    assert edited.fuzzy
    assert edited.msgstr == GERMAN["先装好 Kubernetes。"]
    assert edited.previous_msgid == "先装好 Kubernetes。"
    assert entries["一"].obsolete
    yiben(root, "build")
    assert "Zuerst" not in (root / "build/de/page.md").read_text(encoding="utf-8")
    (root / "content/page.md").write_text(PAGE)
    yiben(root, "update")
    entries = {entry.msgid: entry for entry in polib.pofile(str(catalog(root)))}
    assert (entries["一"].msgstr, entries["一"].obsolete) == ("eins", False)


def test_fuzzy_translations_are_not_built(root):
    yiben(root, "update")
    translate(catalog(root), GERMAN, fuzzy=True)
    yiben(root, "build")
    assert (root / "build/de/page.md").read_bytes() == PAGE.encode("utf-8")


def test_a_refused_translation_is_named_and_the_page_is_built(root):
    yiben(root, "update")
    translate(catalog(root), {**GERMAN, "二": "<script>x</script>"})
    result = yiben(root, "build")
    assert result.returncode == 1
    assert "locales/de/LC_MESSAGES/page.po:" in result.stderr
    assert "HTML “<script>”" in result.stderr
    page = (root / "build/de/page.md").read_text(encoding="utf-8")
    assert "- eins\n    - 二\n" in page


@needs_gettext
@pytest.mark.parametrize("wrap", [0, 79])
def test_gettext_accepts_every_catalog_and_gives_it_back(root, wrap):
    (root / "yiben.toml").write_text(f"{SETTINGS}wrap = {wrap}\n")
    (root / "content/long.md").write_text("这是一段很长的文字，用来换行。" * 20 + "\n\nword " * 30)
    yiben(root, "update")
    width = "--width=79" if wrap else "--no-wrap"
    files = sorted(root.rglob("*.po"))
    assert len(files) == 4
    for path in files:
        check = subprocess.run(
            ["msgfmt", "--check", "-o", "/dev/null", path], capture_output=True, check=True
        )
        assert check.stderr == b""
        again = subprocess.run(["msgcat", width, path], capture_output=True, check=True)
        assert again.stdout == path.read_bytes()


def test_dates_change_only_with_the_texts(root):
    template = root / "locales/templates/LC_MESSAGES/page.pot"
    yiben(root, "update", SOURCE_DATE_EPOCH="1000000000")
    first = template.read_text(encoding="utf-8")
    assert "POT-Creation-Date: 2001-09-09 01:46+0000" in first
    (root / "content/page.md").write_text(f"\n\n{PAGE}")
    yiben(root, "update", SOURCE_DATE_EPOCH="1100000000")
    shifted = template.read_text(encoding="utf-8")
    assert "2001-09-09" in shifted
    assert "page.md:3" in shifted
    (root / "content/page.md").write_text(f"{PAGE}\n新\n")
    yiben(root, "update", SOURCE_DATE_EPOCH="1100000000")
    assert "2004-11-09" in template.read_text(encoding="utf-8")


def test_one_catalog_for_all_pages(tmp_path):
    settings = SETTINGS + 'catalog = "single"\ndomain = "all"\nlocations = "file"\n'
    root = project(tmp_path, {"a.md": "同\n\n甲\n", "guide/b.md": "同\n\n乙\n"}, settings)
    yiben(root, "update")
    entries = polib.pofile(str(catalog(root, page="all")))
    assert [entry.msgid for entry in entries] == ["同", "甲", "乙"]
    assert entries[0].occurrences == [("content/a.md", ""), ("content/guide/b.md", "")]
    translate(catalog(root, page="all"), {"同": "gleich"})
    yiben(root, "build")
    assert (root / "build/de/guide/b.md").read_text(encoding="utf-8") == "gleich\n\n乙\n"


def test_other_output_no_locations_excluded_pages_and_own_syntax(tmp_path):
    settings = SETTINGS + (
        'output = "docs/{stem}.{locale}.md"\nlocations = "never"\nexclude = ["old/*"]\n'
        "opaque = ['\\{\\*.*?\\*\\}']\nfront_matter = [\"label\"]\n"
    )
    page = "---\nlabel: 标签\ntitle: 题\n---\n\n文\n\n{* code.py *}\n"
    root = project(tmp_path, {"a/b.md": page, "old/c.md": "旧\n"}, settings)
    yiben(root, "update")
    text = catalog(root, page="a/b").read_text(encoding="utf-8")
    assert not catalog(root, page="old/c").exists()
    assert "#:" not in text
    assert [entry.msgid for entry in polib.pofile(text)] == ["标签", "文"]
    yiben(root, "build")
    assert (root / "docs/a/b.de.md").read_text(encoding="utf-8") == page


@pytest.mark.parametrize("output", ["content/{stem}.{locale}.md", "content/{locale}/{path}"])
def test_localized_pages_beside_their_sources_are_no_pages(tmp_path, output):
    root = project(tmp_path, {"page.md": PAGE}, f'{SETTINGS}output = "{output}"\n')
    for _ in range(2):
        yiben(root, "update")
        yiben(root, "build")
    templates = sorted(path.name for path in root.rglob("*.pot"))
    assert templates == ["page.pot"]
    assert len(list((root / "content").rglob("*.md"))) == 3


def test_stats_in_every_form(root):
    yiben(root, "update")
    translate(catalog(root), GERMAN)
    data = json.loads(yiben(root, "stats", "--format", "json").stdout)
    assert data["de"]["total"]["translated"]["units"] == 3
    assert data["de"]["pages"]["content/page.md"]["untranslated"]["units"] == 2
    # 安装 2, 先装好 3, Kubernetes 1, 一 1 of these and 注意 2, 二 1
    assert data["de"]["total"]["translated"]["words"] == 7
    assert data["de"]["total"]["complete"] == 70.0
    assert "content/page.md" in yiben(root, "stats").stdout
    assert yiben(root, "stats", "-l", "de", "--format", "markdown").stdout.startswith("| locale |")


def test_segment_reads_standard_input(root):
    result = yiben(root, "segment", "-", "--format", "json", stdin="甲\n\n- 乙\n".encode())
    units = json.loads(result.stdout)
    assert [(unit["kind"], unit["text"], unit["line"]) for unit in units] == [
        ("paragraph", "甲", 1),
        ("list item", "乙", 3),
    ]
    assert units[1]["span"] == [5, 6]
    assert "list item" in yiben(root, "segment", "content/page.md").stdout


def test_single_files_need_no_project(tmp_path):
    (tmp_path / "a.md").write_text("# 甲\n\n乙\n")
    assert yiben(tmp_path, "md2po", "a.md", "-o", "a.po", "-l", "de").returncode == 0
    translate(tmp_path / "a.po", {"甲": "A"})
    (tmp_path / "a.md").write_text("# 甲\n\n丙\n")
    yiben(tmp_path, "md2po", "a.md", "-o", "a.po", "-l", "de")
    entry = polib.pofile(str(tmp_path / "a.po")).find("甲")
    assert entry
    assert entry.msgstr == "A"
    result = yiben(
        tmp_path, "po2md", "a.md", "-", "-o", "-", stdin=(tmp_path / "a.po").read_bytes()
    )
    assert (result.returncode, result.stdout) == (0, "# A\n\n丙\n")


def test_commands_explain_themselves(tmp_path):
    top = yiben(tmp_path, "--help").stdout
    for command in COMMANDS:
        assert f"\n  {command} " in top
        assert "Example: yiben" in yiben(tmp_path, command, "--help").stdout
    assert yiben(tmp_path, "--version").stdout.startswith("yiben ")
    assert "_YIBEN_COMPLETE" in yiben(tmp_path, "completion", "zsh").stdout


def test_work_in_another_folder(root, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    assert yiben(elsewhere, "-C", str(root), "update").returncode == 0
    assert catalog(root).exists()


def test_a_project_without_pages(tmp_path):
    root = project(tmp_path, {})
    for command in ("update", "build", "stats"):
        assert yiben(root, command).returncode == 0
