"""Informs browsers of what changes on the disk, as soon as it does."""

from __future__ import annotations

import asyncio
import contextlib
import json
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from watchfiles import DefaultFilter, awatch

from toolkit.catalogs.memory import FORMATS
from toolkit.model.errors import ToolkitError
from toolkit.project.finding_files import PAGE_ENDINGS

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable

    from watchfiles import Change

    from toolkit.interfaces.preview.activity import Activity
    from toolkit.interfaces.preview.overview import Overview
    from toolkit.interfaces.preview.workspace import Workspace

_MOST_WAITING = 64
_DEBOUNCE = 80
_STEP = 20
_ENDINGS = (
    *PAGE_ENDINGS,
    ".po",
    ".pot",
    ".toml",
    ".yml",
    ".yaml",
    ".csv",
    ".css",
    *FORMATS,
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg", ".avif")


class _OfProject(DefaultFilter):
    """Files that pages, catalogs and settings are made of, and folders.

    If a folder is renamed, nothing is reported about the files in it.
    """

    def __call__(self, change: Change, path: str) -> bool:
        return super().__call__(change, path) and (
            path.lower().endswith((*_ENDINGS, *_PICTURES)) or _is_folder(path)
        )


def _is_folder(path: str) -> bool:
    """Whether a path is a folder, or may have been one."""
    return Path(path).is_dir() or not (Path(path).suffix or Path(path).exists())


class Live:
    """The browsers that listen, and what is sent to them."""

    def __init__(
        self,
        workspace: Workspace,
        overview: Overview,
        activity: Activity,
        forget: Callable[[], None],
    ) -> None:
        self._workspace = workspace
        self._overview = overview
        self._activity = activity
        self._forget = forget
        self._listeners: set[asyncio.Queue[str | None]] = set()
        self._stopped = threading.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._wanted = asyncio.Event()

    def start(self) -> None:
        """Watch the disk and check the pages from now on."""
        self._tasks = [asyncio.create_task(self._watch()), asyncio.create_task(self._check())]
        self._wanted.set()

    async def stop(self) -> None:
        """End both."""
        self._stopped.set()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def end_streams(self) -> None:
        """End what browsers listen to, as a server waits for that."""
        self._stopped.set()
        for queue in self._listeners:
            while queue.full():
                queue.get_nowait()
            queue.put_nowait(None)

    async def events(self) -> AsyncIterator[str]:
        """Yield what happens, as the data of server-sent events."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_MOST_WAITING)
        self._listeners.add(queue)
        try:
            yield json.dumps({"kind": "hello"})
            while (event := await queue.get()) is not None:
                yield event
        finally:
            self._listeners.discard(queue)

    def publish(self, **event: Any) -> None:  # noqa: ANN401 - JSON
        """Send something to all browsers; one that does not listen misses it."""
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(json.dumps(event))

    async def _watch(self) -> None:
        root = self._workspace.project.root
        watching = awatch(
            root, watch_filter=_OfProject(), debounce=_DEBOUNCE, step=_STEP, recursive=True
        )
        async for changes in watching:
            names = sorted({_below(path, str(root)) for _, path in changes})
            problem = await asyncio.to_thread(self._take_in)
            self.publish(kind="changed", files=names, problem=problem)
            self._wanted.set()

    def _take_in(self) -> str:
        """Read settings again where they changed; what is wrong with them."""
        self._workspace.forget_names()
        try:
            if self._workspace.settings_changed:
                self._workspace.reload()
        except ToolkitError as error:
            return str(error.problems[0])
        finally:
            self._forget()
        return ""

    async def _check(self) -> None:
        """Check pages one after the other whenever something changed, in a thread of its own."""
        loop = asyncio.get_running_loop()

        def tell(page: str, locale: str) -> None:
            event = partial(self.publish, kind="checked", page=page, locale=locale)
            loop.call_soon_threadsafe(event)

        while True:
            await self._wanted.wait()
            self._wanted.clear()
            await asyncio.to_thread(self._check_all, tell)

    def _check_all(self, tell: Callable[[str, str], None]) -> None:
        with contextlib.suppress(ToolkitError):
            self._workspace.warm_up()
        for page, locale in self._overview.check_all(self._stopped, self._activity):
            tell(page, locale)


def _below(path: str, root: str) -> str:
    return path.removeprefix(root).lstrip("/\\").replace("\\", "/")
