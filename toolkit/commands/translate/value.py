"""The options and results of `yiben translate`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.project.store import changed_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.store import Saved

Step = Callable[[int], None]
"""Is told how many messages are done since it was last told."""


@dataclass(frozen=True, slots=True)
class TranslateOptions:
    """The options of a run."""

    locales: tuple[Locale, ...]
    pages: frozenset[str] | None = None
    """The pages to translate, below the content folder; `None` for all of them."""
    redo_fuzzy: bool = False
    """Whether fuzzy messages are drafted anew."""
    budget: int | None = None
    """Words that may be sent; `None` for any number."""


class Lack(StrEnum):
    """Why a message has no draft."""

    REFUSED = "refused"
    """Every answer was of no use."""
    UNANSWERED = "unanswered"
    """The provider gave no answer."""
    OVER_BUDGET = "over budget"
    UNKNOWN = "not in the memory"
    """Nobody but the memory was asked."""


@dataclass(frozen=True, slots=True)
class Undone:
    """A message that stays as it was, and why."""

    path: str
    """Its catalog, below the root."""
    line: int
    text: str
    lack: Lack
    reasons: tuple[str, ...] = ()

    def __str__(self) -> str:
        """Its place, and what is wrong with the last answer."""
        said = f"{self.lack}: {'; '.join(self.reasons)}" if self.reasons else str(self.lack)
        return f"{self.path}:{self.line}:1: {said}"


@dataclass(frozen=True, slots=True)
class Drafted:
    """The result of a run."""

    files: tuple[Saved, ...] = ()
    """The catalogs."""
    drafted: tuple[tuple[str, int], ...] = ()
    """The number of messages that each provider translated, the memory first."""
    words: int = 0
    """Words that were sent, each time they were."""
    requests: int = 0
    """Requests that were sent."""
    undone: tuple[Undone, ...] = ()
    problems: tuple[Problem, ...] = ()
    causes: tuple[str, ...] = ()
    """Why the provider was not asked on, or did not answer, one line a cause."""

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the catalogs that changed, each once."""
        return tuple(dict.fromkeys(changed_names(self.files)))

    def with_problems(self, problems: Iterable[Problem]) -> Drafted:
        """Return the result with what else is wrong in front."""
        return replace(self, problems=(*problems, *self.problems))


@dataclass(frozen=True, slots=True)
class Estimate:
    """The amount that a run would send."""

    messages: int = 0
    words: int = 0
    characters: int = 0
    tokens: int = 0
    """About how many tokens go in and come out, together."""
    price: float | None = None
    """The cost in the currency of the settings' prices; `None` where there are none."""
    known: int = 0
    """Messages that the memory has, which cost nothing."""
    problems: tuple[Problem, ...] = ()
