"""A baseline: the findings that a project lives with, so that only new ones are reported."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, SettingsError
from toolkit.model.json_nodes import json_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from toolkit.model.findings import Finding

_VERSION = 1
NEVER_HIDDEN = frozenset({"stale", "syntax", "incomplete"})
"""Checks whose findings say that a file has to change; nobody lives with these."""


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """A finding as a baseline remembers it."""

    path: str
    check: str
    fingerprint: str

    def __str__(self) -> str:
        return f"{self.path}: [{self.check}]"

    @classmethod
    def of(cls, finding: Finding) -> Entry:
        """The entry that a baseline written today has for a finding."""
        return cls(finding.path, finding.check, finding.fingerprint)

    @classmethod
    def by_wording(cls, finding: Finding) -> Entry:
        """The entry that earlier baselines have for it."""
        return cls(finding.path, finding.check, finding.fingerprint_by_wording)


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings beside a baseline."""

    fresh: tuple[Finding, ...]
    """The findings that the baseline does not hold."""
    hidden: int
    """The number of findings that it holds."""
    gone: tuple[Entry, ...]
    """The entries that no longer occur."""
    left: tuple[Entry, ...]
    """All others, as a baseline written today has them."""
    worded: int
    """The number of findings that it knows by their wording alone."""


def baseline_of(findings: Iterable[Finding], others: Iterable[Entry] = ()) -> bytes:
    """The baseline that holds these findings, but for those that are never hidden.

    `others` are entries that it holds besides.
    """
    kept = (one for one in findings if one.check not in NEVER_HIDDEN)
    return _written([*map(Entry.of, kept), *others])


def without_gone(result: Compared) -> bytes:
    """The baseline without the entries that no longer occur."""
    return _written(result.left)


def _written(entries: Sequence[Entry]) -> bytes:
    """A line an entry, so that its changes can be read."""
    lines = sorted(
        json.dumps(
            {"path": one.path, "check": one.check, "fingerprint": one.fingerprint},
            ensure_ascii=False,
        )
        for one in entries
    )
    body = ",\n".join(f"    {line}" for line in lines)
    inner = f"\n{body}\n  " if body else ""
    return f'{{\n  "version": {_VERSION},\n  "findings": [{inner}]\n}}\n'.encode()


def read_baseline(name: str, data: bytes) -> tuple[Entry, ...]:
    """The entries of a baseline; `SettingsError` with its place where it is none."""
    try:
        values = json.loads(data.decode("utf-8"))
        if values["version"] != _VERSION:
            raise SettingsError(
                Problem(
                    name, 0, 0, "was written by another version; rewrite it with --write-baseline"
                )
            )
        return tuple(
            Entry(str(one["path"]), str(one["check"]), str(one["fingerprint"]))
            for one in values["findings"]
        )
    except json.JSONDecodeError as error:
        problem = json_problem(name, error)
    except (ValueError, KeyError, TypeError, RecursionError):
        problem = Problem(name, 0, 0, "is not a baseline; rewrite it with --write-baseline")
    raise SettingsError(problem)


def compared(
    findings: Sequence[Finding], entries: Sequence[Entry], could_occur: Callable[[Entry], bool]
) -> Compared:
    """Findings beside a baseline; of equal ones those are fresh that are too many.

    `could_occur` tells the entries that the run would have found.
    """
    left = Counter(entry for entry in entries if entry.check not in NEVER_HIDDEN)
    fresh, known = [], []
    worded = 0
    for finding in findings:
        entry, earlier = Entry.of(finding), Entry.by_wording(finding)
        found = next((one for one in (entry, earlier) if left[one] > 0), None)
        if found is None:
            fresh.append(finding)
            continue
        left[found] -= 1
        known.append(entry)
        worded += found != entry
    rest = sorted(left.elements())
    gone = tuple(entry for entry in rest if could_occur(entry))
    kept = (entry for entry in rest if not could_occur(entry))
    return Compared(tuple(fresh), len(known), gone, (*known, *kept), worded)
