"""The Markdown extensions of a site, with all of their options, as `mkdocs.yml` configures them."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml

from toolkit.commands.check.site_emphasis import SITE_FILES
from toolkit.model.document import Document
from toolkit.model.errors import DocumentError, Problem, ToolkitError
from toolkit.model.yaml_nodes import FAULTS
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_extensions import parent_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_PYTHON_NAME = "tag:yaml.org,2002:python/name:"
_TRUSTED = ("pymdownx.", "material.extensions.", "markdown.")
"""Packages whose functions a site may name; what else it names is left out."""
_ENVIRONMENT = "!ENV"
_DEEPEST = 5
_RESOLVER = yaml.SafeLoader("")


@dataclass(frozen=True, slots=True)
class SiteMarkdown:
    """The Markdown settings of a site."""

    extensions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Options by the name of an extension."""
    styles: tuple[str, ...] = ()
    """Style sheets of the site, below its folder of pages."""
    theme: str = ""
    files: tuple[str, ...] = ()
    """The settings files that were read."""


def site_markdown(
    data: Callable[[str], bytes | None], site: str, environment: Mapping[str, str]
) -> SiteMarkdown | None:
    """Return what the site's settings say of rendering; `None` where there is no such file.

    One that cannot be read says nothing here. `environment` has the variables that it may name.
    """
    for name in dict.fromkeys((site, *SITE_FILES)):
        if name and data(name) is not None:
            try:
                return _read(data, name, environment)
            except ToolkitError:
                return SiteMarkdown(files=(name,))
    return None


def _read(
    data: Callable[[str], bytes | None],
    name: str,
    environment: Mapping[str, str],
    deep: int = _DEEPEST,
) -> SiteMarkdown:
    content = data(name)
    if content is None:
        return SiteMarkdown()
    document = Document.from_bytes(name, content)
    parent = parent_of(document)
    above = SiteMarkdown()
    if parent and deep:
        above = _read(data, str(PurePosixPath(name).parent / parent), environment, deep - 1)
    try:
        values = {key: _value(node, environment) for key, node in _pairs(composed(document))}
    except RecursionError:
        raise DocumentError(Problem(name, 1, 1, "has a value that contains itself")) from None
    theme = values.get("theme") or above.theme
    theme = theme.get("name", "") if isinstance(theme, dict) else theme
    return SiteMarkdown(
        {**above.extensions, **dict(_extensions(values.get("markdown_extensions")))},
        tuple(map(str, _listed(values.get("extra_css")))) or above.styles,
        str(theme or ""),
        (*above.files, name),
    )


def _extensions(value: object) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in [value] if isinstance(value, dict) else _listed(value):
        for name, options in (item if isinstance(item, dict) else {str(item): None}).items():
            yield name, options if isinstance(options, dict) else {}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _pairs(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key.value, value


def _value(node: yaml.Node, environment: Mapping[str, str]) -> Any:  # noqa: ANN401 - YAML holds anything
    if node.tag.startswith(_PYTHON_NAME):
        return _named_object(node.tag.removeprefix(_PYTHON_NAME))
    if isinstance(node, yaml.MappingNode):
        return {key: _value(value, environment) for key, value in _pairs(node)}
    if isinstance(node, yaml.SequenceNode):
        values = [_value(one, environment) for one in node.value]
        return _from_environment(values, environment) if node.tag == _ENVIRONMENT else values
    if node.tag == _ENVIRONMENT:
        return environment.get(node.value)
    return _plain_value(node)


def _plain_value(node: yaml.Node) -> Any:  # noqa: ANN401
    """A number, truth or text; what has a tag of another program is a text."""
    if not node.tag.startswith("tag:yaml.org"):
        return node.value
    try:
        return _RESOLVER.construct_object(node)
    except FAULTS:
        return node.value


def _from_environment(names: list[Any], environment: Mapping[str, str]) -> object:
    """The value of the first variable that is set, or else the default at the end."""
    found = (environment[str(name)] for name in names[:-1] if str(name) in environment)
    return next(found, names[-1] if names else None)


def _named_object(name: str) -> object:
    """The function that a tag names; `None` for one that is not of a known package."""
    if not name.startswith(_TRUSTED):
        return None
    module, _, attribute = name.rpartition(".")
    try:
        return getattr(importlib.import_module(module), attribute, None)
    except ImportError:
        return None
