"""The messages of pages as agencies get them: with codes, states, notes, and an id that returns."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.unit_comments import comments_of
from toolkit.commands.exchange.ids import unit_id
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.reading.codes import pieces_of, renumbered

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.model.errors import Problem
    from toolkit.model.units import Unit
    from toolkit.project.store import Run
    from toolkit.reading.codes import Piece
    from toolkit.reading.page import Page


@dataclass(frozen=True, slots=True)
class TransferUnit:
    """A message on its way to an agency."""

    message: Message
    unit: Unit
    line: int
    """The line on its page, from 1."""
    source: tuple[Piece, ...]
    target: tuple[Piece, ...]
    """The translation; its codes have the numbers of the source's."""

    @property
    def id(self) -> str:
        """Names the message and the translation that it has now."""
        return unit_id(self.message.key, self.message.string)

    @property
    def notes(self) -> tuple[str, ...]:
        """The notes for translators: kind, headings, the writer's notes and their own comments."""
        return (*comments_of(self.unit), *self.message.comments)


@dataclass(frozen=True, slots=True)
class PageUnits:
    """The messages of a page."""

    path: str
    """The page, below the root."""
    catalog: str
    units: tuple[TransferUnit, ...]


def collected(
    run: Run, locale: Locale, chosen: frozenset[str] | None
) -> tuple[list[PageUnits], list[Problem]]:
    """Return the messages of pages in a locale, each once, and what cannot be read."""
    domains, unfollowed = run.domains()
    problems = list(unfollowed)
    found: list[PageUnits] = []
    for domain, names in domains:
        path = run.project.catalog_name(domain, locale)
        mine = run.project.in_locale(names, locale)
        pages, unreadable = run.pages(mine if chosen is None else _in(mine, chosen))
        problems += unreadable
        try:
            catalog = (run.catalog(path) or Catalog()) if pages else Catalog()
        except ToolkitError as error:
            problems += error.problems
            continue
        seen: set[MessageKey] = set()
        for page in pages:
            units = tuple(_units(page, catalog, seen))
            found += [PageUnits(page.document.path, path, units)] if units else []
    return found, problems


def _in(names: list[str], chosen: frozenset[str]) -> list[str]:
    return [name for name in names if name in chosen]


def _units(page: Page, catalog: Catalog, seen: set[MessageKey]) -> Iterator[TransferUnit]:
    messages = {one.key: one for one in catalog.messages if not one.obsolete}
    for unit in page.units:
        message = messages.get((unit.context, unit.text))
        if message is None or message.id_plural or message.key in seen:
            continue
        seen.add(message.key)
        source = pieces_of(unit.text, page.dialect)
        target = renumbered(source, pieces_of(message.string, page.dialect))
        line = page.document.place(unit.span.start)[0]
        yield TransferUnit(message, unit, line, source, target)
