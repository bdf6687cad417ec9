"""Reports are what the programs that read them expect, whatever a finding says."""

import json
import re
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from junitparser import JUnitXml
from lxml import etree
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif
from wcwidth import wcswidth

from toolkit.checks.families import CHECKS
from toolkit.findings import Excerpt, Finding, Severity
from toolkit.reports.comments import step_summary
from toolkit.reports.excerpts import shown
from toolkit.reports.findings import REPORTS

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
    "",
]


@pytest.mark.parametrize("form", REPORTS)
@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_is_too_hostile(form, text):
    findings = [
        Finding(f"x{text}", 1, "number", Severity.ERROR, text, 1, text, Excerpt(text, 0, 1))
    ]
    report = REPORTS[form](findings)
    written = report.encode("utf-8", "backslashreplace")
    if form in {"json", "gitlab", "sarif"}:
        assert json.loads(written)
    elif form == "junit":
        SCHEMA.assertValid(etree.fromstring(written))
    elif form == "github":
        assert len(report.split("\n")) == 1
    elif form == "markdown":
        assert_plain(report)


def assert_plain(report):
    """The one finding is one row of the table, and in it nothing is markup."""
    tokens = MarkdownIt("commonmark", {"html": True}).enable("table").parse(report)
    assert sum(token.type == "tr_open" for token in tokens) == 2
    inline = [child for token in tokens for child in token.children or ()]
    allowed = {"text", "strong_open", "strong_close", "code_inline", "softbreak"}
    assert {child.type for child in inline} <= allowed
    assert not [token for token in tokens if token.type == "html_block"]


def test_text_groups_points_and_sums_up():
    report = REPORTS["text"](FINDINGS)
    blocks = report.split("\n\n")
    assert blocks[0] == "a b.po: error: is behind the pages [stale]"
    lines = blocks[1].split("\n")
    assert lines[1] == "de/é.po:9:12: error: it brings in [refused]"
    assert lines[3].index("^") == wcswidth(lines[2][: lines[2].index("<b>")])
    assert lines[3].count("^") == 3
    assert lines[4] == "    p.md:3"
    assert report.endswith("2 errors, 1 warnings")
    assert REPORTS["text"]([]) == "0 errors, 0 warnings"


@pytest.mark.parametrize("start", [0, 5, 60, 150, 297])
def test_long_lines_are_cut_around_the_words(start):
    text = "先装好abc" * 50
    line, mark = shown(Excerpt(text, start, start + 3))
    assert wcswidth(line) <= 102
    left = wcswidth(mark) - 3 if text[start : start + 3] == "abc" else mark.index("^")
    pointed = next(n for n in range(len(line)) if wcswidth(line[:n]) == left)
    assert line[pointed : pointed + 3] == text[start : start + 3]


def test_github_reads_back_what_was_said():
    report = REPORTS["github"](FINDINGS).split("\n")
    assert [line.split()[0] for line in report] == ["::error", "::error", "::warning"]
    pattern = r"::(\w+) file=([^,:]*),line=(\d+),col=(\d+),title=([^,:]*)::(.*)"
    odd = Finding("a,b:c%.po", 3, "number", Severity.ERROR, "50 % off\nnow, or: later", 2)
    match = re.fullmatch(pattern, REPORTS["github"]([odd]))
    assert unquote(match[2]) == odd.path
    assert (match[3], match[4], match[5]) == ("3", "2", "number")
    assert unquote(match[6]) == odd.text


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


def test_sarif_knows_every_check():
    findings = [Finding("a", 1, check, Severity.ERROR, "x") for check in (*CHECKS, "unheard-of")]
    run = Sarif.model_validate_json(REPORTS["sarif"](findings)).runs[0]
    assert len(run.results) == len(CHECKS) + 1


def test_junit_is_what_its_schema_says():
    for findings in (FINDINGS, []):
        SCHEMA.assertValid(etree.fromstring(REPORTS["junit"](findings).encode()))
    suites = list(JUnitXml.fromstring(REPORTS["junit"](FINDINGS).encode()))
    assert [(suite.name, suite.tests, suite.failures) for suite in suites] == [
        ("a b.po", 1, 1),
        ("de/é.po", 2, 1),
    ]
    failed = [case.is_passed for suite in suites for case in suite]
    assert failed == [False, True, False]


def test_comments_and_summaries_fit():
    many = [replace(FINDINGS[1], line=number, text="x" * 200) for number in range(1, 9000)]
    comment = REPORTS["markdown"](many)
    assert len(comment) < 65_536
    told = comment.count("| `number` |")
    assert comment.endswith(f"… and {len(many) - told} more.")
    assert len(step_summary(many).encode()) < 1_048_576
    assert "more" not in step_summary(FINDINGS)
