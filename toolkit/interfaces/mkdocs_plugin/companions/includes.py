"""The include-markdown plugin: pages that a page puts in are those of its locale."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.pages import Page


class LocalIncludes(Companion):
    """Lets the plugin read from the locale's own folder."""

    _before: tuple[str | None, str] = (None, "")

    def before_markdown(self, tag: str, page: Page, config: MkDocsConfig) -> None:
        """Let the page and the docs folder be the locale's for a while."""
        self._before = page.file.abs_src_path, config.docs_dir
        path = self.setting.mirror.path(Path(page.file.abs_src_path or ""), tag)
        docs = self.setting.mirror.path(Path(config.docs_dir), tag)
        if path is not None and docs is not None:
            page.file.abs_src_path = str(path)
            config.docs_dir = str(docs)

    def after_markdown(self, page: Page, config: MkDocsConfig) -> None:
        """Let both be the project's again."""
        page.file.abs_src_path, config.docs_dir = self._before
