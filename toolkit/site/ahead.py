"""Localized pages that other processes make while this one does something else."""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from typing import TYPE_CHECKING, Any

from toolkit.project.pool import end_with_parent, process_context, processors

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future

_WORTH_A_PROCESS = 60
"""Items from which on a second process saves more than it takes to start."""


class Ahead:
    """Makes what will be asked for, in the order in which that is likely to happen."""

    def __init__(self, make: Callable[[str], Any], names: Sequence[str], each: int) -> None:
        self._futures: dict[str, Future[Any]] = {}
        self._pool: ProcessPoolExecutor | None = None
        workers = min(max(processors() - 1, 1), len(names) * each // _WORTH_A_PROCESS)
        if workers and processors() > 1:
            self._pool = ProcessPoolExecutor(workers, process_context(), _start_worker, (make,))
            self._futures = {name: self._pool.submit(_made_by_worker, name) for name in names}

    def take(self, name: str) -> Any:  # noqa: ANN401 - whatever is made
        """Return what was made of an item; `None` where no other process has begun to make it."""
        future = self._futures.pop(name, None)
        return None if future is None or future.cancel() else future.result()

    def close(self) -> None:
        """Let go of the processes."""
        self._futures = {}
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None


_worker: list[Callable[[str], Any]] = []
"""The value with which a worker process makes its items."""


def _start_worker(make: Callable[[str], Any]) -> None:
    end_with_parent()
    _worker[:] = [make]


def _made_by_worker(name: str) -> Any:  # noqa: ANN401 - whatever is made
    return _worker[0](name)
