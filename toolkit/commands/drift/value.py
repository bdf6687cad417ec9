"""The options and results of a search for what changed since pages were translated."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.project.store import changed_names

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.history import Version
    from toolkit.project.store import Saved


@dataclass(frozen=True, slots=True)
class DriftOptions:
    """The options of a search."""

    locales: tuple[Locale, ...]
    place: str = ""
    """The place of the translations, as for an import; empty for the place of localized pages."""
    since: int | None = None
    """Limits the search to pages whose source changed since then, in seconds since 1970."""
    write: bool = False
    """Whether revisions that were found are recorded in the translations."""


class How(StrEnum):
    """The ways to know the revision that a translation was made from."""

    RECORDED = "recorded"
    STRUCTURE = "structure"
    """Found by comparing it with the revisions."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Origin:
    """The revision of its source that a translation was made from."""

    page: str
    """The source page, below the project's root."""
    translation: str
    version: Version | None = None
    """`None` where it is not known."""
    how: How = How.UNKNOWN
    key: str = ""
    """The key of the front matter that records it; empty where none does."""
    certainty: float = 1.0
    """The probability that its texts are those of the source, from 0 to 1."""
    why: str = ""
    """Why it is not known."""


class Act(StrEnum):
    """A change of a text of a source page."""

    CHANGED = "changed"
    NEW = "new"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class TextChange:
    """A text that changed since a page was translated."""

    act: Act
    text: str
    """The text as it is now, or as it was when it is gone."""
    old: str = ""
    """The text as it was when it was changed."""
    line: int = 0
    """Its line on the source page, or in the revision when it is gone."""


@dataclass(frozen=True, slots=True)
class Drifted:
    """A translated page, and what changed in its source since."""

    locale: str
    origin: Origin
    changes: tuple[TextChange, ...] = ()
    behind: int = 0
    """The revisions of the source that came later, one for what is in no commit yet."""
    latest: int = 0
    """The time of the last of them; 0 for what is in no commit yet, or where there is none."""
    link: str = ""
    """The difference on the site that hosts the repository; empty where none is known."""
    command: str = ""
    """The command of git that shows the difference."""

    def changed_since(self, time: int) -> bool:
        """Whether the source changed since a time."""
        return bool(self.behind) and (not self.latest or self.latest >= time)


@dataclass(frozen=True, slots=True)
class Drift:
    """The result of a search."""

    pages: tuple[Drifted, ...] = ()
    files: tuple[Saved, ...] = ()
    """The translations in which a revision was recorded."""
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the files that changed, or would."""
        return changed_names(self.files)

    @property
    def behind(self) -> tuple[Drifted, ...]:
        """The pages whose source changed."""
        return tuple(one for one in self.pages if one.behind)

    @classmethod
    def of(cls, parts: Iterable[Drift]) -> Drift:
        """Return what several searches found together."""
        listed = list(parts)
        return cls(
            tuple(chain.from_iterable(one.pages for one in listed)),
            tuple(chain.from_iterable(one.files for one in listed)),
            tuple(dict.fromkeys(chain.from_iterable(one.problems for one in listed))),
        )
