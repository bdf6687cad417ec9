"""A page with a private mark around each unit, which its renderer carries to where it shows it.

The marks are punctuation to every Markdown reader, so that emphasis next to them opens and closes
as it did, and their numbers are private characters that no rule knows.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.model.document import Edit
from toolkit.model.units import Form, Kind
from toolkit.writing.assemble import edit_for

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page

_PAIRS = ("⸤⸥", "⸢⸣", "⧘⧙", "⧚⧛", "⦗⦘")
_DIGITS = "".join(map(chr, range(0xE0F0, 0xE0FA)))
_END = "\ue0fa"
_TO_DIGITS = str.maketrans("0123456789", _DIGITS)
_FROM_DIGITS = str.maketrans(_DIGITS, "0123456789")
_WRITTEN = frozenset({Form.CSV, Form.PARAMETER})
"""Forms whose span has more in it than the text."""


@dataclass(frozen=True, slots=True)
class Markers:
    """The marks of one page."""

    opening: str
    closing: str

    @classmethod
    def unlike(cls, *texts: str) -> Markers:
        """Return marks that stand in none of the texts."""
        pairs = (
            pair for pair in _PAIRS if not any(mark in text for text in texts for mark in pair)
        )
        pair = next(pairs, _PAIRS[0])
        return cls(pair[0], pair[1])

    def around(self, number: int, text: str) -> str:
        """Return a text with the marks of a unit around it."""
        name = str(number).translate(_TO_DIGITS)
        # Something behind `[label]:` would make a definition of it.
        rest = ":" if text.endswith("]:") else ""
        text = text.removesuffix(rest)
        start, end = f"{self.opening}{name}", f"{self.opening}{_END}{name}"
        return f"{start}{self.closing}{text}{end}{self.closing}{rest}"

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of a mark: whether it ends a unit, and the unit's number."""
        opening, closing = re.escape(self.opening), re.escape(self.closing)
        return re.compile(f"{opening}({_END}?)([{_DIGITS}]+){closing}")

    @property
    def whole(self) -> re.Pattern[str]:
        """The pattern of a text that is the text of one unit: this, and the unit's number."""
        opening, closing = re.escape(self.opening), re.escape(self.closing)
        return re.compile(
            rf"\s*{opening}(?P<number>[{_DIGITS}]+){closing}(?P<text>[^{opening}]*)"
            rf"{opening}{_END}(?P=number){closing}\s*"
        )

    def number(self, digits: str) -> int:
        """Return the number that stands in a mark."""
        return int(digits.translate(_FROM_DIGITS))

    def split(self, text: str) -> Iterator[tuple[str, bool, int]]:
        """Yield the text in front of each mark with whether it ends a unit, and its number."""
        position = 0
        for match in self.pattern.finditer(text):
            yield (
                text[position : match.start()],
                bool(match[1]),
                self.number(match[2]),
            )
            position = match.end()
        yield text[position:], False, -1


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
