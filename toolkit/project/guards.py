"""The guard that builds the localized pages of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.writing.guard import Guard

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.project.settings import Settings
    from toolkit.reading.page import Page
    from toolkit.reading.segment import Reading
    from toolkit.writing.guard import Refusal


@dataclass(frozen=True, slots=True)
class GuardedPage:
    """A page with the translations that may come in."""

    page: Page
    guard: Guard
    document: Document
    refusals: tuple[Refusal, ...]
    """The translations that it had to do without."""
    reading: Reading | None = None
    """The reading of the document, where it had to be read."""


def guarded(
    page: Page, settings: Settings, locale: Locale, texts: Mapping[MessageKey, str]
) -> GuardedPage:
    """Put translations into a page as the settings of its project allow."""
    guard = _guard_of(page, settings, locale)
    built = guard.built(page.document, page.reading, texts)
    return GuardedPage(page, guard, built.document, built.refusals, built.reading)


def _guard_of(page: Page, settings: Settings, locale: Locale) -> Guard:
    renderer = settings.renderer if page.dialect.python_markdown else None
    outline = renderer.outline if renderer else None
    return Guard(page.dialect, settings.front_matter, settings.allowed(locale), outline)
