"""Localized pages for mkdocs-static-i18n, which makes language, navigation and switcher itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import File

from toolkit.interfaces.mkdocs_plugin.local_files import Folders
from toolkit.interfaces.mkdocs_plugin.parts import folders_in_site

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import Files

    from toolkit.interfaces.mkdocs_plugin.parts import SiteParts
    from toolkit.language.locale import Locale


_MODULE = "mkdocs_static_i18n"


def is_used(config: MkDocsConfig) -> bool:
    """Whether the site has that plugin; another one has the same name."""
    return any(type(one).__module__.startswith(_MODULE) for one in config.plugins.values())


def wants_rewritten_links(config: MkDocsConfig) -> bool:
    """Whether localized pages are in another folder than their source pages, so that links differ.

    Next to them, as `page.en.md`, that plugin itself finds what the locale has.
    """
    return is_used(config) and _structure(config) == "folder"


def add_pages(files: Files, parts: SiteParts, config: MkDocsConfig) -> dict[str, str]:
    """Add localized pages where that plugin looks for them; return their texts by path.

    They have to look like files of the docs folder, so their texts come when they are read.
    """
    structure = _structure(config)
    folders = Folders(folders_in_site(parts.parts))
    owners = {file.src_uri: parts.of(file.src_uri) for file in files.documentation_pages()}
    texts = {
        _name(uri, locale, structure, folders): part.pages.text(part.name(uri), locale)
        for uri, part in owners.items()
        if part
        for locale in part.locales
        if part.pages.has_localized(part.name(uri), locale)
    }
    for name in texts:
        if name in files.src_uris:
            files.remove(files.src_uris[name])
        files.append(File(name, config.docs_dir, config.site_dir, config.use_directory_urls))
    return texts


def _structure(config: MkDocsConfig) -> str:
    return str(config.plugins["i18n"].config["docs_structure"])


def _name(uri: str, locale: Locale, structure: str, folders: Folders) -> str:
    stem, dot, ending = uri.rpartition(".")
    if structure == "suffix":
        return f"{stem}.{locale.tag}{dot}{ending}"
    return folders.local(uri, locale.tag)
