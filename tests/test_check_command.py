"""`yiben check` as a user and as CI meet it."""

import json
import re

import pytest
from projects import PAGE, project, translate, yiben

from toolkit.checks.families import CHECKS

SETTINGS = 'source = "zh-Hans"\ntargets = ["de"]\n'
CATALOG = "locales/de/LC_MESSAGES/page.po"


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    yiben(root, "update")
    fill_header(root / CATALOG)
    return root


def fill_header(path):
    """What a translator's editor puts into the header."""
    text = path.read_text(encoding="utf-8")
    field = '"Last-Translator: \\n"'
    assert field in text
    path.write_text(text.replace(field, '"Last-Translator: Li Lei <l@example.org>\\n"'), "utf-8")


def found(root, *words):
    """The findings as JSON, by check."""
    result = yiben(root, "check", "--format", "json", *words)
    assert result.returncode in {0, 1}, result.stderr
    return [(entry["check"], entry["line"]) for entry in json.loads(result.stdout)]


def line_of(root, text):
    lines = (root / CATALOG).read_text(encoding="utf-8").split("\n")
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_a_sound_project_passes(root):
    result = yiben(root, "check")
    assert (result.returncode, result.stdout) == (0, "no errors, no warnings\n")


def test_findings_point_at_the_words(root):
    translate(root / CATALOG, {"安装": "Installation 安装 <b>x</b>", "注意": "Achtung "})
    entries = json.loads(yiben(root, "check", "--format", "json").stdout)
    assert {entry["check"] for entry in entries} == {"refused", "edge-blank"}
    refused = next(entry for entry in entries if entry["check"] == "refused")
    assert refused["line"] == line_of(root, "<b>x</b>")
    assert refused["column"] == len('msgstr "Installation 安装 ') + 1
    assert refused["source"] == "content/page.md:1"
    text = yiben(root, "check", "--select", "refused").stdout
    shown, caret = next(
        (line, below)
        for line, below in zip(text.split("\n"), text.split("\n")[1:], strict=False)
        if "^" in below
    )
    # The two Chinese characters are two columns each.
    assert caret.index("^") == shown.index("<b>") + 2


def test_a_lost_piece_is_shown_in_the_source(root):
    (root / "content/page.md").write_text("先 [装](a.md) 好\n", encoding="utf-8")
    yiben(root, "update")
    translate(root / CATALOG, {"先 [装](a.md) 好": "gut"})
    entry = json.loads(yiben(root, "check", "--format", "json", "--select", "link-target").stdout)[
        0
    ]
    assert (entry["line"], entry["column"]) == (line_of(root, "a.md)"), len('msgid "先 [装](') + 1)


def test_checks_are_selected_and_ignored(root):
    words = ("--min-complete", "1")
    assert [check for check, _ in found(root, *words)] == ["incomplete"]
    assert found(root, *words, "--ignore", "incomplete") == []
    assert found(root, *words, "--select", "stale") == []
    result = yiben(root, "check", "--select", "stal")
    assert result.returncode == 2
    assert 'did you mean "stale"?' in result.stderr


def test_the_settings_change_severities(root):
    translate(root / CATALOG, {"安装": "Installation "})
    for word, status in (("warning", 0), ("error", 1), ("off", 0)):
        (root / "yiben.toml").write_text(f"{SETTINGS}[severity]\nedge-blank = '{word}'\n")
        result = yiben(root, "check", "--format", "json")
        assert result.returncode == status
        assert [entry["severity"] for entry in json.loads(result.stdout)] == [word] * (
            word != "off"
        )
    (root / "yiben.toml").write_text(f"{SETTINGS}[severity]\nedge-blnk = 'off'\n")
    result = yiben(root, "check")
    assert result.returncode == 2
    assert 'did you mean "edge-blank"?' in result.stderr


def test_a_comment_leaves_a_message_alone(root):
    translate(root / CATALOG, {"安装": "Installation ", "注意": "Achtung "})
    assert len(found(root)) == 2
    path = root / CATALOG
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace("#. heading 1", "# yiben: ignore edge-blank\n#. heading 1"), "utf-8"
    )
    assert len(found(root)) == 1
    yiben(root, "update")
    assert "# yiben: ignore edge-blank" in path.read_text(encoding="utf-8")


def test_a_writer_leaves_a_text_alone(root):
    (root / "content/page.md").write_text(f"<!-- yiben:ignore edge-blank -->\n\n{PAGE}", "utf-8")
    yiben(root, "update")
    assert "#. yiben: ignore edge-blank" in (root / CATALOG).read_text(encoding="utf-8")
    translate(root / CATALOG, {"安装": "Installation "})
    assert found(root) == []


def test_a_baseline_tells_new_findings_only(root):
    translate(root / CATALOG, {"安装": "Installation "})
    (root / "yiben.toml").write_text(f"{SETTINGS}baseline = 'known.json'\n")
    result = yiben(root, "check", "--write-baseline")
    assert result.returncode == 0
    assert "known.json: 1 finding\n" in result.stderr
    assert found(root) == []
    first = (root / "known.json").read_bytes()
    # Lines move, and the baseline still holds.
    (root / "content/page.md").write_text(f"新\n\n{PAGE}", encoding="utf-8")
    yiben(root, "update")
    assert found(root) == []
    translate(root / CATALOG, {"新": "Neu "})
    assert [check for check, _ in found(root)] == ["edge-blank"]
    yiben(root, "check", "--write-baseline")
    assert (root / "known.json").read_bytes().count(b"\n") == first.count(b"\n") + 1


def test_a_baseline_that_cannot_be_read_is_exit_2(root):
    for text, said in (("{", "known.json:1:2: is not valid JSON"), ("[]", "is not a baseline")):
        (root / "known.json").write_text(text)
        result = yiben(root, "check", "--baseline", "known.json")
        assert (result.returncode, result.stdout) == (2, "")
        assert said in result.stderr
    assert yiben(root, "check", "--baseline", "none.json").returncode == 2
    assert yiben(root, "check", "--write-baseline").returncode == 2


def test_fix_mends_what_is_safe_and_nothing_else(root):
    path = root / CATALOG
    translate(path, {"安装": " Installation  ", "注意": "\\nAchtung\\n"})
    before = path.read_text(encoding="utf-8")
    result = yiben(root, "check", "--fix")
    assert (result.returncode, result.stdout) == (0, "no errors, no warnings\n")
    assert f"fixed {CATALOG}" in result.stderr
    after = path.read_text(encoding="utf-8")
    wanted = before.replace('" Installation  "', '"Installation"').replace(
        '"\\nAchtung\\n"', '"Achtung"'
    )
    assert after == wanted
    assert "fixed" not in yiben(root, "check", "--fix").stderr


def test_links_that_a_blank_or_full_width_brackets_broke_are_mended(tmp_path):
    page = 'See [a](a.md "t"), ![b](b.png) and [c](https://c.example/x).\n\nSee [d](d.md).\n'
    root = project(tmp_path, {"page.md": page}, 'source = "en"\ntargets = ["zh-Hans"]\n')
    yiben(root, "update")
    path = root / "locales/zh_Hans/LC_MESSAGES/page.po"
    first, second = page.strip().split("\n\n")
    broken = '参见[甲]（a.md "题"）、![乙]（b.png) 和[丙]\u3000(https://c.example/x)。`[丁] (d.md)`'
    translate(path, {first.replace('"', '\\"'): broken.replace('"', '\\"')})
    translate(path, {second: "参见[丁](d.md) 和[丁] (d.md)。"})
    found = yiben(root, "check", "--select", "link-target", "--select", "url").stdout
    assert "“] (d.md)”" not in found
    assert "“]（b.png)” makes no link; write “](b.png)”" in found
    yiben(root, "check", "--fix")
    data = path.read_text(encoding="utf-8").replace('\\"', '"')
    right = '参见[甲](a.md "题")、![乙](b.png) 和[丙](https://c.example/x)。`[丁] (d.md)`'
    assert f'msgstr "{right}"' in data
    assert 'msgstr "参见[丁](d.md) 和[丁] (d.md)。"' in data
    yiben(root, "build")
    built = (root / "build/zh-Hans/page.md").read_text(encoding="utf-8")
    assert built.startswith(right)


def test_style_is_mended_where_it_is_named(tmp_path):
    page = "Use `a,b` now, see [x](a,b.md)\n"
    settings = 'source = "en"\ntargets = ["zh-Hans"]\n'
    root = project(tmp_path, {"page.md": page}, settings)
    yiben(root, "update")
    path = root / "locales/zh_Hans/LC_MESSAGES/page.po"
    translate(path, {page.strip(): "现在用Kubernetes ，及`a,b`,见:[图x](a,b.md)"})
    before = path.read_bytes()
    yiben(root, "check", "--fix")
    assert path.read_bytes() == before
    yiben(root, "check", "--fix", "--select", "chinese-spacing", "--select", "chinese-punctuation")
    assert 'msgstr "现在用 Kubernetes，及`a,b`,见：[图 x](a,b.md)"' in path.read_text("utf-8")


def test_a_glossary_is_read(root):
    (root / "yiben.toml").write_text(f"{SETTINGS}glossary = 'terms.csv'\n")
    assert yiben(root, "check").returncode == 2
    (root / "terms.csv").write_text("source,target,locale\n安装,Einbau|Einrichtung,de\n", "utf-8")
    translate(root / CATALOG, {"安装": "Installation"})
    assert [check for check, _ in found(root)] == ["glossary"]
    translate(root / CATALOG, {"安装": "Die Einrichtung"})
    assert found(root) == []
    (root / "terms.csv").write_text("source,targt\n安装,x\n,y\n", "utf-8")
    result = yiben(root, "check")
    assert result.returncode == 2
    assert result.stderr.startswith('terms.csv:2:1: unknown column "targt"; known: source, locale')


def test_a_report_goes_to_a_file(root):
    translate(root / CATALOG, {"安装": "Installation "})
    (root / "out").mkdir()
    result = yiben(root, "check", "--format", "gitlab", "-o", "out/report.json")
    assert result.stdout == ""
    assert len(json.loads((root / "out/report.json").read_text(encoding="utf-8"))) == 1


def test_github_gets_a_summary_of_the_step(root, tmp_path):
    translate(root / CATALOG, {"安装": "Installation "})
    summary = tmp_path / "summary.md"
    summary.write_text("before\n")
    result = yiben(root, "check", "--format", "github", GITHUB_STEP_SUMMARY=str(summary))
    assert result.stdout.startswith(f"::warning file={CATALOG},line=")
    assert summary.read_text(encoding="utf-8").startswith("before\n")
    assert "edge-blank" in summary.read_text(encoding="utf-8")


def test_a_catalog_that_cannot_be_read_is_exit_2(root):
    (root / CATALOG).write_text("msgid\n")
    result = yiben(root, "check", "--format", "json")
    assert result.returncode == 2
    assert [entry["check"] for entry in json.loads(result.stdout)] == ["syntax"]
    assert CATALOG in result.stderr
    result = yiben(root, "check")
    assert result.returncode == 2
    assert "[syntax]" in result.stdout


def test_list_and_explain(root):
    assert len(yiben(root, "check", "--list").stdout.splitlines()) == len(CHECKS)
    assert "Good:" in yiben(root, "check", "--explain", "version").stdout
    result = yiben(root, "check", "--explain", "nothing")
    assert result.returncode == 2
    assert 'unknown check "nothing"' in result.stderr


def test_comments_of_an_earlier_version_make_no_message_stale(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, SETTINGS)
    yiben(root, "update")
    for path in (*root.glob("locales/*/LC_MESSAGES/page.po"), *root.rglob("page.pot")):
        old = re.sub(r"(?m)^(#\. .*)\.$", r"\1", path.read_text(encoding="utf-8"))
        old = re.sub(r"(X-Yiben-Segmentation: )\d", r"\g<1>1", old)
        assert old != path.read_text(encoding="utf-8")
        path.write_text(old, encoding="utf-8")
    assert "[stale]" not in yiben(root, "check").stdout
