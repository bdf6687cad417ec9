"""Repositories of git on disk, made and changed as people do."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith("GIT_")},
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_NAME": "Li Lei",
    "GIT_AUTHOR_EMAIL": "lilei@example.org",
    "GIT_COMMITTER_NAME": "Li Lei",
    "GIT_COMMITTER_EMAIL": "lilei@example.org",
}


def git(root: Path, *words: str) -> str:
    """What git says in a folder."""
    done = subprocess.run(
        ["git", *words], cwd=root, capture_output=True, check=True, env=ENVIRONMENT
    )
    return done.stdout.decode("utf-8")


def repository(root: Path) -> Path:
    """A folder as a repository whose branch is `main`."""
    git(root, "init", "--quiet", "--initial-branch=main", ".")
    return root


def commit(root: Path, message: str = "work") -> None:
    """Commit everything that is there."""
    git(root, "add", "--all")
    git(root, "commit", "--quiet", "--allow-empty", "--message", message)
