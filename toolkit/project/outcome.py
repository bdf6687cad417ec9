"""What a run did, as its parts tell it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.aligning import Alignment
    from toolkit.aligning.verdict import Verdict
    from toolkit.catalogs.merge import Change
    from toolkit.model.errors import Problem
    from toolkit.model.findings import Finding


Domain = tuple[str, list[str]]
"""A gettext domain and its pages."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What an update did with a catalog."""

    path: str
    locale: str
    """Its locale's tag."""
    changes: tuple[Change, ...]
    """What was not merely kept."""
    messages: int = 0
    """Messages of the file that are written otherwise, also for their places or comments alone."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did with a page and its translation."""

    page: str
    translation: str
    """The file it came from."""
    alignment: Alignment
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """What an import took from another catalog into one of the project's."""

    path: str
    translated: int
    fuzzy: int
    kept: int
    """Messages that had a translation already."""
    used: frozenset[int]
    """The places of the other catalog's messages that were of use."""


@dataclass(slots=True)
class Outcome:
    """What a run did: files it wrote (or would write), and what went wrong on the way."""

    total: int = 0
    """Files looked at."""
    changed: list[str] = field(default_factory=list)
    removed: dict[str, str] = field(default_factory=dict)
    """Files deleted, each with the file that takes its place or with nothing."""
    problems: list[Problem] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    """Translations that were refused."""
    updates: list[Updated] = field(default_factory=list)
    """What happened to the messages of catalogs."""
    waiting: list[Domain] = field(default_factory=list)
    """Domains that are left to a second round."""
    imports: list[Imported] = field(default_factory=list)
    carried: list[Carried] = field(default_factory=list)

    def add(self, other: Outcome) -> None:
        """Take in what another part of the run did."""
        self.total += other.total
        self.changed += other.changed
        self.removed |= other.removed
        self.problems += other.problems
        self.findings += other.findings
        self.updates += other.updates
        self.waiting += other.waiting
        self.imports += other.imports
        self.carried += other.carried
