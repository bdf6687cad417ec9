"""The translations of a site's texts that the settings of MkDocs sites have already."""

from __future__ import annotations

from typing import TYPE_CHECKING

import yaml

from toolkit.model.catalog import Message
from toolkit.reading.site_yaml import SITE_TEXTS, composed
from toolkit.reading.site_yaml_nodes import text_of, value_at

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.model.document import Document

_PLUGINS = frozenset({"i18n", "mkdocs-static-i18n"})


def translated_texts(own: Document, other: Document, tags: Collection[str]) -> tuple[Message, ...]:
    """Return the texts of a site's settings with the translations that other settings have.

    These are the settings of the same site in another language, whose navigation names the same
    pages, or those of mkdocs-static-i18n for the language that is named by one of `tags`. Raises
    `DocumentError` where a file is no YAML mapping.
    """
    source, target = composed(own), composed(other)
    found = dict(_of_plugin(source, target, {tag.lower() for tag in tags}))
    if own.path != other.path:
        titles, theirs = (
            dict(_titles(value_at(source, "nav"))),
            dict(_titles(value_at(target, "nav"))),
        )
        pairs = ((_text(titles[place]), theirs[place]) for place in titles if place in theirs)
        found |= dict((*pairs, *_settings(source, target)))
    return tuple(
        Message(text, _text(new), line=new.start_mark.line + 1)
        for text, new in found.items()
        if text and _text(new) not in {"", text}
    )


def _settings(source: yaml.Node, target: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    for name in sorted(SITE_TEXTS):
        new = value_at(target, name)
        if new is not None:
            yield _text(value_at(source, name)), new


def _of_plugin(
    source: yaml.Node, target: yaml.Node, tags: Collection[str]
) -> Iterator[tuple[str, yaml.Node]]:
    """Iterate over the texts that mkdocs-static-i18n has for a language."""
    for language in _languages(target):
        if _text(value_at(language, "locale")).lower() in tags:
            yield from _settings(source, language)
            for text, new in _entries(value_at(language, "nav_translations")):
                yield _text(text), new


def _languages(settings: yaml.Node) -> Iterator[yaml.Node]:
    """Iterate over the options of the plugin for each language."""
    for plugin, options in _entries(value_at(settings, "plugins")):
        languages = value_at(options, "languages") if _text(plugin) in _PLUGINS else None
        yield from languages.value if isinstance(languages, yaml.SequenceNode) else ()


def _titles(node: yaml.Node | None) -> Iterator[tuple[tuple[str, int], yaml.Node]]:
    """Iterate over the titles of a navigation, by the first page below and the levels above it."""
    for title, value in _entries(node):
        place = value.value if isinstance(value, yaml.ScalarNode) else _first(value)
        if place:
            yield (str(place), _levels(value)), title
        yield from _titles(value)


def _first(node: yaml.Node | None) -> str:
    """Return the first page of a part of a navigation."""
    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    items = node.value if isinstance(node, yaml.SequenceNode | yaml.MappingNode) else ()
    nodes = (one[1] if isinstance(one, tuple) else one for one in items)
    return next(filter(None, map(_first, nodes)), "")


def _levels(node: yaml.Node | None) -> int:
    """Return how many lists or mappings without one there are down to the first page."""
    if not isinstance(node, yaml.SequenceNode | yaml.MappingNode) or not node.value:
        return 0
    first = node.value[0]
    if isinstance(first, yaml.MappingNode) and first.value:
        first = first.value[0]
    return 1 + _levels(first[1] if isinstance(first, tuple) else first)


def _entries(node: yaml.Node | None) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Iterate over the entries of a mapping, or of the mappings in a list."""
    if isinstance(node, yaml.MappingNode):
        yield from node.value
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _entries(item) if isinstance(item, yaml.MappingNode) else ()


def _text(node: yaml.Node | None) -> str:
    return " ".join(text_of(node).split())
