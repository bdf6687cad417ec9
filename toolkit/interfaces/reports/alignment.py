"""Two pages side by side, coloured by how certain each pair is: one HTML page, whole in itself."""

from __future__ import annotations

import sys
from bisect import bisect_right
from html import escape
from operator import itemgetter
from typing import TYPE_CHECKING

from toolkit.aligning.verdict import State
from toolkit.interfaces.reports.imports import trouble_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.aligning.pieces import Piece
    from toolkit.aligning.verdict import Verdict
    from toolkit.commands.importing.value import ImportedPage
    from toolkit.language.locale import Locale

_STYLE = """
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif }
body { margin: 1rem auto; max-width: 90rem; padding: 0 1rem }
table { border-collapse: collapse; table-layout: fixed; width: 100%; margin-bottom: 2rem }
td, th { border: 1px solid #8886; padding: .3rem .5rem; text-align: start; vertical-align: top;
  overflow-wrap: anywhere; white-space: pre-wrap }
th:nth-child(2) { width: 9rem }
.translated { background: #2a92 } .fuzzy { background: #e902 }
.kept, .other, .same { background: #4682 }
.doubtful, .foreign, .twice { background: #d502 } .alone { background: #c332 }
small { opacity: .75 } .trouble { color: #c33; font-weight: bold }
""".strip()
_LEGEND = (
    *((state, str(state)) for state in State),
    ("alone", "without partner"),
)


def page_of(imports: Sequence[ImportedPage], locale: Locale) -> str:
    """The alignment of some pages as an HTML page; nothing of their texts acts in it."""
    body = "".join(part for one in imports for part in _section(one, locale))
    legend = " ".join(f'<span class="{name}">&nbsp;{text}&nbsp;</span>' for name, text in _LEGEND)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width">\n'
        '<meta http-equiv="Content-Security-Policy"'
        " content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>yiben import: {escape(locale.tag)}</title>\n<style>\n{_STYLE}\n</style>\n"
        f"</head>\n<body>\n<p>{legend}</p>\n{body}</body>\n</html>\n"
    )


def _section(one: ImportedPage, locale: Locale) -> Iterator[str]:
    yield f"<h2>{escape(one.page)}</h2>\n"
    trouble = trouble_of(one)
    if trouble:
        yield f'<p class="trouble">{escape(trouble)}</p>\n'
    titles = f"<th>{escape(one.page)}</th><th></th><th>{escape(one.translation)}</th>"
    yield f"<table>\n<tr>{titles}</tr>\n"
    yield from map(itemgetter(1), sorted(_rows(one, locale), key=itemgetter(0)))
    yield "</table>\n"


def _rows(one: ImportedPage, locale: Locale) -> Iterator[tuple[int, str]]:
    for verdict in one.verdicts:
        yield verdict.pairing.sources[0].line, _pair(verdict, locale)
    for piece in one.alignment.sources:
        yield piece.line, _row("alone", _cell([piece]), "no translation", "")
    lines = sorted(
        (verdict.pairing.targets[0].line, verdict.pairing.sources[0].line)
        for verdict in one.verdicts
    )
    for piece in one.alignment.targets:
        # It stands after what its neighbour above is the translation of.
        above = bisect_right(lines, (piece.line, sys.maxsize)) - 1
        yield (
            lines[above][1] if above >= 0 else 0,
            _row("alone", "", "left over", _cell([piece], locale)),
        )


def _pair(verdict: Verdict, locale: Locale) -> str:
    pairing = verdict.pairing
    notes = "".join(f"\n<small>{escape(reason)}</small>" for reason in verdict.reasons)
    middle = f"{verdict.state} · {int(100 * pairing.certainty)}%{notes}"
    return _row(verdict.state, _cell(pairing.sources), middle, _cell(pairing.targets, locale))


def _row(name: str, left: str, middle: str, right: str) -> str:
    return f'<tr class="{name}"><td>{left}</td><td>{middle}</td>{right or "<td></td>"}</tr>\n'


def _cell(pieces: Sequence[Piece], locale: Locale | None = None) -> str:
    texts = "\n".join(
        f"<small>{piece.line} · {escape(piece.detail)}</small>\n{escape(piece.text)}"
        for piece in pieces
    )
    if locale is None:
        return texts
    direction = "rtl" if locale.right_to_left else "ltr"
    return f'<td lang="{escape(locale.tag)}" dir="{direction}">{texts}</td>'
