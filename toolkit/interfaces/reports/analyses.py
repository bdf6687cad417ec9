"""An analysis of what there is to translate, as a table, CSV, JSON and Markdown."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from toolkit.commands.analysis import Band, total_of
from toolkit.interfaces.reports.json_texts import json_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.commands.analysis import Analysis, Bands

_TOTAL = "total"


def _rows(analysis: Analysis) -> Iterator[list[str]]:
    """The words of each band by page, with the totals of each locale."""
    priced = bool(analysis.prices)
    price = f"price {analysis.currency}".strip()
    yield ["locale", "page", *Band, _TOTAL, "han", *([price] if priced else [])]
    for tag, pages in analysis.pages.items():
        for page, bands in (*pages.items(), (_TOTAL, total_of(list(pages.values())))):
            cost = [f"{analysis.price(bands):.2f}"] if priced else []
            yield [tag, page, *_words(bands), *cost]


def _words(bands: Bands) -> list[str]:
    volumes = [bands[band] for band in Band]
    numbers = [one.words for one in volumes]
    return [*map(str, numbers), str(sum(numbers)), str(sum(one.han for one in volumes))]


def as_text(analysis: Analysis) -> str:
    """A table with aligned columns."""
    rows = list(_rows(analysis))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place < 2 else cell.rjust(width)  # noqa: PLR2004 - names first
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def as_markdown(analysis: Analysis) -> str:
    """A pipe table."""
    head, *rows = _rows(analysis)
    rule = ["---", "---", *["--:"] * (len(head) - 2)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))


def as_csv(analysis: Analysis) -> str:
    """Rows for a spreadsheet."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(_rows(analysis))
    return text.getvalue().rstrip("\n")


def as_json(analysis: Analysis) -> str:
    """Messages, words and Han characters of each band, by locale and page."""
    data = {
        tag: {
            _TOTAL: _fields(analysis, total_of(list(pages.values()))),
            "pages": {page: _fields(analysis, bands) for page, bands in pages.items()},
        }
        for tag, pages in analysis.pages.items()
    }
    return json_text(data)


def _fields(analysis: Analysis, bands: Bands) -> dict[str, object]:
    found: dict[str, object] = {
        band.value: {"messages": one.messages, "words": one.words, "han": one.han}
        for band, one in bands.items()
    }
    if analysis.prices:
        found["price"] = round(analysis.price(bands), 2)
        found["currency"] = analysis.currency
    return found


ANALYSES: Mapping[str, Callable[[Analysis], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "csv": as_csv,
    "json": as_json,
}
