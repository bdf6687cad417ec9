"""Write a translation in the place of its source text, form by form."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.csv_cells import written_cell
from toolkit.dialects.blocks.jsx_texts import written_string
from toolkit.dialects.inline.grammar import ListValues
from toolkit.dialects.inline.runs import Runs
from toolkit.model.expressions import late
from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.model.document import Document
    from toolkit.model.units import Unit

_LINE_END = re.compile(r"\r\n|\n|\r")
_SHORTCODE = late(r"(\{\{[<%][^{}]*\}\})")
_UNESCAPED = {delimiter: re.compile(rf"(\\.)|{re.escape(delimiter)}") for delimiter in "\"')"}
_SPREAD_TAG = re.compile(r"<[A-Za-z][^<>\n]{0,999}\n")
_TAG_NAME = late(r"\A(<[A-Za-z][\w:-]*)[ \t]+")
_TAG = r"""</?[A-Za-z](?:[^<>"']|"[^"]{0,999}"|'[^']{0,999}'){0,999}>"""
_LONE_TAG = late(rf"{_TAG}[ \t]*\n")
_FIRST_TAG = late(rf"\A({_TAG})[ \t]+")
_BRACKET = late(r"\\.|[\[\]]")
_ENTITIES = {'"': "&quot;", "'": "&#39;", ")": "&#41;"}
_CLOSING = {"(": ")"}


def written(unit: Unit, text: str, delimiter: str) -> str:
    """`text` as it has to stand in the span of `unit`.

    `delimiter` is the character before the span: the quote that opens a title or attribute.
    """
    return _WRITERS[unit.form](unit, text, delimiter)


def spread(unit: Unit, document: Document, text: str) -> str:
    """`text`, which starts with a tag, with this in lines as its source has it.

    A whole tag alone in the first line starts a block of HTML, what else begins with an inline tag
    is a paragraph (CommonMark 0.31, section 4.6, condition 7).
    """
    source = document.text[unit.span.start : unit.span.end]
    if unit.form is Form.FLOW and _SPREAD_TAG.match(source):
        return _TAG_NAME.sub(r"\1\n", text)
    if unit.form is Form.HTML and _LONE_TAG.match(source):
        return _FIRST_TAG.sub(r"\1\n", text)
    return text


def in_lines(unit: Unit, text: str) -> str:
    """`text` in the lines that its form has, before anything is put between them."""
    if unit.form in _IN_LINES:
        return "\n".join(_lines(text))
    return _folded(text) if unit.form in _FOLDED else text


def _flow(unit: Unit, text: str, _delimiter: str) -> str:
    return unit.continuation.join(_lines(text))


def _lines(text: str) -> list[str]:
    text = text.strip()
    if "\n" not in text and "\r" not in text:
        return [text] if text else []
    return [line.lstrip() for line in _LINE_END.split(text) if line.strip()]


def _folded(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return text.strip()
    return " ".join(line.strip() for line in _LINE_END.split(text) if line.strip())


def _line(_unit: Unit, text: str, _delimiter: str) -> str:
    return _folded(text)


def _cell(_unit: Unit, text: str, _delimiter: str) -> str:
    text = _folded(text)
    if "|" not in text:
        return text
    pieces = _SHORTCODE.split(text)
    pieces[::2] = (piece.replace("|", r"\|") for piece in pieces[::2])
    return "".join(pieces)


def _code_cell(_unit: Unit, text: str, _delimiter: str) -> str:
    text = _folded(text)
    if "|" not in text:
        return text
    pieces: list[str] = []
    position = 0
    for start, end in Runs(text).spans(escapes=False):
        pieces += (text[position:start].replace("|", r"\|"), text[start:end])
        position = end
    return "".join((*pieces, text[position:].replace("|", r"\|")))


def _bracketed(_unit: Unit, text: str, _delimiter: str) -> str:
    """Brackets that do not pair are escaped."""
    text, depth = _folded(text), 0
    for mark in _BRACKET.finditer(text):
        depth += {"[": 1, "]": -1}.get(mark[0], 0)
        if depth < 0:
            break
    return text if depth == 0 else _BRACKET.sub(_escaped_bracket, text)


def _escaped_bracket(mark: re.Match[str]) -> str:
    return mark[0] if mark[0][0] == "\\" else f"\\{mark[0]}"


def _between_colons(_unit: Unit, text: str, _delimiter: str) -> str:
    return _folded(text).replace(":", "&#58;")


def _aligned_name(unit: Unit, text: str, _delimiter: str) -> str:
    """A name with blanks up to the column of its body, which else begins in the next line."""
    name = f"{_between_colons(unit, text, '')}:"
    width = unit.span.end - unit.span.start
    return name.ljust(width) if len(name) < width else f"{name}{unit.continuation}"


def _csv(_unit: Unit, text: str, _delimiter: str) -> str:
    return written_cell(_folded(text))


def _attribute(_unit: Unit, text: str, delimiter: str) -> str:
    """A value in quotes, where a backslash is nothing but a backslash."""
    return _folded(text).replace(delimiter, _ENTITIES.get(delimiter, delimiter))


def list_value(unit: Unit, text: str, delimiter: str, values: ListValues) -> str:
    """`text` as a value in a list of attributes."""
    if values is ListValues.ESCAPED:
        text = _folded(text).replace("\\", "\\\\")
        return text.replace(delimiter, f"\\{delimiter}") if delimiter else text
    if values is not ListValues.ENTITIES:
        return _folded(text)
    return _list_value(unit, text, delimiter)


def _list_value(unit: Unit, text: str, delimiter: str) -> str:
    return _attribute(unit, text, delimiter).replace("{", "&#123;").replace("}", "&#125;")


def _script_string(_unit: Unit, text: str, delimiter: str) -> str:
    return written_string(text.strip(), delimiter)


def _between_quotes(_unit: Unit, text: str, delimiter: str) -> str:
    closing = _CLOSING.get(delimiter, delimiter)
    pattern = _UNESCAPED.get(closing)
    text = _folded(text)
    return pattern.sub(lambda match: match[1] or _ENTITIES[closing], text) if pattern else text


def _code_block(unit: Unit, text: str, _delimiter: str) -> str:
    """Lines with the container's prefix before each; blank ones end with its last mark."""
    first, *rest = _LINE_END.split(text.strip("\r\n"))
    prefix = unit.continuation
    blank = prefix.rstrip(" \t")
    return first + "".join(f"{prefix}{line}" if line.strip() else blank for line in rest)


def _yaml(unit: Unit, text: str, _delimiter: str) -> str:
    from toolkit.writing.forms.yaml_scalars import written_yaml  # noqa: PLC0415 - PyYAML is slow to import

    return written_yaml(unit, text)


def _quoted(unit: Unit, text: str, _delimiter: str) -> str:
    from toolkit.writing.forms.quoted import written_quoted  # noqa: PLC0415 - seldom wanted

    return written_quoted(unit, text)


_WRITERS: dict[Form, Callable[[Unit, str, str], str]] = {
    Form.FLOW: _flow,
    Form.LINE: _line,
    Form.LINE_START: _line,
    Form.CELL: _cell,
    Form.CODE_CELL: _code_cell,
    Form.QUOTED: _line,
    Form.TITLE: _between_quotes,
    Form.BRACKETED: _bracketed,
    Form.CSV: _csv,
    Form.BETWEEN_COLONS: _between_colons,
    Form.ALIGNED_NAME: _aligned_name,
    Form.ATTRIBUTE: _attribute,
    Form.LIST_VALUE: _list_value,
    Form.SCRIPT_STRING: _script_string,
    Form.HTML: _flow,
    Form.CODE_LINE: _line,
    Form.CODE_BLOCK: _code_block,
    Form.YAML_PLAIN: _yaml,
    Form.YAML_SINGLE: _yaml,
    Form.YAML_DOUBLE: _yaml,
    Form.YAML_LITERAL: _yaml,
    Form.YAML_FOLDED: _yaml,
    Form.TOML_BASIC: _quoted,
    Form.TOML_LITERAL: _quoted,
    Form.TOML_LINES: _quoted,
    Form.TOML_LITERAL_LINES: _quoted,
    Form.JSON_STRING: _quoted,
    Form.PARAMETER: _quoted,
    Form.RAW_VALUE: _line,
}

_IN_LINES = frozenset({Form.FLOW, Form.HTML})
_FOLDED = frozenset(
    {
        *(Form.LINE, Form.LINE_START, Form.CELL, Form.CODE_CELL, Form.QUOTED, Form.TITLE),
        *(Form.BRACKETED, Form.CSV, Form.BETWEEN_COLONS, Form.ALIGNED_NAME, Form.ATTRIBUTE),
        *(Form.LIST_VALUE, Form.CODE_LINE),
    }
)
