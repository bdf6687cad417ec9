"""Hands requests to those who ask the provider, and pages to the disk as they are done."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from toolkit.commands.translate.askers import Askers, Batch
from toolkit.commands.translate.counting import words_of
from toolkit.commands.translate.providers.provider import ProviderError
from toolkit.commands.translate.value import Drafted, Lack

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.commands.translate.answers import Answers
    from toolkit.commands.translate.askers import Outcome
    from toolkit.commands.translate.page_work import Finished, PageWork
    from toolkit.commands.translate.providers.provider import Provider, Request
    from toolkit.commands.translate.value import Step, TranslateOptions, Undone
    from toolkit.model.errors import Problem
    from toolkit.project.store import Run, Saved

_AHEAD = 4
"""The requests that are prepared for each one under way, so that threads are never idle."""


class Desk:
    """Works through pages in one thread, while others ask the provider."""

    def __init__(
        self,
        run: Run,
        provider: Provider,
        answers: Answers,
        options: TranslateOptions,
        step: Step,
    ) -> None:
        settings = run.project.settings.machine
        self._provider = provider
        self._answers = answers
        self._options = options
        self._askers = Askers(provider, answers, settings)
        self._ahead = (_AHEAD + 1) * settings.concurrency
        self._under_way = 0
        self._words = 0
        self._causes: Counter[str] = Counter()
        self._tray = Tray(step)

    def work(self, works: Iterator[PageWork]) -> Drafted:
        """Work through pages; returns what came of them."""
        try:
            while self._fill(works):
                self._receive(self._askers.take())
        finally:
            stopped = self._askers.stopped
            self._askers.stop()
        if not stopped and self._options.pages is None:
            self._answers.clear(self._options.locales)
        causes = tuple(f"{text} ({times}×)" for text, times in self._causes.items())
        return self._tray.drafted(self._words, self._askers.requests, causes)

    def _fill(self, works: Iterator[PageWork]) -> bool:
        """Take in pages until there is enough to ask for; return whether an outcome will come."""
        while self._under_way < self._ahead:
            work = next(works, None)
            if work is None:
                break
            self._ask(work, work.requests())
        return self._under_way > 0

    def _ask(self, work: PageWork, requests: list[Request]) -> None:
        """Queue requests that have no answer yet, as far as the budget goes."""
        unknown: list[Request] = []
        work.asked += requests
        for request in requests:
            known = self._answers.of(request)
            if known:
                work.take(request, known)
            elif self._affords(work, request):
                unknown.append(request)
            else:
                work.give_up(request, Lack.OVER_BUDGET)
        work.waiting += len(unknown)
        for at in range(0, len(unknown), self._provider.most):
            self._under_way += 1
            self._askers.put(Batch(work, tuple(unknown[at : at + self._provider.most])))
        if not work.waiting:
            self._judge(work)

    def _affords(self, work: PageWork, request: Request) -> bool:
        words = words_of(work.task.page, request.text)
        budget = self._options.budget
        if budget is not None and self._words + words > budget:
            return False
        self._words += words
        return True

    def _receive(self, outcome: Outcome) -> None:
        work, requests = outcome.batch
        self._under_way -= 1
        for request, answer in zip(requests, outcome.answers, strict=False):
            work.take(request, answer)
        if not outcome.answers:
            reason = self._cause(outcome.error)
            for request in requests:
                work.give_up(request, Lack.UNANSWERED, reason)
        work.waiting -= len(requests)
        if not work.waiting:
            self._judge(work)

    def _cause(self, error: BaseException | None) -> str:
        """Return why there is no answer; a fault that is not the provider's ends the run."""
        if error is None:
            return ""
        if not isinstance(error, ProviderError):
            raise error
        self._causes[str(error.problems[0])] += 1
        return error.problems[0].text

    def _judge(self, work: PageWork) -> None:
        """Judge a page whose answers are all there: ask again, or save it."""
        again = work.judged(self._provider.name, in_order=self._provider.gives_markdown)
        if again and not self._askers.stopped:
            self._ask(work, again)
        elif not self._tray.put(work).problems and not self._askers.stopped:
            self._answers.forget(work.asked)


class Tray:
    """The pages that are done."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._counts: Counter[str] = Counter()
        self._files: list[Saved] = []
        self._undone: list[Undone] = []
        self._problems: list[Problem] = []

    def put(self, work: PageWork) -> Finished:
        """Save a page."""
        finished = work.finished()
        self._counts.update(finished.drafted)
        self._files += (finished.saved,) if finished.saved else ()
        self._undone += finished.undone
        self._problems += finished.problems
        self._step(len(work.task.wanted))
        return finished

    def drafted(self, words: int = 0, requests: int = 0, causes: tuple[str, ...] = ()) -> Drafted:
        """Return what was done; `words` and `requests` are those that were sent."""
        return Drafted(
            files=tuple(self._files),
            drafted=tuple(self._counts.items()),
            words=words,
            requests=requests,
            undone=tuple(self._undone),
            problems=tuple(self._problems),
            causes=causes,
        )
