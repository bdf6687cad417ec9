"""Serves a built site at the path that it is published at, and builds it again after edits."""

from __future__ import annotations

import threading
import time
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from toolkit.model.errors import Problem, ProjectError
from toolkit.project.string_files import string_files
from toolkit.site.published import published_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from toolkit.project.project import Project

_PAUSE = 0.5
"""Seconds between two looks at the files."""


class Changes:
    """The edits of a project's files since they were last asked for.

    They count from the moment of asking, so that a file saved while a site is being built is
    built again.
    """

    def __init__(self, projects: Sequence[Project]) -> None:
        self._projects = projects
        self._seen = self._now()

    def came(self) -> bool:
        """Whether a source, a catalog or a file of settings was written, came or went."""
        before, self._seen = self._seen, self._now()
        return before != self._seen

    def _now(self) -> dict[str, int]:
        return {name: time for project in self._projects for name, time in _times(project)}


def serve_site(
    projects: Sequence[Project],
    folder: Path,
    address: tuple[str, int],
    say: Callable[[str], None],
    again: Callable[[], None],
    changes: Changes,
) -> None:
    """Serve a folder until interrupted; `again` is called when a file of the project changes.

    `projects` are the parts of the project, and `changes` those that came after their files were
    read for the site in `folder`.
    """
    known = next(filter(None, map(published_of, projects)), None)
    base = urlsplit(known.url).path.rstrip("/") if known else ""
    handler = partial(_Handler, base=base, directory=str(folder))
    try:
        server = ThreadingHTTPServer(address, handler)
    except OSError as error:
        place = f"{address[0]}:{address[1]}"
        raise ProjectError(
            Problem(place, 0, 0, f"cannot be used: {error.strerror}; name another --address")
        ) from None
    threading.Thread(target=server.serve_forever, daemon=True).start()
    say(f"site: http://{address[0]}:{server.server_port}{base}/")
    try:
        while True:
            time.sleep(_PAUSE)
            if changes.came():
                again()
    finally:
        server.shutdown()


def _times(project: Project) -> Iterator[tuple[str, int]]:
    """The times at which sources, catalogs and settings were written."""
    settings = project.settings
    pages, _ = project.pages()
    files, _ = project.files()
    strings = string_files(project)
    names = [*project.own_files(), *strings, *map(project.page_name, (*pages, *files))]
    catalogs = (project.root / settings.catalogs).rglob("*.po")
    for path in (*(project.root / name for name in names), *catalogs):
        try:
            yield str(path), path.stat().st_mtime_ns
        except OSError:
            continue


class _Handler(SimpleHTTPRequestHandler):
    """Serves files below a base path without a word."""

    def __init__(self, *words: Any, base: str, **values: Any) -> None:  # noqa: ANN401
        self._base = base
        super().__init__(*words, **values)

    def translate_path(self, path: str) -> str:
        """The file of an address; what is not below the site's own path is not there."""
        if self._base and not path.startswith((f"{self._base}/", f"{self._base}?")):
            return (
                super().translate_path("/\0") if path != self._base else super().translate_path("/")
            )
        return super().translate_path(path[len(self._base) :])

    def do_GET(self) -> None:
        """Lead from the top to the site."""
        if self._base and self.path in {"/", self._base}:
            self.send_response(302)
            self.send_header("Location", f"{self._base}/")
            self.end_headers()
            return
        super().do_GET()

    def log_message(self, *_: object) -> None:
        """Write no line for a request: the address has been printed."""
