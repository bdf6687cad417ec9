"""Apertium's server (APy), with codes as HTML tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.commands.translate.providers.http import Server
from toolkit.commands.translate.providers.provider import ProviderError
from toolkit.commands.translate.providers.xml_answers import answers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.translate.providers.provider import Access, Answer, Request

_FINE = 200


class Apertium:
    """Asks a server of Apertium, one message at a time."""

    name = "apertium"
    gives_markdown = False
    most = 1

    def __init__(self, access: Access) -> None:
        if not access.settings.url:
            raise ProviderError("machine", 'provider "apertium" needs "url" in the settings')
        self._url = f"{access.settings.url}/translate"
        self._server = Server(self.name, access, {})

    def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask for one message."""
        first = requests[0]
        languages = (one.partition("-")[0] for one in (first.source, first.target))
        body = {
            "langpair": "|".join(languages),
            "q": first.tagged,
            "format": "html",
            "markUnknown": "no",
        }

        def read(found: Any) -> list[Answer]:  # noqa: ANN401 - JSON
            if found["responseStatus"] != _FINE:
                raise ValueError(found.get("responseDetails") or found["responseStatus"])
            return answers_of([found["responseData"]["translatedText"]], requests)

        answers: list[Answer] = self._server.ask(self._url, body, read, form=True)
        return answers

    def close(self) -> None:
        """Close all connections."""
        self._server.close()
