"""Files of strings with their texts translated: every other byte is copied."""

from __future__ import annotations

import json
import tomllib
from posixpath import splitext
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.document import Edit
from toolkit.reading.strings import edges, string_texts
from toolkit.writing.assemble import edit_for
from toolkit.writing.forms import written
from toolkit.writing.guard import Refusal
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.strings import StringText

_CHANGES = "would change more of the file than its text"
_BRINGS = "would add what its source text doesn't have"
_TEXT = ""
"""The tag of texts in the shape of a file; anything else has another one."""

Shape = list[tuple[str, str]]


class _Change(NamedTuple):
    unit: Unit
    edit: Edit
    old: str
    new: str


def localized_strings(
    document: Document,
    units: Sequence[Unit],
    translations: Mapping[MessageKey, str],
    allowed: tuple[str, ...] = (),
) -> tuple[Document, tuple[Refusal, ...]]:
    """Return the file with its texts translated, and the translations that had to stay out.

    A translation stays out when the file would say anything else than before but for that text.
    """
    wanted = {unit: translations.get((unit.context, unit.text), "").strip() for unit in units}
    wanted = {unit: text for unit, text in wanted.items() if text not in {"", unit.text}}
    foreign = [
        Refusal(unit, _BRINGS)
        for unit, text in wanted.items()
        if foreign_features(unit.text, text, COMMONMARK, place=Place.NAME, allowed=allowed)
    ]
    for refusal in foreign:
        del wanted[refusal.unit]
    if not wanted:
        return document, tuple(foreign)
    whole = {one.span: one for one in string_texts(document)}
    changes = [_change(document, whole[unit.span], unit, text) for unit, text in wanted.items()]
    before = shape_of(document)
    if not _is_sound(document, before, changes):
        sound = [one for one in changes if _is_sound(document, before, [one])]
        foreign += [Refusal(one.unit, _CHANGES) for one in changes if one not in sound]
        changes = sound
    return document.edited(one.edit for one in changes), tuple(foreign)


def _change(document: Document, whole: StringText, unit: Unit, text: str) -> _Change:
    lead, tail = edges(whole)
    if not lead + tail:
        return _Change(unit, edit_for(document, unit, text), whole.text, text)
    text = f"{lead}{text}{tail}"
    return _Change(unit, Edit(unit.span, written(unit, text, "")), whole.text, text)


def _is_sound(document: Document, before: Shape, changes: Sequence[_Change]) -> bool:
    """Whether a file with some changes says the same but for their texts."""
    try:
        after = shape_of(document.edited(one.edit for one in changes))
    except (ValueError, RecursionError):
        return False
    if len(before) != len(after):
        return False
    differing = [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]
    expected = {(_folded(one.old), _folded(one.new)) for one in changes}
    return len(differing) <= len(changes) and all(
        old[0] == new[0] == _TEXT and (_folded(old[1]), _folded(new[1])) in expected
        for old, new in differing
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


def shape_of(document: Document) -> Shape:
    """Return what a file says, value by value, as its own reader reads it.

    Raises `ValueError` for a file that is not what its name says.
    """
    ending = splitext(document.path)[1].lower()
    if ending == ".json":
        return list(_leaves(json.loads(document.text, object_pairs_hook=_pairs)))
    if ending == ".toml":
        return list(_leaves(tomllib.loads(document.with_newlines().text)))
    if ending == ".py":
        from toolkit.reading.strings.python_files import python_shape  # noqa: PLC0415 - as below

        return python_shape(document.with_newlines().text)
    # PyYAML is slow to import, and many projects have no YAML.
    from toolkit.reading.strings.yaml_files import yaml_file_shape  # noqa: PLC0415

    return yaml_file_shape(document.text)


class _Pairs(list[tuple[str, object]]):
    """The members of an object of JSON, with those that come twice."""


def _pairs(found: list[tuple[str, object]]) -> _Pairs:
    return _Pairs(found)


def _leaves(value: object) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield _TEXT, value
    elif isinstance(value, dict | _Pairs):
        for key, item in value.items() if isinstance(value, dict) else value:
            yield "key", key
            yield from _leaves(item)
    elif isinstance(value, list):
        yield "list", str(len(value))
        for item in value:
            yield from _leaves(item)
    else:
        yield type(value).__name__, repr(value)
