"""The settings of a site with their texts translated."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

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
    wanted: list[_Change] = []
    refused: list[Unit] = []
    for unit in sorted(units, key=lambda unit: unit.span, reverse=True):
        text = translations.get((unit.context, unit.text), "").strip()
        if not text or text == unit.text or unit.span.start == unit.span.end:
            continue
        if foreign_features(unit.text, text, COMMONMARK, place=Place.NAME):
            refused.append(unit)
        else:
            wanted.append(_Change(unit, text))
    sound = _sound(document, wanted)
    kept = {id(one) for one in sound}
    refused += (one.unit for one in wanted if id(one) not in kept)
    return _with(document, sound), sorted(refused, key=lambda unit: unit.span, reverse=True)


class _Change(NamedTuple):
    """A text to put into the settings."""

    unit: Unit
    text: str


def _with(document: Document, changes: Sequence[_Change]) -> Document:
    return document.edited(edit_for(document, one.unit, one.text) for one in changes)


def _sound(document: Document, changes: Sequence[_Change]) -> list[_Change]:
    """The changes that leave everything else as it is, found by bisection; mostly all of them."""
    if not changes or _is_same_but(document, changes):
        return list(changes)
    if len(changes) == 1:
        return []
    middle = len(changes) // 2
    found = [*_sound(document, changes[:middle]), *_sound(document, changes[middle:])]
    return found if _is_same_but(document, found) else _one_by_one(document, found)


def _one_by_one(document: Document, changes: Sequence[_Change]) -> list[_Change]:
    """The changes that go together, each with those before it."""
    found: list[_Change] = []
    for one in changes:
        if _is_same_but(document, [*found, one]):
            found.append(one)
    return found


def _is_same_but(document: Document, changes: Sequence[_Change]) -> bool:
    """Whether settings with some changes say the same but for these texts."""
    try:
        first, second = _shape(composed(document)), _shape(composed(_with(document, changes)))
    except DocumentError:
        return False
    if len(first) != len(second):
        return False
    pairs = [pair for pair in zip(first, second, strict=True) if pair[0] != pair[1]]
    wanted = Counter((one.unit.text, " ".join(one.text.split())) for one in changes)
    found = Counter((old[1], " ".join(new[1].split())) for old, new in pairs)
    return found == wanted and all(old[0] == new[0] for old, new in pairs)


def _shape(node: yaml.Node) -> list[tuple[str, str]]:
    """The nodes below a node, as tags and texts in their order."""
    if isinstance(node, yaml.ScalarNode):
        return [(node.tag, str(node.value).rstrip("\n"))]
    found = [(node.tag, "")]
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            found += _shape(part)
    return [*found, ("", "")]
