"""Options of a block that are written in YAML."""

from __future__ import annotations

from typing import Any

from toolkit.model.yaml_nodes import NotYamlError, value_of


def yaml_options(text: str) -> dict[Any, Any] | None:
    """The options in a text, `None` where it is no mapping."""
    try:
        found = value_of(text)
    except NotYamlError:
        return None
    if found is None:
        return {}
    return found if isinstance(found, dict) else None
