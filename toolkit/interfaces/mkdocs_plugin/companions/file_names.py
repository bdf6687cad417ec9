"""Autolinks: names of files are those of the source; MkDocs finds the locale's from there."""

from __future__ import annotations

from collections import defaultdict
from posixpath import basename
from typing import TYPE_CHECKING

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from mkdocs.structure.files import Files


class LocalFileNames(Companion):
    """Keeps localized pages out of the names that the plugin knows."""

    def add_files(self, files: Files) -> None:
        """Look for the names before the plugin does."""
        known: dict[str, list[str]] = defaultdict(list)
        origin = self.setting.counterparts.origin
        for file in files:
            if not origin(file)[0] and file.abs_src_path:
                known[basename(file.src_uri)].append(file.abs_src_path)
        self.plugin.filename_to_abs_path = known
