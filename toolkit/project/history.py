"""The history of a project's pages: each page's versions, through renames, from one run of git."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.project.git import Repository

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.project.store import Run

_COMMIT = b"\x01"
_BETWEEN = "\x02"
_PAGES = tuple(f":(top,icase)*{ending}" for ending in sorted(PAGE_ENDINGS))


@dataclass(frozen=True, slots=True)
class Version:
    """A page as a commit left it."""

    commit: str
    time: int
    """The time of the commit, in seconds since 1970."""
    place: int
    """The place of the commit in the history; 0 is HEAD."""
    name: str
    """The page's name then, below the given folder."""
    blob: str
    """Names its bytes for `Repository.contents`."""
    trailers: tuple[str, ...] = ()
    """The values of the trailer that was asked for."""
    together: int = 1
    """The number of pages that the commit changed."""
    new: bool = False
    """Whether the commit brought the page in."""


def time_of_commit(data: bytes) -> int:
    """The time of a commit, from its object."""
    lines = data.split(b"\n\n", 1)[0].split(b"\n")
    found = (line.split()[-2] for line in lines if line.startswith(b"committer "))
    return int(next(found, b"0"))


class _Entry(NamedTuple):
    """A file that a commit changed."""

    status: str
    old: str
    new: str
    blob: str


class _Commit(NamedTuple):
    """A commit with the files it changed."""

    version: Version
    """The facts that all its versions share."""
    entries: Sequence[_Entry]


class History:
    """The versions of all pages that HEAD has, along the first parents of its commits.

    Raises `ProjectError` for what git says, and for a repository without a commit.
    """

    def __init__(self, repository: Repository, trailer: str = "") -> None:
        self.repository = repository
        self.head = repository.commit("HEAD")
        self._places: dict[str, int] = {}
        self._versions = self._followed(self._commits(trailer))

    def versions(self, name: str) -> tuple[Version, ...]:
        """The versions of a page that HEAD has under this name, the newest first."""
        return tuple(self._versions.get(name, ()))

    def place(self, commit: str) -> int | None:
        """The place of a commit in the history; `None` for one of another branch."""
        return self._places.get(commit)

    def names(self, name: str) -> tuple[str, ...]:
        """All names that a page has had, the latest first."""
        return tuple(dict.fromkeys((name, *(one.name for one in self.versions(name)))))

    def behind(self, name: str, since: int) -> int:
        """Count the versions of a page that came later than a place in the history."""
        return sum(one.place < since for one in self.versions(name))

    def moved_since(self, place: int) -> dict[str, str]:
        """The present names of pages that had others at a place in the history, by those."""
        found = {}
        for name, versions in self._versions.items():
            then = next((one.name for one in versions if one.place >= place), name)
            if then != name:
                found[then] = name
        return found

    def require_whole(self) -> None:
        """Raise `ProjectError` for a clone whose history is cut off."""
        if self.repository.is_shallow:
            text = f"the history of this clone is cut off; {self.repository.deepen}"
            raise ProjectError(Problem("git", 0, 0, text))

    def _commits(self, trailer: str) -> Iterator[_Commit]:
        key = trailer.partition(":")[0].strip()
        shown = f" %(trailers:key={key},valueonly,unfold,separator=%x02)" if key else ""
        words = ["log", "--first-parent", "-m", "--no-show-signature", "--no-notes", "--raw", "-z"]
        words += ["-M", "--no-abbrev", "--no-relative", "--no-ext-diff", "--no-color"]
        words += [f"--format=%x01%H %ct{shown}", self.head, "--", *_PAGES]
        fields = iter(self.repository.run(*words).split(b"\0"))
        about, entries = b"", list[_Entry]()
        for item in fields:
            field = item.lstrip(b"\n")
            if field.startswith(_COMMIT):
                if about:
                    yield self._commit(about, entries)
                about, entries = field[1:], []
            elif field.startswith(b":"):
                entries += self._entry(field, fields)
        if about:
            yield self._commit(about, entries)

    def _commit(self, about: bytes, entries: Sequence[_Entry]) -> _Commit:
        commit, time, *rest = about.decode("utf-8", "replace").rstrip("\n").split(" ", 2)
        place = self._places[commit] = len(self._places)
        trailers = tuple(one.strip() for one in "".join(rest).split(_BETWEEN) if one.strip())
        common = Version(commit, int(time), place, "", "", trailers, len(entries))
        return _Commit(common, entries)

    def _entry(self, field: bytes, fields: Iterator[bytes]) -> list[_Entry]:
        _, mode, _, blob, status = field[1:].decode("ascii").split(" ")
        old = new = self.repository.below(next(fields))
        if status[0] in "RC":
            new = self.repository.below(next(fields))
        is_file = mode.startswith("100") or status == "D"
        return [_Entry(status[0], old, new, blob)] if is_file else []

    def _followed(self, commits: Iterable[_Commit]) -> Mapping[str, list[Version]]:
        """Go back from HEAD and keep every page under the name that it has today."""
        alive: dict[str, tuple[str, ...]] = {
            name: (name,) for name in self.repository.names(self.head)
        }
        found: dict[str, list[Version]] = defaultdict(list)
        for commit in commits:
            born: list[str] = []
            moved: dict[str, tuple[str, ...]] = {}
            for entry in commit.entries:
                names = alive.get(entry.new, ()) if entry.status != "D" else ()
                for name in names:
                    found[name].append(_version(commit.version, entry))
                if names and entry.status == "R":
                    moved[entry.old] = (*moved.get(entry.old, ()), *names)
                if names and entry.status in "RAC":
                    born.append(entry.new)
            for name in born:
                alive.pop(name, None)
            for name, names in moved.items():
                alive[name] = (*alive.get(name, ()), *names)
        return found


def history_of(run: Run, trailer: str = "") -> History:
    """The history of a project, read once a run."""
    key = ("history", trailer)
    if key not in run.derived:
        run.derived[key] = History(Repository(run.project.root), trailer)
    return run.derived[key]  # type: ignore[return-value]


def _version(common: Version, entry: _Entry) -> Version:
    return Version(
        common.commit,
        common.time,
        common.place,
        entry.new,
        entry.blob,
        common.trailers,
        common.together,
        new=entry.status in "AC",
    )
