"""Versions of files: what was read is read again when its bytes changed, and only then."""

from __future__ import annotations

import hashlib
import threading
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

Stamp = tuple[int, ...] | None
"""The file system's facts about a version of a file; `None` where there is none."""
Digest = str
"""Names the bytes of a file; empty where there is none that can be read."""
_YOUNG = 100_000_000
"""Nanoseconds in which a second change of a file may leave its stamp as it was."""


def stamp_of(path: Path) -> Stamp:
    """Return what tells a version of a file from others, without reading it."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size, found.st_ino, found.st_ctime_ns


def digest_of(data: bytes | None) -> Digest:
    """Return the name of a file's bytes."""
    return "" if data is None else hashlib.sha256(data).hexdigest()[:16]


class Digests:
    """The digests of files, each computed anew when its file's stamp changed."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[Stamp, Digest]] = {}
        self._lock = threading.Lock()

    def of(self, path: Path) -> Digest:
        """Return the digest of a file as it is now."""
        stamp = stamp_of(path)
        known = self._known.get(path)
        if known and known[0] == stamp:
            return known[1]
        digest = digest_of(_content(path))
        if stamp is None or time.time_ns() - stamp[0] > _YOUNG:
            with self._lock:
                self._known[path] = (stamp, digest)
        return digest


def _content(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
