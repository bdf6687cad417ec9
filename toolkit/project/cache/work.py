"""Work on many parts of a project, of which only that is done whose result is not known."""

from __future__ import annotations

import json
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple, TypeVar

from toolkit.project.pool import is_copied, is_worth_processes, over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.project.cache import Cache, Facts, Trace, Values
    from toolkit.project.cache.facts import Note, Uses
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")


_BATCH = 200
"""Entries that are read at once."""
_HELD = 2000
"""Entries that are held in case that they are asked for once more."""


def as_it_is(result: Result) -> Result:
    """Return a result that the same work would have again."""
    return result


class Task(NamedTuple, Generic[State, Item, Result]):
    """Something that is done with each part of a project, and how its results are kept."""

    work: Callable[[State, Item], Result]
    name: Callable[[Item], str]
    """Names the work on a part: all that is known before and matters to the result."""
    values: Values
    settled: Callable[[Result], Result | None] = as_it_is
    """The result of the same work done once more; `None` where nobody knows."""
    effort: int = 0
    """The number of domains that are as much work as all parts together, where some are large."""


class _Done(NamedTuple):
    """The result of a task, and what was learned on the way."""

    result: object
    trace: Trace
    kept: bytes | None
    fresh: Mapping[str, bytes]
    """The further results that are worth keeping."""
    used: Uses
    """The answers that were used on the way, in runs that change nothing."""


def known_results(
    run: Run, task: Task[State, Item, Result], items: Sequence[Item]
) -> dict[int, Result]:
    """The results that are known, by the places of their items."""
    if run.cache is None:
        return {}
    found: dict[int, Result] = {}
    keys = [run.cache.key(task.name(item)) for item in items]
    for start in range(0, len(keys), _BATCH):
        batch = keys[start : start + _BATCH]
        if len(run.cache.results) > _HELD:
            run.cache.results.clear()
        _read_results(run.cache, task.values, batch)
        for place, key in enumerate(batch, start):
            trace, result = run.cache.results.get(key, (None, None))
            if trace is not None and run.facts.holds(trace):
                found[place] = result  # type: ignore[assignment]
                run.cache.held.add(key)
    return found


def _read_results(cache: Cache, values: Values, keys: Sequence[str]) -> None:
    """Read the results that were not read before."""
    entries = cache.entries([key for key in keys if key not in cache.results])
    for key, (trace, value) in entries.items():
        with suppress(ValueError):
            cache.results[key] = trace, values.read(value)


def over_known(
    run: Run,
    state: State,
    task: Task[State, Item, Result],
    progress: Progress,
    items: Sequence[Item],
    known: Mapping[int, Result] | None = None,
) -> Iterator[Result]:
    """Return `over`, but take from earlier runs what they have found out.

    `known` are the results that are known, where that has been asked already.
    """
    cache = run.cache
    prepare = run.prepare
    if cache is None:
        work = partial(_done, task.work)
        yield from over((run, state), work, progress, items, prepare, effort=task.effort)
        return
    known = known_results(run, task, items) if known is None else known
    missing = [item for place, item in enumerate(items) if place not in known]
    cache.flush()
    noted = partial(_noted, task.work, task.values, task.settled)
    left = task.effort * len(missing) // max(1, len(items))
    done = over((run, state), noted, progress, missing, prepare, effort=left)
    for place, item in enumerate(items):
        if place in known:
            yield known[place]
            continue
        one = next(done)
        _keep(cache, run.facts, cache.key(task.name(item)), one)
        yield one.result  # type: ignore[misc]
    next(done, None)


def over_together(
    run: Run, tasks: Sequence[Task[Run, Item, Any]], progress: Progress, items: Sequence[Item]
) -> list[list[Any]]:
    """Do several tasks with each item at once, so that none reads what another has read.

    Gives the results of each task in the order of the items.
    """
    found = [known_results(run, task, items) for task in tasks]
    places = [place for place in range(len(items)) if any(place not in one for one in found)]
    missing = [
        (items[place], [number for number, one in enumerate(found) if place not in one])
        for place in places
    ]
    if run.cache is not None:
        run.cache.flush()
    done = over((run, tasks), _together, progress, missing, run.prepare)
    for place, parts in zip(places, done, strict=True):
        for number, one in parts:
            found[number][place] = one.result
            if run.cache is not None:
                _keep(run.cache, run.facts, run.cache.key(tasks[number].name(items[place])), one)
    return [[one[place] for place in range(len(items))] for one in found]


def over_noted(
    run: Run, work: Callable[[Run, Item], Result], progress: Progress, items: Sequence[Item]
) -> Iterator[Result]:
    """Return `over` for results that are not kept, and note what they use."""
    for result, used in over(run, partial(_using, work), progress, items):
        run.facts.take_uses(used)
        yield result


def _using(work: Callable[[Run, Item], Result], run: Run, item: Item) -> tuple[Result, Uses]:
    with run.facts.noting_uses() as used:
        return work(run, item), used


def shared_out(run: Run, parts: Sequence[Callable[[], Result]], effort: int) -> Iterator[Result]:
    """Do the parts of one piece of work; what each rests on is noted as if it were done here.

    `effort` is how many domains would be as much work as all parts together.
    """
    if not (is_worth_processes(effort) and is_copied()):
        yield from (part() for part in parts)
        return
    places = range(len(parts))
    for result, noted, fresh, used in over((run, parts), _part, as_it_is, places, effort=effort):
        run.facts.note_again(noted)
        run.facts.take_uses(used)
        if run.cache:
            run.cache.take(fresh)
        yield result


def _part(
    state: tuple[Run, Sequence[Callable[[], Result]]], place: int
) -> tuple[Result, Note, Mapping[str, bytes], Uses]:
    run, parts = state
    with run.facts.noting_uses() as used, run.facts.noting() as note:
        result = parts[place]()
    return result, note, run.cache.fresh() if run.cache else {}, used


def _together(
    state: tuple[Run, Sequence[Task[Run, Item, Any]]], wanted: tuple[Item, Sequence[int]]
) -> list[tuple[int, _Done]]:
    run, tasks = state
    item, numbers = wanted
    with run.reading_once():
        return [
            (number, _noted(task.work, task.values, task.settled, (run, run), item))
            for number in numbers
            for task in (tasks[number],)
        ]


def _keep(cache: Cache, facts: Facts, key: str, done: _Done) -> None:
    facts.forget(done.trace)
    facts.take_uses(done.used)
    cache.take(done.fresh)
    if done.kept is not None:
        cache.keep(key, done.trace, done.kept)


def _done(work: Callable[[State, Item], Result], states: tuple[Run, State], item: Item) -> Result:
    """Do some work that reads no file twice."""
    run, state = states
    with run.reading_once():
        return work(state, item)


def _noted(
    work: Callable[[State, Item], Result],
    values: Values,
    settled: Callable[[Result], Result | None],
    states: tuple[Run, State],
    item: Item,
) -> _Done:
    """Do some work and note what it rests on."""
    run, _ = states
    with run.facts.noting_uses() as used, run.facts.noting() as note:
        result = _done(work, states, item)
    kept = None if note.fleeting else settled(result)
    return _Done(
        result,
        note.asked,
        None if kept is None else values.write(kept),
        run.cache.fresh() if run.cache else {},
        used if run.dry else {},
    )


def derived(run: Run, kind: str, key: str, compute: Callable[[], Result]) -> Result:
    """Something that is found out about a part of a project, as JSON has it; asked once a run."""
    known = run.derived
    if (kind, key) not in known:
        with run.facts.unnoted():
            known[kind, key] = _derived(run, kind, key, compute)
    return known[kind, key]  # type: ignore[return-value]


def _derived(run: Run, kind: str, key: str, compute: Callable[[], object]) -> object:
    if run.cache is None:
        return compute()
    name = run.cache.key(kind, key)
    entry = run.cache.entries([name]).get(name)
    if entry and run.facts.holds(entry[0]):
        return json.loads(entry[1])
    with run.facts.noting() as note:
        value = compute()
    if not note.fleeting:
        run.cache.keep(name, note.asked, json.dumps(value).encode())
    return value
