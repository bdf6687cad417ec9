"""Front matter: where it ends, and the values in it that are translated."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.dialect import FrontMatter
from toolkit.model.units import Form
from toolkit.reading.segment.value import AnyCase, Value, is_chosen

if TYPE_CHECKING:
    from collections.abc import Collection

_YAML = re.compile(r"---[ \t]*\n(?P<body>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_NUMBERS = re.compile(r"(?:[A-Za-z_][A-Za-z0-9_-]*:[ ]+(?:0|[1-9][0-9]*)[ ]*\n)+")
"""Matches a mapping of numbers, which holds no text."""
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<body>(?:.*\n)*?)\+\+\+[ \t]*(?:\n|\Z)")
LEAD = re.compile(r"\s*+(?:<!--[^\r\n]*+[\r\n]\s*+)?+(?=---|\+\+\+|\{)")
"""The lead that Hugo skips in front of front matter: blanks, the start of a comment around it."""
_LINE = re.compile(r"[^\n]*\n")
_REST = re.compile(r"[ \t]*(?:\n|\Z)")
_META_LINE = re.compile(r"[ ]{0,3}(?P<key>[A-Za-z0-9_-]+):[ \t]*(?P<value>.*?)[ \t]*$")
_META_MORE = re.compile(r"[ ]{4}|\t")


class Header(NamedTuple):
    """The front matter of a page: how many lines it takes, and its translatable values."""

    lines: int = 0
    values: tuple[Value, ...] = ()


def read_front_matter(source: str, kind: FrontMatter, keys: Collection[str]) -> Header:
    r"""Read the front matter of a page whose lines end in `\n`.

    YAML between `---` lines is front matter when it is a mapping, or when it is no valid YAML at
    all but each of its lines looks like one; MkDocs takes bare `key: value` lines as well (the
    rules are those of MkDocs' `utils.meta`). `keys` are the keys whose texts are translated.
    """
    if kind is FrontMatter.HUGO:
        return _hugo(source, keys)
    match = _YAML.match(source)
    if match:
        values = _yaml_values(match["body"], match.start("body"), keys)
        return Header(0 if values is None else _lines(match[0]), values or ())
    if kind is FrontMatter.MKDOCS:
        return _bare_lines(source, keys)
    return Header()


def front_value(source: str, kind: FrontMatter, key: str) -> Value | None:
    r"""Return the value under a path of keys, be it a text or a number; mostly nothing.

    The lines of `source` end in `\n`.
    """
    lead = LEAD.match(source) if kind is FrontMatter.HUGO else None
    start = lead.end() if lead else 0
    match = _YAML.match(source, start)
    if match:
        from toolkit.reading.segment.yaml_values import yaml_scalar  # noqa: PLC0415 - see there

        return yaml_scalar(match["body"], match.start("body"), key)
    values = read_front_matter(source, kind, (key,)).values
    return next((value for value in values if value.key == key), None)


def _hugo(source: str, keys: Collection[str]) -> Header:
    """Front matter as Hugo finds it: in three languages, behind blanks or inside of a comment."""
    match = LEAD.match(source)
    if not match:
        return Header()
    lead = match[0]
    text = source[len(lead) :]
    keys = AnyCase(map(str.lower, keys))
    readers = {"+": _toml, "{": _json}
    read = readers.get(text[0])
    header = read(text, keys) if read else read_front_matter(text, FrontMatter.YAML, keys)
    if not lead or not header.lines:
        return header
    lines = lead.count("\n") + header.lines
    if "<!--" in lead:
        end = source.find("-->", sum(map(len, _LINE.findall(source)[:lines])))
        if end < 0:
            return Header()
        lines = source.count("\n", 0, end) + 1
    return Header(lines, tuple(value.moved(len(lead)) for value in header.values))


def _toml(source: str, keys: Collection[str]) -> Header:
    """TOML between two `+++` lines (Hugo's documentation, "Front matter")."""
    from toolkit.reading.segment.toml_values import toml_values  # noqa: PLC0415 - seldom wanted

    match = _TOML.match(source)
    if not match:
        return Header()
    values = toml_values(match["body"], match.start("body"), keys)
    return Header(_lines(match[0]), values)


def _lines(text: str) -> int:
    """The number of lines of a text, the last one of which may lack its end."""
    return text.count("\n") + (not text.endswith("\n"))


def _json(source: str, keys: Collection[str]) -> Header:
    """A JSON object that ends with its line."""
    from toolkit.reading.segment.json_values import json_values  # noqa: PLC0415 - seldom wanted

    found = json_values(source, keys)
    if found is None or not _REST.match(source, found[0]):
        return Header()
    return Header(source.count("\n", 0, found[0]) + 1, found[1])


def _yaml_values(body: str, offset: int, keys: Collection[str]) -> tuple[Value, ...] | None:
    """The values of a YAML block; `None` when it is something else than front matter."""
    if _NUMBERS.fullmatch(body):
        return ()
    from toolkit.model.yaml_nodes import NotYamlError  # noqa: PLC0415 - PyYAML is slow to import
    from toolkit.reading.segment.yaml_values import yaml_values  # noqa: PLC0415 - see there

    try:
        return yaml_values(body, offset, keys)
    except NotYamlError:
        return _line_values(body, offset, keys)


def _line_values(body: str, offset: int, keys: Collection[str]) -> tuple[Value, ...] | None:
    """Values of a block that is no valid YAML, line by line; `None` when it is prose."""
    values: list[Value] = []
    position = offset
    for line in re.findall(r".*\n|.+", body):
        match = _META_LINE.match(line.rstrip("\n"))
        if match is None and line.strip() and line[0] not in " \t-#":
            return None
        if match and is_chosen((match["key"],), keys) and match["value"]:
            values.append(_raw_value(match, position))
        position += len(line)
    return tuple(values)


def _raw_value(match: re.Match[str], position: int) -> Value:
    start, end = match.span("value")
    return Value(position + start, position + end, match["value"], Form.RAW_VALUE, match["key"])


def _bare_lines(source: str, keys: Collection[str]) -> Header:
    """`key: value` lines at the very start, up to a blank line or another one."""
    values: list[Value] = []
    count = position = 0
    while position < len(source):
        end = source.find("\n", position)
        end = len(source) if end < 0 else end
        line = source[position:end]
        match = _META_LINE.match(line)
        if match is None and not (count and _META_MORE.match(line)):
            break
        if match and match["key"] in keys and match["value"]:
            values.append(_raw_value(match, position))
        count, position = count + 1, end + 1
    return Header(count, tuple(values))
