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
from toolkit.project.project import different_sources

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

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


def export(
    choices: Mapping[Run, frozenset[str] | None], locale: Locale, form: Exchange
) -> Exported:
    """Write the messages of a project, or of its parts, in one of the formats.

    `choices` name the pages of each part, `None` for all. Raises `SettingsError` for parts that
    are written in different languages, where the format has one.
    """
    sources = dict.fromkeys(run.project.settings.source for run in choices)
    if len(sources) > 1 and form is not Exchange.CSV:
        raise different_sources("export", sources)
    found: list[PageUnits] = []
    problems: list[Problem] = []
    for run, pages in choices.items():
        units, unreadable = collected(run, locale, pages)
        found += units
        problems += (one for one in unreadable if one not in problems)
    source = next(iter(sources))
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
    text = "is left out: it has a character that XML cannot hold"
    return Problem(entry.origin, entry.line, 1, text)
