"""Roles that name a glossary term (`` {term}`leaf` ``), rewritten to its translation."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.document import Edit, Span
from toolkit.model.units import Kind
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Guard

GLOSSARY = b"{glossary}"
"""A substring of every page with terms."""
_TERM = re.compile(
    r"\{term\}(?P<ticks>`++)(?:[^`<]{0,999}<(?P<named>[^`<>]{1,999})>|(?P<alone>[^`<]{1,999}))(?P=ticks)"
)


def translated_terms(page: Page, texts: Mapping[MessageKey, str]) -> Iterator[tuple[str, str]]:
    """The terms of a page's glossaries, as `normalized`, with their translations."""
    for unit in page.units:
        text = texts.get((unit.context, unit.text)) if unit.kind is Kind.GLOSSARY_TERM else None
        if text:
            yield normalized(unit.text), " ".join(text.split())


def normalized(term: str) -> str:
    """A term as Sphinx compares it: without regard to case and blanks."""
    return " ".join(term.split()).casefold()


def with_terms(document: Document, guard: Guard, terms: Mapping[str, str]) -> Document:
    """A page whose roles name the terms as they are now."""
    if not terms or "{term}`" not in document.text:
        return document
    edits = []
    for unit in read(document, guard.dialect, guard.keys).units:
        for role in _TERM.finditer(document.text, unit.span.start, unit.span.end):
            start, end = role.span("named" if role["named"] else "alone")
            term = terms.get(normalized(document.text[start:end]))
            edits += [Edit(Span(start, end), term)] if term else []
    return document.edited(edits)
