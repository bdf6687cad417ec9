"""The checks: small functions with an id and a severity, found by `--list` and `--explain`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from toolkit.checks.subject import Pair, Subject
    from toolkit.model.catalog import Message
    from toolkit.model.findings import Severity


class Remark(NamedTuple):
    """The result of a check, before the runner adds its id, severity and place."""

    text: str
    """The message: what is wrong and what to do."""
    piece: str = ""
    """The words it is about, as they stand in the text; empty for all of it."""
    lost: bool = False
    """Whether the piece is one of the source that the translation lacks."""
    message: Message | None = None
    """The message it is about; `None` for the whole catalog."""
    facts: tuple[str, ...] = ()
    """The values by which it differs from other results for the message, whatever the words."""


CatalogCheck = Callable[["Subject"], Iterator[Remark]]
PairCheck = Callable[["Pair", "Subject"], Iterator[Remark]]


@dataclass(frozen=True, slots=True)
class Check:
    """A registered check; its explanation is the docstring of its function."""

    id: str
    severity: Severity
    explanation: str
    over_catalog: CatalogCheck | None = None
    """Looks at a catalog as a whole."""
    over_pair: PairCheck | None = None
    """Looks at one translated message after the other."""

    @property
    def title(self) -> str:
        """The first line of the explanation."""
        return self.explanation.partition("\n")[0]

    def remarks(self, subject: Subject) -> Iterator[Remark]:
        """Run the check over a catalog."""
        if self.over_catalog:
            yield from self.over_catalog(subject)
        if self.over_pair:
            for pair in subject.pairs:
                for remark in self.over_pair(pair, subject):
                    yield remark._replace(message=pair.message)


CHECKS: dict[str, Check] = {}
"""Every check by its id, in the order of their registration."""


def catalog_check(name: str, severity: Severity) -> Callable[[CatalogCheck], CatalogCheck]:
    """Register a function as the check `name` of catalogs; its docstring has two examples."""

    def register(function: CatalogCheck) -> CatalogCheck:
        CHECKS[name] = Check(name, severity, _explanation(function), over_catalog=function)
        return function

    return register


def pair_check(name: str, severity: Severity) -> Callable[[PairCheck], PairCheck]:
    """Register a function as the check `name` of translations; its docstring has two examples."""

    def register(function: PairCheck) -> PairCheck:
        CHECKS[name] = Check(name, severity, _explanation(function), over_pair=function)
        return function

    return register


def announce(name: str, severity: Severity, explanation: str) -> None:
    """Register a check whose findings come from elsewhere: the build, the update, the counting."""
    CHECKS[name] = Check(name, severity, explanation)


def _explanation(function: Callable[..., object]) -> str:
    lines = (function.__doc__ or "").strip().split("\n")
    return "\n".join(line.removeprefix("    ") for line in lines)
