"""Recognize translations that are a line of words, which are written into a page as they are.

Most translations are of this kind. They hold nothing that acts in any place, need no escapes where
they stand, and their form spells them as they are.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.units import Form, Kind
from toolkit.writing.guard.acting import NAMES
from toolkit.writing.guard.anywhere import has_commit
from toolkit.writing.guard.escapes import is_harmless
from toolkit.writing.guard.places import place_of
from toolkit.writing.guard.suspicion import WORDS, is_suspicious_name
from toolkit.writing.guard.underlines import in_two_lines

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_FLOW, _LINE, _CODE_LINE = Form.FLOW, Form.LINE, Form.CODE_LINE
_CAPTION = Kind.CAPTION
_LINES, _CELLS = frozenset({_LINE, Form.QUOTED}), frozenset({Form.CELL, Form.CODE_CELL})
_PATTERNS = {
    **dict.fromkeys((_FLOW, _CODE_LINE), WORDS.replace("[!?]", "[#!?]")),
    **dict.fromkeys(_LINES, WORDS),
    **dict.fromkeys(_CELLS, WORDS.replace("[^", "[^`|")),
}
_FORMS = {form: re.compile(rf"(?![\s☐☒]){words}(?<!\s)") for form, words in _PATTERNS.items()}
"""The forms that spell words as they are, and what these may be."""


def is_plain(unit: Unit, text: str, document: Document, dialect: Dialect) -> bool:
    """Whether a translation is words alone, and stands in its place as it is."""
    pattern, grammar = _FORMS.get(unit.form), dialect.grammar
    if pattern is None or not pattern.fullmatch(text) or (grammar.code_acts and "`" in text):
        return False
    if grammar.own_syntax or grammar.domains or (grammar.mentions and has_commit(text)):
        return False
    if "." in text and "www." in text.lower():
        return False
    if place_of(unit) in NAMES and is_suspicious_name(text):
        return False
    return unit.form is _CODE_LINE or _is_free(unit, text, document, dialect)


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
