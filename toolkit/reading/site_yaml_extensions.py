"""The Markdown extensions that a site's settings name, with their options."""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import yaml

from toolkit.model.document import Document
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_nodes import named_options, text_of, value_at

if TYPE_CHECKING:
    from collections.abc import Callable

Extensions = dict[str, dict[str, str]]
"""The plain options of each extension; lists of names are joined by commas.

Extensions in a bundle stand under their own names.
"""
_DEEPEST = 5
_PYTHON = "tag:yaml.org,2002:python/"


def extensions_of(document: Document) -> Extensions:
    """The extensions of a settings file.

    Raises `DocumentError` with line and column when the file is no YAML mapping.
    """
    found: Extensions = {}
    for name, options in named_options(value_at(composed(document), "markdown_extensions")):
        found[name] = _plain(options)
        for inner, its_options in named_options(options):
            if isinstance(its_options, yaml.MappingNode):
                found[inner] = _plain(its_options)
    return found


def inherited_extensions(
    data: Callable[[str], bytes | None], name: str, deep: int = _DEEPEST
) -> Extensions:
    """The extensions that a file names, and those of the one that it inherits from.

    `data` gives the bytes of a file, `None` where there is none. Raises `DocumentError` as
    `extensions_of` does.
    """
    content = data(name)
    if content is None:
        return {}
    document = Document.from_bytes(name, content)
    parent = parent_of(document)
    inherited: Extensions = {}
    if parent and deep:
        place = str(PurePosixPath(name).parent / parent)
        inherited = inherited_extensions(data, place, deep - 1)
    return {**inherited, **extensions_of(document)}


def parent_of(document: Document) -> str:
    """The file whose settings a settings file inherits (`INHERIT`); empty where it has none."""
    node = value_at(composed(document), "INHERIT")
    return node.value if isinstance(node, yaml.ScalarNode) else ""


def _plain(node: yaml.Node | None) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in named_options(node):
        if function := _function(value):
            found[name] = function
        elif isinstance(value, yaml.ScalarNode):
            found[name] = value.value
        elif isinstance(value, yaml.SequenceNode):
            found[name] = ",".join(filter(None, map(_name, value.value)))
    return found


def _function(node: yaml.Node | None) -> str:
    """The name of a Python function, and what it is called with; empty for any other value.

    MkDocs has tags of YAML for it, Zensical a table with the keys `object` and `kwds`.
    """
    if node is None:
        return ""
    kind, _, name = node.tag.removeprefix(_PYTHON).partition(":")
    if kind == "name":
        return name
    name = name if kind == "object/apply" else _text(node, "object")
    arguments = ((key, text_of(value)) for key, value in named_options(value_at(node, "kwds")))
    return " ".join([name, *(f"{key}={value}" for key, value in arguments)]) if name else ""


def _name(node: yaml.Node) -> str:
    """The name in a list of names, or of mappings that have one.

    An element for `/// html` comes with the way it is read.
    """
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    tag = _text(node, "tag")
    return f"{tag}={_text(node, 'mode')}" if tag else _text(node, "name")


def _text(node: yaml.Node, name: str) -> str:
    return text_of(value_at(node, name))
