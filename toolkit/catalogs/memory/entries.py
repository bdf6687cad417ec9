"""Entries of a memory: a text and its translation."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.catalog import Catalog


@dataclass(frozen=True, slots=True)
class Entry:
    """A text and its translation into the one locale of its memory. Neither is blank."""

    source: str
    translation: str
    context: str | None = None
    """`msgctxt`, or the `x-context` property of TMX; `None` when there is none."""
    origin: str = ""
    """The file it came from, as messages name it."""
    line: int = 0
    """Its line there, from 1; 0 when not known."""
    doubtful: bool = False
    """Whether it is one of several translations that somebody still has to choose from."""


def entries_of(catalog: Catalog, name: str) -> Iterator[Entry]:
    """Return the translated messages of a catalog as entries, in file order.

    Obsolete ones count, as their translation is still good. Fuzzy ones do not, nor those with
    plurals, whose forms belong to numbers and not to a text.
    """
    for message in catalog.messages:
        usable = message.id.strip() and message.string.strip() and message.id_plural is None
        if usable and not message.fuzzy:
            yield Entry(message.id, message.string, message.context, name, message.line)
