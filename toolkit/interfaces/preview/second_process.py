"""Renders one side of a large page in a process of its own, while the other side is rendered."""

from __future__ import annotations

import gc
import multiprocessing
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.interfaces.preview.inert import Places
from toolkit.interfaces.preview.memory import give_back
from toolkit.interfaces.preview.rendering import renderer_of
from toolkit.interfaces.preview.tree import rendered
from toolkit.project.pool import end_with_parent

if TYPE_CHECKING:
    from toolkit.interfaces.preview.marks import Markers
    from toolkit.interfaces.preview.rules import Rules
    from toolkit.interfaces.preview.site_yaml_markdown import SiteMarkdown
    from toolkit.interfaces.preview.tree import Rendered

GARBAGE_THRESHOLD = 50_000
"""Objects after which garbage is looked for."""
_IDLE = 5.0
"""Seconds that the process waits for more work."""


@dataclass(frozen=True, slots=True)
class Job:
    """A side of a page that is to be rendered."""

    body: str
    markers: Markers
    page: str
    rules: Rules
    site: SiteMarkdown | None

    def done(self) -> Rendered:
        """Return the HTML of the side."""
        renderer = renderer_of(self.rules, self.site)
        done = rendered(renderer.render(self.body), self.markers, Places(self.page))
        give_back()
        return done


class SecondProcess:
    """A process that is there while there is work for it."""

    def __init__(self) -> None:
        self._pool: ProcessPoolExecutor | None = None
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None

    def done(self, job: Job) -> Rendered:
        """Return what a job gives; done here where the process is not to be had."""
        try:
            with self._lock:
                self._wait_for_more()
                if self._pool is None:
                    context = multiprocessing.get_context("spawn")
                    self._pool = ProcessPoolExecutor(1, context, _start)
                future = self._pool.submit(Job.done, job)
            return future.result()
        except (BrokenProcessPool, OSError, RuntimeError):
            self.end()
            return job.done()

    def end(self) -> None:
        """End the process."""
        with self._lock:
            if self._pool is not None:
                self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None
            if self._timer is not None:
                self._timer.cancel()

    def _wait_for_more(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = threading.Timer(_IDLE, self.end)
        self._timer.daemon = True
        self._timer.start()


def _start() -> None:
    end_with_parent()
    gc.set_threshold(GARBAGE_THRESHOLD)
