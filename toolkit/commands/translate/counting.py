"""Count what a run sends, in messages, words, characters and tokens."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import count_words
from toolkit.commands.translate.value import Estimate
from toolkit.language.characters import count_east_asian

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.commands.translate.providers.provider import Request
    from toolkit.model.errors import Problem
    from toolkit.project.machine_settings import MachineSettings
    from toolkit.reading.page import Page

_LETTERS_PER_TOKEN = 4
"""Rule of thumb of the common tokenizers for Latin letters; an East Asian one is a token."""
_FRAME = 120
"""Tokens of the rules that go along with each request."""
_MILLION = 1_000_000


def words_of(page: Page, text: str) -> int:
    """Return how many words a text has, without its code and tags."""
    return count_words(text, page.dialect.wordless)


@dataclass(slots=True)
class Counter:
    """Adds up requests."""

    settings: MachineSettings
    messages: int = 0
    words: int = 0
    characters: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    known: int = 0

    def add(self, request: Request, words: int) -> None:
        """Count a request."""
        around = (request.before, request.behind, *request.trail, *request.notes)
        similar = (text for one in request.similar for text in (one.source, one.translation))
        self.messages += 1
        self.words += words
        self.characters += len(request.text)
        self.tokens_in += _FRAME + sum(map(_tokens, (request.text, *around, *similar)))
        self.tokens_out += _tokens(request.text)

    def estimate(self, problems: Iterable[Problem]) -> Estimate:
        """Return what was counted, and what it costs by the settings' prices."""
        prices = self.settings.prices
        price = sum(
            prices.get(name, 0.0) * amount / _MILLION
            for name, amount in (
                ("characters", self.characters),
                ("input", self.tokens_in),
                ("output", self.tokens_out),
            )
        )
        tokens = self.tokens_in + self.tokens_out
        return Estimate(
            self.messages,
            self.words,
            self.characters,
            tokens,
            price if prices else None,
            self.known,
            tuple(problems),
        )


def _tokens(text: str) -> int:
    wide = count_east_asian(text)
    return wide + (len(text) - wide + _LETTERS_PER_TOKEN - 1) // _LETTERS_PER_TOKEN
