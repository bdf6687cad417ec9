"""Findings as SARIF 2.1.0 (OASIS), which code scanning services read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit import __version__
from toolkit.checks.families import CHECKS
from toolkit.interfaces.reports.characters import encodable
from toolkit.interfaces.reports.json_texts import json_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.model.findings import Finding

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_MOST = 25_000
"""Results of a run that GitHub takes."""


def as_sarif(findings: Sequence[Finding]) -> str:
    """One run, errors first; more results than services take are left out."""
    chosen = sorted(findings, key=lambda finding: finding.severity)[:_MOST]
    rules = {check: number for number, check in enumerate(sorted({one.check for one in chosen}))}
    driver = {
        "name": "yiben",
        "version": __version__,
        "semanticVersion": __version__,
        "rules": list(map(_rule, rules)),
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, rules) for finding in chosen],
    }
    return json_text({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(name: str) -> dict[str, object]:
    known = CHECKS.get(name)
    if known is None:
        return {"id": name}
    return {
        "id": name,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.explanation},
        "help": {"text": known.explanation},
        "defaultConfiguration": {"level": str(known.severity)},
    }


def _result(finding: Finding, rules: Mapping[str, int]) -> dict[str, object]:
    location: dict[str, object] = {"artifactLocation": {"uri": quote(encodable(finding.path))}}
    if finding.line:
        location["region"] = {"startLine": finding.line, "startColumn": max(1, finding.column)}
    return {
        "ruleId": finding.check,
        "ruleIndex": rules[finding.check],
        "level": str(finding.severity),
        "message": {"text": _message(finding.text)},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {
            "yibenFinding/v1": finding.fingerprint_by_wording,
            "yibenFinding/v2": finding.fingerprint,
        },
    }


def _message(text: str) -> str:
    """Text without placeholders and links (SARIF 2.1.0, sections 3.11.5 and 3.11.6)."""
    text = encodable(text).replace("{", "{{").replace("}", "}}")
    return re.sub(r"[\\\[\]]", r"\\\g<0>", text) if "](" in text else text
