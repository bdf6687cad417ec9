"""LibreTranslate, with codes as HTML tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.commands.translate.providers.http import Server
from toolkit.commands.translate.providers.xml_answers import answers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.translate.providers.provider import Access, Answer, Request

_URL = "https://libretranslate.com"
_BATCH = 25
_NAMES = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "pt-BR": "pt-BR"}


class LibreTranslate:
    """Asks a server of LibreTranslate."""

    name = "libretranslate"
    gives_markdown = False

    def __init__(self, access: Access) -> None:
        self.most = _BATCH if access.settings.batch == "page" else 1
        self._key = access.key
        self._url = f"{access.settings.url or _URL}/translate"
        self._server = Server(self.name, access, {})

    def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask for the messages of one page together."""
        first = requests[0]
        body: dict[str, Any] = {
            "q": [one.tagged for one in requests],
            "source": _language(first.source),
            "target": _language(first.target),
            "format": "html",
        }
        if self._key:
            body["api_key"] = self._key

        def read(found: Any) -> list[Answer]:  # noqa: ANN401 - JSON
            texts = found["translatedText"]
            return answers_of([texts] if isinstance(texts, str) else texts, requests)

        answers: list[Answer] = self._server.ask(self._url, body, read)
        return answers

    def close(self) -> None:
        """Close all connections."""
        self._server.close()


def _language(tag: str) -> str:
    return _NAMES.get(tag) or tag.partition("-")[0]
