"""Hands requests to the provider, several at a time, and pages to the disk as they are done."""

from __future__ import annotations

import time
from collections import Counter, deque
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import replace
from threading import Thread
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.translate.counting import words_of
from toolkit.commands.translate.providers.provider import ProviderError, UnansweredError
from toolkit.commands.translate.value import Drafted, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.commands.translate.answers import Answers
    from toolkit.commands.translate.page_work import Finished, PageWork
    from toolkit.commands.translate.providers.provider import Answer, Provider, Request
    from toolkit.commands.translate.value import Step, TranslateOptions
    from toolkit.project.store import Run

_FAILURES = 3
"""Requests in a row without an answer after which nobody is asked any more."""
_MINUTE = 60.0


def _asked(provider: Provider, requests: tuple[Request, ...]) -> Future[list[Answer]]:
    """Ask in a thread that nobody waits for who interrupts the run."""
    future: Future[list[Answer]] = Future()

    def ask() -> None:
        try:
            future.set_result(provider.translate(requests))
        except BaseException as error:  # noqa: BLE001 - the one who waits is told
            future.set_exception(error)

    Thread(target=ask, daemon=True).start()
    return future


class _Batch(NamedTuple):
    """Messages of a page that go out together."""

    work: PageWork
    requests: tuple[Request, ...]


class Desk:
    """Works through pages; everything but the provider's own work happens in one thread."""

    def __init__(
        self,
        run: Run,
        provider: Provider | None,
        answers: Answers | None,
        options: TranslateOptions,
        step: Step,
    ) -> None:
        self._settings = run.project.settings.machine
        self._provider = provider
        self._answers = answers
        self._options = options
        self._budget = options.budget
        self._step = step
        self._queue: deque[_Batch] = deque()
        self._failures = 0
        self._stopped = False
        self._next_start = 0.0
        self._result = Drafted()
        self._counts: Counter[str] = Counter()
        self._causes: Counter[str] = Counter()

    def work(self, works: Iterator[PageWork]) -> Drafted:
        """Work through pages; returns what came of them."""
        pending: dict[Future[list[Answer]], _Batch] = {}
        while self._fill(works, pending):
            done, _ = wait(pending, return_when=FIRST_COMPLETED)
            for future in done:
                self._receive(pending.pop(future), future)
        if self._answers and not self._stopped and self._options.pages is None:
            self._answers.clear(self._options.locales)
        return replace(
            self._result,
            drafted=tuple(self._counts.items()),
            causes=tuple(f"{text} ({times}×)" for text, times in self._causes.items()),
        )

    def _fill(self, works: Iterator[PageWork], pending: dict[Future[list[Answer]], _Batch]) -> bool:
        """Keep the provider busy; whether there is anything to wait for."""
        while len(pending) < self._settings.concurrency:
            if not self._queue and not self._take_in(works):
                break
            batch = self._queue.popleft() if self._queue else None
            if batch and self._provider and not self._stopped:
                self._keep_pace()
                pending[_asked(self._provider, batch.requests)] = batch
            elif batch:
                self._set_aside(batch, Lack.UNANSWERED)
        return bool(pending)

    def _take_in(self, works: Iterator[PageWork]) -> bool:
        """Start the next page; whether there was one."""
        work = next(works, None)
        if work is None:
            return False
        if self._provider is None:
            self._end(work)
        else:
            self._ask(work, work.requests())
        return True

    def _ask(self, work: PageWork, requests: list[Request]) -> None:
        """Queue requests that have no answer yet, as far as the budget goes."""
        unknown: list[Request] = []
        work.asked += requests
        for request in requests:
            known = self._answers.of(request) if self._answers else None
            if known:
                work.take(request, known)
            elif self._affords(work, request):
                unknown.append(request)
            else:
                work.give_up(request, Lack.OVER_BUDGET)
        size = self._provider.most if self._provider else 1
        batches = [tuple(unknown[at : at + size]) for at in range(0, len(unknown), size)]
        self._queue += (_Batch(work, batch) for batch in batches)
        work.waiting += len(unknown)
        if not work.waiting:
            self._judge(work)

    def _affords(self, work: PageWork, request: Request) -> bool:
        words = words_of(work.task.page, request.text)
        if self._budget is not None and self._result.words + words > self._budget:
            return False
        self._result = replace(self._result, words=self._result.words + words)
        return True

    def _keep_pace(self) -> None:
        """Wait as long as the number of requests in a minute asks for."""
        rate = self._settings.requests_per_minute
        self._result = replace(self._result, requests=self._result.requests + 1)
        if rate:
            now = time.monotonic()
            time.sleep(max(0.0, self._next_start - now))
            self._next_start = max(now, self._next_start) + _MINUTE / rate

    def _receive(self, batch: _Batch, future: Future[list[Answer]]) -> None:
        try:
            answers = future.result()
        except UnansweredError as error:
            self._failures += 1
            self._stopped = self._stopped or self._failures >= _FAILURES
            self._set_aside(batch, Lack.UNANSWERED, self._cause(error))
            return
        except ProviderError as error:
            self._stopped = True
            self._set_aside(batch, Lack.UNANSWERED, self._cause(error))
            return
        self._failures = 0
        for request, answer in zip(batch.requests, answers, strict=True):
            if self._answers:
                self._answers.keep(request, answer)
            batch.work.take(request, answer)
        self._settle(batch)

    def _cause(self, error: ProviderError) -> str:
        text = str(error.problems[0])
        self._causes[text] += 1
        return error.problems[0].text

    def _set_aside(self, batch: _Batch, lack: Lack, reason: str = "") -> None:
        for request in batch.requests:
            batch.work.give_up(request, lack, reason)
        self._settle(batch)

    def _settle(self, batch: _Batch) -> None:
        batch.work.waiting -= len(batch.requests)
        if not batch.work.waiting:
            self._judge(batch.work)

    def _judge(self, work: PageWork) -> None:
        """Judge a page whose answers are all there: ask again, or save it."""
        provider = self._provider
        again = work.judged(provider.name, in_order=provider.gives_markdown) if provider else []
        if again and not self._stopped:
            self._ask(work, again)
        else:
            self._end(work)

    def _end(self, work: PageWork) -> None:
        finished = work.finished()
        if self._answers and not finished.problems and not self._stopped:
            self._answers.forget(work.asked)
        self._add(finished)
        self._step(len(work.task.wanted))

    def _add(self, finished: Finished) -> None:
        saved = (finished.saved,) if finished.saved else ()
        self._counts.update(finished.drafted)
        self._result = replace(
            self._result,
            files=(*self._result.files, *saved),
            undone=(*self._result.undone, *finished.undone),
            problems=(*self._result.problems, *finished.problems),
        )
