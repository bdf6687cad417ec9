"""The state of a project as one document: everything in it, without an address outside itself."""

from __future__ import annotations

from html import escape
from importlib.resources import files
from itertools import groupby
from typing import TYPE_CHECKING

from toolkit.commands.status import total_of
from toolkit.interfaces.preview.exported_words import label, policy, scripts, word, words
from toolkit.interfaces.reports.statistics import percent
from toolkit.interfaces.reports.status.chart import chart, date_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.commands.completeness_history import Point
    from toolkit.commands.status import Cell, PageRow, Status
    from toolkit.language.locale import Locale

GENERATOR = '<meta name="generator" content="yiben stats">'
_FEWEST_POINTS = 2
_ALL = 100.0


def status_page(status: Status, title: str) -> str:
    """Return the document about a project, whose name is `title`."""
    pages = sorted(status.pages, key=lambda row: (row.section, row.path))
    heading = word("Translations of {project}", project=title) if title else word("Translations")
    count = words("{count} page", "{count} pages", len(pages))
    day = max((row.changed for row in pages), default=0)
    latest = max((day, *(cell.changed for row in pages for cell in row.cells.values())))
    last = word("last change {date}", date=date_of(latest)) if latest else ""
    when = f" · {last}" if last else ""
    return _document(
        title,
        f"<header><h1>{heading}</h1><p>{count}{when}</p></header>"
        f"<main>{_languages(status.locales, pages)}"
        f"{_history(status.history, status.locales)}"
        f"{_sections(status.locales, pages)}{_pages(status.locales, pages)}</main>",
    )


def _document(title: str, body: str) -> str:
    css = (files("toolkit.interfaces.reports.status") / "status.css").read_text(encoding="utf-8")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{GENERATOR}'
        f'<meta http-equiv="content-security-policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title or 'Translations')}</title><style>{css}</style></head>"
        f"<body>{body}{scripts(body)}</body></html>\n"
    )


def _table(name: str, head: Iterable[str], rows: Iterable[str]) -> str:
    """A table that can be scrolled by the keyboard where it is too wide."""
    cells = "".join(f'<th scope="col">{one}</th>' for one in head)
    return (
        f'<div class="wide" role="region" tabindex="0" {label(name)}><table><thead>'
        f"<tr>{cells}</tr></thead><tbody>{''.join(rows)}</tbody></table></div>"
    )


def _languages(locales: Sequence[Locale], pages: Sequence[PageRow]) -> str:
    head = (
        word("Language"),
        word("Translated"),
        word("Words"),
        word("To translate"),
        word("Outdated"),
        word("Pages behind"),
        word("Errors"),
        word("Warnings"),
        word("Last change"),
    )
    rows = (
        _language(locale, [row for row in pages if locale.tag in row.cells]) for locale in locales
    )
    title = word("Languages")
    return f"<h2>{title}</h2>{_table('Languages', head, rows)}"


def _language(locale: Locale, pages: Sequence[PageRow]) -> str:
    cells = [row.cells[locale.tag] for row in pages]
    total = total_of(cells)
    count = total.count
    behind = sum(one.behind for one in cells)
    share = percent(count)
    figures = (
        f"<td><b>{share}%</b><meter value={share} max=100 aria-hidden=true></meter></td>"
        f"<td>{count.translated.words}/{count.total.words}</td>"
        f"<td>{count.untranslated.words}</td>"
        f"<td{_marked('f', count.fuzzy.words)}>{count.fuzzy.words}</td>"
        f"<td{_marked('f', behind)}>{behind}</td>"
        f"<td{_marked('e', total.errors)}>{total.errors}</td>"
        f"<td{_marked('w', total.warnings)}>{total.warnings}</td>"
        f"<td>{date_of(total.changed) if total.changed else '–'}</td>"
    )
    name = f"<bdi>{escape(locale.own_name)}</bdi> <small>{escape(locale.tag)}</small>"
    return f'<tr><th scope="row">{name}</th>{figures}</tr>'


def _marked(kind: str, number: int) -> str:
    return f" class={kind}" if number else ""


def _history(points: Sequence[Point], locales: Sequence[Locale]) -> str:
    if len(points) < _FEWEST_POINTS:
        return ""
    picture = chart(points, locales, label("Translated words over time"))
    head = (word("Date"), *(escape(one.tag) for one in locales))
    rows = (
        f'<tr><th scope="row">{date_of(point.time)}</th>'
        + "".join(f"<td>{_share(point, one)}</td>" for one in locales)
        + "</tr>"
        for point in points
    )
    table = _table("Translated words over time", head, rows)
    title, same = word("Over time"), word("The same as a table")
    return f"<h2>{title}</h2>{picture}<details><summary>{same}</summary>{table}</details>"


def _share(point: Point, locale: Locale) -> str:
    found = point.words.get(locale.tag)
    return f"{int(found.complete * 10) / 10:.1f}%" if found else "–"


def _sections(locales: Sequence[Locale], pages: Sequence[PageRow]) -> str:
    groups = [(name, list(rows)) for name, rows in groupby(pages, key=lambda row: row.section)]
    if len(groups) < _FEWEST_POINTS:
        return ""
    head = (word("Section"), word("Pages"), *(escape(one.tag) for one in locales))
    rows = (
        f'<tr><th scope="row">{_section(name)}</th><td>{len(rows)}</td>'
        + "".join(_sum_cell(rows, locale) for locale in locales)
        + "</tr>"
        for name, rows in groups
    )
    title = word("Sections")
    return f"<h2>{title}</h2>{_table('Sections', head, rows)}"


def _section(name: str) -> str:
    return f"<bdi>{escape(name)}</bdi>" if name else word("Without a folder")


def _sum_cell(rows: Iterable[PageRow], locale: Locale) -> str:
    cells = [row.cells[locale.tag] for row in rows if locale.tag in row.cells]
    return _cell(total_of(cells), dated=False) if cells else "<td>–</td>"


def _pages(locales: Sequence[Locale], pages: Sequence[PageRow]) -> str:
    marks = (
        ("f", "≈", word("texts that are outdated")),
        ("f", "↓", word("a page that changed later than its catalog")),
        ("e", "✕", word("errors")),
        ("w", "!", word("warnings")),
    )
    legend = " · ".join(f"<span class={kind}>{mark}</span> {text}" for kind, mark, text in marks)
    head = (word("Page"), word("Changed"), *(escape(one.tag) for one in locales))
    table = _table("Pages", head, _page_rows(locales, pages))
    title = word("Pages")
    return f'<h2>{title}</h2><p class="note">{legend}</p>{table}'


def _page_rows(locales: Sequence[Locale], pages: Sequence[PageRow]) -> Iterator[str]:
    for row in pages:
        cells = "".join(
            _cell(row.cells[one.tag], dated=True) if one.tag in row.cells else "<td>–</td>"
            for one in locales
        )
        day = date_of(row.changed) if row.changed else "–"
        changed = f"{day}{_below(_marks(errors=row.errors, warnings=row.warnings))}"
        name = f'<th scope="row"><bdi>{escape(row.path)}</bdi></th>'
        yield f"<tr>{name}<td>{changed}</td>{cells}</tr>\n"


def _cell(cell: Cell, *, dated: bool) -> str:
    """Return a cell: the share that is translated; below it, open work and the last change."""
    outdated = cell.count.fuzzy.units
    shown = _marks(outdated, cell.errors, cell.warnings, behind=cell.behind)
    if dated and cell.changed:
        shown.append(date_of(cell.changed))
    done = " class=d" if cell.count.complete >= _ALL else ""
    return f"<td{done}>{percent(cell.count)}%{_below(shown)}</td>"


def _marks(
    outdated: int = 0, errors: int = 0, warnings: int = 0, *, behind: bool = False
) -> list[str]:
    """The marks that the legend explains, with their numbers."""
    marks = (
        ("f", f"≈{outdated}", outdated),
        ("f", "↓", behind),
        ("e", f"✕{errors}", errors),
        ("w", f"!{warnings}", warnings),
    )
    return [f"<span class={kind}>{mark}</span>" for kind, mark, is_there in marks if is_there]


def _below(marks: Sequence[str]) -> str:
    return f"<small>{' '.join(marks)}</small>" if marks else ""
