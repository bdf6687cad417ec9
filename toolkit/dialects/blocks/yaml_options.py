"""Options of a block that are written in YAML."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def yaml_options(text: str) -> dict[Any, Any] | None:
    """The options in a text, `None` where it is no mapping."""
    try:
        found = yaml.load(text, Loader=_LOADER)  # noqa: S506 - both loaders are safe
    except (yaml.YAMLError, ValueError):
        return None
    if found is None:
        return {}
    return found if isinstance(found, dict) else None
