"""The settings of a site with their texts translated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.errors import DocumentError
from toolkit.writing.assemble import edit_for
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
from toolkit.reading.site_yaml import composed


def localized_settings(
    document: Document, units: Sequence[Unit], translations: Mapping[MessageKey, str]
) -> tuple[Document, list[Unit]]:
    """The settings with their texts translated, and the units that had to stay.

    A translation stays out when the file would say anything else than before but for that text.
    """
    made, refused = document, []
    # From the end, so that the spans in front stay true.
    for unit in sorted(units, key=lambda unit: unit.span, reverse=True):
        text = translations.get((unit.context, unit.text), "").strip()
        if not text or text == unit.text or unit.span.start == unit.span.end:
            continue
        edited = made.edited([edit_for(made, unit, text)])
        if foreign_features(unit.text, text, COMMONMARK, place=Place.NAME) or not _same_but(
            made, edited, unit.text, text
        ):
            refused.append(unit)
        else:
            made = edited
    return made, refused


def _same_but(before: Document, after: Document, old: str, new: str) -> bool:
    """Whether two settings differ in one text alone."""
    try:
        first, second = _shape(composed(before)), _shape(composed(after))
    except DocumentError:
        return False
    if len(first) != len(second):
        return False
    changed = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    folded = " ".join(new.split())
    return (
        len(changed) == 1
        and changed[0][0][1] == old
        and (" ".join(changed[0][1][1].split()) == folded and changed[0][0][0] == changed[0][1][0])
    )


def _shape(node: yaml.Node) -> list[tuple[str, str]]:
    """The nodes below a node, as tags and texts in their order."""
    if isinstance(node, yaml.ScalarNode):
        return [(node.tag, str(node.value).rstrip("\n"))]
    found = [(node.tag, "")]
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            found += _shape(part)
    return [*found, ("", "")]
