"""The real places of paths, behind all links."""

from __future__ import annotations

import os
from pathlib import Path


def real_path(path: str | Path) -> Path:
    """Return the place that a path leads to by its links; by those of a loop as far as it goes.

    `Path.resolve` raises for a loop, which is for whoever opens the file to find.
    """
    return Path(os.path.realpath(path))
