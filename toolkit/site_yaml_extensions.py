"""The Markdown extensions that a site's settings name, with their options."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from toolkit.site_yaml import composed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.document import Document

Extensions = dict[str, dict[str, str]]
"""By the name of an extension its options that are plain values; those of a bundle by their own."""


def extensions_of(document: Document) -> Extensions:
    """The extensions of a settings file.

    Raises `DocumentError` with line and column when the file is no YAML mapping.
    """
    found: Extensions = {}
    for name, options in _named(_value(composed(document), "markdown_extensions")):
        found[name] = _plain(options)
        for inner, its_options in _named(options):
            if isinstance(its_options, yaml.MappingNode):
                found[inner] = _plain(its_options)
    return found


def parent_of(document: Document) -> str:
    """The file whose settings a settings file inherits (`INHERIT`); empty where it has none."""
    node = _value(composed(document), "INHERIT")
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _value(node: yaml.Node, name: str) -> yaml.Node | None:
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next((value for key, value in pairs if key.value == name), None)


def _named(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node | None]]:
    """The names in a list or mapping of extensions, each with the node of its options."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield item.value, None
            else:
                yield from _named(item)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value


def _plain(node: yaml.Node | None) -> dict[str, str]:
    return {name: value.value for name, value in _named(node) if isinstance(value, yaml.ScalarNode)}
