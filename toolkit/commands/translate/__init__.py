"""`yiben translate`: drafts from the memory and a machine, behind gates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.commands.translate.answers import Answers
from toolkit.commands.translate.choosing import places_of, task_of
from toolkit.commands.translate.counting import Counter, words_of
from toolkit.commands.translate.desk import Desk, Tray
from toolkit.commands.translate.gates import Gates
from toolkit.commands.translate.knowledge import Knowledge
from toolkit.commands.translate.page_work import PageWork, Room
from toolkit.commands.translate.value import Drafted, Estimate, Step, TranslateOptions
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.commands.translate.choosing import Place, Task
    from toolkit.commands.translate.providers.provider import Provider, Request
    from toolkit.language.locale import Locale
    from toolkit.model.errors import Problem
    from toolkit.project.store import Run

__all__ = [
    "Drafted",
    "Estimate",
    "TranslateOptions",
    "count_open",
    "estimate",
    "requests_of",
    "translate",
]


def translate(
    run: Run, options: TranslateOptions, provider: Provider | None, step: Step
) -> Drafted:
    """Draft what is untranslated; without a provider, only catalogs and the memory are used.

    Pages are saved as they are done, each under the project's lock, and messages that somebody
    translated meanwhile are left alone. Raises `SettingsError` for a glossary of no use.
    """
    places, problems = places_of(run, options)
    found: list[Problem] = list(problems)
    works = _works(run, options, places, found)
    drafted = _ask(run, options, provider, works, step) if provider else _remember(works, step)
    return drafted.with_problems(found)


def count_open(run: Run, options: TranslateOptions) -> int:
    """Return how many messages wait for a draft, to show how far a run is."""
    places, _ = places_of(run, options)
    return sum(len(task.wanted) for task in _tasks_of(run, options, places, []))


def estimate(run: Run, options: TranslateOptions, *, asks: bool) -> Estimate:
    """Count what would be sent, without sending anything; `asks` if there is a provider."""
    places, problems = places_of(run, options)
    found: list[Problem] = list(problems)
    counter = Counter(run.project.settings.machine)
    for task, rooms in _tasks(run, options, places, found):
        open_requests = PageWork(run, task, rooms).requests()
        counter.known += len(task.wanted) - len(open_requests)
        for request in open_requests if asks else ():
            counter.add(request, words_of(task.page, request.text))
    return counter.estimate(found)


def requests_of(run: Run, options: TranslateOptions) -> Iterator[Request]:
    """Yield the requests that a run would send first."""
    places, _ = places_of(run, options)
    for task, rooms in _tasks(run, options, places, []):
        yield from PageWork(run, task, rooms).requests()


def _ask(
    run: Run,
    options: TranslateOptions,
    provider: Provider,
    works: Iterator[PageWork],
    step: Step,
) -> Drafted:
    """Draft from the memory, and ask for the rest."""
    answers = Answers(run.project.root, run.project.settings.machine, provider.name)
    try:
        return Desk(run, provider, answers, options, step).work(works)
    finally:
        provider.close()


def _remember(works: Iterator[PageWork], step: Step) -> Drafted:
    """Draft from the memory alone."""
    tray = Tray(step)
    for work in works:
        tray.put(work)
    return tray.drafted()


def _works(
    run: Run,
    options: TranslateOptions,
    places: Sequence[Place],
    problems: list[Problem],
) -> Iterator[PageWork]:
    for task, rooms in _tasks(run, options, places, problems):
        yield PageWork(run, task, rooms)


def _tasks(
    run: Run, options: TranslateOptions, places: Sequence[Place], problems: list[Problem]
) -> Iterator[tuple[Task, Room]]:
    """The pages with something to do, and what is known of their locale."""
    rooms: dict[Locale, Room] = {}
    glossary = run.glossary()
    for task in _tasks_of(run, options, places, problems):
        locale = task.place.locale
        if locale not in rooms:
            knowledge = Knowledge.of(run, locale, glossary)
            problems += knowledge.problems
            # Of a locale that is done, nothing is needed any more.
            rooms = {locale: Room(knowledge, Gates(run, locale))}
        yield task, rooms[locale]


def _tasks_of(
    run: Run, options: TranslateOptions, places: Sequence[Place], problems: list[Problem]
) -> Iterator[Task]:
    for place in places:
        try:
            task = task_of(run, place, redo_fuzzy=options.redo_fuzzy)
        except ToolkitError as error:
            problems += (one for one in error.problems if one not in problems)
            continue
        if task.wanted:
            yield task
