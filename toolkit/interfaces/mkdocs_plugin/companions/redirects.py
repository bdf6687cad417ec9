"""The redirects plugin: old addresses in each locale's folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class LocalRedirects(Companion):
    """`/de/old/` leads to `/de/new/` where `/old/` leads to `/new/`."""

    def add_files(self, files: Files) -> None:
        """Add the redirects of each locale to those of the site."""
        redirects: dict[str, str] = dict(self.plugin.redirects)
        for old, new in self.plugin.redirects.items():
            path, mark, fragment = str(new).partition("#")
            source = files.src_uris.get(path)
            for locale in self.setting.locales if source is not None else ():
                local = self.setting.counterparts.of(source, locale.tag) if source else None
                name = self.setting.folders.local(old, locale.tag)
                if local is not None and name not in files.src_uris:
                    redirects.setdefault(name, f"{local.src_uri}{mark}{fragment}")
                    self.plugin.doc_pages[local.src_uri] = local
        self.plugin.redirects = redirects
