"""Reads the table for reviewers again, as spreadsheets save it."""

from __future__ import annotations

import csv
import io
import re
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from typing import TYPE_CHECKING

from toolkit.commands.exchange.ids import parts_of_id
from toolkit.commands.exchange.sheet import FORMULA
from toolkit.model.catalog import Message
from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_DELIMITERS = ",;\t"
"""The characters that spreadsheets put between cells, depending on the reader's country."""
_ABOVE = re.compile(
    r"(?:[ \t,;]*\r?\n)*(?:\"?sep=[,;\t]\"?[ \t,;]*(?:\r?\n|\Z))?(?:[ \t,;]*\r?\n)*", re.IGNORECASE
)
"""Empty rows above the first one, and Excel's line about the delimiter."""
_NEEDED = ("source", "translation")


def read_sheet(name: str, data: bytes) -> tuple[Message, ...]:
    """Return the messages of a table; raises `CatalogError` where it is none."""
    utf16 = data.startswith((BOM_UTF16_LE, BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise CatalogError(Problem(name, 0, 0, "is not UTF-8; save it as CSV UTF-8")) from None
    above = _ABOVE.match(text)
    start = above.end() if above else 0
    skipped = text.count("\n", 0, start)
    head = text[start:].partition("\n")[0]
    delimiter = max(_DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text[start:], newline=""), delimiter=delimiter, strict=True)
    try:
        reader.fieldnames = [one.strip().lower() for one in reader.fieldnames or ()]
        missing = [one for one in _NEEDED if one not in reader.fieldnames]
        if missing:
            text = f"has no column {' and '.join(missing)}; keep the first row as exported"
            raise CatalogError(Problem(name, skipped + 1, 1, text))
        return tuple(_messages(reader, skipped))
    except csv.Error as error:
        text = f"is not a table: {error}"
        raise CatalogError(Problem(name, skipped + reader.line_num + 1, 1, text)) from None


def _messages(reader: csv.DictReader[str], skipped: int) -> Iterator[Message]:
    for row in reader:
        source, translation = (_text(row.get(one)) for one in _NEEDED)
        state, name = ((row.get(one) or "").strip() for one in ("state", "id"))
        state = state.lower()
        if source and (translation or state == "untranslated"):
            flags = ("fuzzy",) if state == "fuzzy" else ()
            ids = (name,) if parts_of_id(name) else ()
            yield Message(
                source, translation, flags=flags, references=ids, line=skipped + reader.line_num
            )


def _text(cell: str | None) -> str:
    """Return the text of a cell, without the mark that keeps spreadsheets from running it."""
    text = (cell or "").replace("\r\n", "\n").strip(" \t\n")
    return text[1:] if text.startswith("'") and text[1:].startswith(FORMULA) else text
