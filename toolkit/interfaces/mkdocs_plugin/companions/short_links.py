"""Ezlinks: short links of a localized page are those of its source page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from mkdocs.structure.files import Files

    from toolkit.interfaces.mkdocs_plugin.companions.companion import Setting


class LocalShortLinks(Companion):
    """Makes the links relative to the source page; MkDocs finds the locale's from there."""

    def add_files(self, files: Files) -> None:
        """Take the place of what the plugin has made to replace links."""
        self.plugin.replacer = _Replacer(self.plugin.replacer, self.setting, files)


@dataclass(frozen=True, slots=True)
class _Replacer:
    replacer: Any
    setting: Setting
    files: Files

    def replace(self, path: str, markdown: str) -> str:
        file = self.files.src_uris.get(path.replace("\\", "/"))
        source = self.setting.counterparts.origin(file)[1].src_path if file else path
        text: str = self.replacer.replace(source, markdown)
        return text
