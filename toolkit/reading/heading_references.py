"""References that name a heading by its text, as Pandoc resolves them, as links to its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.values import Heading, block_of
from toolkit.dialects.inline import Markup, marks
from toolkit.reading.anchors import heading_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.dialects.inline import Grammar
    from toolkit.model.document import Document
    from toolkit.reading.segment import Reading


def heading_targets(reading: Reading, document: Document) -> dict[str, str]:
    """Return the ids of headings that references may name by their texts, by normalized label."""
    implicit = implicit_labels(reading)
    if not implicit:
        return {}
    dialect = reading.dialect
    found: dict[str, str] = {}
    blocks = [one for one in map(block_of, reading.tokens) if isinstance(one, Heading)]
    ids = heading_ids(reading, document, dialect, dialect.slugs)
    for block, heading in zip(blocks, ids, strict=True):
        text = " ".join(reading.source[start:end] for start, end in block.lines)
        label = normalizeReference(text)
        if label in implicit:
            found.setdefault(label, heading.id)
    return found


def implicit_labels(reading: Reading) -> frozenset[str]:
    """Return the normalized labels that headings give."""
    if not reading.dialect.heading_references:
        return frozenset()
    labels = reading.labels.items() if isinstance(reading.labels, dict) else ()
    return frozenset(label for label, one in labels if one.get("implicit"))


def with_heading_links(text: str, targets: Mapping[str, str], grammar: Grammar) -> str:
    """Return a text whose references to headings are links to their ids."""
    for mark in sorted(marks(text, grammar), key=lambda mark: -mark.start):
        if mark.kind not in _REFERENCES or text.startswith(("!", "{"), mark.start):
            continue
        name = targets.get(normalizeReference(text[mark.inner : mark.inner_end]))
        if name is None or text.startswith("{", mark.end):
            continue
        end = text.rfind("][", mark.start, mark.end)
        shown = text[mark.start : end + 1] if end >= 0 else text[mark.start : mark.end]
        text = f"{text[: mark.start]}{shown}(#{name}){text[mark.end :]}"
    return text


_REFERENCES = frozenset({Markup.REFERENCE, Markup.SHORT})
