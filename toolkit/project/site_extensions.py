"""The Markdown extensions that a site's own settings name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.dialects.blocks.pymd.extensions import Extensions


def site_extensions(data: Callable[[str], bytes | None], site: str) -> Extensions | None:
    """The Markdown extensions that the site's settings name, where these can be read.

    `data` gives the bytes of a file of the project, `None` where there is none. What is wrong with
    the settings the commands tell that need them.
    """
    if not site or data(site) is None:
        return None
    # PyYAML is slow to import, and many projects have no YAML.
    from toolkit.reading.site_yaml_extensions import inherited_extensions  # noqa: PLC0415

    try:
        found = inherited_extensions(data, site)
    except ToolkitError:
        return None
    if not found and site.endswith(".toml"):
        # Zensical has extensions of its own where the file names none.
        return None
    return tuple((name, tuple(options.items())) for name, options in found.items())
