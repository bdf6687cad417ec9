"""The translation memory: what was translated before, from TMX files and PO compendia.

Nothing here reads or writes files.
"""

from __future__ import annotations

from toolkit.catalogs.memory.entries import Entry, entries_of
from toolkit.catalogs.memory.formats import FORMATS, reader_of
from toolkit.catalogs.memory.lookup import Memory
from toolkit.catalogs.memory.tmx import MAX_BYTES, read_tmx, unwritable, write_tmx

__all__ = [
    "FORMATS",
    "MAX_BYTES",
    "Entry",
    "Memory",
    "entries_of",
    "read_tmx",
    "reader_of",
    "unwritable",
    "write_tmx",
]
