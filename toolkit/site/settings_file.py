"""The site's own settings (`mkdocs.yml`) for one locale."""

from __future__ import annotations

from posixpath import dirname, relpath, splitext
from types import MappingProxyType
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.model.errors import ToolkitError
from toolkit.project.files import read_bytes
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.site.languages import material_language
from toolkit.site.trees import tree_locales
from toolkit.writing.guard import Refusal
from toolkit.writing.refusals import refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog
    from toolkit.model.findings import Finding
    from toolkit.project.project import Project
    from toolkit.reading.page import Page
    from toolkit.site.yaml_places import Places
    from toolkit.site.yaml_readers import Readers

NO_PAGES: Mapping[str, str] = MappingProxyType({})


def localized_site(
    project: Project,
    page: Page,
    catalog: Catalog,
    locale: Locale,
    left_out: Mapping[str, str] = NO_PAGES,
) -> tuple[bytes, list[Finding]]:
    """The settings file for a locale, and what was refused; `page` holds the source's texts.

    `left_out` are the pages that the locale does not have, each with where its source is published.

    Raises `DocumentError` when the file is no YAML mapping.
    """
    # PyYAML is slow to import, and few projects ask for this.
    from toolkit.site.yaml_places import placed_settings  # noqa: PLC0415
    from toolkit.site.yaml_texts import localized_settings  # noqa: PLC0415

    texts = translations(catalog)
    place = project.catalog_name(project.settings.site, locale)
    reason = "would change more of the site's settings than its text"
    places = _places(project, locale, left_out)
    if project.settings.site.endswith(".toml"):
        from toolkit.site.toml_settings import localized_toml  # noqa: PLC0415 - as above

        made, left = localized_toml(page.document, page.units, texts, places)
        refusals = [Refusal(unit, reason) for unit in left]
        return made.to_bytes(), refused(refusals, catalog, place)
    made, left = localized_settings(page.document, page.units, texts)
    refusals = [Refusal(unit, reason) for unit in left]
    placed = placed_settings(made, places)
    return placed.to_bytes(), refused(refusals, catalog, place)


def output_name(project: Project, locale: Locale) -> str:
    """The path of the settings of a locale's site, below the root."""
    return project.settings.site_output.format(locale=locale.tag)


def _places(project: Project, locale: Locale, left_out: Mapping[str, str]) -> Places:
    from toolkit.site.yaml_places import Places  # noqa: PLC0415 - as above

    # MkDocs reads all paths from the folder of the file; it is the same for every locale.
    here = dirname(project.settings.site) or "."
    folder = dirname(project.output_name("x.md", locale)) or "."

    def page(path: str) -> str:
        if splitext(path)[1].lower() not in PAGE_ENDINGS or not _is_page(project, path):
            return path
        if path in left_out:
            return left_out[path]
        return relpath(project.output_name(path, locale), folder)

    return Places(
        docs_dir=relpath(folder, here),
        site_dir=lambda old: site_folder(old, locale),
        language=material_language(locale.tag),
        page=page,
        readers=readers_of(project, locale),
        inherited=inherited_values(project),
    )


def readers_of(project: Project, locale: Locale) -> Readers:
    """The readers of a locale's site, and the other languages that the site has."""
    from toolkit.site.yaml_readers import Readers  # noqa: PLC0415 - as above

    source = project.settings.source
    return Readers(locale, source, [one for one in tree_locales(project) if one != source])


def site_folder(old: str, locale: Locale) -> str:
    """The folder of a locale's site: beside the source's, which empties its own folder."""
    return f"{old.rstrip('/')}-{locale.tag}"


def inherited_values(project: Project) -> dict[str, str]:
    """The values that a site's settings inherit from other files, as far as these can be read."""
    from toolkit.reading.site_yaml_facts import inherited_texts  # noqa: PLC0415 - as above

    def data(name: str) -> bytes | None:
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    try:
        return inherited_texts(data, project.settings.site)
    except ToolkitError:
        return {}


def _is_page(project: Project, path: str) -> bool:
    return (project.root / project.settings.content / path).is_file()
