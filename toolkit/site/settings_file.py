"""The site's own settings (`mkdocs.yml`) for one locale."""

from __future__ import annotations

from posixpath import dirname, join, relpath, splitext
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.site.languages import material_language
from toolkit.writing.guard import Refusal
from toolkit.writing.refusals import refused

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project
    from toolkit.reading.page import Page
    from toolkit.site.yaml_places import Places


def localized_site(
    project: Project, page: Page, catalog: Catalog, locale: Locale
) -> tuple[bytes, list[Finding]]:
    """The settings file for a locale, and what was refused; `page` holds the source's texts.

    Raises `DocumentError` when the file is no YAML mapping.
    """
    # PyYAML is slow to import, and few projects ask for this.
    from toolkit.site.yaml_places import placed_settings  # noqa: PLC0415
    from toolkit.site.yaml_texts import localized_settings  # noqa: PLC0415

    texts = translations(catalog)
    made, left = localized_settings(page.document, page.units, texts)
    reason = "would say more than its text in the settings of the site"
    refusals = [Refusal(unit, reason) for unit in left]
    place = project.catalog_name(project.settings.site, locale)
    placed = placed_settings(made, _places(project, locale))
    return placed.to_bytes(), refused(refusals, catalog, place)


def output_name(project: Project, locale: Locale) -> str:
    """Where the settings of a locale's site go, below the root."""
    return project.settings.site_output.format(locale=locale.tag)


def _places(project: Project, locale: Locale) -> Places:
    from toolkit.site.yaml_places import Places  # noqa: PLC0415 - as above

    # MkDocs reads all paths from the folder of the file; it is the same for every locale.
    here = dirname(project.settings.site) or "."
    folder = dirname(project.output_name("x.md", locale)) or "."

    def page(path: str) -> str:
        if splitext(path)[1].lower() not in PAGE_ENDINGS or not _is_page(project, path):
            return path
        return relpath(project.output_name(path, locale), folder)

    return Places(
        docs_dir=relpath(folder, here),
        site_dir=lambda old: join(old, locale.tag),
        language=material_language(locale.tag),
        page=page,
    )


def _is_page(project: Project, path: str) -> bool:
    return (project.root / project.settings.content / path).is_file()
