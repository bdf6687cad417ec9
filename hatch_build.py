"""What a build adds: compiled catalogs of the interface, and the address of the repository."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from hatchling.metadata.plugin.interface import MetadataHookInterface

REPOSITORY = "YIBEN_REPOSITORY"
"""The variable with the address of the repository, which stands nowhere in it."""
_LINK = re.compile(r"(?P<start>(?P<image>!?)\[[^\]\[]*\]\()(?!https?:|#)(?P<target>[^)\s]+)")


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


class RepositoryAddress(MetadataHookInterface):
    """Gives the package the README, and the addresses of a repository that a release names."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Enter what `pyproject.toml` leaves to us."""
        root = Path(self.root)
        address = os.environ.get(REPOSITORY, "").rstrip("/")
        source = (root / "toolkit/__init__.py").read_text(encoding="utf-8")
        found = re.search(r'^__version__ = "(.+)"', source, re.MULTILINE)
        tag = f"v{found[1]}" if found else "HEAD"
        text = (root / "README.md").read_text(encoding="utf-8")
        if address:
            text = _LINK.sub(lambda link: _absolute(link, address, tag), text)
        metadata["readme"] = {"content-type": "text/markdown", "text": text}
        metadata["urls"] = addresses(address, tag) if address else {}


def addresses(repository: str, tag: str) -> dict[str, str]:
    """Return the addresses that the package's page shows."""
    return {
        "Source": repository,
        "Documentation": f"{repository}/blob/{tag}/docs/index.md",
        "Changelog": f"{repository}/blob/{tag}/CHANGELOG.md",
        "Issues": f"{repository}/issues",
    }


def _absolute(link: re.Match[str], repository: str, tag: str) -> str:
    kind = "raw" if link["image"] else "blob"
    return f"{link['start']}{repository}/{kind}/{tag}/{link['target']}"
