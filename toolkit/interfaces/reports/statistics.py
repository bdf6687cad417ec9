"""Completeness as a table, as JSON and as Markdown."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import Count
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.language.phrases import counted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from toolkit.catalogs.statistics import Amount

_TITLES = ("locale", "page", "translated", "fuzzy", "untranslated", "words", "complete")


def _rows(counts: Mapping[str, Mapping[str, Count]]) -> Iterable[tuple[str, ...]]:
    for locale, pages in counts.items():
        for page, count in pages.items():
            yield _row(locale, page, count)
        if len(pages) != 1:
            yield _row(locale, counted(len(pages), "page"), sum(pages.values(), Count()))


def _row(locale: str, page: str, count: Count) -> tuple[str, ...]:
    units = (count.translated.units, count.fuzzy.units, count.untranslated.units)
    words = f"{count.translated.words}/{count.total.words}"
    return (locale, page, *map(str, units), words, f"{percent(count)}%")


def percent(count: Count) -> str:
    """Return the percentage of translated words, rounded down, so that 100 means complete."""
    return f"{int(count.complete * 10) / 10:.1f}"


def as_text(counts: Mapping[str, Mapping[str, Count]]) -> str:
    """A table with aligned columns."""
    rows: list[tuple[str, ...]] = [_TITLES, *_rows(counts)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for row in rows:
        left = [cell.ljust(width) for cell, width in zip(row[:2], widths[:2], strict=True)]
        right = [cell.rjust(width) for cell, width in zip(row[2:], widths[2:], strict=True)]
        lines.append("  ".join((*left, *right)).rstrip())
    return "\n".join(lines)


def as_markdown(counts: Mapping[str, Mapping[str, Count]]) -> str:
    """A pipe table, for a comment or a step summary."""
    rows: list[tuple[str, ...]] = [_TITLES, ("---", "---", *["--:"] * 5), *_rows(counts)]
    return "\n".join(f"| {' | '.join(map(_cell, row))} |" for row in rows)


def _cell(text: str) -> str:
    """A text that no Markdown program takes for more than a cell's words."""
    return re.sub(r"[\\|`*_<\[]", r"\\\g<0>", " ".join(text.split()))


def as_json(counts: Mapping[str, Mapping[str, Count]]) -> str:
    """The totals of each locale and its pages as JSON, in units and words."""
    data = {
        locale: {
            "total": _fields(sum(pages.values(), Count())),
            "pages": {page: _fields(count) for page, count in pages.items()},
        }
        for locale, pages in counts.items()
    }
    return json_text(data)


def _fields(count: Count) -> dict[str, object]:
    def amount(value: Amount) -> dict[str, int]:
        return {"units": value.units, "words": value.words}

    return {
        "translated": amount(count.translated),
        "fuzzy": amount(count.fuzzy),
        "untranslated": amount(count.untranslated),
        "complete": float(percent(count)),
    }


def as_csv(counts: Mapping[str, Mapping[str, Count]]) -> str:
    """A row for each page and locale, in units and words."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for locale, pages in counts.items():
        for page, count in pages.items():
            amounts = (count.translated, count.fuzzy, count.untranslated)
            units, words = [one.units for one in amounts], [one.words for one in amounts]
            writer.writerow((locale, page, *units, *words, percent(count)))
    return out.getvalue().rstrip("\n")


_COLUMNS = (
    *("locale", "page", "translated", "fuzzy", "untranslated"),
    *("translated_words", "fuzzy_words", "untranslated_words", "complete"),
)

REPORTS: Mapping[str, Callable[[Mapping[str, Mapping[str, Count]]], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "csv": as_csv,
}
