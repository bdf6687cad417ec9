"""Count the texts to translate by how much of them is known already: the figures of an offer."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import count_words
from toolkit.commands.update.memories import remembered, whole_memory
from toolkit.language.scripts import letters_of
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.model.toml import read_toml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.catalogs.memory import Memory
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run
    from toolkit.reading.page import Page


class Band(StrEnum):
    """The share of a text that was translated before."""

    REPETITION = "repetitions"
    """The same text stands before it, on this page or another."""
    EXACT = "exact"
    """The same text is translated, on another page or in a memory."""
    HIGH = "95-99"
    MIDDLE = "85-94"
    LOW = "75-84"
    NEW = "new"


_LEAST = {Band.HIGH: 0.95, Band.MIDDLE: 0.85, Band.LOW: 0.75}
CURRENCY = "currency"


@dataclass(frozen=True, slots=True)
class Volume:
    """Some messages: how many, their words, and the Han characters among these."""

    messages: int = 0
    words: int = 0
    han: int = 0

    def __add__(self, other: Volume) -> Volume:
        return Volume(
            self.messages + other.messages, self.words + other.words, self.han + other.han
        )


Bands = dict[Band, Volume]


@dataclass(frozen=True, slots=True)
class Analysis:
    """The untranslated and fuzzy messages of a project by band."""

    pages: Mapping[str, Mapping[str, Bands]]
    """The counts by locale tag and page."""
    prices: Mapping[str, float] = field(default_factory=dict)
    """Prices of a word by band; empty where none were given."""
    currency: str = ""
    problems: tuple[Problem, ...] = ()

    def price(self, bands: Mapping[Band, Volume]) -> float:
        """Return what the words of some bands cost."""
        return sum(self.prices.get(band, 0.0) * volume.words for band, volume in bands.items())


def total_of(parts: Sequence[Bands]) -> Bands:
    """Add bands up."""
    return {band: sum((one[band] for one in parts), Volume()) for band in Band}


def analyse(run: Run, locales: Sequence[Locale]) -> Analysis:
    """Sort what is not translated into bands, page by page in order."""
    domains, unfollowed = run.domains()
    problems: list[Problem] = list(unfollowed)
    found: dict[str, dict[str, Bands]] = {}
    for locale in locales:
        memory = _memory(run, locale, problems)
        seen: set[str] = set()
        found[locale.tag] = {}
        for domain, names in domains:
            pages, unreadable = run.pages(names)
            problems += (one for one in unreadable if one not in problems)
            catalog = _catalog(run, run.project.catalog_name(domain, locale), problems)
            for page in run.pages_in(pages, locale):
                bands = _bands(page, catalog, memory, seen)
                found[locale.tag][page.document.path] = bands
    return Analysis(found, problems=tuple(problems))


def _bands(page: Page, catalog: Catalog, memory: Memory, seen: set[str]) -> Bands:
    messages = {one.key: one for one in catalog.messages if not one.obsolete}
    bands = dict.fromkeys(Band, Volume())
    for unit in page.units:
        message = messages.get((unit.context, unit.text))
        if message and message.translated:
            continue
        wordless = page.dialect.wordless
        han = letters_of(wordless.sub(" ", unit.text), "Hani")
        band = Band.REPETITION if unit.text in seen else band_of(unit.text, memory)
        seen.add(unit.text)
        bands[band] += Volume(1, count_words(unit.text, wordless), han)
    return bands


def band_of(text: str, memory: Memory) -> Band:
    """Return the band of a text by the most similar one in a memory."""
    if memory.exact(text, None):
        return Band.EXACT
    near = memory.close(text, 1, min(_LEAST.values()))
    likeness = near[0][1] if near else 0.0
    return next((band for band, least in _LEAST.items() if likeness >= least), Band.NEW)


def _memory(run: Run, locale: Locale, problems: list[Problem]) -> Memory:
    files = remembered(run, locale)
    problems += files.problems
    return whole_memory(run, locale, files)


def _catalog(run: Run, name: str, problems: list[Problem]) -> Catalog:
    try:
        return run.catalog(name) or Catalog()
    except ToolkitError as error:
        problems += error.problems
        return Catalog()


def read_prices(name: str, data: bytes) -> tuple[dict[str, float], str]:
    """The prices of a word by band, and their currency, in a TOML file.

    Raises `SettingsError` for anything else.
    """
    _, values = read_toml(name, data)
    currency = values.pop(CURRENCY, "")
    for key, value in values.items():
        if key not in set(Band):
            raise SettingsError(Problem(name, 0, 0, f'unknown "{key}"; write {", ".join(Band)}'))
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            raise SettingsError(
                Problem(name, 0, 0, f'"{key}" is not the price of a word; write a number')
            )
    if not isinstance(currency, str):
        raise SettingsError(Problem(name, 0, 0, '"currency" must be a string such as "EUR"'))
    return {key: float(value) for key, value in values.items()}, currency
