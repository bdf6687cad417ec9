"""Options of MyST's directives: `:key: value` lines, or `key: value` between two `---`.

What a value may be follows MyST-Parser's page "Roles and Directives" ("Parameterizing directives").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.directive_names import NESTED, OPTIONS, OWN_OPTIONS
from toolkit.dialects.parser import line_text, text_range
from toolkit.model.units import Form

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

_FENCE = "---"
_OPTION = re.compile(r":(?!::)")
_KEY = re.compile(r"(?P<key>[\w-]+):(?:[ \t]+(?P<value>.*))?$")
_BLOCK = re.compile(r"[|>][+-]?$")
_VALUE = re.compile(
    r"(?P<value>'(?:[^']|'')*'|\"(?:[^\"\\]|\\[\"\\])*\"|[^\s'\"|>#].*?)(?:[ \t]+#.*)?[ \t]*$"
)
_COMMENT = re.compile(r"(?:^|[ \t])#")
_ESCAPED = re.compile(r"\\([\"\\])")
_FORMS = {
    "'": Form.YAML_SINGLE,
    '"': Form.YAML_DOUBLE,
    "|": Form.YAML_LITERAL,
    ">": Form.YAML_FOLDED,
}


@dataclass(frozen=True, slots=True)
class OptionText:
    """The value of an option that is text."""

    key: str
    span: tuple[int, int]
    """The place in the source, quotes included."""
    form: Form
    text: str
    prefix: str = ""
    """The prefix of each line of a block."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a directive: the first, and the one after the last."""

    state: StateBlock
    first: int
    end: int

    def text(self, line: int) -> str:
        """A line's text without indent."""
        return line_text(self.state, line)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of the options as YAML reads it: the colon before it is none of it."""

    indent: int
    offset: int
    text: str


def first_body_line(lines: Lines) -> int:
    """The first line after the options."""
    line = lines.first
    if line < lines.end and lines.text(line).startswith(_FENCE):
        closing = (at for at in range(line + 1, lines.end) if lines.text(at).startswith(_FENCE))
        return next((at + 1 for at in closing), lines.end)
    while line < lines.end and _OPTION.match(lines.text(line)):
        line += 1
    return line


def option_texts(lines: Lines, directive: str) -> Iterator[OptionText]:
    """The values that are text, in order; those with blank lines or rarer escapes are not."""
    known = OPTIONS | OWN_OPTIONS.get(directive, frozenset())
    found = _yaml_lines(lines)
    for at, line in enumerate(found):
        match = None if line.indent and directive not in NESTED else _KEY.match(line.text)
        if match is None or match["key"] not in known:
            continue
        below = range(at + 1, len(found))
        behind = next((end for end in below if found[end].indent <= line.indent), None)
        head = _Line(0, line.offset + match.start("value"), (match["value"] or "").rstrip())
        option = _value(lines.state, match["key"], [head, *found[at + 1 : behind]])
        if option:
            yield option


def _yaml_lines(lines: Lines) -> list[_Line]:
    """The lines of the options, those of a block without what all are indented by."""
    state, numbers = lines.state, range(lines.first, lines.end)
    if not numbers:
        return []
    if not lines.text(lines.first).startswith(_FENCE):
        return [_behind_colon(lines, line) for line in numbers]
    inner = [line for line in numbers if not lines.text(line).startswith(_FENCE)]
    least = min((state.sCount[line] for line in inner if not state.isEmpty(line)), default=0)
    return [
        _Line(
            max(state.sCount[line] - least, int(state.isEmpty(line))),
            text_range(state, line)[0],
            lines.text(line).rstrip(" \t"),
        )
        for line in inner
    ]


def _behind_colon(lines: Lines, line: int) -> _Line:
    whole = lines.text(line)[1:].rstrip(" \t")
    text = whole.lstrip(" \t")
    indent = len(whole) - len(text)
    offset = text_range(lines.state, line)[0] + 1 + indent
    return _Line(indent if text else 1, offset, text)


def _value(state: StateBlock, key: str, lines: list[_Line]) -> OptionText | None:
    """The value on a key's lines: the rest of its own, and those that are indented below it."""
    while lines and not lines[-1].text:
        lines = lines[:-1]
    if not lines or not all(line.text for line in lines[1:]):
        return None
    if _BLOCK.match(lines[0].text):
        return _block(state, key, lines)
    several = len(lines) > 1
    match = _VALUE.match(" ".join(line.text for line in lines if line.text))
    if match is None or (several and any(_COMMENT.search(line.text) for line in lines)):
        return None
    said = match["value"]
    start = next(line.offset for line in lines if line.text)
    end = lines[-1].offset + len(lines[-1].text) if several else start + len(said)
    form = _FORMS.get(said[0], Form.YAML_PLAIN)
    return OptionText(key, (start, end), form, _content(said, form))


def _block(state: StateBlock, key: str, lines: list[_Line]) -> OptionText | None:
    """The lines below `|` or `>`, all of them indented alike."""
    head, *inner = lines
    if len({line.indent for line in inner}) != 1:
        return None
    start = inner[0].offset
    prefix = state.src[state.src.rindex("\n", 0, start) + 1 : start]
    form = _FORMS[head.text[0]]
    text = ("\n" if form is Form.YAML_LITERAL else " ").join(line.text for line in inner)
    end = inner[-1].offset + len(inner[-1].text)
    return OptionText(key, (start, end), form, text, prefix)


def _content(value: str, form: Form) -> str:
    if form is Form.YAML_PLAIN:
        return value
    if form is Form.YAML_SINGLE:
        return value[1:-1].replace("''", "'")
    return _ESCAPED.sub(r"\1", value[1:-1])
