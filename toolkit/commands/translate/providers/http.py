"""Requests to a server that may be slow, busy or broken."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import httpx
from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt

from toolkit.commands.translate.providers.provider import UNREADABLE, ProviderError, UnansweredError
from toolkit.language.phrases import shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.commands.translate.providers.provider import Access

_BUSY = frozenset({408, 409, 425, 429})
_LONGEST_PAUSE = 60.0
_LONGEST_WAIT = 300.0
"""Seconds; a server that wants more is asked again in another run."""
_SHOWN = 120


class _RetryError(Exception):
    """A failure that may be gone the next time; `wait` are the seconds that the server asks for."""

    def __init__(self, text: str, wait: float = 0.0) -> None:
        super().__init__(text)
        self.wait = wait


class Server:
    """The server of a provider, asked with JSON; threads may share it."""

    def __init__(self, name: str, access: Access, headers: Mapping[str, str]) -> None:
        settings = access.settings
        self._name = name
        self._key = access.key
        self._tries = settings.tries
        self._pause = settings.pause
        limits = httpx.Limits(max_connections=settings.concurrency)
        # Proxies and certificates of the environment are the machine's own affair.
        self._client = httpx.Client(timeout=settings.timeout, headers=headers, limits=limits)

    def ask(
        self,
        url: str,
        body: Any,  # noqa: ANN401 - JSON
        read: Callable[[Any], Any],
        *,
        form: bool = False,
    ) -> Any:  # noqa: ANN401
        """Send JSON and return what `read` makes of the JSON that comes back.

        With `form`, the fields of a form are sent.

        What fails for a while, and what `read` raises one of `UNREADABLE` for, is tried again, each
        time after a longer pause.
        """
        retrying = Retrying(
            stop=stop_after_attempt(self._tries),
            wait=self._wait,
            retry=retry_if_exception_type(_RetryError),
            reraise=True,
        )
        try:
            return retrying(self._once, url, {"data" if form else "json": body}, read)
        except _RetryError as error:
            raise UnansweredError(self._name, self._without_key(str(error))) from None

    def close(self) -> None:
        """Close all connections."""
        self._client.close()

    def _once(self, url: str, content: dict[str, Any], read: Callable[[Any], Any]) -> Any:  # noqa: ANN401
        try:
            response = self._client.post(url, **content)
        except httpx.TimeoutException:
            raise _RetryError("did not answer in time") from None
        except (httpx.HTTPError, OSError, RuntimeError) as error:
            raise _RetryError(f"cannot be reached: {error or type(error).__name__}") from None
        self._check(response)
        try:
            return read(response.json())
        except UNREADABLE as error:
            kind = response.headers.get("content-type", "").partition(";")[0]
            raise _RetryError(f"gave an answer that cannot be read ({kind}): {error}") from None

    def _check(self, response: httpx.Response) -> None:
        status = response.status_code
        if response.is_success:
            return
        text = shortened(response.text, _SHOWN)
        answer = f"answered {status} {response.reason_phrase}: {text}".rstrip(": ")
        if status in _BUSY or response.is_server_error:
            wait = _seconds(response.headers.get("retry-after", ""))
            if wait <= _LONGEST_WAIT:
                raise _RetryError(answer, wait)
        raise ProviderError(self._name, self._without_key(answer))

    def _wait(self, state: RetryCallState) -> float:
        error = state.outcome.exception() if state.outcome else None
        asked = error.wait if isinstance(error, _RetryError) else 0.0
        own = min(self._pause * 2.0 ** (state.attempt_number - 1), _LONGEST_PAUSE)
        return max(asked, own)

    def _without_key(self, text: str) -> str:
        return text.replace(self._key, "…") if self._key else text


def _seconds(value: str) -> float:
    """The delay that `Retry-After` asks for (RFC 9110, section 10.2.3)."""
    if value.strip().isdecimal():
        return float(value)
    try:
        time = parsedate_to_datetime(value)
    except ValueError:
        return 0.0
    zoned = time if time.tzinfo else time.replace(tzinfo=UTC)
    return max(0.0, (zoned - datetime.now(UTC)).total_seconds())
