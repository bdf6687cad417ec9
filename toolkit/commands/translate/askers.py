"""Threads that ask the provider, each the next requests as soon as it has an answer."""

from __future__ import annotations

import time
from queue import SimpleQueue
from threading import Lock, Thread
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.translate.providers.provider import ProviderError, UnansweredError

if TYPE_CHECKING:
    from toolkit.commands.translate.answers import Answers
    from toolkit.commands.translate.page_work import PageWork
    from toolkit.commands.translate.providers.provider import Answer, Provider, Request
    from toolkit.project.machine_settings import MachineSettings

_FAILURES = 3
"""Requests in a row without an answer after which no more are sent."""
_MINUTE = 60.0


class Batch(NamedTuple):
    """Messages of a page that go out together."""

    work: PageWork
    requests: tuple[Request, ...]


class Outcome(NamedTuple):
    """The answers to a batch; none where nobody was asked, or where `error` tells why."""

    batch: Batch
    answers: tuple[Answer, ...] = ()
    error: BaseException | None = None


class Askers:
    """Threads that ask the provider, one for each request that may be under way.

    The thread that got an answer saves it before it passes it on.
    """

    def __init__(self, provider: Provider, answers: Answers, settings: MachineSettings) -> None:
        self.requests = 0
        """Requests that were sent."""
        self.stopped = False
        """Whether no more requests are sent."""
        self._provider = provider
        self._answers = answers
        self._rate = settings.requests_per_minute
        self._lock = Lock()
        self._failures = 0
        self._next_start = 0.0
        self._waiting: SimpleQueue[Batch] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        for _ in range(settings.concurrency):
            # Nobody waits for a request under way when the run is interrupted.
            Thread(target=self._ask_on, daemon=True).start()

    def put(self, batch: Batch) -> None:
        """Have a batch asked for when its turn comes."""
        self._waiting.put(batch)

    def take(self) -> Outcome:
        """Wait for the next outcome; one comes for each batch."""
        return self._outcomes.get()

    def stop(self) -> None:
        """Send no more requests; the outcomes of earlier ones still come."""
        self.stopped = True

    def _ask_on(self) -> None:
        while True:
            batch = self._waiting.get()
            try:
                outcome = Outcome(batch) if self.stopped else self._ask(batch)
            except BaseException as error:  # noqa: BLE001 - raised by the one who takes it
                self.stop()
                outcome = Outcome(batch, error=error)
            self._outcomes.put(outcome)

    def _ask(self, batch: Batch) -> Outcome:
        self._keep_pace()
        try:
            answers = tuple(self._provider.translate(batch.requests))
        except ProviderError as error:
            self._count_failure(error)
            return Outcome(batch, error=error)
        for request, answer in zip(batch.requests, answers, strict=True):
            self._answers.keep(request, answer)
        with self._lock:
            self._failures = 0
        return Outcome(batch, answers)

    def _keep_pace(self) -> None:
        """Wait as long as the number of requests in a minute asks for."""
        with self._lock:
            self.requests += 1
            now = time.monotonic()
            start = max(now, self._next_start)
            if self._rate:
                self._next_start = start + _MINUTE / self._rate
        time.sleep(start - now)

    def _count_failure(self, error: ProviderError) -> None:
        with self._lock:
            self._failures += 1
            if self._failures >= _FAILURES or not isinstance(error, UnansweredError):
                self.stop()
