"""The names of translators on localized pages: a line below the text, or a list."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.catalogs.ready_texts import TRANSLATION, ready_texts
from toolkit.model.document import Edit, Span
from toolkit.model.expressions import late
from toolkit.reading.segment import read_blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.document import Document
    from toolkit.writing.guard import Guard

AUTO, LIST = "auto", "list"
"""The settings for a line in the readers' language, and for no line at all."""
MARK = "yiben:credits"
_PLACE = "{translators}"
_COMMENT = late(
    rf"^(?P<indent>[ \t]*)(?:<!--\s*{MARK}\s*-->|\{{/\*\s*{MARK}\s*\*/\}})[ \t]*$", re.MULTILINE
)
_CODE = frozenset({"fence", "code_block"})
_PARAGRAPH = "paragraph"
_SPECIAL = late(r"(?<!\w)[_~]|[_~](?!\w)")
_INITIAL = late(r"(?<=^[A-Za-z])[.)](?= )|(?<=^[ivxIVX]{2})[.)](?= )")


def credit_line(setting: str, locale: Locale, names: Sequence[str]) -> str:
    """Return the line that names the translators of a page; empty without any."""
    if not names or setting in {"", LIST}:
        return ""
    text = ready_texts(locale).get(TRANSLATION, TRANSLATION) if setting == AUTO else setting
    return text.replace(_PLACE, _separator(locale).join(map(_escaped, names)))


def _separator(locale: Locale) -> str:
    if locale.script in {"Hans", "Hant", "Jpan"}:
        return "、"
    return "، " if locale.script == "Arab" else ", "


def _escaped(name: str) -> str:
    """Return a name in which an underscore is no emphasis."""
    return _SPECIAL.sub(r"\\\g<0>", name)


def with_credits(document: Document, guard: Guard, line: str, names: Sequence[str]) -> Document:
    """Put all translators where a comment asks for them, or else a line at the end of a page.

    A page whose end lies in something open, such as a code block, stays without the line.
    """
    marks = _marks(document, guard) if MARK in document.text else []
    if marks and names:
        return document.edited([_list_at(document, mark, names) for mark in marks])
    if marks or not line:
        return document
    return _with_line(document, guard, line)


def _marks(document: Document, guard: Guard) -> list[re.Match[str]]:
    """The comments that ask for a list, but for those in code."""
    tokens = read_blocks(document, guard.dialect, guard.keys).tokens
    code = [one.map for one in tokens if one.type in _CODE and one.map]
    found = []
    for match in _COMMENT.finditer(document.text):
        line, _ = document.place(match.start())
        if not any(start < line <= end for start, end in code):
            found.append(match)
    return found


def _list_at(document: Document, mark: re.Match[str], names: Sequence[str]) -> Edit:
    # An initial would start a list in the item, for Pandoc and for PyMdown's `fancylists`.
    written = (_INITIAL.sub(r"\\\g<0>", _escaped(name)) for name in names)
    lines = (f"{mark['indent']}- {name}" for name in written)
    return Edit(Span(mark.start(), mark.end()), document.newline.join(lines))


def _with_line(document: Document, guard: Guard, line: str) -> Document:
    newline, text = document.newline, document.text
    blank = newline if text.endswith(newline) else newline * 2
    place = len(text)
    edit = Edit(Span(place, place), f"{blank}{line.strip()}{newline}")
    longer = document.edited([edit])
    before, after = (
        [token.type for token in read_blocks(one, guard.dialect, guard.keys).tokens]
        for one in (document, longer)
    )
    return longer if after == [*before, _PARAGRAPH] else document
