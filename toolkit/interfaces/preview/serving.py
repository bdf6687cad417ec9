"""Runs the preview's server until somebody ends it."""

from __future__ import annotations

import contextlib
import gc
import socket
import sys
import webbrowser
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

import uvicorn

from toolkit.interfaces.preview.application import Server, application
from toolkit.interfaces.preview.memory import share
from toolkit.interfaces.preview.second_process import GARBAGE_THRESHOLD
from toolkit.interfaces.preview.security import Keys
from toolkit.model.errors import Problem, ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.interfaces.preview.workspace import Workspace

_LOOPBACK = "127.0.0.1"
_EVERYWHERE = frozenset({"0.0.0.0", "::"})  # noqa: S104 - only where a user asks for it
_FIRST_PORT, _PORTS = 20_000, 10_000
_GRACE = 1
_TURN = 0.001
"""Seconds that work in the background goes on while an answer waits for its turn."""
_MOST_WAITING = 128
_MOST_HEADERS = 32 * 1024


@dataclass(frozen=True, slots=True)
class ServeOptions:
    """The options of a preview."""

    page: str = ""
    locale: str = ""
    host: str = ""
    port: int = 0
    open_browser: bool = True


def serve(workspace: Workspace, options: ServeOptions, say: Callable[[str], None]) -> None:
    """Serve the preview of a project until it is interrupted, then raise `KeyboardInterrupt`.

    Raises `ToolkitError` for a project that cannot be read and a port that is not to be had.
    """
    host = options.host or _LOOPBACK
    listener = _listener(host, options.port, _usual_port(workspace))
    port = listener.getsockname()[1]
    keys = Keys.of(port, *(_own_addresses() if host in _EVERYWHERE else [_in_address(host)]))
    shown = _LOOPBACK if host in _EVERYWHERE else _in_address(host)
    address = f"http://{shown}:{port}/?token={keys.token}{_fragment(workspace, options)}"
    if host not in {_LOOPBACK, "localhost", "::1"}:
        say(
            f"warning: {host} can be reached from other machines; whoever has the address may write"
        )
    say(f"preview: {address}")
    say("press Ctrl-C to end it")
    server = server_of(workspace, keys)
    # Pages make no reference cycles; looking for some in them takes a good part of the time.
    share()
    gc.freeze()
    gc.set_threshold(GARBAGE_THRESHOLD)
    sys.setswitchinterval(_TURN)
    if options.open_browser:
        with contextlib.suppress(webbrowser.Error):
            webbrowser.open(address)
    server.run(sockets=[listener])


class _EndingServer(uvicorn.Server):
    """A server that ends its endless answers itself when it is to end."""

    def __init__(self, config: uvicorn.Config, end: Callable[[], None]) -> None:
        super().__init__(config)
        self._end = end

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End all answers, and then as any server does."""
        self._end()
        await super().shutdown(sockets)


def server_of(workspace: Workspace, keys: Keys) -> uvicorn.Server:
    """Return the server of a project, not running yet."""
    server = Server(workspace)
    config = uvicorn.Config(
        application(server, keys),
        log_level="error",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE,
        h11_max_incomplete_event_size=_MOST_HEADERS,
        lifespan="on",
    )
    return _EndingServer(config, server.live.end_streams)


def _in_address(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _fragment(workspace: Workspace, options: ServeOptions) -> str:
    """The first view of the interface: a page in a locale, or the overview."""
    if not options.page:
        return ""
    tag = options.locale or workspace.project.settings.targets[0].tag
    return f"#/{tag}/{quote(options.page, safe='')}"


def _usual_port(workspace: Workspace) -> int:
    """A port that is the same each time, so that a browser finds its drafts again."""
    return _FIRST_PORT + int(workspace.digest, 16) % _PORTS


def _listener(host: str, port: int, usual: int) -> socket.socket:
    """A socket at the port that was named, or else at the usual one, or any."""
    try:
        return listener_at(host, port or usual)
    except ProjectError:
        if port:
            raise
        return listener_at(host, 0)


def listener_at(host: str, port: int) -> socket.socket:
    """Return a socket that listens; raises `ProjectError` where that cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # asyncio turns Nagle's algorithm off for sockets that name their protocol only; with it the
    # body of each answer waits 40 ms for the browser to confirm the head.
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(_MOST_WAITING)
    except OSError as error:
        listener.close()
        text = f"cannot listen there: {error.strerror or error}; name another --port or --host"
        raise ProjectError(Problem(f"{host}:{port}", 0, 0, text)) from None
    return listener


def _own_addresses() -> list[str]:
    """The names and addresses of this machine."""
    name = socket.gethostname()
    with contextlib.suppress(OSError):
        found = {str(info[4][0]) for info in socket.getaddrinfo(name, None, socket.AF_INET)}
        return [name, *sorted(found)]
    return [name]
