"""One message at a time, for scripts and agents: the next task, and one answer to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.commands.exchange.ids import message_digest
from toolkit.commands.translate.choosing import Task, places_of, task_of
from toolkit.commands.translate.gates import Gates
from toolkit.commands.translate.knowledge import Knowledge
from toolkit.commands.translate.page_work import PageWork, Room
from toolkit.commands.translate.providers.provider import Answer
from toolkit.commands.translate.value import TranslateOptions
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.commands.translate.choosing import Candidate
    from toolkit.commands.translate.providers.provider import Request
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.project.store import Run


@dataclass(frozen=True, slots=True)
class NextTask:
    """A message that waits for a translation, with what a person would be told."""

    id: str
    """The name of the task for `submit`."""
    page: str
    catalog: str
    line: int
    """Its line in the catalog, from 1."""
    request: Request
    suggestion: Message | None
    """A translation of the same text or one like it."""
    left: int
    """The number of messages that wait, this one included."""


@dataclass(frozen=True, slots=True)
class Submitted:
    """The outcome of an answer."""

    accepted: bool
    findings: tuple[str, ...] = ()
    catalog: str = ""
    line: int = 0
    problems: tuple[Problem, ...] = ()


def next_task(choices: Mapping[Run, TranslateOptions], *, after: str = "") -> NextTask | None:
    """Return the first message that waits in the parts of a project; or the first after `after`.

    An `after` that does not wait any more is no reason to leave out any. Raises `ProjectError`
    where the project cannot be read.
    """
    waiting = [(run, *one) for run, options in choices.items() for one in _waiting(run, options)]
    start = 0
    if after:
        ids = [message_digest(wanted.message.key) for _, _, wanted in waiting]
        start = ids.index(after) + 1 if after in ids else 0
    rest = waiting[start:]
    if not rest:
        return None
    run, task, wanted = rest[0]
    knowledge = Knowledge.of(run, task.place.locale, run.glossary())
    return NextTask(
        message_digest(wanted.message.key),
        task.page.document.path,
        task.path,
        wanted.message.line,
        knowledge.request(run, task, wanted),
        knowledge.known(wanted.message),
        len(rest),
    )


def submit(runs: Sequence[Run], locale: Locale, name: str, text: str, by: str) -> Submitted:
    """Check an answer to the message `name`, and enter it into the part's catalog if it passes.

    Raises `ProjectError` where no message that waits has this id.
    """
    options = TranslateOptions((locale,), redo_fuzzy=True)
    waiting = ((run, *one) for run in runs for one in _waiting(run, options))
    found = next((one for one in waiting if message_digest(one[2].message.key) == name), None)
    if found is None:
        problem = "is not a message that waits for a translation; run `yiben next` again"
        raise ProjectError(Problem(name, 0, 0, problem))
    run, task, wanted = found
    key = wanted.message.key
    alone = Task(task.place, task.path, task.page, task.catalog, {key: wanted})
    room = Room(Knowledge.nothing(locale), Gates(run, locale))
    work = PageWork(run, alone, room)
    (request,) = work.requests()
    work.take(request, Answer(text))
    work.judged(by, in_order=True)
    finished = work.finished()
    reasons = tuple(reason for one in finished.undone for reason in one.reasons)
    line = wanted.message.line
    return Submitted(not reasons, reasons, task.path, line, finished.problems)


def _waiting(run: Run, options: TranslateOptions) -> Iterator[tuple[Task, Candidate]]:
    """The messages that wait, page by page; a text that several pages share comes once."""
    places, problems = places_of(run, options)
    if problems:
        raise ProjectError(problems)
    seen: set[tuple[str, MessageKey]] = set()
    for place in places:
        task = task_of(run, place, redo_fuzzy=options.redo_fuzzy)
        for key, wanted in task.wanted.items():
            if (task.path, key) not in seen:
                seen.add((task.path, key))
                yield task, wanted
