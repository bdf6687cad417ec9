"""Write a translation as a YAML scalar, in its source's style where that can hold it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.model.units import Unit

_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Matches the line breaks of YAML 1.1."""
_WORDS = re.compile(r"[^\W\d_]\w*(?: \w[\w.()/-]*)+")
"""Two words and more, which YAML takes for nothing else; the next two spare asking it."""
_NO_TEXT = re.compile(
    r"[-+]?\.(?:inf|nan)|[-+.]*[0-9][\w.+:,-]*|null|true|false|yes|no|on|off|:.*", re.IGNORECASE
)
"""Matches what other readers than PyYAML take for no text.

YAML 1.2 has more numbers (`1e5`, `0o14`), Ruby's Psych more times (`00:00`), `nULL` and symbols.
"""
_UNESCAPED = re.compile(r'[^"\\\ufeff\U00010000-\U0010ffff]*')


def written_yaml(unit: Unit, text: str) -> str:
    """`text` as the scalar that stands in the span of `unit`."""
    return _WRITERS[unit.form](unit, text)


def _plain(_unit: Unit, text: str) -> str:
    return text if _is_plain(text) else _double_quoted(text)


def _is_plain(text: str) -> bool:
    """Whether YAML reads `text` as just this string, in a mapping and in a flow sequence."""
    if _WORDS.fullmatch(text):
        return True
    if _NO_TEXT.fullmatch(text):
        return False
    try:
        nodes = yaml.compose(f"a: {text}"), yaml.compose(f"a: [{text}]")
    except yaml.YAMLError:
        return False
    for node in nodes:
        value = node.value[0][1] if isinstance(node, yaml.MappingNode) else None
        if isinstance(value, yaml.SequenceNode):
            value = value.value[0] if len(value.value) == 1 else None
        if not isinstance(value, yaml.ScalarNode) or value.style or value.value != text:
            return False
        if value.tag != "tag:yaml.org,2002:str":
            return False
    return True


def _double_quoted(text: str) -> str:
    if _UNESCAPED.fullmatch(text) and text.isprintable():
        return f'"{text}"'
    quoted: str = yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))
    return quoted.rstrip("\n")


def _single(_unit: Unit, text: str) -> str:
    return f"'{text.replace(chr(39), chr(39) * 2)}'" if text.isprintable() else _double_quoted(text)


def _double(_unit: Unit, text: str) -> str:
    return _double_quoted(text)


def _literal(unit: Unit, text: str) -> str:
    return unit.continuation.join(_LINE_END.split(text.strip()))


def _folded(unit: Unit, text: str) -> str:
    indent = unit.continuation.lstrip("\r\n")
    newline = unit.continuation.removesuffix(indent)
    paragraphs = [line.strip() for line in _LINE_END.split(text) if line.strip()]
    return (newline + unit.continuation).join(paragraphs)


_WRITERS: dict[Form, Callable[[Unit, str], str]] = {
    Form.YAML_PLAIN: _plain,
    Form.YAML_SINGLE: _single,
    Form.YAML_DOUBLE: _double,
    Form.YAML_LITERAL: _literal,
    Form.YAML_FOLDED: _folded,
}
