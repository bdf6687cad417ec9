"""Write a translation as a string of TOML or JSON, or as a shortcode's parameter."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.shortcode_parameters import written_parameter
from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.model.units import Unit

_LINE_END = re.compile(r"\r\n|\n|\r")
_NOT_LITERAL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_NOT_LITERAL_LINES = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]|'''|'\Z|^\+\+\+", re.MULTILINE)


def written_quoted(unit: Unit, text: str) -> str:
    """`text` as the string that stands in the span of `unit`, with its quotes."""
    return _WRITERS[unit.form](unit, text)


def _json(_unit: Unit, text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _basic(_unit: Unit, text: str) -> str:
    """A basic string (TOML 1.0, "String"), whose escapes are those of JSON, with DEL escaped."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007F")


def _literal(unit: Unit, text: str) -> str:
    return _basic(unit, text) if "'" in text or _NOT_LITERAL.search(text) else f"'{text}'"


def _lines(unit: Unit, text: str) -> str:
    """A multi-line basic string; a line end right after the opening quotes is not part of it."""
    lines = [_not_a_fence(_basic(unit, line)[1:-1]) for line in _LINE_END.split(text)]
    opening = '"""' + (unit.continuation if len(lines) > 1 else "")
    return opening + unit.continuation.join(lines) + '"""'


def _not_a_fence(line: str) -> str:
    """A line that does not end the front matter, whose end is looked for before it is read."""
    return line.replace("+", "\\u002B", 1) if line.startswith("+++") else line


def _literal_lines(unit: Unit, text: str) -> str:
    text = "\n".join(_LINE_END.split(text))
    if _NOT_LITERAL_LINES.search(text):
        return _lines(unit, text)
    opening = "'''" + (unit.continuation if "\n" in text else "")
    return opening + text.replace("\n", unit.continuation) + "'''"


def _parameter(unit: Unit, text: str) -> str:
    return written_parameter(text, unit.text)


_WRITERS: dict[Form, Callable[[Unit, str], str]] = {
    Form.TOML_BASIC: _basic,
    Form.TOML_LITERAL: _literal,
    Form.TOML_LINES: _lines,
    Form.TOML_LITERAL_LINES: _literal_lines,
    Form.JSON_STRING: _json,
    Form.PARAMETER: _parameter,
}
