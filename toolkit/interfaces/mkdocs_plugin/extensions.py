"""The site's Markdown extensions as MkDocs has read them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.project.project import Project


def with_extensions(project: Project, config: MkDocsConfig) -> Project:
    """Return the project with the extensions that the site's pages are rendered with."""
    extensions = tuple(
        (name, tuple(plain_options(config.mdx_configs.get(name))))
        for name in config.markdown_extensions
    )
    return replace(project, settings=replace(project.settings, extensions=extensions))


def plain_options(options: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    """Yield the options that are plain values or functions; names in lists joined by commas."""
    for name, value in (options or {}).items():
        if isinstance(value, list):
            yield name, ",".join(filter(None, map(_name, value)))
        elif isinstance(value, str | int | float):
            yield name, str(value)
        elif callable(value):
            yield name, _function(value)


def _function(value: object) -> str:
    """Return a function as the site's settings name it, with what it is called with."""
    made = value if isinstance(value, partial) else partial(cast("Callable[..., object]", value))
    module, name = (getattr(made.func, one, "") for one in ("__module__", "__qualname__"))
    if (module, name) == ("pymdownx.slugs", "_uslugify"):
        # `pymdownx.slugs.slugify` gives it its options.
        name = "slugify"
    return " ".join([f"{module}.{name}", *(f"{key}={one}" for key, one in made.keywords.items())])


def _name(one: object) -> str:
    """Return a name in a list; of an element for `/// html` with the way it is read."""
    if not isinstance(one, dict):
        return str(one)
    if "tag" in one:
        return f"{one['tag']}={one.get('mode', '')}"
    return str(one.get("name", ""))
