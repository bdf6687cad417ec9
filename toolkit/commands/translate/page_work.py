"""The work on one page: what is open, what was answered, and what of it passed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.machine_marks import machine_mark, without_marks
from toolkit.catalogs.merge.retiring import with_earlier
from toolkit.catalogs.po import CatalogFile
from toolkit.commands.translate.choosing import is_open
from toolkit.commands.translate.value import Lack, Undone
from toolkit.model.errors import ToolkitError
from toolkit.project.lock import writing
from toolkit.project.machine_settings import FUZZY

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from toolkit.commands.translate.choosing import Task
    from toolkit.commands.translate.gates import Gates
    from toolkit.commands.translate.knowledge import Knowledge
    from toolkit.commands.translate.providers.provider import Answer, Request
    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.model.errors import Problem
    from toolkit.project.store import Run, Saved

_REVISED = "PO-Revision-Date"
_MEMORY = "memory"


class Room(NamedTuple):
    """The values that the pages of a locale share."""

    knowledge: Knowledge
    gates: Gates


class Draft(NamedTuple):
    """A translation that passed, and who made it."""

    text: str
    provider: str
    previous: Message | None = None
    """The message of a similar text that it comes from."""


@dataclass(frozen=True, slots=True)
class Finished:
    """The result of a page."""

    saved: Saved | None
    drafted: Mapping[str, int]
    undone: tuple[Undone, ...]
    problems: tuple[Problem, ...] = ()


class PageWork:
    """A page in a locale on its way through memory, provider and gates."""

    def __init__(self, run: Run, task: Task, room: Room) -> None:
        self.task = task
        self.asked: list[Request] = []
        """Requests whose answers are kept until the page is saved."""
        self.waiting = 0
        """Requests that are queued or under way."""
        self._run = run
        self._room = room
        self._drafts: dict[MessageKey, Draft] = {}
        self._answers: dict[MessageKey, Answer] = {}
        self._lacks: dict[MessageKey, tuple[Lack, tuple[str, ...]]] = {}
        self._requests: dict[MessageKey, Request] = {}
        self._tries: dict[MessageKey, int] = {}
        self._take_known()

    def requests(self) -> list[Request]:
        """Return a request for each message that the memory doesn't have."""
        for key, wanted in self.task.wanted.items():
            if key not in self._drafts:
                self._requests[key] = self._room.knowledge.request(self._run, self.task, wanted)
        return list(self._requests.values())

    def take(self, request: Request, answer: Answer) -> None:
        """Take an answer in; it is judged when all of the page are there."""
        self._answers[(request.context, request.text)] = answer

    def give_up(self, request: Request, lack: Lack, reason: str = "") -> None:
        """Leave a message without a draft."""
        key = (request.context, request.text)
        reasons = request.complaints or ((reason,) if reason else ())
        self._lacks[key] = (Lack.REFUSED if request.complaints else lack, reasons)

    def judged(self, provider: str, *, in_order: bool) -> list[Request]:
        """Judge the answers; returns the requests to ask again, with what was wrong."""
        faults = {key: one.faults for key, one in self._answers.items() if one.faults}
        texts = {key: one.text for key, one in self._answers.items() if key not in faults}
        found = self._room.gates.complaints(self.task, texts, in_order=in_order)
        again: list[Request] = []
        for key, answer in self._answers.items():
            told = faults.get(key) or found.get(key)
            if not told:
                self._drafts[key] = Draft(answer.text, provider)
                continue
            self._tries[key] = self._tries.get(key, 0) + 1
            self._lacks[key] = (Lack.REFUSED, told)
            if self._tries[key] <= self._run.project.settings.machine.retries:
                request = self._requests[key]
                again.append(replace(request, answer=answer.text, complaints=told))
        self._answers = {}
        return again

    def finished(self) -> Finished:
        """Enter the drafts into the catalog as it is now."""
        counts: dict[str, int] = {}
        for one in self._drafts.values():
            counts[one.provider] = counts.get(one.provider, 0) + 1
        undone = tuple(self._undone())
        if not self._drafts:
            return Finished(None, {}, undone)
        try:
            with writing(self._run.project, dry=self._run.dry):
                saved = self._save()
        except ToolkitError as error:
            return Finished(None, {}, undone, error.problems)
        return Finished(saved, counts, undone)

    def _take_known(self) -> None:
        """Draft what the memory has, and what passes of it."""
        found: dict[MessageKey, Message] = {}
        for key, wanted in self.task.wanted.items():
            known = self._room.knowledge.known(wanted.message)
            if known and known.string.strip():
                found[key] = known
        same = {key: one.string for key, one in found.items() if one.previous_id is None}
        refused = self._room.gates.complaints(self.task, same, in_order=False)
        for key, known in found.items():
            if key not in refused:
                previous = known if known.previous_id is not None else None
                self._drafts[key] = Draft(known.string, _MEMORY, previous)

    def _undone(self) -> Iterable[Undone]:
        for key, wanted in self.task.wanted.items():
            if key in self._drafts:
                continue
            lack, reasons = self._lacks.get(key, (Lack.UNKNOWN, ()))
            yield Undone(self.task.path, wanted.message.line, key[1], lack, reasons)

    def _save(self) -> Saved:
        path = self.task.path
        old = self._run.data(path)
        file = CatalogFile.parse(path, old or b"")
        messages = tuple(map(self._entered, file.catalog.messages))
        catalog = replace(file.catalog, messages=messages)
        if catalog != file.catalog:
            catalog = self._dated(catalog)
        return self._run.save_catalog(path, old, self._run.with_catalog(file, catalog))

    def _dated(self, catalog: Catalog) -> Catalog:
        now = self._run.now()
        fields = tuple((name, now if name == _REVISED else value) for name, value in catalog.header)
        return replace(catalog, header=fields)

    def _entered(self, message: Message) -> Message:
        """A message with its draft, unless somebody has translated it meanwhile."""
        draft = self._drafts.get(message.key)
        seen = self.task.wanted[message.key].message if draft else None
        untouched = seen and (seen.string, seen.flags) == (message.string, message.flags)
        if not draft or not untouched or not is_open(message, redo_fuzzy=True):
            return message
        kind = self.task.wanted[message.key].around.unit.kind
        accepted = self._run.project.settings.machine.accepted_as(self._locale, kind)
        fuzzy = (FUZZY,) if draft.previous or accepted == FUZZY else ()
        flags = (*fuzzy, *(flag for flag in message.flags if flag != FUZZY))
        mark = machine_mark(draft.provider, draft.text)
        full = replace(
            message,
            string=draft.text,
            flags=flags,
            comments=(*without_marks(message.comments), mark),
            previous_id=draft.previous.previous_id if draft.previous else None,
            previous_context=draft.previous.previous_context if draft.previous else None,
        )
        return with_earlier(full, message) if message.string else full

    @property
    def _locale(self) -> str:
        return self.task.place.locale.tag
