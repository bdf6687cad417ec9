"""A page with a private mark around each unit, which its renderer carries to where it shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.document import Edit
from toolkit.model.units import Form, Kind
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.writing.assemble import edit_for

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.interfaces.preview.marks import Markers
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page

_WRITTEN = frozenset({Form.CSV, Form.PARAMETER})
"""Forms whose span has more in it than the text."""


def marked(page: Page, markers: Markers, translations: Mapping[int, str]) -> str:
    """Return the text of a page with marks around its units, some of these translated.

    `translations` are by the number of the unit, as they may stand in a page.
    """
    document = page.document
    edits = [
        _edit(document, unit, page, markers, number, translations.get(number))
        for number, unit in enumerate(page.units)
        if unit.kind is not Kind.FRONT_MATTER or number in translations
    ]
    return document.edited(edits).text


def _edit(
    document: Document,
    unit: Unit,
    page: Page,
    markers: Markers,
    number: int,
    translation: str | None,
) -> Edit:
    if unit.kind is Kind.FRONT_MATTER:
        return edit_for(document, unit, translation or unit.text, page.dialect.grammar)
    if translation is None and unit.form not in _WRITTEN:
        raw = document.text[unit.span.start : unit.span.end]
        return Edit(unit.span, markers.around(number, raw))
    text = unit.text if translation is None else translation
    return edit_for(document, unit, markers.around(number, text), page.dialect.grammar)


def body_of(text: str, dialect: Dialect) -> str:
    """Return a page without its front matter."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    header = read_front_matter(text, dialect.front_matter, frozenset())
    return "\n".join(text.split("\n")[header.lines :])


def needed_definitions(page: Page, texts: Sequence[str]) -> str:
    """Return the definitions of references, abbreviations, footnotes that texts may need."""
    lines = [
        f"[{label}]: <{target}>"
        for label, target in page.reading.definitions.items()
        if any(label in text.upper() or label.lower() in text.lower() for text in texts)
    ]
    notes = {name for text in texts for name in _FOOTNOTE.findall(text)}
    lines += [f"[^{name}]: {name}" for name in sorted(notes)]
    lines += [match[0] for match in _ABBREVIATION.finditer(page.document.text)]
    return "\n".join(lines)


_FOOTNOTE = re.compile(r"\[\^([^\]\n]+)\]")
_ABBREVIATION = re.compile(r"^\*\[[^\]\n]+\]:.*$", re.MULTILINE)
