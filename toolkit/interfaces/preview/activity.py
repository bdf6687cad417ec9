"""Whether somebody asks for something, so that work in the background can wait."""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Self

if TYPE_CHECKING:
    from types import TracebackType

_QUIET = 0.4
"""Seconds after an answer in which the next request is likely."""
_LONGEST = 5.0
"""Seconds that work waits at most, so that it goes on however busy somebody is."""
_STEP = 0.05


class Activity:
    """The requests that are answered now; a context for each."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._running = 0
        self._last = 0.0

    def __enter__(self) -> Self:
        self._count(1)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._count(-1)

    def _count(self, step: int) -> None:
        with self._lock:
            self._running += step
            self._last = time.monotonic()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is asked for, and nothing was just now."""
        return not self._running and time.monotonic() - self._last >= _QUIET

    def wait_for_quiet(self, stopped: threading.Event) -> None:
        """Wait for a quiet moment, until something else ends or it took too long."""
        end = time.monotonic() + _LONGEST
        while not self.is_quiet and time.monotonic() < end:
            if stopped.wait(_STEP):
                return
