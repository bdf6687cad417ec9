"""The folder of ours beside the settings, which nobody keeps in a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.project.files import write_bytes

if TYPE_CHECKING:
    from pathlib import Path

OWN_FOLDER = ".yiben"
_IGNORED = b"# Made by yiben; may be deleted at any time.\n*\n"


def own_folder(root: Path) -> Path:
    """Return the folder `.yiben`, made where it is missing, with a `.gitignore` of its own."""
    folder = root / OWN_FOLDER
    ignoring = folder / ".gitignore"
    if not ignoring.exists():
        write_bytes(ignoring, _IGNORED, f"{OWN_FOLDER}/.gitignore", durable=False)
    return folder
