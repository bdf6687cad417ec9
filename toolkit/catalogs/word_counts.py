"""Count the words of many versions of catalogs, the same entry once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.po.parts import messages_of, parts_of
from toolkit.catalogs.po.reading import is_header
from toolkit.catalogs.statistics import count_words
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from toolkit.model.catalog import Message, MessageKey

_MOST_ENTRIES = 200_000
"""Speed: entries that are remembered; with more, the earlier ones are forgotten."""


class Words(NamedTuple):
    """The words of some messages: how many are translated, of how many."""

    translated: int = 0
    total: int = 0

    def __add__(self, other: object) -> Words:
        """Add up word by word, not as tuples are."""
        if not isinstance(other, Words):
            return NotImplemented
        return Words(self.translated + other.translated, self.total + other.total)

    @property
    def complete(self) -> float:
        """Percent of the words that are translated; 0 where there are none."""
        return 100.0 * self.translated / self.total if self.total else 0.0


class _Entry(NamedTuple):
    """The message of an entry, and its words; those of a header or an obsolete one are none."""

    key: MessageKey
    words: Words


class WordCounts:
    """Counts the words of catalogs; each message counts as often as its places are named.

    Versions of a catalog have most entries in common. What stands between two blank lines is read
    once, wherever each part is an entry of its own.
    """

    def __init__(self, wordless: re.Pattern[str]) -> None:
        self._wordless = wordless
        self._texts: dict[str, int] = {}
        self._entries: dict[str, _Entry] = {}

    def of_catalog(self, data: bytes) -> Words:
        """Return the words of a catalog's messages; a broken one has none."""
        try:
            entries = self._entries_of(data)
            if entries is None:
                messages = read_catalog("", data).messages
                return sum((self._words(one) for one in messages), Words())
        except ToolkitError:
            return Words()
        if len({one.key for one in entries}) < len(entries):
            return Words()
        return sum((one.words for one in entries), Words())

    def _entries_of(self, data: bytes) -> Sequence[_Entry] | None:
        """Return the entries of a catalog; `None` where it has to be read as a whole."""
        parts = parts_of(data)
        if parts is None:
            return None
        if len(self._entries) > _MOST_ENTRIES:
            self._entries.clear()
        unknown = [part for part in dict.fromkeys(parts) if part not in self._entries]
        messages = messages_of(unknown)
        if messages is None:
            return None
        for part, one in zip(unknown, messages, strict=True):
            self._entries[part] = _Entry(one.key, self._words(one))
        return [self._entries[part] for part in parts]

    def _words(self, message: Message) -> Words:
        if message.obsolete or is_header(message):
            return Words()
        if message.id not in self._texts:
            self._texts[message.id] = count_words(message.id, self._wordless)
        count = self._texts[message.id] * max(1, len(message.references))
        return Words(count if message.translated else 0, count)


def total(parts: Iterable[Words]) -> Words:
    """Add words up."""
    return sum(parts, Words())
