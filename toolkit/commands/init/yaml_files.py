"""Configuration in YAML as generators write it: tags of their own are no error."""

from __future__ import annotations

from typing import Any

import yaml

from toolkit.model.yaml_nodes import NotYamlError, value_of


class _Loader(yaml.SafeLoader):
    """Constructs plain values alone."""


def _tagged(loader: _Loader, _suffix: str, node: yaml.Node) -> object:
    """The value after a tag: the default of `!ENV [NAME, default]`, else nothing."""
    if isinstance(node, yaml.SequenceNode) and node.tag == "!ENV" and len(node.value) > 1:
        return loader.construct_object(node.value[-1], deep=True)
    return None


_Loader.add_multi_constructor("", _tagged)


def values_of(text: str) -> dict[str, Any]:
    """The mapping that a file holds; an empty one where it cannot be read."""
    try:
        found = value_of(text, _Loader)
    except NotYamlError:
        return {}
    return {str(key): value for key, value in found.items()} if isinstance(found, dict) else {}
