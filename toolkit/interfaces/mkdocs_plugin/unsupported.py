"""Plugins that cannot work with localized pages: what goes wrong, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig

_LANGUAGES = "makes pages in other languages itself"
_LISTS = "lists pages of all languages together, and only once"


@dataclass(frozen=True, slots=True)
class Unsupported:
    """A plugin that cannot be supported."""

    package: str
    module: str
    """The module of the plugin's class starts with this."""
    fault: str
    advice: str
    setting: tuple[str, object] | None = None
    """The value of a setting without which nothing is wrong."""


UNSUPPORTED = (
    Unsupported("mkdocs-i18n", "mkdocs_i18n", _LANGUAGES, "use only one of the two"),
    Unsupported("mkdocs-mdpo-plugin", "mkdocs_mdpo_plugin", _LANGUAGES, "use only one of the two"),
    Unsupported("mkdocs-multilang", "mkdocs_multilang", _LANGUAGES, "use only one of the two"),
    Unsupported(
        "mkdocs-simple-plugin",
        "mkdocs_simple_plugin",
        "builds the site from another folder",
        "set its option `merge_docs_dir` to true",
        ("merge_docs_dir", False),
    ),
    Unsupported(
        "mkdocs-blogging-plugin",
        "mkdocs_blogging_plugin",
        _LISTS,
        "use the blog and tags plugins of Material for MkDocs",
    ),
    Unsupported(
        "mkdocs-publisher",
        "mkdocs_publisher.blog",
        _LISTS,
        "use the blog plugin of Material for MkDocs",
    ),
)


def unsupported(config: MkDocsConfig) -> Iterator[str]:
    """Iterate over a warning for each plugin of a site that cannot be supported."""
    for name, plugin in config.plugins.items():
        for one in UNSUPPORTED:
            if _is(plugin, one):
                yield f'plugin "{name}" ({one.package}) {one.fault}; {one.advice.replace("`", "")}'


def _is(plugin: Any, one: Unsupported) -> bool:  # noqa: ANN401 - any plugin
    if not f"{type(plugin).__module__}.".startswith(f"{one.module}."):
        return False
    if one.setting is None:
        return True
    name, value = one.setting
    return bool(plugin.config.get(name) == value)
