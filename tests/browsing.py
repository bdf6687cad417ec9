"""Debian's Chromium, driven by Playwright."""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PATIENCE = 60_000
"""Milliseconds that a test waits for a state: as long as a loaded machine may take."""
CHROMIUM = os.environ.get("YIBEN_CHROMIUM") or shutil.which("chromium") or ""


@contextmanager
def browser(*args: str) -> Iterator[Any]:
    """A browser without a window; the test is skipped where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs Playwright")
    if not CHROMIUM:
        pytest.skip("needs Chromium")
    with sync_api.sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=list(args))
        yield running
        running.close()


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a server that gives the files of a folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


def eventually(holds: Callable[[], bool]) -> bool:
    """Whether something becomes true while a test has patience."""
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def go(page: Any, address: str) -> None:
    """Go to a place of the preview's interface, and wait until it is shown."""
    if page.url == address:
        return
    page.goto(address)
    place = "#" + address.partition("#")[2] if "#" in address else ""
    page.wait_for_selector(f'main[data-shown="{place}"]')


_AXE = Path(__file__).parents[1] / ".ci/browser/node_modules/axe-core/axe.min.js"
_RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"


def violations(page: Any) -> list[tuple[str, list[str]]]:
    """What axe finds in a document, frames aside."""
    if not _AXE.exists():
        pytest.skip("needs axe-core: bash .ci/run peers")
    page.add_script_tag(path=str(_AXE))
    found = page.evaluate(
        f"async () => (await axe.run({{exclude: ['iframe']}}, {_RULES})).violations"
    )
    return [(one["id"], [node["html"][:90] for node in one["nodes"]]) for one in found]
