"""Translations of texts that were edited a little since, published with a mark."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.dialect import Syntax
from toolkit.model.document import Edit, Span
from toolkit.model.units import Form, Kind
from toolkit.reading.segment import read

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, MessageKey
    from toolkit.project.guards import GuardedPage
    from toolkit.reading.page import Page

IN_PLACE = "mark"
CLASS = "outdated"
"""The class of the marks, for style sheets."""
_MARKED = frozenset({Form.FLOW, Form.CELL, Form.CODE_CELL})
"""The forms in which a text may have a tag around it."""


def outdated_texts(page: Page, catalog: Catalog, source: Locale) -> Mapping[MessageKey, str]:
    """The fuzzy translations of a page whose texts were edited a little, and can be marked."""
    # Few sites publish such; what compares texts is slow to import.
    from toolkit.checks.harmless import objection  # noqa: PLC0415

    bare = {(one.context, one.text) for one in page.units if not _is_marked(one.form, one.kind)}
    return {
        message.key: message.string
        for message in catalog.messages
        if message.fuzzy and message.previous_id and message.string and not message.obsolete
        if message.key not in bare
        if not objection(message.previous_id, message.id, source)
    }


def _is_marked(form: Form, kind: Kind) -> bool:
    return form in _MARKED and kind is not Kind.HEADING


def with_marks(built: GuardedPage, keys: Collection[MessageKey]) -> GuardedPage:
    """A built page with a tag around the texts of some messages, as far as they were used."""
    refused = {(one.unit.context, one.unit.text) for one in built.refusals}
    wanted = frozenset(keys) - refused
    if not wanted or built.document is built.page.document:
        return built
    dialect = built.page.dialect
    units = read(built.document, dialect, built.guard.keys).units
    sources = built.page.units
    if [one.kind for one in units] != [one.kind for one in sources]:
        return built
    name = "className" if Syntax.MODULE in dialect.syntax else "class"
    edits = []
    for unit, source in zip(units, sources, strict=True):
        if (source.context, source.text) in wanted:
            start, end = unit.span.start, unit.span.end
            edits.append(Edit(Span(start, start), f'<span {name}="{CLASS}">'))
            edits.append(Edit(Span(end, end), "</span>"))
    return replace(built, document=built.document.edited(edits), reading=None, edits=())
