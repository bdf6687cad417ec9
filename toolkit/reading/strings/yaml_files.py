"""Texts and the shape of YAML files of strings; imported when the first one comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from toolkit.model.errors import DocumentError, Problem
from toolkit.model.yaml_nodes import NotYamlError, nodes_of
from toolkit.reading.segment.yaml_values import yaml_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.document import Document
    from toolkit.reading.segment.value import Trail, Value

_TEXT_TAG = "tag:yaml.org,2002:str"


def yaml_file_texts(document: Document) -> Iterator[tuple[Trail, Value]]:
    """Yield the texts of a file with their trails.

    Raises `DocumentError` with line and column for what is no YAML.
    """
    flat = document.with_newlines()
    shift = document.shift_from(flat.text)
    try:
        for trail, value in list(yaml_texts(flat.text)):
            yield trail, value.between(shift(value.start), shift(value.end))
    except NotYamlError as error:
        raise DocumentError(error.problem(document.path, 1)) from None
    except RecursionError:
        raise DocumentError(
            Problem(document.path, 1, 1, "is nested too deeply; flatten it")
        ) from None


def yaml_file_shape(text: str) -> list[tuple[str, str]]:
    """Return the nodes of YAML in their order: texts, and all else with tags and values.

    Raises `ValueError` for what is none.
    """
    try:
        roots = nodes_of(text)
    except NotYamlError as error:
        raise ValueError(str(error)) from None
    return [leaf for root in roots for leaf in _leaves(root, set())]


def _leaves(node: yaml.Node | None, seen: set[int]) -> Iterator[tuple[str, str]]:
    if node is None:
        return
    if id(node) in seen:
        yield "alias", ""
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield ("" if node.tag == _TEXT_TAG else node.tag), node.value
        return
    yield node.tag, str(len(node.value))
    for item in node.value:
        for part in item if isinstance(item, tuple) else (item,):
            yield from _leaves(part, seen)
