"""The findings of `yiben check` for people, scripts, and the programs of a CI."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.interfaces.reports.characters import encodable, printable, printable_lines
from toolkit.interfaces.reports.code_quality import as_gitlab
from toolkit.interfaces.reports.comments import as_markdown
from toolkit.interfaces.reports.excerpts import shown
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.interfaces.reports.sarif import as_sarif
from toolkit.language.phrases import counted
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.model.findings import Finding

_ESCAPES = {"%": "%25", "\r": "%0D", "\n": "%0A"}
_PROPERTY_ESCAPES = {**_ESCAPES, ":": "%3A", ",": "%2C"}


Paint = Callable[[str, str], str]
"""Gives a text the colours of a kind: `place`, `error`, `warning`, `caret`."""


def as_text(
    findings: Sequence[Finding], paint: Paint = lambda _, text: text, *, brief: bool = False
) -> str:
    """The findings file by file, each with its line and a mark under its words; then their sum.

    With `brief`, without the sum.
    """
    return "".join(text_parts(findings, paint, brief=brief))


def text_parts(findings: Sequence[Finding], paint: Paint, *, brief: bool) -> Iterator[str]:
    """The parts of that text, one after the other; all of it may be large."""
    between = ""
    for _, group in groupby(findings, key=lambda finding: finding.path):
        yield between + "\n".join(line for one in group for line in _lines(one, paint))
        between = "\n\n"
    if not brief:
        yield between + _sum(findings, paint)


def _lines(finding: Finding, paint: Paint) -> Iterator[str]:
    place = f"{finding.path}:{finding.line}:{finding.column}" if finding.line else finding.path
    severity = paint(finding.severity, finding.severity)
    text = f"{printable(finding.text)} [{finding.check}]"
    yield f"{paint('place', printable(place))}: {severity}: {text}"
    if finding.excerpt:
        line, *marks = shown(finding.excerpt)
        yield f"    {line}"
        yield from (f"    {paint('caret', mark)}" for mark in marks)
    if finding.source:
        yield f"    {printable(finding.source)}"


def _sum(findings: Sequence[Finding], paint: Paint) -> str:
    counts = Counter(finding.check for finding in findings)
    lines = [f"{count:5} {check}" for check, count in sorted(counts.items())]
    return "\n".join((*(lines if len(lines) > 1 else ()), sum_of(findings, paint)))


def sum_of(findings: Sequence[Finding], paint: Paint = lambda _, text: text) -> str:
    """The sum of errors and warnings, as a line."""
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = len(findings) - errors
    parts = ((errors, "error"), (warnings, "warning"))
    return ", ".join(
        paint(kind if number else "plain", counted(number, kind)) for number, kind in parts
    )


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
    text = json_text(data)
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def as_github(findings: Sequence[Finding]) -> str:
    """Workflow commands, errors first: GitHub shows ten annotations of each kind a step."""
    ordered = sorted(findings, key=lambda finding: finding.severity)
    return "\n".join(
        f"::{finding.severity} file={_escaped(finding.path, _PROPERTY_ESCAPES)},"
        f"line={max(1, finding.line)},col={finding.column},title={finding.check}"
        f"::{_escaped(printable_lines(finding.text), _ESCAPES)}"
        for finding in ordered
    )


def _as_junit(findings: Sequence[Finding]) -> str:
    from toolkit.interfaces.reports.junit import as_junit  # noqa: PLC0415 - nothing else needs XML

    return as_junit(findings)


def _escaped(text: str, escapes: Mapping[str, str]) -> str:
    return "".join(escapes.get(character, character) for character in encodable(text))


REPORTS: Mapping[str, Callable[[Sequence[Finding]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
    "junit": _as_junit,
    "markdown": as_markdown,
}
