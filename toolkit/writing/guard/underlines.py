"""Texts of several lines where a single one would be something else.

Above a line of dashes it would be underlined. In Python-Markdown a definition of one line takes the
line below it that is not indented; one of several lines takes only what is.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_LINE_END = re.compile(r"[\r\n]")
_UNDERLINE = re.compile(r"(?:\r\n?|\n)[ \t>]*(?:=+|-+)[ \t]*(?:\r|\n|\Z)")
_DEFINITION = re.compile(r"[ \t>]*:[ \t]")
_LINE_BELOW = late(r"(?:\r\n?|\n)[ \t>]*[^\s>]")
_BREAK = late(r"(?<=\S) (?=\S)|(?<=[，。；：、！？])(?=\w)")
"""Return where a line may end: at a blank, or after Chinese punctuation, which includes one."""
_PAIRS = (("[", "]"), ("(", ")"), ("<", ">"), ("{", "}"))


def in_two_lines(unit: Unit, text: str, document: Document, dialect: Dialect) -> str:
    """Put a text in two lines where its source has several, and one would be something else."""
    span = unit.span
    if "\n" in text or not _LINE_END.search(document.text, span.start, span.end):
        return text
    if not _UNDERLINE.match(document.text, span.end) and not (
        dialect.python_markdown and _is_definition_above_text(unit, document)
    ):
        return text
    for place in reversed(list(_BREAK.finditer(text))):
        first, second = text[: place.start()], text[place.end() :]
        if _is_closed(first):
            return f"{first}\n{second}"
    return text


def _is_definition_above_text(unit: Unit, document: Document) -> bool:
    start = document.line_start(unit.span.start)
    opened = _DEFINITION.match(document.text, start, unit.span.start)
    return bool(opened and _LINE_BELOW.match(document.text, unit.span.end))


def _is_closed(text: str) -> bool:
    """Whether no code, link, tag or attribute list goes on behind a text."""
    ticks = text.count("`") % 2
    return not ticks and all(text.count(one) == text.count(other) for one, other in _PAIRS)
