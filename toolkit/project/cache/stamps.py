"""The stamps by which a file is known without being read."""

from __future__ import annotations

import os
import stat

Stamp = list[int]
"""The times, size and number of a regular file; empty for anything else."""


def stamp_of(path: str) -> Stamp:
    """The stamp of a regular file that is no link."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return []
    if not stat.S_ISREG(found.st_mode):
        return []
    return [found.st_mtime_ns, found.st_ctime_ns, found.st_size, found.st_ino]
