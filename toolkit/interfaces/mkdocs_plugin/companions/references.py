"""Autorefs, which mkdocstrings links with: names lead to the same locale's page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mkdocs.structure.files import Files

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Environment

_MAPS = ("_primary_url_map", "_secondary_url_map")
_Map = dict[str, list[str]]


class LocalReferences(Companion):
    """The names that are defined once a locale."""

    def env(self, env: Environment, files: Files) -> None:
        """Let names lead to the pages of the source, and in a locale to its own."""
        own = {name: getattr(self.plugin, name) for name in _MAPS if hasattr(self.plugin, name)}
        tags = {
            local.url: one.tag
            for one in self.setting.locales
            for _, local in self.setting.counterparts.pairs(one.tag)
        }

        def tag_of(url: str) -> str:
            page = url.partition("#")[0]
            return tags.get(page) or tags.get(f"{page}./") or ""

        for locale in self.setting.locales:
            local = [file for _, file in self.setting.counterparts.pairs(locale.tag)]
            for name, urls in own.items():
                setattr(self.plugin, name, _only(urls, locale.tag, tag_of))
            self.plugin.on_env(env, config=self.setting.config_of(locale.tag), files=Files(local))
        for name, urls in own.items():
            setattr(self.plugin, name, _only(urls, "", tag_of))
        del files


def _only(urls: _Map, tag: str, tag_of: Callable[[str], str]) -> _Map:
    """Return the addresses of names in a locale, those of the source where it has none."""
    found = {}
    for name, known in urls.items():
        own = [url for url in known if tag_of(url) == tag]
        source = [url for url in known if not tag_of(url)]
        found[name] = own or source or known
    return found
