"""Keeps two runs that write from working on one project at the same time."""

from __future__ import annotations

import hashlib
import os
import tempfile
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.files import sweep

try:
    from fcntl import LOCK_EX, LOCK_NB, flock
except ImportError:  # Windows has no such locks
    has_folder_locks = False
else:
    has_folder_locks = True

from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.project.project import Project

_PATIENCE = 30.0
"""Seconds to wait for another run to end."""
_PAUSE = 0.05


@contextmanager
def locked(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Holds the lock of the project at `root`; the system lets go of it whatever ends the run.

    It is a lock on the folder itself, which leaves no file behind. Raises `ProjectError` when
    another run has not ended after `patience` seconds.
    """
    folder = _opened(root) if has_folder_locks else None
    try:
        if folder is None or not _is_folder_locked(folder, root, patience):
            with _file_locked(root, patience):
                yield
        else:
            yield
    finally:
        if folder is not None:
            os.close(folder)


def _opened(root: Path) -> int | None:
    with suppress(OSError):
        return os.open(root, os.O_RDONLY)
    return None


def _is_folder_locked(folder: int, root: Path, patience: float) -> bool:
    """Lock an open folder; false where its file system locks no folders, as over a network."""
    end = time.monotonic() + patience
    while True:
        try:
            flock(folder, LOCK_EX | LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise _held_by_another(root) from None
            time.sleep(_PAUSE)
        except OSError:
            return False
        else:
            return True


@contextmanager
def _file_locked(root: Path, patience: float) -> Iterator[None]:
    """Holds a lock on a file among the system's temporary files."""
    from filelock import FileLock, Timeout  # noqa: PLC0415 - where folders have no locks

    name = hashlib.sha256(str(real_path(root)).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"yiben-{name}.lock", timeout=patience)
    try:
        lock.acquire()
    except Timeout:
        raise _held_by_another(root) from None
    try:
        yield
    finally:
        lock.release()


def _held_by_another(root: Path) -> ProjectError:
    problem = "another run of yiben is writing to this project; wait until it has ended"
    return ProjectError(Problem(str(root), 0, 0, problem))


@contextmanager
def writing(project: Project, *, dry: bool) -> Iterator[None]:
    """Holds the project's lock while something writes, and clears away what killed runs left."""
    if dry:
        yield
        return
    with locked(project.root):
        sweep(project.root / project.settings.catalogs)
        yield
