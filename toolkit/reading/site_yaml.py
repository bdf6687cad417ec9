"""The texts of an `mkdocs.yml` that readers see: the site's name, titles of the navigation.

The file is never constructed and never dumped: texts are found with their places, and a translation
is put there. So `!ENV`, Python's tags, comments and everything else stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import yaml

from toolkit.model.document import Span
from toolkit.model.errors import DocumentError, Problem
from toolkit.model.units import Form, Kind, Unit
from toolkit.model.yaml_nodes import NotYamlError, node_of, value_of
from toolkit.reading.admonition_types import TYPES
from toolkit.reading.segment.steering import Steering, comments_beside
from toolkit.reading.segment.yaml_values import scalar_value
from toolkit.reading.site_toml import composed_toml, toml_settings, toml_value
from toolkit.reading.site_yaml_nodes import named_options, named_values, text_of, value_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.model.document import Document


_TEXT_TAG = "tag:yaml.org,2002:str"
SITE_TEXTS = frozenset({"site_name", "site_description", "copyright"})
"""The settings that readers see."""
_OPTIONS = frozenset({"glob", "regex", "ignore_no_matches"})
"""The options of an entry that stands for a number of pages."""
_LETTER = re.compile(r"[^\W\d_]")


def site_units(document: Document) -> tuple[Unit, ...]:
    """The texts of the site's settings as units, in the order of their places.

    Raises `DocumentError` with line and column when the file is no YAML mapping.
    """
    root = composed(document)
    units = [_unit(document, node, kind, detail) for node, kind, detail in _texts(root)]
    return tuple(sorted((unit for unit in units if unit), key=lambda unit: unit.span))


def further_units(document: Document, others: Iterable[Document]) -> Iterator[Unit]:
    """The texts that the site's settings take from other files, placed at their end.

    These are the settings that they inherit, files that say the navigation of a folder, and those
    of a blog's authors.
    """
    end = len(document.text)
    for other in others:
        for node, kind, detail in (*_texts(composed(other)), *_folder_texts(composed(other))):
            unit = _unit(other, node, kind, f"{detail} · {other.path}")
            if unit:
                yield replace(unit, span=Span(end, end), form=Form.QUOTED)


def _folder_texts(root: yaml.MappingNode) -> Iterator[tuple[yaml.Node, Kind, str]]:
    for key, value in named_values(root):
        if key == "title":
            yield value, Kind.NAV_TITLE, f"{Kind.NAV_TITLE} · folder"
        elif key == "arrange":
            yield from _titles(value)
        elif key == "authors":
            yield from _authors(value)


def _authors(node: yaml.Node) -> Iterator[tuple[yaml.Node, Kind, str]]:
    for author in _values(node):
        for key, value in named_values(author):
            if key in {"name", "description"}:
                yield value, Kind.SITE_SETTING, f"{Kind.SITE_SETTING} · author's {key}"


def _values(node: yaml.Node) -> Iterator[yaml.Node]:
    yield from (value for _, value in node.value) if isinstance(node, yaml.MappingNode) else ()


def inherited(document: Document) -> str:
    """The file that the site's settings inherit from, as they name it; mostly none."""
    return plain_settings(document).get("INHERIT", "")


def nav_file_names(document: Document) -> frozenset[str]:
    """The names of files that say the navigation of their folder."""
    names = {".nav.yml", ".pages"}
    for plugin, options in named_options(value_at(composed(document), "plugins")):
        if plugin in {"awesome-nav", "awesome-pages"}:
            names |= {name for name in [text_of(value_at(options, "filename"))] if name}
    return frozenset(names)


def title_units(document: Document) -> Iterator[Unit]:
    """The titles that programs give to admonitions without one; they stand nowhere in the file."""
    end = len(document.text)
    for name in TYPES:
        detail = f"{Kind.ADMONITION_TITLE} · {name}"
        yield Unit(Kind.ADMONITION_TITLE, name.capitalize(), Span(end, end), Form.QUOTED, detail)


def composed(document: Document) -> yaml.MappingNode:
    """The nodes of a settings file, nothing of it constructed.

    Raises `DocumentError` with line and column when the file is no YAML mapping, or no TOML.
    """
    if document.path.endswith(".toml"):
        return composed_toml(document)
    try:
        root = node_of(document.text)
    except NotYamlError as error:
        raise DocumentError(error.problem(document.path)) from None
    if not isinstance(root, yaml.MappingNode):
        raise DocumentError(
            Problem(
                document.path,
                1,
                1,
                "is not a configuration of MkDocs, a mapping of names to values",
            )
        )
    return root


def _texts(root: yaml.MappingNode) -> Iterator[tuple[yaml.Node, Kind, str]]:
    """The nodes that hold texts, each with the kind and detail of its unit."""
    for key, value in named_values(root):
        if key in SITE_TEXTS:
            yield value, Kind.SITE_SETTING, f"{Kind.SITE_SETTING} · {key}"
        elif key == "nav":
            yield from _titles(value)


def _titles(node: yaml.Node) -> Iterator[tuple[yaml.Node, Kind, str]]:
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _titles(item)
    elif isinstance(node, yaml.MappingNode) and not _is_pattern(node):
        for key, value in node.value:
            place = value.value if isinstance(value, yaml.ScalarNode) else "section"
            yield key, Kind.NAV_TITLE, f"{Kind.NAV_TITLE} · {place}"
            yield from _titles(value)


def _is_pattern(node: yaml.MappingNode) -> bool:
    return any(name in _OPTIONS for name, _ in named_values(node))


def _unit(document: Document, node: yaml.Node, kind: Kind, detail: str) -> Unit | None:
    if isinstance(node, yaml.SequenceNode) and node.tag == "!ENV" and node.value[1:]:
        # What counts where no variable of the environment has a value.
        node = node.value[-1]
    if not isinstance(node, yaml.ScalarNode) or node.tag != _TEXT_TAG:
        return None
    if not _LETTER.search(node.value):
        return None
    is_toml = document.path.endswith(".toml")
    text = document.text
    value = toml_value(node, text, detail) if is_toml else scalar_value(node, text, 0, detail)
    span = Span(value.start, value.end)
    steering = Steering()
    steering.read(comments_beside(document.text, value.start, value.end))
    notes, context = steering.take()
    if steering.skip:
        return None
    return Unit(
        kind,
        value.text,
        span,
        value.form,
        detail,
        continuation="\n" + value.indent,
        notes=notes,
        context=context,
    )


def values_of(document: Document) -> object:
    """The values of a settings file in plain YAML or TOML, or a `DocumentError` with the place."""
    if document.path.endswith(".toml"):
        return toml_settings(document)
    try:
        return value_of(document.text)
    except NotYamlError as error:
        raise DocumentError(error.problem(document.path)) from None


def plain_settings(document: Document) -> dict[str, str]:
    """The settings at the top that are plain texts, such as `docs_dir`, by their names.

    Raises `DocumentError` with line and column when the file is no YAML mapping.
    """
    return {
        name: value.value
        for name, value in named_values(composed(document))
        if isinstance(value, yaml.ScalarNode)
    }
