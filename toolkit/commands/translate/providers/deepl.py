"""DeepL (API version 2), with codes as XML tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.commands.translate.providers.http import Server
from toolkit.commands.translate.providers.provider import Answer, ProviderError
from toolkit.commands.translate.providers.xml_answers import answers_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.translate.providers.provider import Access, Request

_URL = "https://api.deepl.com"
_FREE = "https://api-free.deepl.com"
_BATCH = 50
_TARGETS = {"zh-Hans": "ZH-HANS", "zh-Hant": "ZH-HANT", "en": "EN-US", "pt": "PT-PT", "no": "NB"}
"""Targets that DeepL calls otherwise than by their language."""
_REGIONAL = frozenset({"EN-US", "EN-GB", "PT-BR", "PT-PT", "ES-419", "ZH-HANS", "ZH-HANT"})
_FORMALITY = {"formal": "prefer_more", "informal": "prefer_less"}


class DeepL:
    """Asks DeepL."""

    name = "deepl"
    gives_markdown = False

    def __init__(self, access: Access) -> None:
        if not access.key:
            text = 'provider "deepl" needs a key; name its environment variable as machine.key'
            raise ProviderError("machine", text)
        self.most = _BATCH if access.settings.batch == "page" else 1
        public = _FREE if access.key.endswith(":fx") else _URL
        self._url = f"{access.settings.url or public}/v2/translate"
        headers = {"Authorization": f"DeepL-Auth-Key {access.key}"}
        self._server = Server(self.name, access, headers)

    def translate(self, requests: Sequence[Request]) -> list[Answer]:
        """Ask for the messages of one page together."""
        first = requests[0]
        body: dict[str, Any] = {
            "text": [one.tagged for one in requests],
            "source_lang": first.source.partition("-")[0].upper(),
            "target_lang": target_language(first.target),
            "tag_handling": "xml",
            "preserve_formatting": True,
            "context": " › ".join((*first.trail, first.before)).strip(),
        }
        formality = _FORMALITY.get(first.tone.strip().lower())
        if formality:
            body["formality"] = formality

        def read(found: Any) -> list[Answer]:  # noqa: ANN401 - JSON
            return answers_of([one["text"] for one in found["translations"]], requests)

        answers: list[Answer] = self._server.ask(self._url, body, read)
        return answers

    def close(self) -> None:
        """Close all connections."""
        self._server.close()


def target_language(tag: str) -> str:
    """Return the name that DeepL has for a target."""
    if tag.upper() in _REGIONAL:
        return tag.upper()
    language = tag.partition("-")[0]
    return _TARGETS.get(tag) or _TARGETS.get(language) or language.upper()
