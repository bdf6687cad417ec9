"""Work on many parts of a project, on all processors."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from toolkit.project.garbage import collect_seldom
from toolkit.project.sealing import is_sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import BaseContext
    from multiprocessing.process import BaseProcess

Progress = Callable[[Sequence[Any]], Iterable[Any]]
"""Passes on what it is given, and may show how far that has come."""

_WORTH_A_PROCESS = 48
"""Domains from which on a second process saves more than it takes to start."""
_CHUNK = 8
"""Items that are handed out together."""
State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")


def over(
    state: State,
    task: Callable[[State, Item], Result],
    progress: Progress,
    items: Sequence[Item],
    prepare: Callable[[], object] | None = None,
    *,
    effort: int = 0,
) -> Iterator[Result]:
    """Do `task` with every item; gives the results in order.

    A few items may be as much work as many domains are: as many as `effort` says.

    `state` is what all tasks look at; each process has one, and what it keeps there lasts.
    Items do not touch each other's files, so large projects are spread over the processors;
    `prepare` is called before this process is copied.
    """
    # A process that does one of many tasks leaves the other processors to those.
    workers = 1 if is_sealed() or _worker else _workers(effort or len(items))
    if workers < 2:  # noqa: PLR2004 - one worker is this process
        yield from (task(state, item) for item in progress(items))
        return
    # Small projects need neither threads nor queues.
    from concurrent.futures import ProcessPoolExecutor  # noqa: PLC0415

    if prepare:
        prepare()
    # What a process gets when it starts is copied with it, and once.
    started = (state, task)
    with ProcessPoolExecutor(workers, process_context(), _start_worker, started) as pool:
        try:
            chunk = _chunk(len(items) // workers) if effort else _CHUNK
            results = pool.map(_by_worker, items, chunksize=chunk)
            for _, result in zip(progress(items), results, strict=True):
                yield result
        except BaseException:
            # Whoever interrupts a run does not wait for the rest of it.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _chunk(share: int) -> int:
    """The items to hand out together where some are large, of which each process gets a share."""
    return max(1, min(_CHUNK, share // _CHUNK))


def is_worth_processes(items: int) -> bool:
    """Whether so many items are spread over several processes."""
    return _workers(items) > 1


def _workers(items: int) -> int:
    return min(processors(), items // _WORTH_A_PROCESS + 1)


_worker: list[Any] = []
"""The value that the tasks of a worker process share, and the task, from when it starts."""


def _start_worker(state: object, task: object) -> None:
    # An interrupt from the terminal reaches all processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    end_with_parent()
    collect_seldom()
    _worker[:] = [state, task]


def _by_worker(item: object) -> Any:  # noqa: ANN401 - as the task has it
    state, task = _worker
    return task(state, item)


def end_with_parent() -> None:
    """End this process as soon as the one that started it has been killed.

    It would wait for work for ever, and keep the project locked and its output open.
    """
    from multiprocessing import parent_process  # noqa: PLC0415 - see above
    from threading import Thread  # noqa: PLC0415

    parent = parent_process()
    if parent:
        Thread(target=_end_after, args=(parent,), daemon=True).start()


def _end_after(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)


def is_copied() -> bool:
    """Whether other processes start as copies of this one, with all that it has found out."""
    return sys.platform == "linux"


def process_context() -> BaseContext:
    """The way processes are started: by copying this one where that is safe, which costs least."""
    import multiprocessing  # noqa: PLC0415 - see above

    return multiprocessing.get_context("fork" if is_copied() else None)


def processors() -> int:
    """The number of processors that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
