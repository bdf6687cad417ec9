"""Links to the difference between a revision of a page and the page as it is now."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from shlex import quote
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.project.history import History, Version

_SSH = re.compile(r"(?:ssh://)?(?:[^@/]+@)?(?P<host>[^:/]+)(?::\d+(?=/))?[:/](?P<path>[^:]+)")
_HTTP = re.compile(r"https?://(?:[^@/]+@)?(?P<host>[^/]+)/(?P<path>.+)")
_SHOWN = 12
"""Digits of a commit in a command."""


@dataclass(frozen=True, slots=True)
class DiffLinks:
    """The pages on which a forge shows the differences of a repository."""

    head: str
    address: str = ""
    """The repository's address on its site; empty where it has none that is known."""
    form: str = ""
    """`github`, or `gitlab`."""
    place: str = ""
    """The project's folder below the top of the repository, with a slash after it."""

    @classmethod
    def of(cls, history: History) -> DiffLinks:
        """Return the links for a history, from the remote of its repository."""
        repository = history.repository
        host, path = _parts(repository.remote())
        form = next((one for one in ("github", "gitlab") if one in host), "")
        address = f"https://{host}/{path}" if form else ""
        return cls(history.head, address, form, repository.prefix)

    def link(self, version: Version, page: str) -> str:
        """The address that shows how a page differs from one of its versions."""
        name = f"{self.place}{page}".encode()
        if self.form == "github":
            range_ = f"{version.commit}...{self.head}"
            return f"{self.address}/compare/{range_}#diff-{hashlib.sha256(name).hexdigest()}"
        if self.form == "gitlab":
            digest = hashlib.sha1(name, usedforsecurity=False).hexdigest()
            return f"{self.address}/-/compare/{version.commit}...{self.head}#{digest}"
        return ""

    def command(self, version: Version, page: str) -> str:
        """The command, run in the project's folder, that shows the same."""
        names = dict.fromkeys((version.name, page))
        return f"git diff {version.commit[:_SHOWN]} -- {' '.join(map(quote, names))}"


def _parts(remote: str) -> tuple[str, str]:
    """The host and path of a remote; empty for one that is no other host's."""
    match = _HTTP.fullmatch(remote) or _SSH.fullmatch(remote)
    if not match or "://" in match["path"] or remote.startswith(("/", ".", "file:")):
        return "", ""
    return match["host"].lower(), match["path"].removesuffix("/").removesuffix(".git")
