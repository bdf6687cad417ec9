"""Whether a translation can change no more than the words of its block, whatever stands around it.

Most can't: a line that starts as text, without a mark that blocks of the dialect are made of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline.grammar import Flavour
from toolkit.model.units import Form, Kind
from toolkit.writing.guard.escapes import is_harmless

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
_LAST = ("\\", "}", "#")
_NO_TITLE = re.compile(rf"[\"<>{{}}|\\&`~{_UNSEEN}]|\A#")
_TITLE_STARTS = frozenset("\"'(")
"""The starts of a title that goes with the definition of a link in the line above it."""
_WORD = re.compile(r"[^\W_]")
_SCALAR = re.compile(r"[^\W\d_]\w*(?: \w[\w.()/-]*)+|\"[^\"\\]+\"|'(?:[^'\\]|'')+'")
_COMMENT = re.compile(
    r"(?P<opening>[^\w\s`~]*+[ \t]*+)\w(?:[\w ,.]*[\w.])?+(?P<end>[ \t]*+[^\w\s`~]*+)"
)
_BEHIND_NAME = re.compile(r"[{`:~][^\n]*\}")
"""Matches the name of a directive, in whose line a text begins."""
_CODE = re.compile(r"(?<!`)`(?!`)[^`]++`(?!`)")
_BELOW = re.compile(r"[ \t]*(?:\Z|\r?\n[ \t>]*(?:\Z|\r?\n[\s>]*(?![\s>:~])))")
"""Matches where a blank line is below a text, and no definition of it below that."""
_OWN_BLOCKS = frozenset({Flavour.KRAMDOWN, Flavour.PANDOC})
_ITEM = r"([ \t>]*+)(?:[*+-]|\d+[.)])[ \t]++"
_ITEM_START = re.compile(_ITEM)
_ITEM_BELOW = re.compile(rf"[ \t]*\r?\n{_ITEM}[^-=|:\s]")


def changes_words_only(unit: Unit, edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether the blocks of a page are the same with and without an edit, other edits or not."""
    check = _CHECKS.get(unit.form)
    source, text = document.text[edit.span.start : edit.span.end].replace("\r\n", "\n"), edit.text
    if check is None or "\n" in text or "\r" in text or not _WORD.search(text):
        return False
    if unit.form in _OWN_LINES:
        return "\n" not in source and check(unit, edit, document, dialect)
    if unit.form is Form.QUOTED or (unit.form is Form.LINE and unit.kind is not Kind.HEADING):
        return not (_NO_TITLE.search(text) or _NO_TITLE.search(source))
    marks = _ANY if dialect.nesting else _MARKS.get(dialect.grammar.flavour, _ANY)
    if _acts(text, marks) or _acts(source, marks):
        return False
    return check(unit, edit, document, dialect)


def _acts(text: str, marks: re.Pattern[str]) -> bool:
    """Whether a text has a mark of blocks after its start."""
    if marks.search(text) or text.rstrip(" \n").endswith(_LAST):
        return True
    return "```" in text or "~~~" in text or "///" in text or ":::" in text or "$$" in text


def _is_line(_unit: Unit, edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether a paragraph, or a line of its own, begins and ends as text."""
    source = document.text[edit.span.start : edit.span.end]
    if edit.text[0] in _TITLE_STARTS or source[:1] in _TITLE_STARTS:
        return False
    if not is_harmless(edit.text, dialect):
        return False
    start = dialect.page_start
    if start and start.match(edit.text) and "\n\n" not in document.text[: edit.span.start]:
        return False
    if _BEHIND_NAME.search(_before(edit, document)):
        return False
    return "\n" not in source or _ends_alike(edit, document, dialect)


def _ends_alike(edit: Edit, document: Document, dialect: Dialect) -> bool:
    """Whether a text of several lines ends where it does in one line, by what is below it."""
    if _BELOW.match(document.text, edit.span.end):
        return True
    item = _ITEM_START.fullmatch(_before(edit, document))
    below = _ITEM_BELOW.match(document.text, edit.span.end)
    if not (item and below) or dialect.grammar.flavour in _OWN_BLOCKS:
        return False
    return item.group(1) == below.group(1)


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


def _is_scalar(_unit: Unit, edit: Edit, _document: Document, _dialect: Dialect) -> bool:
    """Whether YAML reads a text as one string in its line."""
    return bool(_SCALAR.fullmatch(edit.text)) and edit.text.isprintable()


def _is_comment(unit: Unit, edit: Edit, document: Document, _dialect: Dialect) -> bool:
    """Whether a comment has its marks and between them words alone, as in its source."""
    if unit.kind is not Kind.CODE_COMMENT:
        return False
    source = _COMMENT.fullmatch(document.text[edit.span.start : edit.span.end])
    text = _COMMENT.fullmatch(edit.text)
    if source is None or text is None:
        return False
    return source.group("opening", "end") == text.group("opening", "end")


def _has_code(cell: str) -> str:
    """Tell apart the cells with code in simple backticks, without any, and others."""
    if "`" not in cell:
        return "no"
    return "" if "\\" in cell or "`" in _CODE.sub("", cell) else "yes"


_OWN_LINES = frozenset({Form.YAML_PLAIN, Form.YAML_SINGLE, Form.YAML_DOUBLE, Form.CODE_LINE})
"""Forms in which Markdown's marks are none."""
_CHECKS = {
    **dict.fromkeys(_OWN_LINES, _is_scalar),
    Form.CODE_LINE: _is_comment,
    Form.FLOW: _is_line,
    Form.LINE_START: _is_line,
    Form.LINE: _is_heading,
    Form.QUOTED: _is_heading,
    Form.CELL: _is_cell,
    Form.CODE_CELL: _is_cell,
}
