"""The place of the cache of a project."""

from __future__ import annotations

import hashlib
from pathlib import Path

from toolkit.project.own_folder import OWN_FOLDER
from toolkit.project.real_path import real_path

FILE_NAME = "cache.sqlite"


def folder_at(root: Path, home: str) -> Path:
    """The folder of the cache of the project at `root`: below `home`, where that is set."""
    if not home:
        return root / OWN_FOLDER
    place = hashlib.sha256(str(real_path(root)).encode("utf-8", "surrogateescape")).hexdigest()
    return Path(home) / "yiben" / place[:32]
