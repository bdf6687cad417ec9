"""What an import was asked to do, and what it did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from toolkit.aligning.verdict import LIKELY

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.commands.importing.trees import Tree
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asked of an import."""

    locale: Locale
    partners: Mapping[str, str] = field(default_factory=dict)
    """For each page, by its path in the project, the file that translates it."""
    tree: Tree | None = None
    """Where those files are read."""
    source_tree: Tree | None = None
    """Where the pages are read as they were when they were translated; `None`: as they are."""
    earlier: Mapping[str, str] = field(default_factory=dict)
    """For pages that were moved since, their paths in `source_tree`."""
    messages: tuple[Message, ...] = ()
    """Translations of a catalog or memory, for all pages in `pages`."""
    origin: str = ""
    """The file they come from."""
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
