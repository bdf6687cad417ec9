"""Keeps two runs that write from working on one project at the same time."""

from __future__ import annotations

import hashlib
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.files import sweep

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.project.project import Project

_PATIENCE = 30.0
"""Seconds to wait for another run to end."""


@contextmanager
def locked(root: Path, patience: float = _PATIENCE) -> Iterator[None]:
    """Holds the lock of the project at `root`; the system lets go of it whatever ends the run.

    The lock file lies among the system's temporary files, not in the project. Raises
    `ProjectError` when another run has not ended after `patience` seconds.
    """
    name = hashlib.sha256(str(root.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    lock = FileLock(Path(tempfile.gettempdir()) / f"yiben-{name}.lock", timeout=patience)
    try:
        with lock:
            yield
    except Timeout:
        problem = "another yiben is writing into this project; wait until it has ended"
        raise ProjectError(Problem(str(root), 0, 0, problem)) from None


@contextmanager
def writing(project: Project, *, dry: bool) -> Iterator[None]:
    """Holds the project's lock while something writes, and clears away what killed runs left."""
    if dry:
        yield
        return
    with locked(project.root):
        sweep(project.root / project.settings.catalogs)
        yield
