"""A finding: what a check says of a page or catalog, and where."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(StrEnum):
    """Whether a finding fails a run."""

    ERROR = "error"
    WARNING = "warning"


class Fix(StrEnum):
    """The treatment of a finding by `yiben check --fix`."""

    NONE = ""
    SAFE = "safe"
    """Mends it."""
    STYLE = "style"
    """Mends it when its check is selected by name."""


@dataclass(frozen=True, slots=True, order=True)
class Excerpt:
    """A line of a file and the piece of it that a finding is about."""

    text: str
    """The line as it stands in the file, without its line end."""
    start: int
    end: int
    """The piece, in characters of `text`; empty when the whole line is meant."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One thing a check has found."""

    path: str
    """The file below the project's root, with `/`."""
    line: int
    """The line, from 1; 0 means the whole file."""
    check: str
    """The id of the check."""
    severity: Severity
    text: str
    """The message in one line: what is wrong and what to do."""
    column: int = 1
    """The column in characters, from 1."""
    message: str = ""
    """Context and source text of the message it is about; empty when it is about the file."""
    excerpt: Excerpt | None = None
    """The line to show, with its piece under a caret."""
    source: str = ""
    """The place of the message in the pages, `content/page.md:12`; empty when unknown."""
    page: str = ""
    """The page it is about, below the project's root; empty when it is about several."""
    others: tuple[str, ...] = ()
    """Other files that it is about as well."""
    fix: Fix = Fix.NONE
    facts: tuple[str, ...] | None = field(default=None, compare=False)
    """The values by which it differs from other findings of its check in the message.

    They do not depend on words; `None` where only its text shows them.
    """

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return f"{place}: {self.severity}: {self.text} [{self.check}]"

    def below(self, prefix: str) -> Finding:
        """The finding with its places below another folder."""
        source = f"{prefix}/{self.source}" if self.source else ""
        return replace(self, path=f"{prefix}/{self.path}", source=source)

    @property
    def fingerprint(self) -> str:
        """Names the finding wherever it stands and however it is worded; 32 hexadecimal digits."""
        if self.facts is None:
            return self.fingerprint_by_wording
        return _digest(self.path, self.check, self.message, "", *self.facts)

    @property
    def fingerprint_by_wording(self) -> str:
        """Names the finding by its text, as baselines and reports did before."""
        text = self.text
        for other in self.others:
            text = re.sub(rf"(?<={re.escape(other)}):\d+", "", text)
        return _digest(self.path, self.check, self.message, text)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


_ORDER = attrgetter(*(one.name for one in fields(Finding) if one.compare))


def ordered(findings: Iterable[Finding]) -> list[Finding]:
    """The findings in the order of their places; their fields are looked up once each."""
    groups = by_path(findings)
    # What is compared takes as much room as the findings: it is made of one file at a time.
    return [one for path in sorted(groups) for one in sorted(groups[path], key=_ORDER)]


def by_path(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """The findings by their files."""
    groups: dict[str, list[Finding]] = defaultdict(list)
    for one in findings:
        groups[one.path].append(one)
    return groups
