"""The site's Markdown extensions as MkDocs has read them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.project.project import Project


def with_extensions(project: Project, config: MkDocsConfig) -> Project:
    """Return the project with the extensions that the site's pages are rendered with."""
    extensions = tuple(
        (name, tuple(_options(config.mdx_configs.get(name)))) for name in config.markdown_extensions
    )
    return replace(project, settings=replace(project.settings, extensions=extensions))


def _options(options: Mapping[str, object] | None) -> Iterator[tuple[str, str]]:
    """Yield the options that are plain values, or lists of names joined by commas."""
    for name, value in (options or {}).items():
        if isinstance(value, list):
            named = (one.get("name", "") if isinstance(one, dict) else one for one in value)
            yield name, ",".join(map(str, named))
        elif isinstance(value, str | int | float):
            yield name, str(value)
