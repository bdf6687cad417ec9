"""A table of bytes in a file that anybody may delete or damage, and several processes may use."""

from __future__ import annotations

import hashlib
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from typing import TypeVar

    Result = TypeVar("Result")

_FORMAT = 2
_TABLE = (
    "CREATE TABLE entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, sum BLOB NOT NULL,"
    " used INTEGER NOT NULL)"
)
_OURS = [("table", "entries", _TABLE), ("index", "sqlite_autoindex_entries_1", None)]
_PATIENCE = 2.0
"""Seconds to wait for another process that writes."""
_HOURS = 3600
_FRESH = 24
"""Hours for which an entry counts as just used, so that reading writes nothing."""
_LIMIT = 512 * 1024 * 1024
_BATCH = 500
"""Keys that are asked for at once; SQLite bounds the variables of a statement."""
_FULLEST = 0.75
"""The share of the limit that is left once it was passed."""


class Database:
    """Values by key, the least recently used of which go when the file becomes too large.

    Whatever is wrong with the file, nothing is raised: a damaged or foreign one is thrown away, one
    that cannot be used is passed by, and `trouble` says why.
    """

    def __init__(self, path: Path, limit: int = _LIMIT) -> None:
        self.trouble = ""
        self._path = path
        self._limit = limit
        self._connection: sqlite3.Connection | None = None
        self._stale: set[str] = set()

    def read(self, keys: Sequence[str]) -> dict[str, bytes]:
        """Return the values of the keys that are there."""
        return self._safely(lambda connection: self._read(connection, keys)) or {}

    def write(self, values: Mapping[str, bytes]) -> None:
        """Put values in, and note which of those that were read are old but in use."""
        if values or self._stale:
            self._safely(lambda connection: self._write(connection, values))

    def clear(self) -> None:
        """Take everything out."""
        self._safely(lambda connection: connection.execute("DELETE FROM entries"))

    def close(self) -> None:
        """Let go of the file; it is opened again when it is needed."""
        if self._connection:
            with suppress(sqlite3.Error):
                self._connection.close()
        self._connection = None

    def _safely(self, work: Callable[[sqlite3.Connection], Result]) -> Result | None:
        """Do some work; a second time with a new file where the first one was damaged."""
        for _ in range(2):
            if self.trouble:
                return None
            try:
                return work(self._opened())
            except sqlite3.OperationalError as error:
                self._pass_by(str(error))
            except (sqlite3.Error, _ForeignError) as error:
                self._throw_away(str(error))
            except (OSError, OverflowError, ValueError) as error:
                self._pass_by(str(error))
        return None

    def _opened(self) -> sqlite3.Connection:
        if self._connection is None:
            self._connection = _connected(self._path)
            _prepare(self._connection)
        return self._connection

    def _pass_by(self, reason: str) -> None:
        self.close()
        self.trouble = f"the cache {self._path} is not used: {reason}"

    def _throw_away(self, reason: str) -> None:
        self.close()
        try:
            # A journal that were left would be played into the next file.
            Path(f"{self._path}-journal").unlink(missing_ok=True)
            self._path.unlink(missing_ok=True)
        except OSError:
            self._pass_by(reason)

    def _read(self, connection: sqlite3.Connection, keys: Sequence[str]) -> dict[str, bytes]:
        found: dict[str, bytes] = {}
        old = _now() - _FRESH
        for start in range(0, len(keys), _BATCH):
            batch = keys[start : start + _BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT key, value, sum, used FROM entries WHERE key IN ({marks})"  # noqa: S608
            for key, value, total, used in connection.execute(query, batch):
                if total != _sum(key, value):
                    raise sqlite3.DatabaseError("an entry is damaged")
                found[key] = value
                if used < old:
                    self._stale.add(key)
        return found

    def _write(self, connection: sqlite3.Connection, values: Mapping[str, bytes]) -> None:
        now = _now()
        connection.execute("BEGIN IMMEDIATE")
        try:
            touched = [(now, key) for key in self._stale]
            connection.executemany("UPDATE entries SET used = ? WHERE key = ?", touched)
            rows = ((key, value, _sum(key, value), now) for key, value in values.items())
            connection.executemany("REPLACE INTO entries VALUES (?, ?, ?, ?)", rows)
            self._bound(connection)
            connection.execute("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
            raise
        self._stale.clear()

    def _bound(self, connection: sqlite3.Connection) -> None:
        """Delete what has not been used for longest where there is too much."""
        if _pages(connection) <= self._limit:
            return
        sizes = "SELECT key, length(value) FROM entries ORDER BY used DESC, key"
        gone = list(_beyond(connection.execute(sizes), self._limit * _FULLEST))
        connection.executemany("DELETE FROM entries WHERE key = ?", gone)


class _ForeignError(Exception):
    """The file is a database, but not one of ours."""


def _connected(path: Path) -> sqlite3.Connection:
    place = f"file:{quote(str(path))}?mode=rwc"
    connection = sqlite3.connect(place, timeout=_PATIENCE, isolation_level=None, uri=True)
    # A schema of somebody else's may do nothing; and what is lost with the power is made again.
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def _prepare(connection: sqlite3.Connection) -> None:
    """Make the table of a new file; raise for a file that somebody else made."""
    if _is_ours(connection):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        if not _is_ours(connection):
            connection.execute(_TABLE)
            connection.execute(f"PRAGMA user_version = {_FORMAT}")
        connection.execute("COMMIT")
    except BaseException:
        with suppress(sqlite3.Error):
            connection.execute("ROLLBACK")
        raise


def _is_ours(connection: sqlite3.Connection) -> bool:
    """Whether a file has our table; `False` for an empty one, an error for another's."""
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    schema = connection.execute("SELECT type, name, sql FROM sqlite_master").fetchall()
    if version == 0 and not schema:
        return False
    if version != _FORMAT or schema != _OURS:
        raise _ForeignError("it is another version's, or another program's")
    return True


def _pages(connection: sqlite3.Connection) -> int:
    """The bytes of the file that are in use."""
    names = ("page_count", "freelist_count", "page_size")
    count, free, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names)
    return int((count - free) * size)


def _beyond(sizes: Iterator[tuple[str, int]], limit: float) -> Iterator[tuple[str]]:
    """The keys of what lies beyond a limit, once what stands in front of it is counted."""
    total = 0
    for key, size in sizes:
        total += size
        if total > limit:
            yield (key,)


def _sum(key: str, value: bytes) -> bytes:
    return hashlib.sha256(key.encode() + value).digest()[:8]


def _now() -> int:
    return int(time.time()) // _HOURS
