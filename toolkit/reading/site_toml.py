"""The settings of Zensical in `zensical.toml` as the nodes that a YAML file of them would have.

The table `[project]` holds what `mkdocs.yml` holds at its top. Nodes know their places in the file.
"""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

import yaml

from toolkit.model.errors import DocumentError, Problem, SettingsError
from toolkit.model.toml import read_toml
from toolkit.reading.segment.value import Value
from toolkit.reading.toml_tokens import Token, form_of, meaning, tokens

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.document import Document

_TABLE = "project"
_TEXT, _OTHER, _MAP, _LIST = (f"tag:yaml.org,2002:{name}" for name in ("str", "bool", "map", "seq"))
_BUNDLES = frozenset({"markdown", "material", "pymdownx", "zensical"})
"""The first parts of names of extensions, which are tables in TOML."""


def composed_toml(document: Document) -> yaml.MappingNode:
    """Return the settings of a site; `DocumentError` with the place where the file is no TOML."""
    try:
        read_toml(document.path, document.text.encode("utf-8", "surrogateescape"))
        root = _Reader(document.text).root()
    except SettingsError as error:
        raise DocumentError(error.problems) from None
    except (IndexError, RecursionError, KeyError):
        raise DocumentError(Problem(document.path, 0, 0, "cannot be read")) from None
    table = next((value for key, value in root.value if key.value == _TABLE), None)
    if not isinstance(table, yaml.MappingNode):
        raise DocumentError(
            Problem(
                document.path,
                1,
                1,
                f"has no table [{_TABLE}]; put the settings of the site into one",
            )
        )
    for index, (key, value) in enumerate(table.value):
        if key.value == "markdown_extensions" and isinstance(value, yaml.MappingNode):
            pairs = [pair for one in value.value for pair in _flat(one)]
            flat = yaml.MappingNode(_MAP, pairs, value.start_mark, value.end_mark)
            table.value[index] = (key, flat)
    return table


def toml_settings(document: Document) -> dict[str, Any]:
    """Return the values of the settings; raises `DocumentError` as `composed_toml` does."""
    composed_toml(document)
    values: dict[str, Any] = tomllib.loads(document.text)[_TABLE]
    extensions = values.get("markdown_extensions")
    if isinstance(extensions, dict):
        flat: dict[str, Any] = {}
        for name, options in extensions.items():
            if name in _BUNDLES and isinstance(options, dict):
                flat |= {f"{name}.{inner}": own for inner, own in options.items()}
            else:
                flat[name] = options
        values["markdown_extensions"] = flat
    return values


def _flat(pair: tuple[yaml.Node, yaml.Node]) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    key, value = pair
    if key.value not in _BUNDLES or not isinstance(value, yaml.MappingNode):
        yield pair
        return
    for inner, options in value.value:
        name = f"{key.value}.{inner.value}"
        yield yaml.ScalarNode(_TEXT, name, inner.start_mark, inner.end_mark), options


def toml_value(node: yaml.ScalarNode, text: str, key: str) -> Value:
    """Return a text of the file with its place."""
    start, end = node.start_mark.index, node.end_mark.index
    return Value(start, end, str(node.value).strip(), form_of(text[start:end]), key)


class _Reader:
    """Reads a file that is known to be TOML."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = [*tokens(text)]
        self._at = 0

    def root(self) -> yaml.MappingNode:
        """Return all tables."""
        root = table = self._mapping(0)
        while self._tokens[self._at].kind != "end":
            token = self._tokens[self._at]
            if token.kind == "line":
                self._at += 1
            elif token.text == "[":
                table = self._header(root)
            else:
                self._pair(table)
        return root

    def _header(self, root: yaml.MappingNode) -> yaml.MappingNode:
        """Return the table that a header opens."""
        several = self._tokens[self._at + 1].text == "["
        self._at += 2 if several else 1
        *above, last = self._keys()
        self._at += 2 if several else 1
        table = root
        for key in above:
            table = self._below(table, key)
        if not several:
            return self._below(table, last)
        items = self._under(table, last)
        if not isinstance(items, yaml.SequenceNode):
            items = yaml.SequenceNode(_LIST, [], last.start_mark, last.end_mark)
            table.value.append((last, items))
        items.value.append(self._mapping(last.end_mark.index))
        made: yaml.MappingNode = items.value[-1]
        return made

    def _keys(self) -> list[yaml.ScalarNode]:
        """Read a dotted key."""
        keys = [self._key()]
        while self._tokens[self._at].text == ".":
            self._at += 1
            keys.append(self._key())
        return keys

    def _key(self) -> yaml.ScalarNode:
        token = self._tokens[self._at]
        self._at += 1
        return self._scalar(token, token.text if token.kind == "bare" else meaning(token.text))

    def _scalar(self, token: Token, value: str) -> yaml.ScalarNode:
        tag = _TEXT if token.kind == "text" or value != token.text else _OTHER
        start, end = (self._mark(place) for place in (token.start, token.end))
        return yaml.ScalarNode(tag, value, start, end)

    def _mark(self, place: int) -> yaml.Mark:
        line = self._text.count("\n", 0, place)
        return yaml.Mark("", place, line, place - self._text.rfind("\n", 0, place) - 1, None, 0)

    def _mapping(self, place: int) -> yaml.MappingNode:
        return yaml.MappingNode(_MAP, [], self._mark(place), self._mark(place))

    def _under(self, table: yaml.MappingNode, key: yaml.ScalarNode) -> yaml.Node | None:
        return next((value for one, value in table.value if one.value == key.value), None)

    def _below(self, table: yaml.MappingNode, key: yaml.ScalarNode) -> yaml.MappingNode:
        """Return the table under a key, made where there is none yet; the last of several."""
        found = self._under(table, key)
        if isinstance(found, yaml.SequenceNode):
            found = found.value[-1]
        if not isinstance(found, yaml.MappingNode):
            found = self._mapping(key.end_mark.index)
            table.value.append((_as_text(key), found))
        return found

    def _pair(self, table: yaml.MappingNode) -> None:
        *above, last = self._keys()
        for key in above:
            table = self._below(table, key)
        self._at += 1
        table.value.append((_as_text(last), self._value()))

    def _value(self) -> yaml.Node:
        token = self._tokens[self._at]
        if token.text == "[":
            return self._list()
        if token.text == "{":
            return self._inline_table()
        self._at += 1
        if token.kind == "text":
            return self._scalar(token, meaning(token.text))
        end = token
        while self._tokens[self._at].kind in {"bare", "mark"} and (
            self._tokens[self._at].text not in {",", "]", "}", "="}
        ):
            end = self._tokens[self._at]
            self._at += 1
        whole = Token("bare", self._text[token.start : end.end], token.start, end.end)
        return self._scalar(whole, whole.text)

    def _list(self) -> yaml.SequenceNode:
        start = self._tokens[self._at].start
        self._at += 1
        items: list[yaml.Node] = []
        while (token := self._tokens[self._at]).text != "]":
            if token.kind == "line" or token.text == ",":
                self._at += 1
            else:
                items.append(self._value())
        self._at += 1
        return yaml.SequenceNode(_LIST, items, self._mark(start), self._mark(token.end))

    def _inline_table(self) -> yaml.MappingNode:
        start = self._tokens[self._at].start
        self._at += 1
        table = self._mapping(start)
        while (token := self._tokens[self._at]).text != "}":
            if token.kind == "line" or token.text == ",":
                self._at += 1
            else:
                self._pair(table)
        self._at += 1
        table.end_mark = self._mark(token.end)
        return table


def _as_text(key: yaml.ScalarNode) -> yaml.ScalarNode:
    """Return a key as the text that it is, quoted or not."""
    return yaml.ScalarNode(_TEXT, key.value, key.start_mark, key.end_mark)
