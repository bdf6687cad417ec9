"""Findings about translations that were not used."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.findings import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.model.catalog import Catalog
    from toolkit.writing.guard import Refusal


def refused(refusals: Iterable[Refusal], catalog: Catalog, path: str) -> list[Finding]:
    """A finding for each translation that a page had to do without, at its place in the catalog."""
    refusals = tuple(refusals)
    lines = {message.key: message.line for message in catalog.messages} if refusals else {}
    return [
        Finding(
            path,
            lines.get((refusal.unit.context, refusal.unit.text), 0),
            "refused",
            Severity.ERROR,
            refusal_text(refusal),
        )
        for refusal in refusals
    ]


def refusal_text(refusal: Refusal) -> str:
    """Describe why a translation was not used."""
    return f"translation refused, source text used: it {refusal.reason}"
