"""The facts that results rest on: questions about a project, each with a short answer."""

from __future__ import annotations

import hashlib
import os
import stat
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, Protocol

from toolkit.model.errors import ToolkitError
from toolkit.project.cache.listings import Listings
from toolkit.project.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    Answer = Callable[[str], str]

FILE = "file"
THERE = "there"
FOLDER = "folder"
ELSEWHERE = "elsewhere"
_YES, _NO = "1", ""
_DIGITS = 32


def digest_of(data: bytes) -> str:
    """Name some bytes; other bytes have another name."""
    return shortened(hashlib.sha256(data).hexdigest())


def shortened(digest: str) -> str:
    """The name of some bytes whose SHA-256 is known."""
    return digest[:_DIGITS]


def is_digest(text: str) -> bool:
    """Whether a text can be the name of some bytes, among the answers to what a file holds."""
    return len(text) == _DIGITS and text.isalnum()


def joined(*parts: str) -> str:
    """A question about several things."""
    return "\0".join(parts)


class Seen(Protocol):
    """A file that was seen just now."""

    @property
    def name(self) -> str:
        """Its name, below the root or an absolute one."""

    @property
    def state(self) -> str:
        """The digest of its bytes."""

    @property
    def is_plain(self) -> bool:
        """Whether it is a regular file and no link."""


class Asked(NamedTuple):
    """The questions of one kind that a result rests on."""

    whole: str
    """Names everything that such questions are about; while it is the same, so are all answers."""
    answers: dict[str, str]


Trace = dict[str, Asked]
"""The questions that a result rests on, by their kinds."""
Uses = dict[str, dict[str, "str | None"]]
"""The answers that were used, by the kinds of questions."""


class Note:
    """Notes the questions that are asked while a result is made."""

    def __init__(self) -> None:
        self.asked: Trace = {}
        self.fleeting = False
        """Whether the result cannot be kept."""


class Facts:
    """Answers questions about a project, each once a run, and notes which are asked.

    Two kinds are known to all: `file`, the bytes of a file by their digest, empty where there is
    none, and `there`, whether something has a name. The others belong to commands.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self._below = f"{root}/"
        self._is_short = False
        self._listings = Listings()
        self._kinds: dict[str, Answer] = {}
        self._wholes: dict[str, str] = {}
        self._answers: dict[str, dict[str, str]] = {}
        self._notes: list[Note] = []
        self._fresh: Uses | None = None
        self._looked_at: Uses = {
            FILE: {},
            THERE: {},
            FOLDER: {},
            ELSEWHERE: {},
        }
        """The answers that were used, `None` where that is not known or there were several."""

    def __getstate__(self) -> dict[str, object]:
        """Leave out how questions are answered: only the first process goes through them."""
        return {**self.__dict__, "_kinds": {}, "_notes": []}

    def start_from(self, seen: Iterable[Seen]) -> None:
        """Take files for what they were when this run began: it is over soon, so nobody asks twice.

        Whoever keeps the results compares the files with what they were.
        """
        self._is_short = True
        known = self._answers.setdefault(FILE, {})
        known.update((one.name, one.state) for one in seen if one.is_plain)

    def renew(self) -> None:
        """Ask everything anew, unless the run is a short one."""
        if not self._is_short:
            self._answers.clear()
            self._listings.clear()

    @property
    def looked_at(self) -> frozenset[tuple[str, str]] | None:
        """The files that were asked for and the names; `None` where there is more that is unknown.

        What the results of other processes rest on is among them once these were kept.
        """
        if self._looked_at[ELSEWHERE]:
            return None
        return frozenset((kind, name) for kind, names in self._looked_at.items() for name in names)

    def used(self, kind: str) -> Mapping[str, str | None]:
        """The answers that were used; `None` where one is not known, or there were several."""
        return self._looked_at[kind]

    def look_at(self, kind: str, names: Iterable[str]) -> None:
        """Note files, names or folders that this run rests on as a whole."""
        for name in names:
            self._looked_at[kind].setdefault(name)

    def _use(self, kind: str, answers: Mapping[str, str | None]) -> None:
        """Note answers that are used."""
        used = self._looked_at[kind]
        if answers.items() <= used.items():
            return
        fresh = {} if self._fresh is None else self._fresh.setdefault(kind, {})
        for name, answer in answers.items():
            if used.setdefault(name, answer) != answer:
                used[name] = None
            fresh[name] = used[name]

    @contextmanager
    def noting_uses(self) -> Iterator[Uses]:
        """Note what is used for the first time meanwhile, so that another process learns of it."""
        outer, self._fresh = self._fresh, {}
        try:
            yield self._fresh
        finally:
            self._fresh = outer

    def take_uses(self, uses: Uses) -> None:
        """Note what another process has used."""
        for kind, answers in uses.items():
            self._use(kind, answers)

    def learn(self, kind: str, answer: Answer, whole: str = "") -> None:
        """Have questions of a kind answered; `whole` names all that they are about."""
        self._kinds[kind] = answer
        self._wholes[kind] = whole
        self._answers.pop(kind, None)

    @contextmanager
    def noting(self) -> Iterator[Note]:
        """Note what is asked meanwhile."""
        note = Note()
        self._notes.append(note)
        try:
            yield note
        finally:
            self._notes.remove(note)

    @contextmanager
    def unnoted(self) -> Iterator[None]:
        """Leave out what is asked meanwhile, as another question covers it."""
        kept, self._notes = self._notes, []
        try:
            yield
        finally:
            self._notes = kept

    def note(self, kind: str, key: str, answer: str) -> None:
        """Note a question with the answer that was used."""
        if kind in self._looked_at and self._looked_at[kind].get(key) != answer:
            self._use(kind, {key: answer})
        for note in self._notes[-1:]:
            asked = note.asked.get(kind)
            if asked is None:
                asked = note.asked[kind] = Asked(self._wholes.get(kind, ""), {})
            asked.answers[key] = answer

    def noted(self) -> Note:
        """Return what was noted so far of what is being made."""
        noted = Note()
        for note in self._notes[-1:]:
            noted.fleeting = note.fleeting
            noted.asked = {
                kind: Asked(asked.whole, dict(asked.answers)) for kind, asked in note.asked.items()
            }
        return noted

    def note_again(self, noted: Note) -> None:
        """Note what another part of the same work rests on."""
        for kind, asked in noted.asked.items():
            for key, answer in asked.answers.items():
                self.note(kind, key, answer)
        if noted.fleeting:
            self.note_fleeting()

    def note_fleeting(self) -> None:
        """Note that what is being made cannot be kept."""
        for note in self._notes:
            note.fleeting = True

    def note_elsewhere(self) -> None:
        """Note that what is being made rests on files that nobody can list."""
        self.note_fleeting()
        self.note(ELSEWHERE, "", "")

    def answer(self, kind: str, key: str) -> str:
        """Answer a question."""
        known = self._answers.setdefault(kind, {})
        if key not in known:
            known[key] = self._found(kind, key)
        if kind in self._looked_at:
            self._use(kind, {key: known[key]})
        return known[key]

    def _found(self, kind: str, key: str) -> str:
        if kind == FILE:
            return self._file(key)
        if kind == THERE:
            return _YES if self._listings.has(self._below + key) else _NO
        return self._kinds[kind](key)

    def _file(self, name: str) -> str:
        path = self._below + name
        try:
            # A pipe would keep whoever opens it waiting.
            if stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116 - asked often
                with open(path, "rb", buffering=0) as file:  # noqa: PTH123 - asked often
                    return digest_of(file.read())
        except OSError:
            pass
        return self._odd_file(name)

    def _odd_file(self, name: str) -> str:
        path = self.root / name
        try:
            return digest_of(read_bytes(path, name)) if path.exists() else _NO
        except ToolkitError as error:
            return _unreadable(error)

    def holds(self, trace: Trace) -> bool:
        """Whether all questions of a trace have the same answers now."""
        return all(self._holds(kind, asked) for kind, asked in trace.items())

    def _holds(self, kind: str, asked: Asked) -> bool:
        if kind not in {FILE, THERE} and kind not in self._kinds:
            return False
        if asked.whole and asked.whole == self._wholes.get(kind):
            return True
        known = self._answers.setdefault(kind, {})
        holds = asked.answers.items() <= known.items() or self._are_still(kind, asked.answers)
        if kind in self._looked_at and holds:
            self._use(kind, asked.answers)
        elif kind in self._looked_at:
            self.look_at(kind, asked.answers)
        return holds

    def _are_still(self, kind: str, answers: Mapping[str, str]) -> bool:
        """Whether questions have the same answers now, of which some are asked the first time."""
        known = self._answers[kind]
        for key, answer in answers.items():
            now = known.get(key)
            if now is None:
                now = known[key] = self._found(kind, key)
            if now != answer:
                return False
        return True

    def there(self, name: str) -> bool:
        """Whether the project has a file or folder."""
        found = os.path.exists(self._below + name)  # noqa: PTH110 - asked often
        self.note(THERE, name, _YES if found else _NO)
        return found

    def data(self, name: str) -> bytes | None:
        """The bytes of a file, `None` where there is none; raises `ProjectError`."""
        path = self.root / name
        if not path.exists():
            self.note(FILE, name, _NO)
            return None
        return self.bytes_of(name)

    def bytes_of(self, name: str) -> bytes:
        """The bytes of a file that has to be there; raises `ProjectError`."""
        try:
            data = read_bytes(self.root / name, name)
        except ToolkitError as error:
            self.note(FILE, name, _unreadable(error) if (self.root / name).exists() else _NO)
            raise
        self.note(FILE, name, digest_of(data))
        return data

    @contextmanager
    def writing(self, name: str, data: bytes) -> Iterator[None]:
        """Take into account that a file is written: results rest on what it is from now on."""
        try:
            yield
        except ToolkitError:
            # It may succeed the next time.
            self.note_fleeting()
            raise
        for kind, answer in ((FILE, digest_of(data)), (THERE, _YES)):
            self._forget(kind, name)
            for note in self._notes:
                if kind in note.asked and name in note.asked[kind].answers:
                    note.asked[kind].answers[name] = answer

    def forget(self, trace: Trace) -> None:
        """Ask anew for the files of a result that another process of this run has made."""
        for kind in self._looked_at:
            if kind in trace:
                self._use(kind, trace[kind].answers)
        for kind in (FILE, THERE):
            for name in trace[kind].answers if kind in trace else ():
                self._forget(kind, name)

    def _forget(self, kind: str, name: str) -> None:
        self._answers.get(kind, {}).pop(name, None)
        self._listings.clear()


def _unreadable(error: ToolkitError) -> str:
    return f"!{error}"
