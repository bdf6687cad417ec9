"""The formats of memories besides PO, by the endings of their files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from posixpath import splitext

from toolkit.catalogs.memory.entries import Entry
from toolkit.catalogs.memory.reading import read_tmx
from toolkit.language.locale import Locale

Reader = Callable[[str, bytes, Locale, Locale], tuple[Entry, ...]]
"""Gives the entries of a file by its name and content, from one locale into another."""
FORMATS: Mapping[str, Reader] = {".tmx": read_tmx}


def reader_of(name: str) -> Reader | None:
    """Return what reads a memory; `None` for a catalog, and for what is no memory."""
    return FORMATS.get(splitext(name)[1].lower())
