"""Measure the completeness of a translation, in units and in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.catalogs.machine_marks import is_machine_made
from toolkit.language.characters import EAST_ASIAN, ONE_BY_ONE
from toolkit.model.expressions import late

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

    from toolkit.model.catalog import Catalog, Message, MessageKey
    from toolkit.model.units import Unit

_WORD = late(rf"[{ONE_BY_ONE}]|[^\W_{EAST_ASIAN}]+(?:['’.-][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Amount:
    """Some units and the words of their source texts."""

    units: int = 0
    words: int = 0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.units + other.units, self.words + other.words)


@dataclass(frozen=True, slots=True)
class Count:
    """The units of a page or project by the state of their translation."""

    translated: Amount = Amount()
    fuzzy: Amount = Amount()
    untranslated: Amount = Amount()
    machine: Amount = Amount()
    """The translated ones that a machine made and nobody has changed."""

    def __add__(self, other: Count) -> Count:
        return Count(
            self.translated + other.translated,
            self.fuzzy + other.fuzzy,
            self.untranslated + other.untranslated,
            self.machine + other.machine,
        )

    @property
    def total(self) -> Amount:
        """All units."""
        return self.translated + self.fuzzy + self.untranslated

    @property
    def complete(self) -> float:
        """Percent of the words that are translated; 100 where there are none."""
        words = self.total.words
        return 100.0 * self.translated.words / words if words else 100.0

    @property
    def by_machine(self) -> float:
        """Percent of the words that are a machine's, as it gave them."""
        words = self.total.words
        return 100.0 * self.machine.words / words if words else 0.0


def count_words(text: str, wordless: re.Pattern[str]) -> int:
    """The words of a text without its code, targets and tags.

    A Han or kana character and a Hangul syllable count as one word each, as word processors and
    `pocount` have it; elsewhere a word is a run of letters and digits.
    """
    return len(_WORD.findall(wordless.sub(" ", text)))


def count_units(units: Iterable[Unit], catalog: Catalog, wordless: re.Pattern[str]) -> Count:
    """The units of a page by what `catalog` says of them."""
    return count_among(units, live_messages(catalog), wordless)


def live_messages(catalog: Catalog) -> dict[MessageKey, Message]:
    """Return the messages of a catalog that are not obsolete, by their context and text."""
    return {message.key: message for message in catalog.messages if not message.obsolete}


def count_among(
    units: Iterable[Unit], messages: Mapping[MessageKey, Message], wordless: re.Pattern[str]
) -> Count:
    """Count a page's units by the states of some messages, which many pages may share."""
    total = Count()
    for unit in units:
        amount = Amount(1, count_words(unit.text, wordless))
        message = messages.get((unit.context, unit.text))
        if message and message.translated:
            machine = amount if is_machine_made(message) else Amount()
            total += Count(translated=amount, machine=machine)
        elif message and message.fuzzy and message.string:
            total += Count(fuzzy=amount)
        else:
            total += Count(untranslated=amount)
    return total
