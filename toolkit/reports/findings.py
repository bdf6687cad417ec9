"""Findings as lines, as JSON and as annotations of GitHub's workflows."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from toolkit.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from toolkit.findings import Finding

_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def as_text(findings: Sequence[Finding]) -> str:
    """A line a finding, and a last one that counts them."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    total = f"{errors} errors, {len(findings) - errors} warnings"
    return "\n".join((*map(str, findings), total))


def as_json(findings: Sequence[Finding]) -> str:
    """An array with an object a finding."""
    data = [
        {
            "path": finding.path,
            "line": finding.line,
            "check": finding.check,
            "severity": finding.severity,
            "text": finding.text,
        }
        for finding in findings
    ]
    return json.dumps(data, ensure_ascii=False, indent=2)


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, errors first: GitHub shows ten annotations of each kind a step."""
    ordered = sorted(findings, key=lambda finding: finding.severity)
    return "\n".join(
        f"::{finding.severity} file={_escaped(finding.path, _PROPERTY_ESCAPES)},"
        f"line={max(1, finding.line)},title={finding.check}::{_escaped(finding.text, _ESCAPES)}"
        for finding in ordered
    )


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in text)


REPORTS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
}
