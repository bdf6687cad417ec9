"""Files for agencies and reviewers: XLIFF, TMX and CSV, by page or for a whole locale."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from toolkit.catalogs.memory import Entry, unwritable, write_tmx
from toolkit.commands.exchange.collecting import collected
from toolkit.commands.exchange.sheet import write_sheet
from toolkit.commands.exchange.xliff1 import write_xliff1
from toolkit.commands.exchange.xliff2 import write_xliff2
from toolkit.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.commands.exchange.collecting import PageUnits
    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


class Exchange(StrEnum):
    """The formats of exported files."""

    XLIFF2 = "xliff2"
    XLIFF1 = "xliff1"
    TMX = "tmx"
    CSV = "csv"


@dataclass(frozen=True, slots=True)
class Exported:
    """The bytes of a file for a locale, and what could not be put into it."""

    data: bytes
    units: int = 0
    problems: tuple[Problem, ...] = ()


def export(run: Run, locale: Locale, pages: frozenset[str] | None, form: Exchange) -> Exported:
    """Write the messages of some pages, or of all, in one of the formats."""
    found, problems = collected(run, locale, pages)
    source = run.project.settings.source
    count = sum(len(one.units) for one in found)
    match form:
        case Exchange.XLIFF2:
            data = write_xliff2(found, source, locale)
        case Exchange.XLIFF1:
            data = write_xliff1(found, source, locale)
        case Exchange.CSV:
            data = write_sheet(found)
        case Exchange.TMX:
            entries = list(_entries(found))
            problems += [_unwritable(one) for one in entries if unwritable(one)]
            return Exported(write_tmx({locale: entries}, source), len(entries), tuple(problems))
    return Exported(data, count, tuple(problems))


def _entries(pages: Sequence[PageUnits]) -> Iterator[Entry]:
    for page in pages:
        for one in page.units:
            message = one.message
            if message.translated and message.id.strip() and message.string.strip():
                yield Entry(message.id, message.string, message.context, page.catalog, message.line)


def _unwritable(entry: Entry) -> Problem:
    text = "has a character that XML cannot hold and is left out"
    return Problem(entry.origin, entry.line, 1, text)
