"""The findings of `yiben check` for people, scripts, and the programs of a CI."""

from __future__ import annotations

import json
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.findings import Severity
from toolkit.reports.characters import encodable, printable
from toolkit.reports.code_quality import as_gitlab
from toolkit.reports.comments import as_markdown
from toolkit.reports.excerpts import shown
from toolkit.reports.junit import as_junit
from toolkit.reports.sarif import as_sarif

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.findings import Finding

_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


def as_text(findings: Sequence[Finding]) -> str:
    """The findings file by file, each with its line and a mark under its words; then their sum."""
    groups = groupby(findings, key=lambda finding: finding.path)
    files = ["\n".join(line for one in group for line in _lines(one)) for _, group in groups]
    return "\n\n".join((*files, _sum(findings)))


def _lines(finding: Finding) -> Iterator[str]:
    yield printable(str(finding))
    if finding.excerpt:
        yield from (f"    {line}" for line in shown(finding.excerpt))
    if finding.source:
        yield f"    {printable(finding.source)}"


def _sum(findings: Sequence[Finding]) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    counts = Counter(finding.check for finding in findings)
    lines = [f"{count:5} {check}" for check, count in sorted(counts.items())]
    total = f"{errors} errors, {len(findings) - errors} warnings"
    return "\n".join((*(lines if len(lines) > 1 else ()), total))


def as_json(findings: Sequence[Finding]) -> str:
    """An array with an object a finding; what UTF-8 cannot hold is escaped as JSON has it."""
    data = [
        {
            "path": finding.path,
            "line": finding.line,
            "column": finding.column,
            "check": finding.check,
            "severity": finding.severity,
            "text": finding.text,
            "message": finding.message,
            "source": finding.source,
            "fingerprint": finding.fingerprint,
        }
        for finding in findings
    ]
    text = json.dumps(data, ensure_ascii=False, indent=2)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, errors first: GitHub shows ten annotations of each kind a step."""
    ordered = sorted(findings, key=lambda finding: finding.severity)
    return "\n".join(
        f"::{finding.severity} file={_escaped(finding.path, _PROPERTY_ESCAPES)},"
        f"line={max(1, finding.line)},col={finding.column},title={finding.check}"
        f"::{_escaped(finding.text, _ESCAPES)}"
        for finding in ordered
    )


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in encodable(text))


REPORTS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": as_junit,
    "markdown": as_markdown,
}
