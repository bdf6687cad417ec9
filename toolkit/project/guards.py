"""What builds the localized pages of a project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.writing.guard import Guard

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.project.settings import Settings
    from toolkit.reading.page import Page


_RENDERED = "mkdocs"
"""The dialect whose renderer can be asked for a second opinion."""


def guard_of(page: Page, settings: Settings, locale: Locale) -> Guard:
    """What builds the page of a project that localizes a page in a locale."""
    renderer = settings.renderer if page.dialect.name == _RENDERED else None
    outline = renderer.outline if renderer else None
    return Guard(page.dialect, settings.front_matter, settings.allowed(locale), outline)
