"""The documents of an export: each one file, without scripts and with everything in it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from html import escape
from importlib.resources import files
from posixpath import dirname, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote

from toolkit.interfaces.preview.exported_words import label, policy, scripts, word, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.language.locale import Locale

_PIECE = re.compile(
    "[\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7af]|[^\\W\u2e80-\u9fff\uac00-\ud7af]+|\\s+|.", re.DOTALL
)
"""A word, a Han character or kana, blanks, or a mark."""
_MARKS = {"translated": "✓", "fuzzy": "≈", "untranslated": "○", "refused": "✕"}


@dataclass(frozen=True, slots=True)
class ExportRow:
    """A text that a reviewer looks at."""

    number: int
    kind: str
    source: str
    before: str
    """The translation at the commit that is compared with."""
    after: str
    state: str
    findings: tuple[tuple[str, str, str], ...] = ()
    """Severity, text and check of each."""
    changed: bool = False

    @property
    def is_open(self) -> bool:
        """Whether there is something to do."""
        return self.state != "translated" or bool(self.findings)


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """A page in a locale."""

    page: str
    locale: Locale
    source_locale: Locale
    project: str
    file: str
    """Its file below the folder of the export."""
    rows: tuple[ExportRow, ...]
    states: Mapping[int, str] = field(default_factory=dict)
    source: str = ""
    target: str = ""
    notes: tuple[str, ...] = ()
    compares: bool = False
    """Whether it says what was before."""


def page_html(page: ExportedPage, generator: str) -> str:
    """Return the document of a page."""
    back = quote(relpath("index.html", dirname(page.file)))
    title = f"{page.page} · {page.locale.own_name}"
    size = len(page.rows)
    count = (
        words("{count} changed text", "{count} changed texts", size)
        if page.compares
        else words("{count} text to look at", "{count} texts to look at", size)
    )
    whole, name = word("All pages"), label("Page")
    notes = "".join(f'<p class="note" lang="en" dir="ltr">{escape(one)}</p>' for one in page.notes)
    return _document(
        title,
        generator,
        f'<header><p><a href="{back}">{whole}</a></p><h1 dir="ltr">{escape(page.page)}</h1>'
        f"<p><bdi>{escape(page.source_locale.own_name)}</bdi> → "
        f"<bdi>{escape(page.locale.own_name)}</bdi> · {count}</p>{notes}</header>"
        f"{_table(page)}"
        f'<section class="pair" {name}>'
        f"{_side(page.source_locale, page.source)}{_side(page.locale, page.target)}</section>",
        _states_css(page.states),
    )


def index_html(pages: Sequence[ExportedPage], generator: str, since: str) -> str:
    """Return the document that leads to the others."""
    rows = "".join(
        f'<tr><th scope="row"><a href="{quote(page.file)}" dir="ltr">{escape(page.page)}</a></th>'
        f"<td>{escape(page.locale.own_name)}</td><td>{len(page.rows)}</td>"
        f"<td>{sum(len(row.findings) for row in page.rows)}</td></tr>"
        for page in pages
    )
    column = word("Texts changed") if since else word("Texts to look at")
    names = (word("Page"), word("Language"), column, word("Findings"))
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    about = word("What differs from {commit}", commit=since) if since else word("All pages")
    nothing, heading = word("Nothing differs."), word("Translations")
    body = table if pages else f"<p>{nothing}</p>"
    return _document(
        "Translations",
        generator,
        f"<header><h1>{heading}</h1><p>{about}</p></header><main>{body}</main>",
    )


def _document(title: str, generator: str, body: str, more_css: str = "") -> str:
    static = files("toolkit.interfaces.preview") / "static"
    css = "".join(
        (static / name).read_text(encoding="utf-8") for name in ("page.css", "export.css")
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8">{generator}'
        f'<meta http-equiv="content-security-policy" content="{policy()}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{css}{more_css}</style></head>"
        f"<body>{body}{scripts(body)}</body></html>\n"
    )


def _side(locale: Locale, html: str) -> str:
    return (
        f'<article class="md-typeset page" lang="{locale.tag}" dir="{_direction(locale)}">'
        f"{html}</article>"
    )


def _direction(locale: Locale) -> str:
    return "rtl" if locale.right_to_left else "ltr"


def _states_css(states: Mapping[int, str]) -> str:
    """The style sheet that shows the states of the localized page's texts."""
    styles = {
        "untranslated": "background:var(--open-bg);text-decoration:underline dotted var(--open)",
        "fuzzy": "background:var(--fuzzy-bg);text-decoration:underline dashed var(--fuzzy)",
        "refused": "background:var(--bad-bg);text-decoration:underline double var(--bad)",
    }
    rules = []
    for state, style in styles.items():
        numbers = [number for number, one in states.items() if one == state]
        selectors = (f'article:last-of-type [data-unit="{number}"]' for number in numbers)
        rules += [f"{','.join(selectors)}{{{style}}}"] if numbers else []
    return "".join(rules)


def _table(page: ExportedPage) -> str:
    if not page.rows:
        return ""
    targets = [word("Before"), word("Now")] if page.compares else [word("Translation")]
    names = [word("Text"), word("Source"), *targets, word("Findings")]
    head = "".join(f'<th scope="col">{name}</th>' for name in names)
    rows = "".join(_row(page, row) for row in page.rows)
    name = label("Texts")
    return (
        f'<section class="texts" {name}><table><thead><tr>{head}</tr></thead>'
        f"<tbody>{rows}</tbody></table></section>"
    )


def _row(page: ExportedPage, row: ExportRow) -> str:
    target = f'lang="{page.locale.tag}" dir="{_direction(page.locale)}"'
    source = f'lang="{page.source_locale.tag}" dir="{_direction(page.source_locale)}"'
    cells = [f"<td {source}>{escape(row.source)}</td>"]
    if page.compares:
        cells.append(f"<td {target}>{escape(row.before)}</td>")
        cells.append(f"<td {target}>{_difference(row.before, row.after)}</td>")
    else:
        cells.append(f"<td {target}>{escape(row.after)}</td>")
    findings = "".join(
        f'<p class="{severity}" lang="en" dir="ltr">{escape(text)} <code>{escape(check)}</code></p>'
        for severity, text, check in row.findings
    )
    state = {
        "translated": word("translated"),
        "fuzzy": word("fuzzy"),
        "untranslated": word("untranslated"),
        "refused": word("refused"),
    }[row.state]
    mark = f'<span class="state {row.state}">{_MARKS[row.state]} {state}</span>'
    return (
        f'<tr><th scope="row">{mark}<br><bdi lang="en">{escape(row.kind)}</bdi></th>'
        f"{''.join(cells)}<td>{findings}</td></tr>"
    )


def _difference(before: str, after: str) -> str:
    """The new text with what is new in it marked, and what is gone."""
    if not before:
        return escape(after)
    old, new = _PIECE.findall(before), _PIECE.findall(after)
    out = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        gone, come = escape("".join(old[a:b])), escape("".join(new[c:d]))
        if kind == "equal":
            out.append(come)
        else:
            out += [f"<del>{gone}</del>" if gone else "", f"<ins>{come}</ins>" if come else ""]
    return "".join(out)
