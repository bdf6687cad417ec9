"""A finding: what a check says about a page or catalog, and where."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """Whether a finding fails a run."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing a check has found."""

    path: str
    """The file below the project's root."""
    line: int
    """From 1; 0 means the whole file."""
    check: str
    """The id of the check."""
    severity: Severity
    text: str
    """What is wrong and what to do."""

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:1" if self.line else self.path
        return f"{place}: {self.severity}: {self.text} [{self.check}]"
