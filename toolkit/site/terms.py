"""Roles that name a glossary term (`` {term}`leaf` ``), rewritten to its translation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.inline.mark import Markup
from toolkit.dialects.inline.reading import marks
from toolkit.dialects.inline.roles import named_place, role_of
from toolkit.model.document import Edit, Span
from toolkit.model.expressions import late
from toolkit.model.units import Kind
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.dialects.inline.grammar import Grammar
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Guard

GLOSSARY = b"{glossary}"
"""A substring of every page with terms."""
_ROLE = "{term}`"
_WRITABLE = late(r"[^`|<>\[\]{}$\\]*")
"""Matches terms that end neither the code of a role nor the cell of a table, and name no target."""


def translated_terms(page: Page, texts: Mapping[MessageKey, str]) -> Iterator[tuple[str, str]]:
    """The terms of a page's glossaries, as `normalized`, with their translations."""
    for unit in page.units:
        text = texts.get((unit.context, unit.text)) if unit.kind is Kind.GLOSSARY_TERM else None
        if text and _WRITABLE.fullmatch(text):
            yield normalized(unit.text), " ".join(text.split())


def normalized(term: str) -> str:
    """A term as Sphinx compares it: without regard to case and blanks."""
    return " ".join(term.split()).casefold()


def with_terms(document: Document, guard: Guard, terms: Mapping[str, str]) -> Document:
    """A page whose roles name the terms as they are now."""
    if not terms or _ROLE not in document.text:
        return document
    spans = (unit.span for unit in read(document, guard.dialect, guard.keys).units)
    places = (place for span in spans for place in _places(document, span, guard.dialect.grammar))
    known = ((place, terms.get(normalized(_at(document, place)))) for place in places)
    return document.edited([Edit(place, term) for place, term in known if term])


def _places(document: Document, span: Span, grammar: Grammar) -> Iterator[Span]:
    """Yield where the roles of a text name their terms."""
    text = _at(document, span)
    for mark in marks(text, grammar) if _ROLE in text else ():
        if mark.kind is Markup.ROLE and role_of(text, mark)[0] == "term":
            start, end = named_place(text, mark)
            yield Span(span.start + start, span.start + end)


def _at(document: Document, span: Span) -> str:
    return document.text[span.start : span.end]
