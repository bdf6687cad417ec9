"""A baseline: the findings that a project lives with, so that only new ones are told."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.errors import Problem, SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.findings import Finding

_VERSION = 1


def baseline_of(findings: Iterable[Finding]) -> bytes:
    """The baseline that holds these findings; a line each, so that its changes can be read."""
    lines = sorted(
        json.dumps(
            {"path": one.path, "check": one.check, "fingerprint": one.fingerprint},
            ensure_ascii=False,
        )
        for one in findings
    )
    body = ",\n".join(f"    {line}" for line in lines)
    inner = f"\n{body}\n  " if body else ""
    return f'{{\n  "version": {_VERSION},\n  "findings": [{inner}]\n}}\n'.encode()


def read_baseline(name: str, data: bytes) -> Counter[str]:
    """The fingerprints in a baseline, with how often each is there; else `SettingsError`."""
    try:
        values = json.loads(data.decode("utf-8"))
        if values["version"] != _VERSION:
            raise SettingsError(Problem(name, 0, 0, "is of another version; write it anew"))
        return Counter(str(entry["fingerprint"]) for entry in values["findings"])
    except json.JSONDecodeError as error:
        problem = Problem(name, error.lineno, error.colno, f"no valid JSON: {error.msg}")
    except (UnicodeDecodeError, KeyError, TypeError):
        problem = Problem(name, 0, 0, "is no baseline; write it anew with --write-baseline")
    raise SettingsError(problem)


def new_findings(findings: Sequence[Finding], known: Counter[str]) -> list[Finding]:
    """The findings that the baseline does not hold; of equal ones as many as are too many."""
    left = Counter(known)
    fresh = []
    for finding in findings:
        if left[finding.fingerprint] > 0:
            left[finding.fingerprint] -= 1
        else:
            fresh.append(finding)
    return fresh
