"""The table `machine` of the settings: who drafts translations, and how."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.language.locale import locale_of
from toolkit.language.phrases import did_you_mean
from toolkit.model.errors import ToolkitError
from toolkit.model.units import Kind
from toolkit.project.setting_values import (
    KeyedError,
    line_of,
    one_of,
    texts_of,
)
from toolkit.project.text_settings import notice

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FUZZY = "fuzzy"
TRANSLATED = "translated"


class Acceptance(NamedTuple):
    """The state in which drafts enter, by locale and kind; an empty name means all."""

    value: str
    locale: str = ""
    kind: str = ""

    def holds(self, locale: str, kind: str) -> bool:
        """Whether it says something of a locale and kind."""
        return self.locale in {"", locale} and self.kind in {"", kind}


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """The provider that drafts translations, and its options; each field is a key of the table."""

    provider: str = "memory"
    """The provider: `memory`, `openai`, `deepl`, `libretranslate`, `apertium`, `command`, …

    An installed package may bring it.
    """
    url: str = ""
    """The address of the provider's server; empty for its public one."""
    model: str = ""
    """The model that an OpenAI-compatible server is asked for."""
    key: str = ""
    """The name of the environment variable that holds the key."""
    command: tuple[str, ...] = ()
    """The program of the provider `command`, with its arguments."""
    batch: str = "message"
    """`message` for one message a request, `page` for several of one page together."""
    concurrency: int = 4
    """Requests at the same time."""
    requests_per_minute: int = 0
    """Requests in a minute at most; 0 for any number."""
    timeout: float = 60.0
    """Seconds that an answer may take."""
    tries: int = 4
    """The number of times that a request is sent when the server fails."""
    pause: float = 1.0
    """Seconds before the second try; doubled each time, and never shorter than the server asks."""
    retries: int = 2
    """The number of times that an answer that is no use is asked for again."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """Prices of a million `characters`, or of a million `input` and `output` tokens."""
    tone: str | Mapping[str, str] = ""
    """The address of readers, for all locales or by locale: `formal`."""
    instructions: str | Mapping[str, str] = ""
    """Further instructions for a model, for all locales or by locale."""
    accept: tuple[Acceptance, ...] = ()
    """The state in which translations enter: `fuzzy`, or `translated`, also by locale and kind."""

    def accepted_as(self, locale: str, kind: str) -> str:
        """Return how a translation enters: `fuzzy` unless the settings say otherwise."""
        fitting = [rule for rule in self.accept if rule.holds(locale, kind)]
        best = max(fitting, key=lambda rule: bool(rule.locale) + bool(rule.kind), default=None)
        return best.value if best else FUZZY


def machine(value: object) -> MachineSettings:
    """The table as it stands in the settings; raises `ValueError` for what it cannot be."""
    if not isinstance(value, dict):
        raise ValueError('write a table, such as { provider = "deepl" }')  # noqa: TRY004
    known = [item.name for item in fields(MachineSettings)]
    values: dict[str, Any] = {}
    for key, one in value.items():
        if key not in known:
            raise KeyedError(key, ValueError(f'unknown key "{key}"; {did_you_mean(key, known)}'))
        try:
            values[key] = _READERS[key](one)
        except (ToolkitError, ValueError) as error:
            text = error.problems[0].text if isinstance(error, ToolkitError) else str(error)
            raise KeyedError(key, ValueError(f"{key}: {text}")) from None
    return MachineSettings(**values)


def _number(least: float, most: float) -> Callable[[object], float]:
    def read(value: object) -> float:
        number = isinstance(value, int | float) and not isinstance(value, bool)
        if not number or not least <= float(str(value)) <= most:
            raise ValueError(f"write a number from {least:g} to {most:g}")
        return float(str(value))

    return read


def _whole(least: int, most: int) -> Callable[[object], int]:
    def read(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"write a whole number from {least} to {most}")
        return value

    return read


def _url(value: object) -> str:
    url = line_of(value)
    if not re.match(r"https?://[^/\s@]+(?:/|$)", url):
        raise ValueError(
            f'"{url}" is not an address such as "https://example.org/v1", without a key'
        )
    return url.rstrip("/")


def _variable(value: object) -> str:
    name = line_of(value)
    if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_]*", name):
        # The text may be a key; it must not be shown.
        raise ValueError("write the name of the environment variable that holds the key")
    return name


def _prices(value: object) -> Mapping[str, float]:
    names = ("characters", "input", "output")
    if not isinstance(value, dict) or not set(value) <= set(names):
        raise ValueError("write a table of prices per million: characters, or input and output")
    return {name: _number(0, 1e9)(price) for name, price in value.items()}


def _acceptances(value: object) -> tuple[Acceptance, ...]:
    """The state in which translations enter: for all, by locale or kind, or by both."""
    return tuple(_acceptance(value, Acceptance("")))


def _acceptance(value: object, outer: Acceptance) -> list[Acceptance]:
    if not isinstance(value, dict):
        word = one_of(FUZZY, TRANSLATED)(value)
        return [Acceptance(word, outer.locale, outer.kind)]
    found: list[Acceptance] = []
    for key, inner in value.items():
        if key in set(Kind) and not outer.kind:
            place = Acceptance("", outer.locale, key)
        elif not outer.locale:
            place = Acceptance("", locale_of(key).tag, outer.kind)
        else:
            raise ValueError(f'"{key}" is not a kind of text such as "heading" or "table cell"')
        found += _acceptance(inner, place)
    return found


_READERS: Mapping[str, Callable[[object], object]] = {
    "provider": line_of,
    "url": _url,
    "model": line_of,
    "key": _variable,
    "command": texts_of,
    "batch": one_of("message", "page"),
    "concurrency": _whole(1, 64),
    "requests_per_minute": _whole(0, 100_000),
    "timeout": _number(0.1, 3600),
    "tries": _whole(1, 10),
    "pause": _number(0, 600),
    "retries": _whole(0, 10),
    "prices": _prices,
    "tone": notice,
    "instructions": notice,
    "accept": _acceptances,
}
