"""The translatable values of JSON front matter, with their places (RFC 8259)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.json_nodes import first_node
from toolkit.model.units import Form
from toolkit.reading.segment.value import Value, is_chosen, keys_in

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.model.json_nodes import Node


def json_values(source: str, keys: Collection[str]) -> tuple[int, tuple[Value, ...]] | None:
    """The end of the JSON object at the start of a page, and the texts under `keys` in it.

    `None` when there is no valid one.
    """
    try:
        node = first_node(source)
    except (ValueError, RecursionError):
        return None
    return (node.end, tuple(_values(node, keys))) if isinstance(node.value, tuple) else None


def _values(root: Node, keys: Collection[str]) -> Iterator[Value]:
    for full, (start, end, text) in root.texts():
        trail = tuple(key for key in keys_in(full) if key)
        if is_chosen(trail, keys):
            yield Value(start, end, str(text).strip(), Form.JSON_STRING, ".".join(trail))
