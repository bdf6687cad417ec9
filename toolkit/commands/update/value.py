"""The options and results of an update."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from toolkit.project.store import changed_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.catalogs.merge import Change
    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.store import Saved


@dataclass(frozen=True, slots=True)
class UpdateOptions:
    """The options of an update."""

    locales: tuple[Locale, ...]
    purge: bool = False
    """Whether obsolete messages, and catalogs of pages that are gone, are deleted."""
    fill: bool = False
    """Whether untranslated messages are looked up in the memory, not only new ones."""
    trivial: bool = False
    """Whether small edits of texts leave their translations as they are."""
    normalize: bool = False
    """Whether whole files are written in our form, not only what changes."""
    details: bool = True
    """Whether all changes are reported, not only those about which a writer has said something."""


class Translated(NamedTuple):
    """The texts that a file translates."""

    digest: str
    """Names the content of the file."""
    names: str
    """The names of the texts, one after the other."""


class Wanted(NamedTuple):
    """The texts of a catalog that have no translation in it."""

    names: str = ""
    """The names of the texts, one after the other."""
    alike: bool = False
    """Whether some are new, so that texts like them are looked for as well."""


@dataclass(frozen=True, slots=True)
class UpdatedCatalog:
    """The result of an update for one catalog."""

    path: str
    locale: str
    """Its locale's tag."""
    changes: tuple[Change, ...]
    """Changes, other than messages that were kept."""
    messages: int = 0
    """Messages of the file that are written otherwise, also for their places or comments alone."""
    causes: tuple[tuple[str, int], ...] = ()
    """The number of changes by cause, counted in a dry run."""
    translated: Translated | None = None
    """Its translated texts, for the next run."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A file that was deleted, or would be."""

    name: str
    heir: str = ""
    """The file that takes its place, if one does."""


@dataclass(frozen=True, slots=True)
class Updated:
    """The result of an update, or of a dry run."""

    files: tuple[Saved, ...] = ()
    """Templates and catalogs."""
    removed: tuple[Removed, ...] = ()
    catalogs: tuple[UpdatedCatalog, ...] = ()
    """The changes in each catalog."""
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the files that changed, or would."""
        return changed_names(self.files)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes in all catalogs."""
        return tuple(chain.from_iterable(one.changes for one in self.catalogs))

    @property
    def causes(self) -> Mapping[str, int]:
        """The number of changes by cause, the most frequent first."""
        counts: Counter[str] = Counter()
        for one in self.catalogs:
            counts.update(dict(one.causes))
        return dict(counts.most_common())

    @classmethod
    def of(cls, parts: Iterable[Updated]) -> Updated:
        """Return what the parts of an update did together."""
        listed = list(parts)
        return cls(
            tuple(chain.from_iterable(one.files for one in listed)),
            tuple(chain.from_iterable(one.removed for one in listed)),
            tuple(chain.from_iterable(one.catalogs for one in listed)),
            tuple(chain.from_iterable(one.problems for one in listed)),
        )
