"""The nodes of a site's settings: by their names, with their names, and their texts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

if TYPE_CHECKING:
    from collections.abc import Iterator


def value_at(node: yaml.Node | None, *names: str) -> yaml.Node | None:
    """Return what a mapping has under a name, and that under the next one; `None` for nothing."""
    for name in names:
        pairs = node.value if isinstance(node, yaml.MappingNode) else ()
        node = next((value for key, value in pairs if key.value == name), None)
    return node


def named_values(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node]]:
    """The values of a mapping by their names; keys that are no texts have none."""
    for key, value in node.value if isinstance(node, yaml.MappingNode) else ():
        if isinstance(key, yaml.ScalarNode):
            yield key.value, value


def named_options(node: yaml.Node | None) -> Iterator[tuple[str, yaml.Node | None]]:
    """The names in a list or mapping of plugins or extensions, each with its options."""
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            if isinstance(item, yaml.ScalarNode):
                yield item.value, None
            else:
                yield from named_options(item)
    else:
        yield from named_values(node)


def text_of(node: yaml.Node | None) -> str:
    """Return the text of a node; empty for what is none."""
    return str(node.value) if isinstance(node, yaml.ScalarNode) else ""
