"""The bytes of files in a git repository, read from one process of git."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_AT_ONCE = 200
"""Names that are asked for at once: as many as a pipe holds while nobody reads the other one."""
LACKS = "this clone lacks some of its files; git fetch --refetch"


class Stored(NamedTuple):
    """An object of a repository."""

    name: str
    """Its full name."""
    kind: str
    """`blob`, `commit`, `tree`, `tag`."""
    data: bytes


class Blobs:
    """Reads the bytes of files of a repository, one after the other, from one process of git.

    A process that works on a part of a project has one of its own.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._git: subprocess.Popen[bytes] | None = None
        self._owner = 0

    def __getstate__(self) -> dict[str, object]:
        """Leave out the process, which belongs to this one."""
        return {**self.__dict__, "_git": None}

    def read(self, name: str) -> bytes:
        """The bytes that a name stands for; raises `ProjectError` where the clone lacks them."""
        found = self.find(name)
        if found is None:
            raise ProjectError(Problem("git", 0, 0, LACKS))
        return found.data

    def read_all(self, blobs: Sequence[str]) -> Iterator[tuple[str, bytes]]:
        """Give the bytes of several blobs, without waiting for git between any two of a batch."""
        for start in range(0, len(blobs), _AT_ONCE):
            batch = blobs[start : start + _AT_ONCE]
            self._ask(*batch)
            for name in batch:
                found = self._answer()
                if found is None:
                    raise ProjectError(Problem("git", 0, 0, LACKS))
                yield name, found.data

    def find(self, name: str) -> Stored | None:
        """The object of a name: a blob's, `COMMIT:path`, `COMMIT^{commit}`; `None` without one."""
        if "\n" in name:
            return None
        self._ask(name)
        return self._answer()

    def _ask(self, *names: str) -> None:
        git = self._process()
        if git.stdin is None:
            raise ProjectError(Problem("git", 0, 0, "cannot be written to"))
        git.stdin.write(b"".join(os.fsencode(f"{name}\n") for name in names))
        git.stdin.flush()

    def _answer(self) -> Stored | None:
        git = self._process()
        if git.stdout is None:
            raise ProjectError(Problem("git", 0, 0, "cannot be read from"))
        about = git.stdout.readline().split()
        if len(about) != len(Stored._fields) or not about[2].isdigit():
            return None
        data = git.stdout.read(int(about[2]) + 1)[:-1]
        return Stored(about[0].decode("ascii"), about[1].decode("ascii"), data)

    def close(self) -> None:
        """End the process of git."""
        git, self._git = self._git, None
        if git is not None and self._owner == os.getpid():
            git.communicate()

    def _process(self) -> subprocess.Popen[bytes]:
        if self._git is None or self._owner != os.getpid():
            self._owner = os.getpid()
            self._git = subprocess.Popen(  # noqa: S603 - nothing of the user's is in it
                ["git", "-C", str(self._folder), "cat-file", "--batch"],  # noqa: S607 - their git
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        return self._git


def environment() -> dict[str, str]:
    """Return an environment in which reading neither waits for the index nor writes it.

    Messages are compared, so they have to be in English.
    """
    return {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
