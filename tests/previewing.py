"""A preview's server in a thread, and requests to it as a browser or an attacker would send."""

from __future__ import annotations

import http.client
import json
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

from toolkit.interfaces.preview.security import HEADER, Keys
from toolkit.interfaces.preview.serving import listener_at, server_of
from toolkit.interfaces.preview.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

_PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(frozen=True)
class Preview:
    """A running server."""

    root: Path
    port: int
    keys: Keys

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/?token={self.keys.token}"

    def at(self, *parts: object) -> str:
        """The address of a page in the interface, for a browser that has the cookie."""
        return f"http://127.0.0.1:{self.port}/#/{'/'.join(quote(str(p), safe='') for p in parts)}"

    def request(
        self,
        path: str,
        body: Any = None,
        method: str = "",
        raw: bytes | None = None,
        **headers: str | None,
    ) -> Answer:
        """Ask for something; headers that are `None` are left out."""
        sent: dict[str, str | None] = {
            "Host": f"127.0.0.1:{self.port}",
            "Cookie": f"{self.keys.cookie}={self.keys.session}",
            HEADER: "1",
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        data = json.dumps(body).encode() if body is not None else raw
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        connection.putrequest(
            method or ("POST" if data else "GET"), path, skip_host=True, skip_accept_encoding=True
        )
        for name, value in sent.items():
            if value is not None:
                connection.putheader(name, value)
        if data:
            connection.putheader("Content-Length", str(len(data)))
        connection.endheaders(data)
        answer = connection.getresponse()
        found = Answer(answer.status, dict(answer.getheaders()), answer.read())
        connection.close()
        return found

    def read(self, name: str, **values: object) -> Any:
        """What the interface asks the server for."""
        answer = self.request(f"/api/{name}?{urlencode(values)}")
        assert answer.status == 200, answer.body
        return answer.json

    def save(
        self, n: int, text: str, page: str = "a.md", locale: str = "en", **more: Any
    ) -> Answer:
        """Save a translation as the editor does, on what is there now unless `base` is given."""
        unit = self.read("page", locale=locale, page=page)["units"][n]
        base = {"text": unit["target"], "fuzzy": unit["fuzzy"], "comment": unit["comment"]}
        values = {"fuzzy": False, "comment": unit["comment"], "base": base, "text": text, **more}
        values |= {"locale": locale, "page": page, "n": n, "source": unit["source"]}
        return self.request("/api/save", values)


@contextmanager
def serving(root: Path, *, read_only: bool = False, port: int = 0) -> Iterator[Preview]:
    """A preview of the project at `root`."""
    listener = listener_at("127.0.0.1", port)
    port = listener.getsockname()[1]
    keys = Keys.of(port)
    server = server_of(Workspace(root, read_only=read_only), keys)
    thread = threading.Thread(target=server.run, args=([listener],), daemon=True)
    thread.start()
    end = time.monotonic() + _PATIENCE
    while not server.started and time.monotonic() < end:
        time.sleep(0.01)
    assert server.started
    try:
        yield Preview(root, port, keys)
    finally:
        server.should_exit = True
        thread.join(_PATIENCE)
        listener.close()
