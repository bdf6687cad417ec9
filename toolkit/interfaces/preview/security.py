"""Let only the browser that was given the address speak to the server, from our own pages."""

from __future__ import annotations

import hmac
import secrets
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADER = "x-yiben-preview"
"""Stands in every request that writes; no page of another site can send it unasked."""
MOST_BYTES = 256 * 1024
"""Bytes that a request may bring."""
_MOST_AT_ONCE = 24
_MOST_STREAMS = 8
_SAFE_METHODS = frozenset({"GET", "HEAD"})
_SHELL_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'"
)
FRAME_POLICY = (
    "default-src 'none'; img-src 'self' data:; media-src 'self'; font-src 'self'; "
    "style-src 'self' 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"
)
_HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Keys:
    """The secrets that let a browser in."""

    hosts: frozenset[str]
    """The names by which requests may call this server, with its port."""
    cookie: str
    """The cookie's name; browsers keep cookies by host, not by port."""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    session: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    @classmethod
    def of(cls, port: int, *hosts: str) -> Keys:
        """Return new keys of a server at a port of this machine, and of other names it has."""
        names = {"127.0.0.1", "localhost", "[::1]", *hosts}
        return cls(frozenset(f"{name}:{port}" for name in names), f"yiben-{port}")

    def knows_session(self, headers: Headers) -> bool:
        """Whether a request brings the cookie of this server."""
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.cookie)
        except CookieError:
            return False
        return found is not None and _same(found.value, self.session)

    def knows_token(self, query: bytes) -> bool:
        """Whether an address brings the token of this server."""
        values = parse_qs(query.decode("latin-1")).get("token", [""])
        return _same(values[0], self.token)


def _same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


class Gate:
    """Lets in what may come in, and bounds how much."""

    def __init__(self, app: ASGIApp, keys: Keys) -> None:
        self._app = app
        self._keys = keys
        self._running = 0
        self._streams = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = Headers(scope=scope)
        answer = self._refusal(scope, headers) or self._entrance(scope, headers)
        if answer:
            await answer(scope, receive, _with_headers(send))
            return
        await self._bounded(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> PlainTextResponse | None:
        """The answer to requests from elsewhere."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._keys.hosts:
            return _refuse(
                "this server has a different name; open the address that yiben preview printed"
            )
        origin = headers.get("origin")
        if origin is not None and origin.lower() != f"http://{hosts[0].lower()}":
            return _refuse("requests from other sites are refused")
        site = headers.get("sec-fetch-site", "none")
        if site not in {"same-origin", "none"} and scope["path"] != "/":
            return _refuse("requests from other sites are refused")
        return None if scope["method"] in _SAFE_METHODS else _writing_refusal(scope, headers)

    def _entrance(
        self, scope: Scope, headers: Headers
    ) -> PlainTextResponse | RedirectResponse | None:
        """The cookie for who has the token; a refusal for who has neither."""
        if scope["path"] == "/" and self._keys.knows_token(scope["query_string"]):
            answer = RedirectResponse("/", 303)
            answer.set_cookie(
                self._keys.cookie, self._keys.session, path="/", httponly=True, samesite="strict"
            )
            return answer
        if self._keys.knows_session(headers):
            return None
        return _refuse("open the address that yiben preview printed")

    async def _bounded(self, scope: Scope, receive: Receive, send: Send) -> None:
        stream = scope["path"] == "/events"
        if (self._streams >= _MOST_STREAMS) if stream else (self._running >= _MOST_AT_ONCE):
            answer = PlainTextResponse("too many requests at once", 503)
            await answer(scope, receive, send)
            return
        self._streams += stream
        self._running += not stream
        try:
            await self._app(scope, receive, send)
        finally:
            self._streams -= stream
            self._running -= not stream


def _writing_refusal(scope: Scope, headers: Headers) -> PlainTextResponse | None:
    """The answer to requests that write and lack what our own pages send."""
    if headers.get(HEADER) != "1" or scope["method"] != "POST":
        return _refuse("a request that writes needs POST and the header {HEADER}: 1")
    length = headers.get("content-length", "")
    if not length.isdigit() or "transfer-encoding" in headers:
        return PlainTextResponse("the request has no length", 411)
    if int(length) > MOST_BYTES:
        return PlainTextResponse("the request is too large", 413)
    return None


def _refuse(reason: str) -> PlainTextResponse:
    return PlainTextResponse(f"refused: {reason}\n", 403)


def _with_headers(send: Send) -> Send:
    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers[name] = value
            headers.setdefault("cache-control", "no-store")
            headers.setdefault("content-security-policy", _SHELL_POLICY)
        await send(message)

    return sending
