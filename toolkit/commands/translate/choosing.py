"""Choose the messages to draft, page by page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.unit_comments import neighbours
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.catalogs.unit_comments import Neighbours
    from toolkit.commands.translate.value import TranslateOptions
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.project.store import Run
    from toolkit.reading.page import Page


class Place(NamedTuple):
    """A page in a locale."""

    locale: Locale
    domain: str
    name: str


class Candidate(NamedTuple):
    """A message to draft, and its unit among others."""

    message: Message
    around: Neighbours


@dataclass(frozen=True, slots=True)
class Task:
    """A page in a locale, with the messages of it that are to be drafted."""

    place: Place
    path: str
    """The catalog, below the root."""
    page: Page
    catalog: Catalog
    wanted: Mapping[MessageKey, Candidate]


def places_of(run: Run, options: TranslateOptions) -> tuple[list[Place], tuple[Problem, ...]]:
    """Return the pages in all locales, and what links among them cannot be followed."""
    domains, problems = run.domains()
    places = [
        Place(locale, domain, name)
        for locale in options.locales
        for domain, names in domains
        for name in run.project.in_locale(names, locale)
        if options.pages is None or name in options.pages
    ]
    return places, tuple(problems)


def task_of(run: Run, place: Place, *, redo_fuzzy: bool) -> Task:
    """Return what is to be done for a page; raises `ToolkitError` where it cannot be read."""
    path = run.project.catalog_name(place.domain, place.locale)
    catalog = run.catalog(path)
    page = run.page(place.name)
    if catalog is None:
        if page.units:
            raise ToolkitError(Problem(path, 0, 0, "does not exist; run yiben update"))
        return Task(place, path, page, Catalog(), {})
    messages = {message.key: message for message in catalog.messages}
    wanted = {
        (around.unit.context, around.unit.text): Candidate(message, around)
        for around, message in _units(page, messages)
        if is_open(message, redo_fuzzy=redo_fuzzy)
    }
    return Task(place, path, page, catalog, wanted)


def is_open(message: Message, *, redo_fuzzy: bool) -> bool:
    """Whether a message waits for a translation."""
    if message.obsolete or message.id_plural:
        return False
    return not message.string or (redo_fuzzy and message.fuzzy)


def _units(
    page: Page, messages: Mapping[MessageKey, Message]
) -> Iterator[tuple[Neighbours, Message]]:
    for around in neighbours(page.units):
        message = messages.get((around.unit.context, around.unit.text))
        if message:
            yield around, message
