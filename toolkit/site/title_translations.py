"""The titles of admonitions in a locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
from toolkit.catalogs.usable import translations


def site_titles(run: Run, locale: Locale) -> dict[str, str]:
    """The titles of admonitions in a locale, by type; none unless the settings ask for them.

    A catalog that cannot be read gives none: its own check tells of it.
    """
    settings = run.project.settings
    if not (settings.admonition_titles and settings.site):
        return {}
    # PyYAML is slow to import, and few sites ask for this.
    from toolkit.reading.site_yaml import titles_of  # noqa: PLC0415

    try:
        catalog = run.texts(settings.site, locale)
    except ToolkitError:
        return {}
    return titles_of(translations(catalog or Catalog()))
