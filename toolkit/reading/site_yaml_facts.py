"""Read from the settings of a MkDocs site where pages lie and how links are read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import yaml

from toolkit.model.document import Document
from toolkit.reading.site_yaml import composed
from toolkit.reading.site_yaml_extensions import parent_of
from toolkit.reading.site_yaml_nodes import named_options, named_values, text_of, value_at

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_DEEPEST = 5
_FALSE = frozenset({"false", "no", "off"})


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """The facts about a MkDocs site; all of it as MkDocs has it by default."""

    docs: str = "docs"
    """The folder of its pages, as seen from the file."""
    url: str = ""
    """The address of the published site."""
    folder: str = "site"
    """The folder into which it is built, relative to the file."""
    directory_urls: bool = True
    """Whether `guide.md` is published as `guide/`."""
    plugins: frozenset[str] = frozenset({"search"})
    hooks: bool = False
    absolute: str = ""
    """The value of `validation.links.absolute_links`."""
    toc: frozenset[str] = frozenset()
    """The options of the extension `toc` that are set."""
    snippets: tuple[str, ...] = ()
    """The folders of snippets (`base_path`)."""
    labels: frozenset[str] = field(default=frozenset())
    """The options of the extension for tabs that are set."""
    mounts: Mapping[str, str] = field(default_factory=dict)
    """The folders of the site, by the names of the parts that our plugin mounts there."""


def site_facts(data: Callable[[str], bytes | None], name: str) -> SiteFacts | None:
    """The facts of a settings file and those that it inherits; `None` where there is no such file.

    Raises `DocumentError` when a file is no YAML mapping.
    """
    files = list(_files(data, name))
    if not files:
        return None
    extensions = _extensions(files)
    plugins = _first(files, "plugins")
    snippets = extensions.get("pymdownx.snippets")
    return SiteFacts(
        docs=text_of(_first(files, "docs_dir")) or "docs",
        url=text_of(_first(files, "site_url")),
        folder=text_of(_first(files, "site_dir")) or "site",
        directory_urls=text_of(_first(files, "use_directory_urls")).lower() not in _FALSE,
        plugins=frozenset(dict(named_options(plugins))) if plugins else frozenset({"search"}),
        hooks=_first(files, "hooks") is not None,
        absolute=text_of(value_at(_first(files, "validation"), "links", "absolute_links")),
        toc=frozenset(dict(named_options(extensions.get("toc")))),
        snippets=tuple(_texts(value_at(snippets, "base_path"))),
        labels=frozenset(dict(named_options(extensions.get("pymdownx.tabbed")))),
        mounts=dict(_mounts(plugins)),
    )


def inherited_texts(data: Callable[[str], bytes | None], name: str) -> dict[str, str]:
    """The address, the folder and the theme's name that a settings file inherits.

    `extra` is there where the switcher between languages is.
    """
    above = list(_files(data, name))[1:]
    theme = _first(above, "theme")
    found = {
        "site_url": text_of(_first(above, "site_url")),
        "site_dir": text_of(_first(above, "site_dir")),
        "extra": "alternate" if value_at(_first(above, "extra"), "alternate") else "",
        "theme": text_of(theme) or text_of(value_at(theme, "name")),
    }
    return {key: text for key, text in found.items() if text}


def _files(data: Callable[[str], bytes | None], name: str) -> Iterator[yaml.MappingNode]:
    for _ in range(_DEEPEST):
        content = data(name)
        if content is None:
            return
        document = Document.from_bytes(name, content)
        yield composed(document)
        parent = parent_of(document)
        if not parent:
            return
        name = str(PurePosixPath(name).parent / parent)


def _first(files: list[yaml.MappingNode], name: str) -> yaml.Node | None:
    return next((found for root in files if (found := value_at(root, name))), None)


def _extensions(files: list[yaml.MappingNode]) -> dict[str, yaml.Node]:
    found: dict[str, yaml.Node] = {}
    for root in reversed(files):
        node = value_at(root, "markdown_extensions")
        items = node.value if isinstance(node, yaml.SequenceNode) else [node]
        for item in items:
            found |= dict(named_values(item))
    return found


def _mounts(plugins: yaml.Node | None) -> Iterator[tuple[str, str]]:
    """Iterate over the option `mount` of our plugin."""
    for name, options in named_options(plugins):
        found = value_at(options, "mount") if name == "yiben" else None
        for key, value in named_values(found):
            yield key, text_of(value).strip("/")


def _texts(node: yaml.Node | None) -> list[str]:
    if isinstance(node, yaml.SequenceNode):
        return [text for item in node.value if (text := text_of(item))]
    return [text] if (text := text_of(node)) else []
