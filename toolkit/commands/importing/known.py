"""Messages of another catalog or memory, found by the texts of our units."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cached_property
from html import unescape
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.merge.index import Index
from toolkit.catalogs.merge.recutting import recut, spelled
from toolkit.catalogs.merge.retiring import has_translation
from toolkit.commands.importing.lost_marks import with_marks
from toolkit.commands.importing.written_out import with_references, without_targets
from toolkit.reading.segment.joining import joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.model.catalog import Message

_LIKENESS = 0.65
"""The least likeness at which a text lends its translation as fuzzy."""
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BLOCK_MARK = re.compile(
    r"^\s{0,3}(?:#{1,6}|[-*+>]|\d{1,9}[.)])\s{1,99}|\s{1,99}#{1,6}\s{0,99}$|\s{0,99}\{#[^{}]{1,200}\}\s{0,99}$"
)
_MARKS = re.compile(r"[*_`~\s]+")


class Found(NamedTuple):
    """A message for one of ours, and its place among the others."""

    message: Message
    place: int
    lost: tuple[str, ...] = ()
    """The emphasis, links and code of its source that the translation leaves out."""


class Known:
    """The translations of a catalog that was made by another program.

    A text is looked for as it is; then without regard to how its lines are joined; as a part or
    a union of others, which were cut otherwise; without escapes, marks and link targets, as
    programs differ in keeping those; and at last by likeness, as fuzzy. With `verbatim` a
    translation of the very text is taken to the character: the format wraps no lines.
    """

    def __init__(self, messages: Sequence[Message], *, verbatim: bool = False) -> None:
        self._verbatim = verbatim
        usable = [
            (place, one)
            for place, one in enumerate(messages)
            if has_translation(one) and not one.id_plural and one.id
        ]
        self._origins = [place for place, _ in usable]
        self._written = [replace(one, obsolete=False) for _, one in usable]
        self._messages = [replace(one, string=_rejoined(one.string)) for one in self._written]
        self._by_key = self._first((message.context, message.id) for message in self._messages)
        self._by_text = self._first(spelled(message.id) for message in self._messages)
        self._by_words = self._first(_bare(message.id) for message in self._messages)
        self._by_link_texts = self._first(_unlinked(message.id) for message in self._messages)

    def _first(self, keys: Iterable[object]) -> dict[object, int]:
        """The first message of each key that is not fuzzy, or else the first one."""
        found: dict[object, int] = {}
        for number, key in enumerate(keys):
            known = found.setdefault(key, number)
            if self._messages[known].fuzzy and not self._messages[number].fuzzy:
                found[key] = number
        return found

    @cached_property
    def _recut(self) -> dict[str, Message]:
        return dict(recut([one for one in self._written if not one.fuzzy]))

    @cached_property
    def _index(self) -> Index:
        return Index([message.id for message in self._messages])

    @cached_property
    def _by_line(self) -> dict[int, int]:
        lines = (message.line for message in self._messages)
        return dict(zip(lines, self._origins, strict=True))

    def found(self, message: Message) -> Found | None:
        """The translation for a message of ours, as a message of the same text."""
        if self._messages:
            return self._same(message) or self._cut(message) or self._alike(message)
        return None

    def _same(self, message: Message) -> Found | None:
        for table, key in (
            (self._by_key, (message.context, message.id)),
            (self._by_text, spelled(message.id)),
            (self._by_words, _bare(message.id)),
            (self._by_link_texts, _unlinked(message.id)),
        ):
            number = table.get(key)
            if number is not None and (key or table is self._by_key):
                return self._fitted(message, number)
        return None

    def _fitted(self, message: Message, number: int) -> Found:
        """Fit a message's words to ours of the same text; its lines are kept where ours are."""
        near = self._messages[number]
        if self._verbatim and near.id == message.id:
            return Found(_for(message, self._written[number]), self._origins[number])
        if _rejoined(message.id) != message.id:
            near = replace(near, string=self._written[number].string.rstrip("\n"))
        string = with_references(message.id, near.id, near.string)
        restored = with_marks(message.id, near.id, string)
        new = _for(message, replace(near, string=restored.translation))
        return Found(new, self._origins[number], restored.lost)

    def _cut(self, message: Message) -> Found | None:
        part = self._recut.get(spelled(message.id))
        if part is None:
            return None
        part = replace(part, string=_rejoined(part.string))
        return Found(_for(message, part), self._by_line[part.line])

    def _alike(self, message: Message) -> Found | None:
        nearest = self._index.nearest(message.id, _LIKENESS)
        if nearest is None:
            return None
        near = self._messages[nearest[0]]
        fuzzy = near.flags if near.fuzzy else ("fuzzy", *near.flags)
        suggestion = replace(_for(message, near), flags=fuzzy, previous_id=near.id)
        return Found(suggestion, self._origins[nearest[0]])


def _for(message: Message, near: Message) -> Message:
    """Fit a translator's message to ours; its flags are kept but for formats of programs."""
    return replace(
        near,
        id=message.id,
        context=message.context,
        flags=tuple(flag for flag in near.flags if flag == "fuzzy"),
        extracted=(),
        references=(),
    )


def _rejoined(text: str) -> str:
    """A translation with its soft line breaks joined, as our units have them."""
    return joined(text.rstrip("\n").split("\n")) if "\n" in text else text


def _unlinked(text: str) -> str:
    """A text as `_bare` has it, without the targets of links."""
    return _bare(without_targets(text))


def _bare(text: str) -> str:
    """A text without block marks, escapes, emphasis, entities and blanks."""
    text = _BLOCK_MARK.sub("", text.replace("\\\n", "\n"))
    text = _ESCAPE.sub(r"\1", unescape(text))
    return _MARKS.sub("", text).casefold()
