"""Headings of localized pages that keep the ids of their source."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from markdown_it.common.utils import normalizeReference

from toolkit.model.document import Edit, Span
from toolkit.project.settings import Anchors
from toolkit.reading.anchors import heading_ids, id_mark
from toolkit.reading.heading_references import heading_targets
from toolkit.reading.segment import read_blocks

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.reading.anchors import Heading
    from toolkit.reading.page import Page
    from toolkit.writing.guard import Guard

_FRAGMENT = re.compile(r"#([^\s)\"'<>\]}`]+)")


def fragments(texts: Iterable[str]) -> Iterator[str]:
    """Whatever stands after a `#` in some pages: all that a link could lead to, and more."""
    for text in texts:
        for fragment in _FRAGMENT.findall(text):
            yield fragment
            if "%" in fragment:
                yield unquote(fragment)


def pinned(
    page: Page,
    document: Document,
    guard: Guard,
    anchors: Anchors,
    slugs: str,
    linked: Collection[str],
) -> Document:
    """The localized page with ` { #id }` after the headings whose id would be another one."""
    reading = read_blocks(document, guard.dialect, guard.keys)
    source = heading_ids(page.reading, page.document, guard.dialect, slugs)
    here = heading_ids(reading, document, guard.dialect, slugs)
    edits = pin_edits(source, here, guard.dialect, anchors, linked, named_headings(page))
    return document.edited(edits) if edits else document


def named_headings(page: Page) -> Collection[str]:
    """Return the ids of the headings that references of the page name by their texts."""
    if not page.reading.dialect.heading_references:
        return frozenset()
    targets = heading_targets(page.reading, page.document)
    used = {normalizeReference(label) for unit in page.units for label in unit.references}
    return {name for label, name in targets.items() if label in used}


def pin_edits(
    source: Sequence[Heading],
    here: Sequence[Heading],
    dialect: Dialect,
    anchors: Anchors,
    linked: Collection[str],
    named: Collection[str] = frozenset(),
) -> list[Edit]:
    """The edits that give headings of a localized page the ids that they have in the source.

    `linked` and `named` are the ids to which anything leads.
    Only some dialects can set the ids of headings; of others the page stays as it is.
    """
    if not dialect.heading_id or anchors not in {Anchors.PIN, Anchors.PIN_ALL}:
        return []
    others = [
        (first.id, own)
        for first, own in zip(source, here, strict=True)
        if first.id != own.id and not own.explicit
    ]
    names = {
        name for name, _ in others if anchors is Anchors.PIN_ALL or name in named or name in linked
    }
    return [
        Edit(Span(own.place, own.place), id_mark(name, own, dialect))
        for name, own in others
        # A heading that has another's id by chance takes its own again.
        if name in names or own.id in names
    ]
