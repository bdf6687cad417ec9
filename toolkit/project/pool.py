"""Work on many parts of a project, on all processors."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.context import BaseContext

    from toolkit.project.store import Run

Progress = Callable[[Sequence[Any]], Iterable[Any]]
"""Passes on what it is given, and may show how far that has come."""

_WORTH_A_PROCESS = 48
"""Domains from which on a second process saves more than it takes to start."""
_CHUNK = 8
_GARBAGE_THRESHOLD = 50_000
Item = TypeVar("Item")
Result = TypeVar("Result")


def over(
    run: Run, task: Callable[[Run, Item], Result], progress: Progress, items: Sequence[Item]
) -> Iterator[Result]:
    """Do `task` with every item; gives the results in order.

    Items do not touch each other's files, so large projects are spread over the processors.
    """
    workers = min(processors(), len(items) // _WORTH_A_PROCESS + 1)
    if workers < 2:  # noqa: PLR2004 - one worker is this process
        yield from (task(run, item) for item in progress(items))
        return
    with ProcessPoolExecutor(workers, process_context(), _start_worker, (run,)) as pool:
        try:
            results = pool.map(partial(_by_worker, task), items, chunksize=_CHUNK)
            for _, result in zip(progress(items), results, strict=True):
                yield result
        except BaseException:
            # Whoever interrupts a run does not wait for the rest of it.
            pool.shutdown(wait=False, cancel_futures=True)
            raise


@contextmanager
def seldom_collected() -> Iterator[None]:
    """Let the garbage collector look less often: for a process that is ours alone.

    Pages make no reference cycles; looking for some in them takes a twentieth of the time.
    """
    before, frozen = gc.get_threshold(), gc.get_freeze_count()
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        if not frozen:
            gc.unfreeze()


_worker: list[Run] = []
"""The run of a worker process, made when it starts."""


def spare_garbage_collection() -> None:
    """Make this process look for reference cycles less often.

    Pages make none; looking for some in them takes a twentieth of the time.
    """
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD)


def _start_worker(run: Run) -> None:
    spare_garbage_collection()
    # An interrupt from the terminal reaches all processes; the first one ends the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(_GARBAGE_THRESHOLD)
    _worker[:] = [run]


def _by_worker(task: Callable[[Run, Item], Result], item: Item) -> Result:
    return task(_worker[0], item)


def process_context() -> BaseContext:
    """How processes are started: by copying this one where that is safe, which costs least."""
    return multiprocessing.get_context("fork" if sys.platform == "linux" else None)


def processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
