"""Records of whole commands: what they printed, and the state of all that this rested on.

Where everything is as it was when a command changed nothing, it would print the same again.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import zlib
from binascii import a2b_base64, b2a_base64
from typing import TYPE_CHECKING, NamedTuple

from toolkit.project.cache.database import Database
from toolkit.project.cache.places import FILE_NAME, folder_at
from toolkit.project.cache.snapshot import Entry, same_states, taken
from toolkit.project.cache.version import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

    from toolkit.project.cache.snapshot import Snapshot

_FORMAT = "2"


class Record(NamedTuple):
    """The end of a command that changed nothing."""

    status: int
    output: list[tuple[int, bytes]]
    """The bytes that were written, each with the number of the stream."""
    snapshot: Snapshot

    def to_bytes(self) -> bytes:
        """Return the record as a text."""
        rows = list(zip(*self.snapshot.values(), strict=True))
        said = [[stream, _packed(data)] for stream, data in self.output]
        return json.dumps([self.status, said, rows]).encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Record:
        """Return what was written; `ValueError` for bytes that are no record."""
        try:
            status, said, rows = json.loads(data)
            output = [(stream, _unpacked(text)) for stream, text in said]
            entries = map(Entry, *rows)
            return cls(status, output, {(one.kind, one.name): one for one in entries})
        except (TypeError, AttributeError, zlib.error) as error:
            raise ValueError(f"not a record: {error}") from None


def _packed(data: bytes) -> str:
    """Output as JSON has it; findings repeat themselves, so that it is soon small."""
    return b2a_base64(zlib.compress(data, 1), newline=False).decode()


def _unpacked(text: str) -> bytes:
    return zlib.decompress(a2b_base64(text, strict_mode=True))


class Looked(NamedTuple):
    """The result of looking for a record."""

    record: Record | None = None
    """The record, if all is as it was."""
    snapshot: Snapshot = {}  # noqa: RUF012 - never changed
    """The states of all that the last such command rested on, as they are now."""


def key_of(words: Iterable[str]) -> str:
    """Name a command, from all that decides what it does but the files: with our own code."""
    code = Code(every=True).listing
    system = (sys.executable, *sys.path, sys.getfilesystemencoding(), os.name)
    return hashlib.sha256(
        "\0".join((_FORMAT, code, *system, *words)).encode("utf-8", "surrogateescape")
    ).hexdigest()


def looked_up(key: str, start: Path, settings: Sequence[str], home: str) -> Looked:
    """Look for the record of a command in the project that a folder lies in.

    `settings` are the names of files that may hold the settings; `home` as `open_cache` has it.
    """
    for root in _roots(start, settings):
        file = folder_at(root, home) / FILE_NAME
        if not file.is_file():
            continue
        database = Database(file)
        found = database.read([key]).get(key)
        looked = _compared(root, found) if found else None
        if looked and looked.record:
            record = looked.record._replace(snapshot=looked.snapshot)
            # The next time, fewer files have to be read.
            database.write({} if record == looked.record else {key: record.to_bytes()})
        database.close()
        if looked:
            return looked
    return Looked()


def _roots(start: Path, settings: Sequence[str]) -> Iterator[Path]:
    for folder in (start, *start.parents):
        if any((folder / name).is_file() for name in settings):
            yield folder


def _compared(root: Path, found: bytes) -> Looked | None:
    try:
        record = Record.from_bytes(found)
    except ValueError:
        return None
    now = taken(str(root), record.snapshot, record.snapshot)
    return Looked(record if same_states(record.snapshot, now) else None, now)
