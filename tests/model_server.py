"""A server on loopback that speaks the protocols of translation providers, well or badly."""

from __future__ import annotations

import json
import re
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_ASKED = re.compile(r"\nTranslate:\n(.*)\Z", re.DOTALL)


class Reply:
    """What a server sends: JSON or raw bytes, a status and headers, after a pause."""

    def __init__(
        self,
        body: Any,
        status: int = 200,
        headers: dict[str, str] | None = None,
        pause: float = 0.0,
    ) -> None:
        self.data = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.status = status
        self.headers = headers or {}
        self.pause = pause


class Server:
    """What was asked, and what is to be answered: `answer(path, body)` gives a reply."""

    def __init__(self, answer: Callable[[str, Any], Reply]) -> None:
        self.answer = answer
        self.asked: list[tuple[str, Any, dict[str, str]]] = []
        self.url = ""


def chat(text: str) -> dict[str, Any]:
    """Return a text as a chat model's answer."""
    return {"choices": [{"message": {"role": "assistant", "content": text}}]}


def asked_text(body: Any) -> str:
    """Return the text that a chat model is asked to translate."""
    found = _ASKED.search("\n" + body["messages"][-1]["content"])
    assert found, body
    return found[1]


class _Quiet(ThreadingHTTPServer):
    """A server that says nothing of clients that hang up."""

    daemon_threads = True

    def handle_error(self, request: object, client_address: object) -> None:
        """Print nothing."""


@contextmanager
def serving(answer: Callable[[str, Any], Reply]) -> Iterator[Server]:
    """Serve answers until the end of the block."""
    server = Server(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        # Head and body go out together; else the second waits 40 ms to be allowed (Nagle).
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            data = self.rfile.read(int(self.headers.get("content-length", "0")))
            form = "form" in self.headers.get("content-type", "")
            body: Any = parse_qs(data.decode()) if form else json.loads(data)
            server.asked.append((self.path, body, dict(self.headers)))
            reply = server.answer(self.path, body)
            time.sleep(reply.pause)
            try:
                self.send_response(reply.status)
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.send_header("content-length", str(len(reply.data)))
                self.end_headers()
                self.wfile.write(reply.data)
            except OSError:
                self.close_connection = True

        def log_message(self, *_words: object) -> None:
            """Print nothing."""

    http = _Quiet(("127.0.0.1", 0), Handler)
    server.url = f"http://127.0.0.1:{http.server_port}"
    thread = threading.Thread(target=http.serve_forever, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
