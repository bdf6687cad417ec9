"""PyMdown's snippets: the files that a page puts in are those of its locale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.interfaces.mkdocs_plugin.mirrored_docs import MirroredDocs

_EXTENSION = "pymdownx.snippets"


class Snippets:
    """Lets the extension look into a locale's folder first."""

    def __init__(self, config: MkDocsConfig, mirror: MirroredDocs) -> None:
        used = _EXTENSION in config.markdown_extensions
        configs = config.mdx_configs
        self._settings: dict[str, Any] | None = configs.setdefault(_EXTENSION, {}) if used else None
        base = (self._settings or {}).get("base_path", ["."])
        self._base = [base] if isinstance(base, str | Path) else list(base)
        self._mirror = mirror

    def switch(self, tag: str) -> None:
        """Let snippets come from a locale's folder; from the project's for an empty tag."""
        if self._settings is None:
            return
        own = (self._mirror.path(Path(one).absolute(), tag) for one in self._base if tag)
        self._settings["base_path"] = [*(str(path) for path in own if path), *self._base]
