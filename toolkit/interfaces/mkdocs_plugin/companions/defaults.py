"""Material's meta plugin: the defaults of a folder hold in each locale."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class LocalDefaults(Companion):
    """`guide/.meta.yml` counts for `de/guide/`, too."""

    def add_files(self, files: Files) -> None:
        """Let each locale's folders have the defaults of the source's."""
        del files
        for uri, values in list(self.plugin.meta.items()):
            for locale in self.setting.locales:
                name = self.setting.folders.local(uri.replace("\\", "/"), locale.tag)
                self.plugin.meta.setdefault(name, values)
