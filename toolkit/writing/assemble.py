"""A page and its translations as a localized page: an edit for each translated unit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from markdown_it.common.utils import normalizeReference

from toolkit.dialects import dialect_named
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.document import Edit
from toolkit.model.units import Form
from toolkit.reading.segment import segment
from toolkit.reading.segment.words import short_references
from toolkit.writing.forms import list_value, spread, written

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from toolkit.dialects.inline import Grammar
    from toolkit.model.catalog import MessageKey
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_LIST_VALUE = Form.LIST_VALUE


def assemble(
    document: Document, units: Iterable[Unit], translations: Mapping[MessageKey, str]
) -> Document:
    """The page with the text of each unit that has a translation replaced by it.

    Everything outside the spans of these units is copied. A translation equal to its source text
    changes nothing, whatever the line breaks of the source were.
    """
    edits = []
    for unit in units:
        translation = translations.get((unit.context, unit.text), "")
        if translation.strip() and translation != unit.text:
            edits.append(edit_for(document, unit, translation))
    return document.edited(edits) if edits else document


def built_with(document: Document, dialect_name: str, translate: Callable[[str], str]) -> Document:
    """The page with each unit's text given through `translate`; for tools and tests."""
    units = segment(document, dialect_named(dialect_name))
    translations = {(unit.context, unit.text): translate(unit.text) for unit in units}
    return assemble(document, units, translations)


def edit_for(
    document: Document, unit: Unit, translation: str, grammar: Grammar = COMMONMARK
) -> Edit:
    """The edit that puts a translation in the place of its unit."""
    return placed(
        document, unit, with_labels(unit.text, unit.references, translation, grammar), grammar
    )


def placed(document: Document, unit: Unit, translation: str, grammar: Grammar) -> Edit:
    """The same for a translation whose references have their labels."""
    start = unit.span.start
    delimiter = document.text[start - 1] if start else ""
    if unit.form is _LIST_VALUE:
        value = list_value(unit, translation, delimiter, grammar.list_values)
        return Edit(unit.span, value)
    if translation.startswith("<"):
        translation = spread(unit, document, translation)
    return Edit(unit.span, written(unit, translation, delimiter))


def with_labels(
    source: str, labels: tuple[str, ...], translation: str, grammar: Grammar = COMMONMARK
) -> str:
    """`translation` with its short references made full ones where their text is translated.

    `[Anleitung]` for `[guide]` becomes `[Anleitung][guide]`. `labels` are those of `source` that
    the page defines; the n-th reference whose text is none of them takes the n-th that is missing,
    links those of links, images those of images.
    """
    if not labels:
        return translation
    names = {normalizeReference(label) for label in labels}
    own = list(_references(source, grammar))
    missing = [one for one in own if one.name in names]
    unresolved: list[_Reference] = []
    for one in _references(translation, grammar):
        if one.name not in names:
            unresolved.append(one)
        elif same := [label for label in missing if label.name == one.name]:
            missing.remove(same[0])
    pairs = [
        pair
        for image in (False, True)
        for pair in zip(
            (one.end for one in unresolved if one.image is image),
            (one.label for one in missing if one.image is image),
            strict=False,
        )
    ]
    for end, label in sorted(pairs, reverse=True):
        rest = translation[end:].removeprefix("[]")
        translation = f"{translation[:end]}[{label}]{rest}"
    return translation


class _Reference(NamedTuple):
    """A short reference: its label, the same normalized, its end, and whether it is an image."""

    label: str
    name: str
    end: int
    image: bool


def _references(text: str, grammar: Grammar) -> Iterator[_Reference]:
    for start, end in short_references(text, grammar):
        label = text[start + 1 : end - 1]
        image = text.startswith("!", start - 1) if start else False
        yield _Reference(label, normalizeReference(label), end, image)
