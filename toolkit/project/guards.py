"""The guard that builds the localized pages of a project."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.reading.segment import read_blocks
from toolkit.writing.guard import Guard
from toolkit.writing.moved import moved_headings

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document, Edit
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
    edits: tuple[Edit, ...] = ()
    """The edits that made it of the page, where they change nothing but words within lines."""

    def headings(self) -> Reading:
        """The reading of the document, or as much of it as tells its headings."""
        if self.reading:
            return self.reading
        if self.edits and "\r" not in self.document.text:
            return moved_headings(self.page.reading, self.edits, self.document)
        return read_blocks(self.document, self.guard.dialect, self.guard.keys)


def guarded(
    page: Page, settings: Settings, locale: Locale, texts: Mapping[MessageKey, str]
) -> GuardedPage:
    """Put translations into a page as the settings of its project allow."""
    guard = _guard_of(page, settings, locale)
    built = guard.built(page.document, page.reading, texts)
    return GuardedPage(page, guard, built.document, built.refusals, built.reading, built.edits)


def _guard_of(page: Page, settings: Settings, locale: Locale) -> Guard:
    renderer = settings.renderer if page.dialect.python_markdown else None
    outline = renderer.outline if renderer else None
    return Guard(page.dialect, settings.front_matter, settings.allowed(locale), outline)
