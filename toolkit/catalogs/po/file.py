"""A PO file as a value that is edited in place: what does not change keeps its bytes."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po.decoding import is_utf8, without_mark
from toolkit.catalogs.po.manner import Manner, wrap_of
from toolkit.catalogs.po.ordering import ordered
from toolkit.catalogs.po.reading import catalog_of, is_header, read
from toolkit.catalogs.po.splicing import respelled
from toolkit.catalogs.po.writing import header_message, is_kept, refuse_unwritable, write_catalog
from toolkit.model.lines import line_starts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.catalogs.po.reading import Reading
    from toolkit.model.catalog import Catalog, Message, MessageKey

_HEADER = (None, "")


class Entry(NamedTuple):
    """A message and where it stands in the text of its file."""

    message: Message
    start: int
    """The character that its first comment or keyword starts with."""
    end: int
    """The end of its last line, before the line end."""
    line: int
    """The line it starts in, from 1."""


class _Block(NamedTuple):
    """An entry of the file to be: the message, its text, and the place it had in the old one."""

    message: Message
    text: str
    old: int | None


@dataclass(frozen=True)
class CatalogFile:
    """A template or catalog with its entries and their bytes; without data one to be."""

    path: str
    """Shown in problems only."""
    data: bytes = b""
    written: Catalog | None = field(default=None, repr=False, compare=False)
    """The catalog that the data was written from, where that is known."""

    @classmethod
    def write(cls, path: str, catalog: Catalog, wrap: int = 0) -> CatalogFile:
        """Return a new file for a catalog; raises `CatalogError` for what PO cannot hold."""
        return cls(path, write_catalog(catalog, wrap), catalog)

    @classmethod
    def parse(cls, path: str, data: bytes) -> CatalogFile:
        """Read a file; raises `CatalogError` with every problem found."""
        file = cls(path, data)
        file._reading  # noqa: B018 - reads it
        return file

    @cached_property
    def _reading(self) -> Reading:
        return read(self.path, self.data)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The entries in file order, the header included."""
        text = self._text
        starts = _line_starts(text)
        return tuple(
            Entry(
                message,
                starts[place.first - 1],
                _without_line_end(text, starts[place.last]),
                place.first,
            )
            for message, place in zip(self._reading.messages, self._reading.places, strict=True)
        )

    @property
    def _text(self) -> str:
        return self._reading.decoded.text

    @cached_property
    def catalog(self) -> Catalog:
        """The catalog that the file holds."""
        return catalog_of(self._reading.messages)

    @property
    def has_mark(self) -> bool:
        """Whether a byte order mark stands in front, which gettext's programs refuse."""
        return self._reading.decoded.bom

    @cached_property
    def wrap(self) -> int:
        """The columns that the lines of the file are wrapped at, 0 where they are not."""
        return wrap_of(self.text_of(entry) for entry in self.entries)

    def replace(self, *messages: Message, wrap: int | None = None) -> CatalogFile:
        """Return the file with other messages for those of the same context and text."""
        new = {message.key: message for message in messages}
        changed = tuple(new.get(message.key, message) for message in self.catalog.messages)
        return self.with_catalog(replace(self.catalog, messages=changed), wrap)

    def with_catalog(self, catalog: Catalog, wrap: int | None = None) -> CatalogFile:
        """Return the file that says what `catalog` says.

        Entries whose message does not change are copied, and the parts of an entry that do not;
        the others are written anew with the line ends of the file and, without `wrap`, wrapped as
        its lines are. Entries keep their order, unless the file has the order of its page and the
        page has another one now; new ones stand after what they follow in `catalog`. A byte order
        mark goes, as gettext's programs refuse a file that starts with one.

        Raises `CatalogError` for what PO cannot hold.
        """
        if catalog == self.written:
            return self
        if not self.data:
            return CatalogFile.write(self.path, catalog, wrap or 0)
        if self.has_mark:
            return CatalogFile(self.path, without_mark(self.data)).with_catalog(catalog, wrap)
        kept = self._kept(catalog)
        if tuple(kept) == self._reading.messages and is_utf8(self._reading.decoded.charset):
            return self
        if not self._separable:
            same = catalog == self.catalog
            return self if same else CatalogFile.write(self.path, catalog, wrap or 0)
        blocks = [self._block(one, wrap) for one in ordered(self._reading.messages, kept)]
        refuse_unwritable(catalog, "".join(block.text for block in blocks))
        decoded = self._reading.decoded
        text = self._joined(blocks, self._newline)
        return self if text == decoded.text else CatalogFile(self.path, decoded.encode(text))

    def changes(self, other: CatalogFile) -> int:
        """Count the messages that another version of the file has otherwise, the header aside."""
        return sum(1 for _ in self.differences(other))

    def differences(self, other: CatalogFile) -> Iterator[tuple[Message | None, Message | None]]:
        """Return the messages that differ in another version of the file, as that has them."""
        if other is self:
            return
        mine, theirs = self._messages, other._messages
        for key in dict.fromkeys((*mine, *theirs)):
            pair = mine.get(key), theirs.get(key)
            if pair[0] != pair[1]:
                yield pair

    @cached_property
    def _messages(self) -> Mapping[MessageKey, Message]:
        messages = self._reading.messages
        return {one.key: _without_stops(one) for one in messages if not is_header(one)}

    @cached_property
    def _places(self) -> Mapping[MessageKey, int]:
        return {message.key: place for place, message in enumerate(self._reading.messages)}

    @property
    def _separable(self) -> bool:
        """Whether each entry has lines of its own."""
        return all(one.end < other.start for one, other in pairwise(self.entries))

    def text_of(self, entry: Entry) -> str:
        """Return an entry as it stands in the file."""
        return self._text[entry.start : entry.end]

    def _kept(self, catalog: Catalog) -> list[Message]:
        """The messages the file is to have, the header first."""
        header = self._header(catalog)
        kept = (one for one in catalog.messages if one.key in self._places or is_kept(one))
        return [*([header] if header else ()), *kept]

    def _header(self, catalog: Catalog) -> Message | None:
        """The header as it is to be, its fields spelled as they are where they stay."""
        new = header_message(catalog)
        place = self._places.get(_HEADER)
        if new is None or place is None:
            return new
        old, mine = self._reading.messages[place], self.catalog
        same = dict(zip(mine.header, old.string.removesuffix("\n").split("\n"), strict=True))
        lines = [same.get(field, _header_line(*field)) for field in catalog.header]
        comments = mine.header_comments == catalog.header_comments
        return replace(
            old,
            string=old.string
            if mine.header == catalog.header
            else "".join(f"{one}\n" for one in lines),
            comments=old.comments if comments else new.comments,
            extracted=old.extracted if comments else (),
            flags=old.flags if mine.header_flags == catalog.header_flags else new.flags,
        )

    def _block(self, message: Message, wrap: int | None) -> _Block:
        place = self._places.get(message.key)
        if place is None:
            return _Block(message, self._manner(wrap).entry(message), None)
        entry = self.entries[place]
        text = self.text_of(entry)
        if entry.message != message:
            text = respelled(text, entry.message, message, self._manner(wrap))
        return _Block(message, text, place)

    def _manner(self, wrap: int | None) -> Manner:
        return Manner(self._newline, self.wrap if wrap is None else wrap)

    @cached_property
    def _newline(self) -> str:
        return self._reading.decoded.newline

    def _joined(self, blocks: Sequence[_Block], newline: str) -> str:
        """The text of the file: blocks, and between those that stay neighbours what was there."""
        pieces = [piece for block in self._with_gaps(blocks, newline) for piece in block]
        return "".join(pieces) + self._tail(newline, empty=not blocks)

    def _with_gaps(self, blocks: Sequence[_Block], newline: str) -> Iterator[tuple[str, str]]:
        before: int | None = -1
        for number, block in enumerate(blocks):
            gap = self._gap(block.old) if block.old is not None else ""
            if number == 0:
                gap = gap if block.old == 0 else ""
            elif block.old is None or before is None or block.old != before + 1:
                gap = gap if _is_blank_line(gap) else newline * 2
            yield gap, block.text
            before = block.old

    def _gap(self, place: int) -> str:
        """The gap before an entry: nothing but blank lines, as comments belong to it."""
        start = self.entries[place - 1].end if place else 0
        return self._text[start : self.entries[place].start]

    def _tail(self, newline: str, *, empty: bool) -> str:
        tail = self._text[self.entries[-1].end :] if self.entries else self._text
        if self.entries or empty:
            return tail
        return newline + (newline + tail if tail.strip() else "")


def _without_stops(message: Message) -> Message:
    """The message without the full stops of its extracted comments, which came in version 2."""
    extracted = tuple(line.removesuffix(".") for line in message.extracted)
    return message if extracted == message.extracted else replace(message, extracted=extracted)


def _header_line(key: str, value: str) -> str:
    return f"{key}: {value}" if key else value


def _line_starts(text: str) -> list[int]:
    # The last line may have no end.
    return [*line_starts(text), len(text) + 1]


def _without_line_end(text: str, next_start: int) -> int:
    end = next_start - 1
    return end - 1 if text[end - 1 : end] == "\r" and text[end : end + 1] == "\n" else end


def _is_blank_line(gap: str) -> bool:
    return gap.count("\n") > 1
