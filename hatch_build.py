"""Compiles the catalogs of the interface when a wheel is built."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CompiledCatalogs(BuildHookInterface[Any]):
    """Puts a `.mo` file into the wheel for each `.po` file of the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile all catalogs into a folder that lives as long as the build."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        root = Path(self.root)
        for path in sorted(root.glob("toolkit/**/locales/*/LC_MESSAGES/*.po")):
            name = path.relative_to(root).with_suffix(".mo")
            compiled = Path(self._folder.name) / name
            compiled.parent.mkdir(parents=True, exist_ok=True)
            with path.open("rb") as source, compiled.open("wb") as target:
                write_mo(target, read_po(source))
            build_data["force_include"][str(compiled)] = name.as_posix()

    def finalize(self, version: str, _build_data: dict[str, Any], _artifact: str) -> None:
        """Clear the folder away."""
        if version != "editable":
            self._folder.cleanup()
