"""Leverage from elsewhere: the project's other catalogs and its memory files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.catalogs.merge import suggested
from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.likeness import USEFUL
from toolkit.catalogs.merge.offering import best_offer
from toolkit.model.catalog import Message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.catalogs.memory import Entry, Memory

Plain = Sequence[Any]
"""A message as JSON has it: the name of its class, and its fields."""
_ID, _STRING = 1, 2
"""The places of two fields in it."""


def text_of(plain: Plain) -> str:
    """The text that a message translates."""
    return str(plain[_ID])


class Part(NamedTuple):
    """Some translations of a page, as they are kept: `message` makes a message of one."""

    obsolete: bool
    messages: Sequence[Plain]


class Lenders:
    """The translations of other pages: of each text the first one, made when it is taken."""

    def __init__(
        self, parts: Iterable[Part] = (), message: Callable[[Plain], Message] | None = None
    ) -> None:
        self._message = message
        self._first: dict[str, tuple[Plain, bool]] = {}
        """The translation of each text, and whether it is obsolete."""
        self._several: set[str] = set()
        """The texts that pages translate in different words."""
        for part in parts:
            self._add(part)

    def _add(self, part: Part) -> None:
        first, obsolete = self._first, part.obsolete
        for plain in part.messages:
            text = plain[_ID]
            known = first.get(text)
            if known is None:
                first[text] = plain, obsolete
            elif (known[1] or not obsolete) and known[0][_STRING] != plain[_STRING]:
                self._several.add(text)

    @property
    def texts(self) -> Sequence[str]:
        """All texts that are translated."""
        return tuple(self._first)

    def string(self, text: str) -> str:
        """The translation of one of these texts."""
        return str(self._first[text][0][_STRING])

    def taken(self, text: str) -> Message | None:
        """The translation of a text, fuzzy where pages differ."""
        known = self._first.get(text)
        if known is None or self._message is None:
            return None
        message = self._message(known[0])
        if text in self._several:
            return replace(message, flags=("fuzzy", *message.flags))
        return message


class Leverage:
    """The translations of one locale that a page may take from other pages and from memories."""

    def __init__(self, own: Lenders, memory: Memory, *, trusted: bool) -> None:
        self._own = own
        self._memory = memory
        self._trusted = trusted

    def prepare(self, *, alike: bool) -> None:
        """Make the indexes now, for all processes that will share them."""
        self.same(Message(""))
        if alike:
            self._index.prepare()
            self._memory.prepare()

    def same(self, fresh: Message) -> Message | None:
        """The same text; fuzzy where other pages translate it in several ways."""
        same = self._own.taken(fresh.id)
        if same:
            return same
        known = self._memory.exact(fresh.id, fresh.context)
        if known:
            same_place = known.context == fresh.context
            sure = self._trusted and same_place and not known.doubtful
            flags = () if sure else ("fuzzy",)
            return replace(_remembered(known), context=fresh.context, flags=flags)
        return None

    def alike(self, fresh: Message, least: float = 0.0) -> Message | None:
        """A fuzzy message with the translation of the text most like it; our own go first.

        A text that is not more than `least` alike is not given.
        """
        if least >= 1:
            return None
        own = best_offer(self._index, fresh.id, self._pair, least)
        near = self._memory.close(fresh.id, 1, max(USEFUL, least))
        if own and not (near and near[0][1] > own[1]):
            lent = self._own.taken(self._texts[own[0]])
            return suggested(fresh, lent) if lent else None
        if near and near[0][1] > least:
            return suggested(fresh, _remembered(near[0][0]))
        return None

    @cached_property
    def _texts(self) -> Sequence[str]:
        return self._own.texts

    def _pair(self, place: int) -> tuple[str, str]:
        """Return the text and the translation at a place of the index."""
        return self._texts[place], self._own.string(self._texts[place])

    @cached_property
    def _index(self) -> Index:
        return Index(self._texts)


def _remembered(entry: Entry) -> Message:
    """An entry of the memory as a message, which tells where it comes from."""
    comments = (f"from {entry.origin}",) if entry.origin else ()
    return Message(entry.source, entry.translation, context=entry.context, comments=comments)
