"""Findings as GitLab reads them: its code quality report."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.interfaces.reports.characters import encodable
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.model.findings import Finding

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor"}


def as_gitlab(findings: Sequence[Finding]) -> str:
    """An array as the code quality report of GitLab has it (its manual, "Code Quality").

    A fingerprint does not depend on lines; equal findings are told apart by counting.
    """
    seen: Counter[str] = Counter()
    data = []
    for finding in findings:
        data.append(
            {
                "description": finding.text,
                "check_name": finding.check,
                "fingerprint": _unique(finding.fingerprint, seen[finding.fingerprint]),
                "severity": _SEVERITIES[finding.severity],
                "location": {
                    "path": finding.path,
                    "lines": {"begin": max(1, finding.line)},
                },
            }
        )
        seen[finding.fingerprint] += 1
    return encodable(json_text(data))


def _unique(fingerprint: str, number: int) -> str:
    if not number:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}\0{number}".encode()).hexdigest()[:32]
