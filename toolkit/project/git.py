"""The git history of a folder: revisions and their differences."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.errors import Problem, ProjectError
from toolkit.model.expressions import late
from toolkit.project.git_blobs import LACKS, environment
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

_FILE_MODES = frozenset({"100644", "100755"})
_DATE = late(r"\d|\b(?:yesterday|today|noon|midnight|last|ago)\b", re.IGNORECASE)
_DEEPEN = "git fetch --unshallow (in CI: fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0)"


@dataclass(frozen=True, slots=True)
class Change:
    """A file that differs between a commit and the disk."""

    name: str
    """The present name, or the last one of a deleted file; below the given folder, with `/`."""
    old_name: str
    """The name in the commit; empty for a new file."""
    blob: str
    """Names its old bytes for `Repository.contents`; empty for a new file."""
    gone: bool = False


class Commit(NamedTuple):
    """A commit of a branch, with the files that it changed there."""

    time: int
    """Seconds since 1970."""
    files: Mapping[str, str]
    """The object name of each file's new bytes, for `Repository.contents`; empty if deleted."""


def _blob(fields: Sequence[bytes]) -> str:
    """Return the name of the new bytes in a line of `git log --raw`, empty where there are none."""
    name = fields[3].decode("ascii")
    return name if fields[1].decode("ascii") in _FILE_MODES else ""


@dataclass(frozen=True)
class Repository:
    """The repository that a folder lies in; all names are relative to that folder, with `/`.

    Every method raises `ProjectError` with what git says and what to do about it.
    """

    folder: Path

    @cached_property
    def top(self) -> Path:
        """The folder that holds everything."""
        found = self.run("rev-parse", "--show-toplevel", nowhere="is not in a git repository")
        return Path(os.fsdecode(found.rstrip(b"\n")))

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision means."""
        wanted = f"{revision}^{{commit}}"
        _ = self.top
        found = self._try("rev-parse", "--verify", "--quiet", "--end-of-options", wanted)
        if found is None:
            raise ProjectError(Problem(revision, 0, 0, self.how_to_get(revision)))
        return found.decode("ascii").strip()

    def merge_base(self, revision: str) -> str:
        """The last commit that HEAD and a revision have in common."""
        other = self.commit(revision)
        head = self.commit("HEAD")
        found = self._try("merge-base", other, head)
        if found is None:
            text = "has no commit in common with HEAD"
            if self.is_shallow:
                text = f"the history of this clone ends before it meets HEAD; {_DEEPEN}"
            raise ProjectError(Problem(revision, 0, 0, text))
        return found.decode("ascii").split("\n", 1)[0].strip()

    def names(self, revision: str) -> dict[str, str]:
        """The files of a commit, each with what names its bytes for `contents`."""
        listed = self.run("ls-tree", "-r", "-z", "--full-tree", self.commit(revision))
        files = {}
        for entry in filter(None, listed.split(b"\0")):
            about, _, name = entry.partition(b"\t")
            mode, _, blob = about.decode("ascii").split(" ")
            if mode in _FILE_MODES:
                files[self.below(name)] = blob
        return files

    def changes(self, commit: str) -> list[Change]:
        """The files that differ between a commit and the disk, with new ones that are not ignored.

        A file that was moved is one change; what lies outside the folder is among them, too.
        """
        words = ("diff", "--raw", "-z", "-M", "--abbrev=40", "--no-relative", "--no-ext-diff")
        listed = self.run(*words, "--ignore-submodules", commit, "--")
        found = list(self._differences(iter(listed.split(b"\0"))))
        new = self.run(
            "ls-files", "-z", "--others", "--exclude-standard", "--full-name", "--", ":/"
        )
        known = {change.name for change in found}
        names = [self.below(name) for name in new.split(b"\0") if name]
        return [*found, *(Change(name, "", "") for name in names if name not in known)]

    def _differences(self, fields: Iterator[bytes]) -> Iterator[Change]:
        for about in fields:
            if not about.startswith(b":"):
                continue
            old_mode, _, blob, _, status = about[1:].decode("ascii").split(" ")
            old = name = self.below(next(fields))
            if status[0] in "RC":
                name = self.below(next(fields))
            if status[0] in "AC" or old_mode not in _FILE_MODES:
                old = blob = ""
            yield Change(name, old, blob, gone=status[0] == "D")

    def renames(self, commit: str) -> list[tuple[str, str]]:
        """Return what was moved since a commit, as old and new names, the latest move first."""
        here = [
            (one.old_name, one.name)
            for one in self.changes("HEAD")
            if one.old_name not in {"", one.name}
        ]
        words = (
            "log",
            "--format=",
            "--name-status",
            "-z",
            "-M",
            "--diff-filter=R",
            "--no-relative",
        )
        listed = self.run(*words, "--end-of-options", f"{commit}..HEAD", "--")
        fields = [field for field in listed.split(b"\0") if field.strip()]
        moved = zip(fields[1::3], fields[2::3], strict=True)
        return here + [(self.below(old), self.below(new)) for old, new in moved]

    def log(self, *folders: str) -> Iterator[Commit]:
        """Return the commits of HEAD that changed files of some folders, the latest first.

        A merge counts as the changes that it brought to the branch. Empty without a commit.
        """
        if self._try("rev-parse", "--verify", "--quiet", "HEAD^{commit}") is None:
            return
        words = ("log", "--first-parent", "-m", "--raw", "-z", "--no-abbrev", "--no-renames")
        more = ("--no-relative", "--no-ext-diff", "--format=%x01%ct", "HEAD", "--")
        listed = self.run(*words, *more, *folders)
        for part in listed.split(b"\x01")[1:]:
            time, *fields = part.split(b"\0")
            abouts = [field.lstrip(b"\n") for field in fields[::2]]
            blobs = [about.split(b" ") for about in abouts if about.startswith(b":")]
            names = (self.below(name) for name in fields[1::2])
            files = zip(names, (_blob(one) for one in blobs), strict=False)
            yield Commit(int(time), dict(files))

    def contents(self, blobs: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes that each name stands for, read at once."""
        wanted = list(dict.fromkeys(blobs))
        if not wanted:
            return {}
        asked = "".join(f"{blob}\n" for blob in wanted).encode("ascii")
        data = self.run("cat-file", "--batch", given=asked)
        found, place = {}, 0
        for blob in wanted:
            end = data.index(b"\n", place)
            about = data[place:end].split(b" ")
            if about[-1] == b"missing":
                raise ProjectError(Problem("git", 0, 0, LACKS))
            start, size = end + 1, int(about[-1])
            found[blob] = data[start : start + size]
            place = start + size + 1
        return found

    def below(self, name: bytes) -> str:
        """A name from the top of the repository as one from the folder."""
        path = os.fsdecode(name)
        if self._place == ".":
            return path
        if path.startswith(f"{self._place}/"):
            return path[len(self._place) + 1 :]
        return Path(os.path.relpath(self.top / path, self._real)).as_posix()

    @cached_property
    def _place(self) -> str:
        """The folder below the top."""
        return Path(os.path.relpath(self._real, self.top)).as_posix()

    @property
    def prefix(self) -> str:
        """The text before the folder's names below the top; empty for the top itself."""
        return "" if self._place == "." else f"{self._place}/"

    def remote(self) -> str:
        """The address of `origin`, or of the first other remote; empty where there is none."""
        names = (self._try("remote") or b"").decode("utf-8", "replace").split()
        name = "origin" if "origin" in names else next(iter(names), "")
        found = self._try("remote", "get-url", name) if name else None
        return (found or b"").decode("utf-8", "replace").strip()

    @cached_property
    def _real(self) -> Path:
        return real_path(self.folder)

    @property
    def deepen(self) -> str:
        """The command that gets the history which a shallow clone lacks."""
        return _DEEPEN

    @cached_property
    def is_shallow(self) -> bool:
        """Whether the clone lacks a part of the history."""
        return self._try("rev-parse", "--is-shallow-repository") == b"true\n"

    def how_to_get(self, revision: str) -> str:
        """Why a revision is not there and how to get it."""
        remotes = (self._try("remote") or b"").decode("utf-8", "replace").split()
        text = "is not a revision of this repository"
        for remote in remotes:
            if self._try("rev-parse", "--verify", "--quiet", f"refs/remotes/{remote}/{revision}"):
                return f"{text}; did you mean {remote}/{revision}?"
        if revision == "HEAD":
            return "there is no commit yet"
        if remotes:
            remote = next((one for one in remotes if revision.startswith(f"{one}/")), remotes[0])
            branch = revision.removeprefix(f"{remote}/")
            text += f"; git fetch {remote} {branch}:refs/remotes/{remote}/{branch}"
        return f"{text}; this clone is shallow, so first {_DEEPEN}" if self.is_shallow else text

    def _try(self, *words: str) -> bytes | None:
        """Return git's output, or `None` if it fails."""
        done = self._done(words)
        return None if done.returncode else done.stdout

    def run(self, *words: str, given: bytes = b"", nowhere: str = "") -> bytes:
        """Return git's output; `nowhere` is the problem where there is no repository."""
        done = self._done(words, given)
        if done.returncode:
            complaint = done.stderr.decode("utf-8", "replace").strip().partition("\n")[0]
            if nowhere and "not a git repository" in complaint:
                raise ProjectError(Problem(str(self.folder), 0, 0, nowhere))
            text = complaint.removeprefix("fatal: ")
            raise ProjectError(Problem("git", 0, 0, text or f"{words[0]} failed"))
        return done.stdout

    def _done(
        self, words: tuple[str, ...], given: bytes = b""
    ) -> subprocess.CompletedProcess[bytes]:
        try:
            return subprocess.run(  # noqa: S603 - revisions stand behind --end-of-options
                ["git", "-C", str(self.folder), *words],  # noqa: S607 - the user's own git
                input=given,
                capture_output=True,
                check=False,
                env=environment(),
            )
        except FileNotFoundError:
            text = "is not installed; install it to read revisions"
            raise ProjectError(Problem("git", 0, 0, text)) from None


def time_of(folder: Path, date: str) -> int:
    """The time that a date means to git, in seconds since 1970: `2026-01-31`, `2 weeks ago`.

    Raises `ProjectError` for what is none: git itself takes any word for the present.
    """
    if not _DATE.search(date):
        text = "is not a date; write one such as 2026-01-31 or 2 weeks ago"
        raise ProjectError(Problem(date, 0, 0, text))
    found = Repository(folder).run("rev-parse", f"--since={date}")
    return int(found.decode("ascii").partition("=")[2])


def top_of(folder: Path) -> Path | None:
    """The top of the repository around a folder, found without git; `None` where there is none."""
    real = real_path(folder)
    return next((one for one in (real, *real.parents) if (one / ".git").exists()), None)
