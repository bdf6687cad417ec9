"""The settings of one locale's site: where its pages lie, where it goes, what its theme speaks.

As in `site_yaml`, values are put where the old ones stand, or on lines of their own in front.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

import yaml

from toolkit.model.document import Edit, Span
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_nodes import named_values
from toolkit.site.yaml_readers import reader_edits, site_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from toolkit.model.document import Document
    from toolkit.site.yaml_readers import Readers

_PLAIN = re.compile(r"[A-Za-z_][\w./-]*", re.ASCII)
_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""The words that YAML 1.1 takes for something else than a text."""
_LOCALE_THEMES = frozenset({"mkdocs", "readthedocs"})
"""MkDocs' own themes, which call the language `locale` and write `zh_CN`."""


@dataclass(frozen=True, slots=True)
class Places:
    """The values that differ between locales; paths are below the folder of the settings."""

    docs_dir: str
    site_dir: Callable[[str], str]
    """Maps the folder of the whole site to that of this locale's."""
    language: str
    """The language as the theme names it: `zh`, `pt-BR`."""
    page: Callable[[str], str]
    """Maps a path in `nav` to the one of the localized page below `docs_dir`."""
    readers: Readers
    inherited: Mapping[str, str] = field(default_factory=dict)
    """The values that the file inherits: `site_url`, `site_dir`, and the name of its theme."""


def source_settings(
    document: Document, readers: Readers, inherited: Mapping[str, str], folder: str
) -> Document:
    """The settings of the source's own site, built into `folder` beside those of its locales.

    Raises `DocumentError` as `placed_settings` does.
    """
    root = composed(document)
    known = dict(named_values(root))
    places = Places("", str, "", str, readers, inherited)
    edits = [
        *_set(root, known.get("site_dir"), "site_dir", folder),
        *_switched(root, known, places),
        *reader_edits(document.text, known, inherited.get("site_url", ""), readers),
    ]
    return document.edited(_together(edits))


def placed_settings(document: Document, places: Places) -> Document:
    """The settings with the places of one locale.

    Raises `DocumentError` with line and column when the file is no YAML mapping.
    """
    root = composed(document)
    known = dict(named_values(root))
    edits = [
        *_set(root, known.get("docs_dir"), "docs_dir", places.docs_dir),
        *_set(root, known.get("site_dir"), "site_dir", places.site_dir(_site_dir(known, places))),
        *_themed(root, known.get("theme"), places),
        *_inherited_url(root, known, places),
        *_switched(root, known, places),
        *reader_edits(document.text, known, places.inherited.get("site_url", ""), places.readers),
        *_pages(known.get("nav"), places.page),
    ]
    return document.edited(_together(edits))


def _site_dir(known: Mapping[str, yaml.Node], places: Places) -> str:
    node = known.get("site_dir")
    old = node.value if isinstance(node, yaml.ScalarNode) else places.inherited.get("site_dir")
    return old or "site"


def _switched(
    root: yaml.MappingNode, known: Mapping[str, yaml.Node], places: Places
) -> Iterator[Edit]:
    """A language switcher for Material, where the settings have none."""
    theme, extra = known.get("theme"), known.get("extra")
    names = {name: value.value for name, value in named_values(theme)}
    name = names.get("name") or (theme.value if isinstance(theme, yaml.ScalarNode) else "")
    if (name or places.inherited.get("theme")) != "material" or places.inherited.get("extra"):
        return
    url = places.inherited.get("site_url", "")
    node = known.get("site_url")
    url = node.value if isinstance(node, yaml.ScalarNode) and node.tag[:1] != "!" else url
    entries = places.readers.alternates(url)
    if extra is None:
        first = root.value[0][0].start_mark
        text = f"extra: {{alternate: {entries}}}\n{' ' * first.column}"
        yield Edit(Span(first.index, first.index), text)
    elif _is_mapping(extra) and "alternate" not in dict(named_values(extra)):
        yield from _put(extra, "alternate", entries)


def _is_mapping(node: yaml.Node | None) -> TypeGuard[yaml.MappingNode]:
    return isinstance(node, yaml.MappingNode)


def _inherited_url(
    root: yaml.MappingNode, known: Mapping[str, yaml.Node], places: Places
) -> Iterator[Edit]:
    url = places.inherited.get("site_url", "")
    if url and "site_url" not in known:
        yield from _set(root, None, "site_url", site_url(url, places.readers.locale.tag))


def _together(edits: list[Edit]) -> list[Edit]:
    """The edits with those at one place made one, in order."""
    found: dict[Span, str] = {}
    for edit in edits:
        found[edit.span] = found.get(edit.span, "") + edit.text
    return [Edit(span, text) for span, text in sorted(found.items(), key=lambda item: item[0])]


def _set(root: yaml.MappingNode, node: yaml.Node | None, key: str, value: str) -> Iterator[Edit]:
    """Set a key whose value is `node`, or a new one before the others."""
    if node is not None:
        if not (isinstance(node, yaml.ScalarNode) and node.value == value):
            yield Edit(_span(node), _scalar(value))
    else:
        yield from _put(root, key, _scalar(value))


def _put(root: yaml.MappingNode, key: str, value: str) -> Iterator[Edit]:
    """Put a key with a value as YAML has it before the others."""
    if root.flow_style:
        start = root.start_mark.index + 1
        yield Edit(Span(start, start), f"{key}: {value}, ")
    else:
        first = root.value[0][0].start_mark
        yield Edit(Span(first.index, first.index), f"{key}: {value}\n{' ' * first.column}")


def _themed(root: yaml.MappingNode, theme: yaml.Node | None, places: Places) -> Iterator[Edit]:
    inherited, language = places.inherited.get("theme", ""), places.language
    if isinstance(theme, yaml.MappingNode):
        parts = dict(named_values(theme))
        key = _language_key(parts["name"].value if "name" in parts else inherited)
        yield from _set(theme, parts.get(key), key, _language(key, language))
        if key == "language" and places.readers.locale.right_to_left and "direction" not in parts:
            yield from _set(theme, None, "direction", "rtl")
        return
    name = theme.value if isinstance(theme, yaml.ScalarNode) else inherited or "mkdocs"
    key = _language_key(name)
    own = "" if theme is None and inherited else f"name: {_scalar(name)}, "
    rtl = key == "language" and places.readers.locale.right_to_left
    more = ", direction: rtl" if rtl else ""
    value = f"{{{own}{key}: {_scalar(_language(key, language))}{more}}}"
    if theme is not None:
        yield Edit(_span(theme), value)
        return
    first = root.value[0][0].start_mark
    yield Edit(Span(first.index, first.index), f"theme: {value}\n{' ' * first.column}")


def _language_key(theme: str) -> str:
    return "locale" if theme in _LOCALE_THEMES else "language"


def _language(key: str, language: str) -> str:
    return language.replace("-", "_") if key == "locale" else language


def _pages(node: yaml.Node | None, page: Callable[[str], str]) -> Iterator[Edit]:
    """The paths of a navigation, rewritten to the localized pages."""
    if isinstance(node, yaml.ScalarNode):
        if page(node.value) != node.value:
            yield Edit(_span(node), _scalar(page(node.value)))
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _pages(item, page)
    elif isinstance(node, yaml.MappingNode):
        for _, value in node.value:
            yield from _pages(value, page)


def _span(node: yaml.Node) -> Span:
    return Span(node.start_mark.index, node.end_mark.index)


def _scalar(text: str) -> str:
    plain = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if plain else json.dumps(text, ensure_ascii=False)
