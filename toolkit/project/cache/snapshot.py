"""The state of some files and folders, and whether they are still in it.

A regular file whose times, size and number are as they were is not read again, as git does it,
unless it had been written so shortly before it was read that a further change may show in none.
"""

from __future__ import annotations

import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.project.cache.facts import FILE, FOLDER, THERE, digest_of, is_digest
from toolkit.project.cache.stamps import stamp_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.project.cache.stamps import Stamp

GLOB = "glob"
_ABSENT, _THERE = "", "1"
_SETTLED = 2_500_000_000
"""Nanoseconds after which a file's times are different for any further change, on all systems."""
_LONG_AGO = 1_000_000_000_000_000_000
"""A time, in nanoseconds since 1970, before which only files lie that have none."""
_TELLS_CHANGES = os.name == "posix"
"""Whether a file has a time of its last change that programs cannot set."""

Question = tuple[str, str]
"""A kind (`file`, `there`, `folder`, `glob`) and a name below the root, or an absolute one."""


class Entry(NamedTuple):
    """The state of a file, a folder or of what a pattern finds."""

    kind: str
    name: str
    state: str
    stamp: Stamp

    @property
    def question(self) -> Question:
        """The question that the state answers."""
        return self.kind, self.name

    @property
    def is_plain(self) -> bool:
        """Whether it is a regular file and no link."""
        return self.kind == FILE and is_digest(self.state)


Snapshot = dict[Question, Entry]
"""The states of all that a result rests on."""


def taken(root: str, questions: Iterable[Question], known: Mapping[Question, Entry]) -> Snapshot:
    """Return the states now, of which those that are `known` and marked are not found out again."""
    return {question: entry_of(root, question, known.get(question)) for question in questions}


def same_states(one: Mapping[Question, Entry], other: Mapping[Question, Entry]) -> bool:
    """Whether all that the first snapshot is about is in the second one, in the same state."""
    return all(
        question in other and other[question].state == entry.state
        for question, entry in one.items()
    )


def entry_of(root: str, question: Question, before: Entry | None = None) -> Entry:
    """Return the state of one thing now, as `taken` does."""
    kind, name = question
    path = f"{root}/{name}" if name[:1] != "/" else name
    if kind != FILE:
        return Entry(kind, name, _STATES[kind](root if kind == GLOB else path, name), [])
    stamp = stamp_of(path)
    if before and stamp and before.stamp == stamp:
        return before
    now = time.time_ns()
    state = _plain_file(path) if stamp else _file(path)
    return Entry(kind, name, state, stamp if is_settled(stamp, now) else [])


def is_settled(stamp: Stamp, now: int) -> bool:
    """Whether any change after `now`, in nanoseconds, gives a file another stamp."""
    return bool(stamp) and _TELLS_CHANGES and _LONG_AGO < max(stamp[:2]) < now - _SETTLED


def _plain_file(path: str) -> str:
    """The content of what was a regular file and no link just now."""
    try:
        return _digest(path)
    except (OSError, ValueError):
        return _file(path)


def _digest(path: str) -> str:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - asked often
        return digest_of(file.read())


def _file(path: str) -> str:
    """The content of a file, and where it is a link to."""
    try:
        link = f"link to {os.readlink(path)}: " if os.path.islink(path) else ""  # noqa: PTH114, PTH115
        found = os.stat(path)  # noqa: PTH116 - asked often
        if not stat.S_ISREG(found.st_mode):
            # A pipe would keep whoever opens it waiting.
            return f"{link}other {stat.S_IFMT(found.st_mode)}"
        return link + _digest(path)
    except (FileNotFoundError, NotADirectoryError):
        return link if os.path.islink(path) else _ABSENT  # noqa: PTH114
    except (OSError, ValueError) as error:
        return f"!{error}"


def _there(path: str, _name: str) -> str:
    return _THERE if os.path.exists(path) else _ABSENT  # noqa: PTH110 - asked often


def _folder(path: str, _name: str) -> str:
    """The names in a folder, and which of them are folders."""
    try:
        with os.scandir(path) as entries:
            found = sorted(f"{one.name}{'/' if one.is_dir() else ''}" for one in entries)
    except OSError as error:
        return f"!{error.errno}"
    return digest_of("\0".join(found).encode("utf-8", "surrogateescape"))


def _glob(root: str, pattern: str) -> str:
    """The files that a pattern finds."""
    found = sorted(str(path) for path in Path(root).glob(pattern) if path.is_file())
    return digest_of("\0".join(found).encode("utf-8", "surrogateescape"))


_STATES = {THERE: _there, FOLDER: _folder, GLOB: _glob}
