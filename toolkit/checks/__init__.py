"""The checks: small functions with an id and a severity, found by `--list` and `--explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.findings import Finding, Severity

if TYPE_CHECKING:
    from toolkit.catalog import Catalog, Message
    from toolkit.locale import Locale

Said = tuple[int, str]
"""The line (from 1, 0 for the whole file) and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A catalog as the checks see it."""

    path: str
    catalog: Catalog
    locale: Locale

    @property
    def translated(self) -> Iterator[Message]:
        """The messages that a build may use."""
        return (message for message in self.catalog.messages if message.translated)


CheckFunction = Callable[[Subject], Iterator[Said]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check; its explanation is the docstring of its function."""

    id: str
    severity: Severity
    function: CheckFunction | None
    explanation: str

    @property
    def title(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]

    def findings(self, subject: Subject) -> Iterator[Finding]:
        """What the check says of a catalog."""
        for line, text in self.function(subject) if self.function else ():
            yield Finding(subject.path, line, self.id, self.severity, text)


CHECKS: dict[str, Check] = {}
"""Every check by its id, in the order of their registration."""


def check(name: str, severity: Severity) -> Callable[[CheckFunction], CheckFunction]:
    """Register a function as the check `name`; its docstring holds a bad and a good example."""

    def register(function: CheckFunction) -> CheckFunction:
        lines = (function.__doc__ or "").strip().split("\n")
        explanation = "\n".join(line.removeprefix("    ") for line in lines)
        CHECKS[name] = Check(name, severity, function, explanation)
        return function

    return register


def announce(name: str, severity: Severity, explanation: str) -> None:
    """Register a check whose findings come from elsewhere: the build, the update, the counting."""
    CHECKS[name] = Check(name, severity, None, explanation)
