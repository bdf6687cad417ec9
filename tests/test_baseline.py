"""Baselines know a finding again: however it is worded, and whoever wrote the baseline."""

import json
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from projects import project, translate, yiben
from test_checks import CASES, in_catalog

from toolkit.checks import Check
from toolkit.model.findings import Finding, Severity

CATALOG = "locales/de/LC_MESSAGES/a.po"
RECORDED = Path(__file__).parent / "fixtures/fingerprints.json"
IN_CATALOGS = [param for param in CASES if "files" not in param.values[1]]


@pytest.fixture
def root(tmp_path):
    settings = 'source = "en"\ntargets = ["de"]\nbaseline = "known.json"\n'
    root = project(tmp_path, {"a.md": "# Setup\n\nIt has 40 parts and 50 ends.\n"}, settings)
    assert yiben(root, "update").returncode == 0
    translations = {"Setup": "Aufbau ", "It has 40 parts and 50 ends.": "Es hat 40 Teile."}
    translate(root / CATALOG, translations)
    return root


def findings(root, *words):
    """The findings that a run reports beside the baseline."""
    return json.loads(yiben(root, "check", "--no-cache", "--format", "json", *words).stdout)


def fingerprint_by_text(one):
    """The fingerprint of a finding in the baselines of versions that took it from the text."""
    parts = "\0".join((one["path"], one["check"], one["message"], one["text"]))
    return sha256(parts.encode()).hexdigest()[:32]


def baseline_by_text(found):
    entries = [
        {"path": one["path"], "check": one["check"], "fingerprint": fingerprint_by_text(one)}
        for one in found
    ]
    return json.dumps({"version": 1, "findings": entries})


def reword(monkeypatch):
    """Say all that is found in a catalog in other words."""
    remarks = Check.remarks
    monkeypatch.setattr(
        Check,
        "remarks",
        lambda check, subject: (
            one._replace(text=f"other words, {len(one.text)}") for one in remarks(check, subject)
        ),
    )


def test_a_baseline_holds_when_findings_are_reworded(root, monkeypatch):
    yiben(root, "check", "--write-baseline")
    reword(monkeypatch)
    assert findings(root) == []
    translate(
        root / CATALOG, {"Setup": "Aufbau", "It has 40 parts and 50 ends.": "Es hat 50 Enden."}
    )
    (new,) = findings(root)
    assert (new["check"], new["text"]) == ("number", "other words, 34")


def test_a_baseline_by_wording_holds_and_is_renewed(root, monkeypatch):
    found = findings(root)
    assert sorted(one["check"] for one in found) == ["edge-blank", "number"]
    (root / "known.json").write_text(baseline_by_text(found), encoding="utf-8")
    before = (root / "known.json").read_bytes()
    run = yiben(root, "check")
    assert (run.returncode, run.stdout) == (0, "no errors, no warnings\n")
    advice = "2 findings known by wording alone; yiben check --prune-baseline mends that\n"
    assert f"known.json: {advice}" in run.stderr
    assert (root / "known.json").read_bytes() == before
    run = yiben(root, "check", "--prune-baseline")
    assert "known.json: 2 findings no longer known by wording alone\n" in run.stderr
    renewed = (root / "known.json").read_bytes()
    assert "wording" not in yiben(root, "check").stderr
    reword(monkeypatch)
    assert findings(root) == []
    assert (root / "known.json").read_bytes() == renewed


def test_renewing_keeps_what_a_run_did_not_look_for(root):
    found = findings(root)
    (root / "known.json").write_text(baseline_by_text(found), encoding="utf-8")
    yiben(root, "check", "--prune-baseline", "--select", "edge-blank")
    entries = json.loads((root / "known.json").read_text("utf-8"))["findings"]
    known = {fingerprint_by_text(one) for one in found if one["check"] == "number"}
    assert {one["fingerprint"] for one in entries if one["check"] == "number"} == known
    assert findings(root) == []


TEXTS = st.text(max_size=9)
FACTS = st.tuples(TEXTS, TEXTS)


@given(TEXTS, TEXTS, FACTS, FACTS, st.integers(0, 9))
def test_facts_identify_a_finding_and_words_do_not(text, other, facts, changed, line):
    one = Finding("a.po", 1, "number", Severity.ERROR, text, message="m", facts=facts)
    moved = replace(one, text=other, line=line, severity=Severity.WARNING)
    assert moved.fingerprint == one.fingerprint
    if changed != facts and not any("\0" in fact for fact in (*facts, *changed)):
        assert replace(one, facts=changed).fingerprint != one.fingerprint
    for change in ({"path": "b.po"}, {"check": "url"}, {"message": "n"}, {"facts": None}):
        assert replace(one, **change).fingerprint != one.fingerprint


def fingerprints(check, case):
    return [
        Finding(
            "de.po",
            1,
            check,
            Severity.ERROR,
            one.text,
            message=one.message.id if one.message else "",
            facts=one.facts,
        ).fingerprint
        for one in in_catalog(check, case)
    ]


def test_facts_tell_apart_what_texts_tell_apart():
    for check, case in (param.values for param in IN_CATALOGS):
        texts = {(one.message, one.text) for one in in_catalog(check, case)}
        assert len(set(fingerprints(check, case))) == len(texts), (check, case)


def test_fingerprints_of_today_stay():
    """What a baseline may hold, recorded once: a changed one would show old findings as new.

    For a new check, add its line; never change another.
    """
    recorded = json.loads(RECORDED.read_text("utf-8"))
    found = {check: fingerprints(check, first_failure(check)) for check in recorded}
    assert found == recorded
    assert {param.values[0] for param in IN_CATALOGS if param.values[1].get("findings")} == {
        *recorded
    }


def first_failure(check):
    return next(
        param.values[1]
        for param in IN_CATALOGS
        if param.values[0] == check and param.values[1].get("findings")
    )
