"""The translatable values of a YAML mapping, with their places.

Importing PyYAML takes as long as cutting ten pages and many projects have no YAML in theirs, so
this module is imported when the first one comes.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import yaml

from toolkit.model.units import Form
from toolkit.model.yaml_nodes import NotYamlError, node_of, nodes_of
from toolkit.reading.segment.value import Value, is_chosen, keys_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.reading.segment.value import Trail

_TEXT_TAG = "tag:yaml.org,2002:str"
_PROPERTIES = re.compile(r"(?:[&!]\S*\s+)*")
"""An anchor or tag in front of a value; it stays."""
_FORMS = {
    "'": Form.YAML_SINGLE,
    '"': Form.YAML_DOUBLE,
    "|": Form.YAML_LITERAL,
    ">": Form.YAML_FOLDED,
}


def yaml_values(body: str, offset: int, keys: Collection[str]) -> tuple[Value, ...] | None:
    """The texts under `keys` in a YAML mapping, also nested and in lists.

    `offset` is where `body` stands in the page. `None` when the YAML is no mapping; raises
    `NotYamlError` when it is none at all.
    """
    root = node_of(body)
    if root is None:
        return ()
    if not isinstance(root, yaml.MappingNode):
        return None
    try:
        texts = [(keys_in(trail), node) for trail, node in _texts(root, (), set())]
    except RecursionError as error:
        raise NotYamlError(error) from None
    return tuple(
        scalar_value(node, body, offset, ".".join(trail))
        for trail, node in texts
        if is_chosen(trail, keys)
    )


def yaml_scalar(body: str, offset: int, path: str) -> Value | None:
    """Return what a mapping says under the keys of a path, text or number; mostly nothing."""
    try:
        node = node_of(body)
    except NotYamlError:
        return None
    for part in path.split("."):
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for name, value in pairs if name.value == part), None)
    return scalar_value(node, body, offset, path) if isinstance(node, yaml.ScalarNode) else None


def yaml_texts(body: str) -> Iterator[tuple[Trail, Value]]:
    """Yield each text of the documents of YAML with its trail; an alias is passed over.

    Raises `NotYamlError` for what is none.
    """
    for root in nodes_of(body):
        for trail, node in _texts(root, (), set()):
            if node.value.strip():
                yield trail, scalar_value(node, body, 0, ".".join(map(str, trail)))


def _texts(
    node: yaml.Node | None, trail: Trail, seen: set[int]
) -> Iterator[tuple[Trail, yaml.ScalarNode]]:
    """Yield the nodes that are texts, with their trails; an alias is passed over."""
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from _texts(value, (*trail, str(key.value)), seen)
    elif isinstance(node, yaml.SequenceNode):
        for number, item in enumerate(node.value):
            yield from _texts(item, (*trail, number), seen)
    elif isinstance(node, yaml.ScalarNode) and node.tag == _TEXT_TAG:
        yield trail, node


def scalar_value(node: yaml.ScalarNode, body: str, offset: int, key: str) -> Value:
    """A text node of a YAML text: `offset` is where `body` stands in the page."""
    start, end = node.start_mark.index, node.end_mark.index
    properties = _PROPERTIES.match(body, start, end)
    start = properties.end() if properties else start
    form = _FORMS.get(node.style or "", Form.YAML_PLAIN)
    text = str(node.value)
    indent = ""
    if node.style in {"|", ">"}:
        start = body.index("\n", start) + 1
        end = start + len(body[start:end].rstrip())
        text = text.rstrip("\n")
        indent = " " * (len(body[start:end]) - len(body[start:end].lstrip(" ")))
        start += len(indent)
    return Value(offset + start, offset + end, text, form, key, indent)
