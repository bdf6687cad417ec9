"""The options and results of an import."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from toolkit.aligning.verdict import LIKELY
from toolkit.project.store import changed_names

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.aligning import Alignment
    from toolkit.aligning.verdict import Verdict
    from toolkit.commands.importing.trees import Tree, VersionTree
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.model.errors import Problem
    from toolkit.project.store import Saved


@dataclass(frozen=True, slots=True)
class ImportRequest:
    """The options of an import."""

    locale: Locale
    partners: Mapping[str, str] = field(default_factory=dict)
    """The file that translates each page, by the page's path in the project."""
    tree: Tree | None = None
    """The tree from which those files are read."""
    source_tree: Tree | VersionTree | None = None
    """The tree with the pages as they were when they were translated; `None`: as they are."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """The paths in `source_tree` of pages that were moved since."""
    messages: tuple[Message, ...] = ()
    """Translations of a catalog or memory, for all pages in `pages`."""
    origin: str = ""
    """The file they come from."""
    verbatim: bool = False
    """Whether its format keeps texts to the character, as XLIFF and TMX do."""
    pages: frozenset[str] = frozenset()
    """The pages that the import is about, by their paths in the project."""
    least: float = LIKELY
    """The least certainty of what is used."""
    same: bool = False
    """Whether texts that are the same in both languages enter as translated."""
    overwrite: bool = False
    """Whether translations that catalogs have already are replaced."""

    @property
    def files(self) -> tuple[str, ...]:
        """The files that hold the translations, from the root of the project."""
        return tuple(self.partners.values())


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """The result of an import for a page and its translation."""

    page: str
    translation: str
    """The file it came from."""
    alignment: Alignment
    verdicts: tuple[Verdict, ...]


@dataclass(frozen=True, slots=True)
class Carried:
    """The messages that an import took from another catalog into one of the project."""

    path: str
    translated: int
    fuzzy: int
    kept: int
    """Messages that had a translation already."""
    used: frozenset[int]
    """The places of the other catalog's messages that were of use."""
    returned: tuple[str, ...] = ()
    """The lines about messages that were exported and came back changed, one each."""


@dataclass(frozen=True, slots=True)
class Imported:
    """The result of an import, or of a dry run."""

    files: tuple[Saved, ...] = ()
    """Templates and catalogs."""
    pages: tuple[ImportedPage, ...] = ()
    carried: tuple[Carried, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def changed(self) -> tuple[str, ...]:
        """The names of the files that changed, or would."""
        return changed_names(self.files)

    @classmethod
    def of(cls, parts: Iterable[Imported]) -> Imported:
        """Return what the parts of an import did together."""
        listed = list(parts)
        return cls(
            tuple(chain.from_iterable(one.files for one in listed)),
            tuple(chain.from_iterable(one.pages for one in listed)),
            tuple(chain.from_iterable(one.carried for one in listed)),
            tuple(chain.from_iterable(one.problems for one in listed)),
        )
