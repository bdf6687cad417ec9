"""Findings as the test report that JUnit's Ant task began and every CI reads."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from toolkit.interfaces.reports.characters import UNSEEN
from toolkit.language.characters import NOT_XML
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.findings import Finding

_NAME = "yiben check"


def as_junit(findings: Sequence[Finding]) -> str:
    """A suite a file and a case a finding; errors fail, warnings are what a passing case prints.

    The name of a case tells all: GitLab shows only one of several cases of a name.
    """
    root = Element("testsuites")
    for path, group in groupby(findings, key=lambda finding: finding.path):
        _suite(root, path, list(group))
    if not findings:
        SubElement(_new_suite(root, _NAME, 1, 0), "testcase", name=_NAME, classname="yiben")
    indent(root)
    report = tostring(root, encoding="unicode").replace("##", "#&#35;")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{report}'


def _new_suite(root: Element, name: str, tests: int, failures: int) -> Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": "0", "skipped": "0"}
    return SubElement(root, "testsuite", {"name": _text(name), "time": "0", **counts})


def _suite(root: Element, path: str, findings: Sequence[Finding]) -> None:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    suite = _new_suite(root, path, len(findings), errors)
    for finding in findings:
        said = _text(str(finding))
        case = SubElement(
            suite, "testcase", name=said, classname=f"yiben.{finding.check}", time="0"
        )
        if finding.severity is Severity.ERROR:
            failure = SubElement(case, "failure", message=_text(finding.text), type=finding.check)
            failure.text = said
        else:
            SubElement(case, "system-out").text = said


def _text(text: str) -> str:
    return UNSEEN.sub("\ufffd", NOT_XML.sub("\ufffd", text))
