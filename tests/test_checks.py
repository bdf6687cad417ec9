"""Each check finds what it has to, in the number it has to, and is silent otherwise."""

import json

import pytest
from projects import PAGE, project, translate, yiben

from toolkit.catalog import Catalog, Message
from toolkit.checking import FAMILIES
from toolkit.checks import CHECKS, Subject
from toolkit.locale import locale_of

GERMAN = (("Language", "de"), ("Plural-Forms", "nplurals=2; plural=(n != 1);"))
BAD = [
    ("link-target", "See [a](a.md) and [b](b.md).", "Siehe a und b.", 2),
    ("link-target", "![x](x.png)", "x", 1),
    ("footnote", "Fast.[^1]", "Schnell.", 1),
    ("placeholder", "Version {{ version }} of {% x %}", "Version", 2),
    ("placeholder", "Hello %(name)s", "Hallo", 1),
    ("code-span", "Run `make` or `make all`.", "Starten Sie „make“.", 2),
    ("version", "Since 1.6.7.", "Seit 1.6.8.", 1),
    ("edge-newline", "Done.", "Fertig.\n", 1),
]
GOOD = [
    ("link-target", "See [a](a.md).", "Siehe [A](a.md)."),
    ("link-target", "See [a](<a b.md>).", "Siehe [A](<a b.md>)."),
    ("footnote", "Fast.[^1]", "Schnell.[^1]"),
    ("placeholder", "100 % of {{ x }}", "100 % von {{ x }}"),
    ("code-span", "Run ``a `b` ``.", "Starten Sie ``a `b` ``."),
    ("version", "Since 1.6.7, 50 % and 2.5", "Seit 1.6.7, 50 % und 2,5"),
    ("edge-newline", "Done.", "Fertig."),
]


def findings(check, *messages, header=GERMAN, locale="de"):
    subject = Subject("de.po", Catalog(messages, header), locale_of(locale))
    return list(CHECKS[check].findings(subject))


@pytest.mark.parametrize(("check", "source", "translation", "count"), BAD)
def test_bad_translations_are_found(check, source, translation, count):
    found = findings(check, Message(source, translation, line=7))
    assert len(found) == count
    assert {(finding.line, finding.check) for finding in found} == {(7, check)}


@pytest.mark.parametrize(("check", "source", "translation"), GOOD)
def test_good_translations_raise_no_alarm(check, source, translation):
    assert findings(check, Message(source, translation)) == []


@pytest.mark.parametrize(("check", "source", "translation", "count"), BAD)
def test_what_no_build_uses_is_not_checked(check, source, translation, count):
    assert count
    assert findings(check, Message(source, translation, flags=("fuzzy",))) == []
    assert findings(check, Message(source, translation, obsolete=True)) == []


def test_headers():
    assert findings("language") == []
    assert len(findings("language", header=(("Language", "fr"),))) == 1
    assert findings("plural-forms") == []
    assert len(findings("plural-forms", locale="ja")) == 1
    plural = Message("a", id_plural="b", plurals=("x",), line=4)
    (finding,) = findings("plural-forms", plural)
    assert finding.line == 4


def test_every_check_explains_itself():
    assert FAMILIES
    assert len(CHECKS) >= 11
    for known in CHECKS.values():
        assert known.title.endswith(".")
        assert "Bad:" in known.explanation
        assert "Good:" in known.explanation


@pytest.fixture
def root(tmp_path):
    root = project(tmp_path, {"page.md": PAGE}, 'source = "zh-Hans"\ntargets = ["de"]\n')
    yiben(root, "update")
    return root


def test_a_sound_project_passes(root):
    result = yiben(root, "check")
    assert (result.returncode, result.stdout) == (0, "0 errors, 0 warnings\n")


def test_completeness_staleness_and_refusals(root):
    result = yiben(root, "check", "--min-complete", "1")
    assert "is translated to 0 %: 5 untranslated" in result.stdout
    catalog = root / "locales/de/LC_MESSAGES/page.po"
    translate(catalog, {"安装": "<script>x</script>"})
    (root / "content/page.md").write_text(f"{PAGE}\n新\n", encoding="utf-8")
    result = yiben(root, "check", "--format", "json")
    assert result.returncode == 1
    entries = json.loads(result.stdout)
    found = {(entry["check"], entry["path"].rpartition(".")[2]) for entry in entries}
    assert found == {("stale", "po"), ("stale", "pot"), ("refused", "po")}
    refused = next(entry for entry in entries if entry["check"] == "refused")
    lines = catalog.read_text(encoding="utf-8").split("\n")
    assert lines[refused["line"] - 1] == 'msgid "安装"'


def test_checks_are_selected_and_ignored(root):
    words = ("check", "--min-complete", "1", "--format", "json")
    assert json.loads(yiben(root, *words, "--ignore", "incomplete").stdout) == []
    assert json.loads(yiben(root, *words, "--select", "stale").stdout) == []
    found = json.loads(yiben(root, *words, "--select", "incomplete").stdout)
    assert [entry["check"] for entry in found] == ["incomplete"]
    assert yiben(root, *words, "--select", "none").returncode == 2


def test_annotations_escape_what_github_would_read(root):
    translate(root / "locales/de/LC_MESSAGES/page.po", {"安装": "100 % <b>\\n"})
    result = yiben(root, "check", "--format", "github")
    assert result.stdout.startswith("::error file=locales/de/LC_MESSAGES/page.po,line=")
    assert "\n" not in result.stdout.strip().split("\n::")[0]


def test_a_catalog_that_cannot_be_read_is_exit_2(root):
    (root / "locales/de/LC_MESSAGES/page.po").write_text("msgid\n")
    assert yiben(root, "check").returncode == 2


def test_list_and_explain(root):
    assert len(yiben(root, "check", "--list").stdout.splitlines()) == len(CHECKS)
    assert "Good:" in yiben(root, "check", "--explain", "version").stdout
    result = yiben(root, "check", "--explain", "nothing")
    assert result.returncode == 2
    assert 'unknown check "nothing"' in result.stderr
