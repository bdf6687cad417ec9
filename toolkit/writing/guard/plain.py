"""Recognize translations that are written into a page as they are.

They are a line of words, or of words and pieces of their source text, hold nothing that acts in
their places but what the source has, need no escapes where they stand, and their form spells them
as they are. Most translations are of this kind.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.inline import Flavour
from toolkit.model.units import Form, Kind
from toolkit.writing.guard.acting import NAMES
from toolkit.writing.guard.anywhere import CONTROLS
from toolkit.writing.guard.escapes import is_harmless
from toolkit.writing.guard.places import place_of
from toolkit.writing.guard.repeating import repeats
from toolkit.writing.guard.suspicion import WORDS, is_suspicious_name, may_be_address
from toolkit.writing.guard.underlines import in_two_lines

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.inline import Grammar
    from toolkit.model.document import Document
    from toolkit.model.units import Unit
    from toolkit.reading.canonical import Definitions

_FLOW, _LINE, _CODE_LINE = Form.FLOW, Form.LINE, Form.CODE_LINE
_CAPTION, _LIST_ITEM, _PANDOC = Kind.CAPTION, Kind.LIST_ITEM, Flavour.PANDOC
_LINES, _CELLS = frozenset({_LINE, Form.QUOTED}), frozenset({Form.CELL, Form.CODE_CELL})
_PATTERNS = {
    **dict.fromkeys((_FLOW, _CODE_LINE), WORDS.replace("[!?]", "[#!?]")),
    **dict.fromkeys(_LINES, WORDS),
    **dict.fromkeys(_CELLS, WORDS.replace("[^", "[^`|")),
}
_FORMS = {form: re.compile(rf"(?![\s☐☒]){words}(?<!\s)") for form, words in _PATTERNS.items()}
"""The forms that spell words as they are, and what these may be."""
_LINE_OF_PIECES = {
    **dict.fromkeys((_FLOW, _CODE_LINE), re.compile(rf"(?![\s<])[^\t\n{CONTROLS}]++(?<!\s)")),
    **dict.fromkeys(_CELLS, re.compile(rf"(?![\s<])[^\t\n`|{CONTROLS}]++(?<!\s)")),
    **dict.fromkeys(_LINES, re.compile(rf"(?![\s<\[])[^\t\n#{CONTROLS}]++(?<!\s)")),
}

_SHORT = re.compile(r"\[(?<!\]\[)([^\[\]]*)\](?!\(|\[[^\]])")
"""Matches what may be a short reference in a text of simple pieces."""


def is_plain(
    unit: Unit, text: str, document: Document, dialect: Dialect, definitions: Definitions
) -> bool:
    """Whether a translation stands in its place as it is, and does nothing new there."""
    pattern, grammar = _FORMS.get(unit.form), dialect.grammar
    if pattern is None or grammar.own_syntax or "{%" in unit.text:
        return False
    if dialect.has_vanishing(text):
        return False
    if pattern.fullmatch(text):
        if not _is_words(unit, text, grammar):
            return False
    elif not _is_repeated(unit, text, grammar, definitions):
        return False
    return unit.form is _CODE_LINE or _is_free(unit, text, document, dialect)


def has_other_labels(unit: Unit, text: str) -> bool:
    """Whether a plain text has what may be a short reference, and is none of its source's."""
    source = unit.text.upper()
    return any(
        not has_label(source, text, match.start(), normalizeReference(match[1]))
        for match in _SHORT.finditer(text)
    )


def has_label(source: str, text: str, start: int, label: str) -> bool:
    """Whether a source, in capitals, has the label of a short reference, of an image for one.

    That reference starts at a place of `text`; its label is normalized.
    """
    image = "!" * text.startswith("!", start - 1)
    return f"{image}[{label}]" in source


def _is_words(unit: Unit, text: str, grammar: Grammar) -> bool:
    """Whether a line without marks is no address, and none a name."""
    if may_be_address(text, grammar):
        return False
    return place_of(unit) not in NAMES or not is_suspicious_name(text)


def _is_repeated(unit: Unit, text: str, grammar: Grammar, definitions: Definitions) -> bool:
    """Whether a text is a line of words and pieces of its source, none a reference or a box."""
    pattern = _LINE_OF_PIECES.get(unit.form)
    if pattern is None or not pattern.fullmatch(text) or grammar.flavour is _PANDOC:
        return False
    if "[" in text:
        if grammar.cmark and unit.kind is _LIST_ITEM:
            return False
        if definitions and not _refers_as_source(unit, text, definitions):
            return False
    return repeats(unit.text, text, grammar, place_of(unit))


def _refers_as_source(unit: Unit, text: str, definitions: Definitions) -> bool:
    """Whether each short reference of a text is one of its source, by the same label."""
    own = {normalizeReference(label) for label in unit.references}
    names = {normalizeReference(label) for label in _SHORT.findall(text)}
    if own and "![" not in text:
        return names <= own
    return not own and not any(name in definitions for name in names)


def _is_free(unit: Unit, text: str, document: Document, dialect: Dialect) -> bool:
    """Whether a line of words starts no block where it stands, and ends none."""
    if dialect.escaping and dialect.escaping(unit.text, text) != text:
        return False
    if dialect.page_start and dialect.page_start.match(text):
        return False
    if unit.form is _FLOW:
        return is_harmless(text, dialect) and in_two_lines(unit, text, document, dialect) == text
    if unit.form in _LINES and unit.kind is not _CAPTION:
        return True
    return dialect.text_start.match(text) is not None
