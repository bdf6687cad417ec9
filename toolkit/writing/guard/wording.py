"""Whether a translation can change no more than the words of its block, whatever stands around it.

Most can't: a line that starts as text, without a mark that blocks of the dialect are made of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline.grammar import Flavour
from toolkit.model.units import Form, Kind
from toolkit.writing.guard.escapes import is_first, is_harmless

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document, Edit
    from toolkit.model.units import Unit

_UNSEEN = r"\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufeff"
_ANY = re.compile(rf"[<>{{}}|\\$&{_UNSEEN}]")
_MARKS = {
    Flavour.COMMONMARK: re.compile(rf"[|{_UNSEEN}]"),
    # An image alone is a figure there.
    Flavour.PANDOC: re.compile(rf"{_ANY.pattern}|!\["),
    Flavour.PYTHON_MARKDOWN: re.compile(rf"[<|{_UNSEEN}]|&#"),
}
"""Match what acts on blocks from the midst of a line."""
_FENCES = ("```", "~~~", "///", ":::", "$$")
_LAST = ("\\", "}", "#")
_NO_TITLE = re.compile(rf"[\"<>{{}}|\\&`~{_UNSEEN}]|\A#")
_TITLE_STARTS = frozenset("\"'(")
"""The starts of a title that goes with the definition of a link in the line above it."""
_WORD = re.compile(r"[^\W_]")
_BEHIND_NAME = re.compile(r"[{`:~][^\n]*\}")
"""Matches the name of a directive, in whose line a text begins."""
_CODE = re.compile(r"(?<!`)`(?!`)[^`]++`(?!`)")
_BELOW = re.compile(r"[ \t]*(?:\Z|\n[ \t>]*(?:\Z|\n[\s>]*(?![\s>:~])))")
"""Matches where a blank line is below a text, and no definition of it below that."""


def changes_words_only(unit: Unit, edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether the blocks of a page are the same with and without an edit, other edits or not."""
    check = _CHECKS.get(unit.form)
    source, text = document.text[edit.span.start : edit.span.end], edit.text
    if check is None or "\n" in text or "\r" in text or not _WORD.search(text):
        return False
    if unit.form is Form.QUOTED or (unit.form is Form.LINE and unit.kind is not Kind.HEADING):
        return not (_NO_TITLE.search(text) or _NO_TITLE.search(source))
    marks = _ANY if dialect.nesting else _MARKS.get(dialect.grammar.flavour, _ANY)
    if _acts(text, marks) or _acts(source, marks):
        return False
    return check(unit, edit, document, dialect)


def _acts(text: str, marks: re.Pattern[str]) -> bool:
    """Whether a text has a mark of blocks behind its start."""
    if marks.search(text) or text.rstrip(" \n").endswith(_LAST):
        return True
    return any(fence in text for fence in _FENCES)


def _is_line(unit: Unit, edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether a paragraph, or a line of its own, begins and ends as text."""
    source = document.text[edit.span.start : edit.span.end]
    if edit.text[0] in _TITLE_STARTS or source[:1] in _TITLE_STARTS:
        return False
    if not is_harmless(edit.text, dialect):
        return False
    start = dialect.page_start
    if start and start.match(edit.text) and is_first(unit, document):
        return False
    if _BEHIND_NAME.search(_before(edit, document)):
        return False
    return "\n" not in source or bool(_BELOW.match(document.text, edit.span.end))


def _is_heading(_unit: Unit, edit: Edit, _document: Document, _dialect: Dialect) -> bool:
    return not edit.text.startswith("#")


def _is_cell(unit: Unit, edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether a cell ends where it did, and the row begins as it did."""
    if "|" not in _before(edit, document) and not is_harmless(edit.text, dialect):
        return False
    if unit.form is Form.CELL:
        return True
    source = document.text[edit.span.start : edit.span.end]
    return _has_code(source) == _has_code(edit.text) != ""


def _before(edit: Edit, document: Document) -> str:
    """Return what stands before a text in its line."""
    start = edit.span.start
    return document.text[document.text.rfind("\n", 0, start) + 1 : start]


def _has_code(cell: str) -> str:
    """Tell apart the cells with code in simple backticks, without any, and others."""
    if "`" not in cell:
        return "no"
    return "" if "\\" in cell or "`" in _CODE.sub("", cell) else "yes"


_CHECKS = {
    Form.FLOW: _is_line,
    Form.LINE_START: _is_line,
    Form.LINE: _is_heading,
    Form.QUOTED: _is_heading,
    Form.CELL: _is_cell,
    Form.CODE_CELL: _is_cell,
}
