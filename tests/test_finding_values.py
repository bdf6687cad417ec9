"""Findings as values: packed and unpacked they are the same, in whatever order they come."""

from dataclasses import fields

from hypothesis import given
from hypothesis import strategies as st

from toolkit.commands.check.packing import pack_findings, unpack_findings
from toolkit.model.findings import Excerpt, Finding, Fix, Severity, ordered

TEXTS = st.text(st.characters(codec=None), max_size=8) | st.sampled_from(["", "a.md", "安装"])
NUMBERS = st.integers(0, 3000)
FINDINGS = st.builds(
    Finding,
    path=TEXTS,
    line=NUMBERS,
    check=TEXTS,
    severity=st.sampled_from(Severity),
    text=TEXTS,
    column=NUMBERS,
    message=TEXTS,
    excerpt=st.none() | st.builds(Excerpt, TEXTS, NUMBERS, NUMBERS),
    source=TEXTS,
    page=TEXTS,
    others=st.lists(TEXTS, max_size=3).map(tuple),
    fix=st.sampled_from(Fix),
    facts=st.none() | st.lists(TEXTS, max_size=3).map(tuple),
)


@given(st.lists(FINDINGS, max_size=6))
def test_packed_findings_come_back(findings):
    again = list(unpack_findings(pack_findings(findings)))
    for name in (one.name for one in fields(Finding)):
        assert [getattr(one, name) for one in again] == [getattr(one, name) for one in findings]
    assert all(isinstance(one.severity, Severity) and isinstance(one.fix, Fix) for one in again)


def test_equal_texts_are_held_once():
    paths = [str(b"content/a.md", "ascii") for _ in range(2)]
    assert paths[0] is not paths[1]
    findings = [Finding(one, 1, "dead-link", Severity.ERROR, "gone") for one in paths]
    first, second = unpack_findings(pack_findings(findings))
    assert first.path is second.path
    assert first.check is second.check


@given(st.lists(FINDINGS, max_size=9))
def test_findings_are_ordered_by_all_that_is_compared(findings):
    # Excerpts are compared only where all before them is the same.
    plain = [one for one in findings if one.excerpt is None]
    assert ordered(plain) == sorted(plain)
