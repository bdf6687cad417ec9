"""The units of a page as text and as JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.dialects import all_dialects
from toolkit.interfaces.reports.json_texts import json_text
from toolkit.reading.explaining import explanations

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.page import Page


def as_json(page: Page) -> str:
    """An array with an object a unit; `span` counts characters from 0, lines count from 1."""
    units = [_fields(page.document, unit) for unit in page.units]
    return json_text(units)


def _fields(document: Document, unit: Unit) -> dict[str, Any]:
    line, column = document.place(unit.span.start)
    return {
        "kind": unit.kind,
        "detail": unit.detail,
        "text": unit.text,
        "span": [unit.span.start, unit.span.end],
        "line": line,
        "column": column,
        "end_line": document.place(unit.span.end)[0],
        "trail": list(unit.trail),
        "notes": list(unit.notes),
        "context": unit.context,
    }


def as_text(page: Page) -> str:
    """A block of lines a unit: its place and kind, then its text, indented."""
    blocks = []
    for unit in page.units:
        line, column = page.document.place(unit.span.start)
        text = unit.text.replace("\n", "\n    ")
        blocks.append(f"{page.document.path}:{line}:{column}: {unit.detail}\n    {text}")
    return "\n".join(blocks)


def explained(page: Page, form: str) -> str:
    """List what became no unit and why, and what looks misread: as lines or as JSON."""
    found = explanations(page, all_dialects())
    if form == "json":
        fields = [{"line": one.line, "text": one.text, "doubtful": one.doubtful} for one in found]
        return json_text(fields)
    path = page.document.path
    marked = ((one, "doubtful: " if one.doubtful else "") for one in found)
    return "\n".join(f"{path}:{one.line}: {mark}{one.text}" for one, mark in marked)


REPORTS: Mapping[str, Callable[[Page], str]] = {"text": as_text, "json": as_json}
