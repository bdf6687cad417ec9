"""Writes a table for reviewers: CSV (RFC 4180) as spreadsheets read it."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.commands.exchange.collecting import PageUnits, TransferUnit

_COLUMNS = ("page", "line", "kind", "under", "source", "translation", "state", "notes", "id")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""The characters that start a formula for spreadsheets."""


def write_sheet(pages: Sequence[PageUnits]) -> bytes:
    """Return the messages of pages as rows, with where they stand."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    for page in pages:
        for one in page.units:
            writer.writerow([_cell(value) for value in _row(page.path, one)])
    # Without the mark, spreadsheets take UTF-8 for something else.
    return BOM_UTF8 + text.getvalue().encode("utf-8", "surrogatepass")


def _row(path: str, one: TransferUnit) -> tuple[str, ...]:
    message = one.message
    state = "translated" if message.translated else "fuzzy" if message.string else "untranslated"
    notes = "\n".join((*one.unit.notes, *message.comments))
    trail = " › ".join(one.unit.trail)
    texts = (message.id, message.string, state, notes, one.id)
    return (path, str(one.line), one.unit.detail, trail, *texts)


def _cell(text: str) -> str:
    """A text that no spreadsheet runs."""
    return f"'{text}" if text.startswith(FORMULA) else text
