"""Options of MyST's directives: `:key: value` lines, or `key: value` between two `---`.

What a value may be follows MyST-Parser's page "Roles and Directives" ("Parameterizing directives").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.blocks.directive_names import OPTIONS, OWN_OPTIONS
from toolkit.parser import line_text, text_range
from toolkit.units import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

_FENCE = "---"
_OPTION = re.compile(r":(?!::)")
_VALUE = re.compile(
    r":?(?P<key>[\w-]+):[ \t]+(?P<value>'(?:[^']|'')*'|\"(?:[^\"\\]|\\[\"\\])*\"|[^\s'\"|>#].*?)"
    r"(?:[ \t]+#.*)?[ \t]*$"
)
_ESCAPED = re.compile(r"\\([\"\\])")
_FORMS = {"'": Form.YAML_SINGLE, '"': Form.YAML_DOUBLE}


@dataclass(frozen=True, slots=True)
class OptionText:
    """The value of an option that is text."""

    key: str
    span: tuple[int, int]
    """Where it stands in the source, with its quotes."""
    form: Form
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a directive: the first, and the one behind the last."""

    state: StateBlock
    first: int
    end: int

    def text(self, line: int) -> str:
        """A line's text without indent."""
        return line_text(self.state, line)


def first_body_line(lines: Lines) -> int:
    """The first line behind the options."""
    line = lines.first
    if line < lines.end and lines.text(line).startswith(_FENCE):
        closing = (at for at in range(line + 1, lines.end) if lines.text(at).startswith(_FENCE))
        return next((at + 1 for at in closing), lines.end)
    while line < lines.end and _OPTION.match(lines.text(line)):
        line += 1
    return line


def option_texts(lines: Lines, directive: str) -> Iterator[OptionText]:
    """The values that are text, in order; those of several lines or with rarer escapes are not."""
    known = OPTIONS | OWN_OPTIONS.get(directive, frozenset())
    for line in range(lines.first, lines.end):
        match = _VALUE.match(lines.text(line))
        if match and match["key"] in known and not _goes_on(lines, line):
            start, end = match.span("value")
            offset = text_range(lines.state, line)[0]
            form = _FORMS.get(match["value"][0], Form.YAML_PLAIN)
            text = _said(match["value"], form)
            yield OptionText(match["key"], (offset + start, offset + end), form, text)


def _goes_on(lines: Lines, line: int) -> bool:
    """Whether the next line belongs to the same value."""
    behind = line + 1
    if behind >= lines.end or lines.state.isEmpty(behind):
        return False
    own = lines.text(line).startswith(":")
    return not own and lines.state.sCount[behind] > lines.state.sCount[line]


def _said(value: str, form: Form) -> str:
    if form is Form.YAML_PLAIN:
        return value
    if form is Form.YAML_SINGLE:
        return value[1:-1].replace("''", "'")
    return _ESCAPED.sub(r"\1", value[1:-1])
