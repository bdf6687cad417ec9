"""Plugins that list pages, so that each locale needs a list of its own.

A companion runs such a plugin once more for each locale, through its hooks and settings, and keeps
the site's own instance to the pages of the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.interfaces.mkdocs_plugin.companions.blog import LocalBlog
from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion, Setting
from toolkit.interfaces.mkdocs_plugin.companions.defaults import LocalDefaults
from toolkit.interfaces.mkdocs_plugin.companions.feeds import LocalFeed
from toolkit.interfaces.mkdocs_plugin.companions.file_names import LocalFileNames
from toolkit.interfaces.mkdocs_plugin.companions.includes import LocalIncludes
from toolkit.interfaces.mkdocs_plugin.companions.notebooks import LocalNotebooks
from toolkit.interfaces.mkdocs_plugin.companions.redirects import LocalRedirects
from toolkit.interfaces.mkdocs_plugin.companions.references import LocalReferences
from toolkit.interfaces.mkdocs_plugin.companions.short_links import LocalShortLinks
from toolkit.interfaces.mkdocs_plugin.companions.tags import LocalTags

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from mkdocs.config.defaults import MkDocsConfig

__all__ = ["Companion", "Setting", "companions_of"]

_KINDS: dict[str, type[Companion]] = {
    "material.plugins.blog.plugin": LocalBlog,
    "material.plugins.meta.plugin": LocalDefaults,
    "material.plugins.tags.plugin": LocalTags,
    "mkdocs_autolinks_plugin.plugin": LocalFileNames,
    "mkdocs_autorefs._internal.plugin": LocalReferences,
    "mkdocs_ezlinks_plugin.plugin": LocalShortLinks,
    "mkdocs_include_markdown_plugin.plugin": LocalIncludes,
    "mkdocs_jupyter.plugin": LocalNotebooks,
    "mkdocs_redirects.plugin": LocalRedirects,
    "mkdocs_rss_plugin.plugin": LocalFeed,
}


def companions_of(
    config: MkDocsConfig, setting: Setting, known: Collection[Companion] = ()
) -> Iterator[Companion]:
    """Iterate over the companions of a site's plugins that have none among `known`."""
    accompanied = {id(one.plugin) for one in known}
    for plugin in config.plugins.values():
        kind = _KINDS.get(type(plugin).__module__)
        if kind is None or id(plugin) in accompanied:
            continue
        settings: Any = plugin.config
        if settings.get("enabled", True):
            yield kind(plugin, setting)
