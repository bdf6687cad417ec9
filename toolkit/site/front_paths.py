"""Paths in the front matter of a localized page, led to where its links would lead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.document import Edit, Span
from toolkit.reading.segment.front_matter import read_front_matter
from toolkit.reading.segment.value import AnyCase

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.site.layout import Layout

_UNSAFE = frozenset("'\"#:{}[],&*!|>%@`\n")
"""Characters that would have to be written otherwise in some front matter."""


def with_paths(
    document: Document, dialect: Dialect, keys: Collection[str], name: str, layout: Layout | None
) -> tuple[Document, tuple[tuple[str, str], ...]]:
    """The localized page of `name` with the paths under some keys rewritten, and which were.

    What does not lead to a file or page of the project stays as it is.
    """
    if layout is None or not layout.rewrites or not keys:
        return document, ()
    found = list(_changed(document, dialect, keys, name, layout))
    edits = [edit for edit, _ in found]
    return document.edited(edits), tuple(change for _, change in found)


def _changed(
    document: Document, dialect: Dialect, keys: Collection[str], name: str, layout: Layout
) -> Iterator[tuple[Edit, tuple[str, str]]]:
    source = document.text.replace("\r\n", "\n").replace("\r", "\n")
    shift = document.shift_from(source)
    for value in read_front_matter(
        source, dialect.front_matter, AnyCase(map(str.lower, keys))
    ).values:
        new = layout.resolved(name, value.text)
        span = Span(shift(value.start), shift(value.end))
        written = document.text[span.start : span.end]
        if new and written.count(value.text) == 1 and _UNSAFE.isdisjoint(new):
            yield Edit(span, written.replace(value.text, new)), (value.text, new)
