"""Localized pages for mkdocs-static-i18n, which makes language, navigation and switcher itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import File

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from toolkit.language.locale import Locale
    from toolkit.site.virtual import Pages


def add_pages(
    files: Files, pages: Pages, locales: Sequence[Locale], prefix: str, config: MkDocsConfig
) -> dict[str, str]:
    """Add localized pages where that plugin looks for them; return their texts by path.

    They have to look like files of the docs folder, so their texts come when they are read.
    """
    structure = str(config.plugins["i18n"].config["docs_structure"])
    sources = [file.src_uri for file in files.documentation_pages()]
    uris = [one.removeprefix(prefix) for one in sources if one.startswith(prefix)]
    texts = {
        _name(uri, locale, structure): pages.text(uri, locale)
        for uri in filter(pages.has, uris)
        for locale in locales
        if pages.has_localized(uri, locale)
    }
    for name in texts:
        if name in files.src_uris:
            files.remove(files.src_uris[name])
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return texts


def _name(uri: str, locale: Locale, structure: str) -> str:
    stem, dot, ending = uri.rpartition(".")
    if structure == "suffix":
        return f"{stem}.{locale.tag}{dot}{ending}"
    return f"{locale.tag}/{uri}"
