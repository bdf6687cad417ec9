"""The files of the interface, at addresses that change with their content."""

from __future__ import annotations

import functools
import hashlib
import re
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import HTMLResponse, PlainTextResponse, Response

if TYPE_CHECKING:
    from starlette.requests import Request

_TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
_START = "app.js"
_INDEX = "index.html"
_IMPORT = re.compile(r'^import .* from "\./([\w.]+)";', re.MULTILINE)
_KEPT = {"cache-control": "private, max-age=31536000, immutable"}
"""A browser need not ask again for what has another address when it changes."""


@functools.cache
def _contents() -> dict[str, bytes]:
    """All files by their name."""
    folder = files("toolkit.interfaces.preview") / "static"
    return {one.name: one.read_bytes() for one in folder.iterdir() if one.is_file()}


@functools.cache
def version() -> str:
    """Return what names the state of all files."""
    digest = hashlib.sha256()
    for name, data in sorted(_contents().items()):
        digest.update(f"{name} {len(data)} ".encode() + data)
    return digest.hexdigest()[:12]


def text_of(name: str) -> str:
    """Return the text of a file."""
    return _contents()[name].decode("utf-8")


def modules() -> list[str]:
    """Return the modules that the interface is made of, each after the one that imports it."""
    found = [_START]
    for name in found:
        found += [one for one in _IMPORT.findall(text_of(name)) if one not in found]
    return found


@functools.cache
def index_page() -> str:
    """Return the page of the interface.

    It names all modules, and the first answer that they ask for: a browser that finds these out
    from the modules themselves asks for them one after the other.
    """
    links = "".join(f'<link rel="modulepreload" href="/static/{one}">\n' for one in modules())
    page = text_of(_INDEX).replace("</head>", f"{links}</head>")
    return page.replace("/static/", f"/static/{version()}/")


def answer_index(_request: Request) -> Response:
    """Answer with the page of the interface."""
    return HTMLResponse(index_page())


def answer_asset(request: Request) -> Response:
    """Answer with a file of the interface."""
    name = request.path_params["name"]
    kind = _TYPES.get(Path(name).suffix)
    if kind is None or name not in _contents() or request.path_params["version"] != version():
        return PlainTextResponse("no such file", 404)
    return Response(_contents()[name], media_type=kind, headers=_KEPT)
