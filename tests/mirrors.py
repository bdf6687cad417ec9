"""Public repositories that lie beside the project as git directories, read in place."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

_NAME = ".mirror"
_ABOVE = [folder / _NAME for folder in Path(__file__).resolve().parents]
_FOLDER = next((folder for folder in _ABOVE if folder.is_dir()), _ABOVE[-1])


@dataclass(frozen=True)
class Mirror:
    """The pages below a folder of a public repository."""

    repository: str
    """`owner/name`."""
    folder: str = ""
    endings: tuple[str, ...] = (".md",)

    @property
    def git(self) -> Path | None:
        """Its git directory, wherever below the mirrors' folder it was put."""
        below = _FOLDER / self.repository.replace("/", "+")
        return next((head.parent for head in sorted(below.glob("**/HEAD"))[:1]), None)


def pages_or_skip(mirror: Mirror) -> dict[str, bytes]:
    """The pages of a repository by their paths; skips the test where it is absent."""
    git = mirror.git
    if git is None:
        pytest.skip(f"{mirror.repository} is not beside the project ({_FOLDER.name})")
    listed = _git(git, "ls-tree", "-r", "--name-only", "-z", "HEAD", mirror.folder or ".")
    names = [name for name in listed.decode().split("\0") if name.endswith(mirror.endings)]
    hidden = [name for name in names if "/." in f"/{name}"]
    return {name: _git(git, "show", f"HEAD:{name}") for name in names if name not in hidden}


def _git(folder: Path, *words: str) -> bytes:
    return subprocess.run(
        ["git", "-C", str(folder), *words], capture_output=True, check=True
    ).stdout
