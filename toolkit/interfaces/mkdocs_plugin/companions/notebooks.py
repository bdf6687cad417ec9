"""mkdocs-jupyter, which reads from the disk: localized notebooks as files, each in its locale."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion, Setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.pages import Page


class LocalNotebooks(Companion):
    """Gives the plugin a file of each localized notebook, beside what its program may read.

    Everybody else gets the source's file, which has the same history.
    """

    def __init__(self, plugin: Any, setting: Setting) -> None:  # noqa: ANN401 - the plugin's
        super().__init__(plugin, setting)
        self._includes = plugin.should_include
        # The site's own calls are for the pages of the source.
        plugin.should_include = self._is_source

    def _is_source(self, file: File) -> bool:
        return not self.setting.counterparts.origin(file)[0] and bool(self._includes(file))

    def pre_page(self, tag: str, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Let the plugin take a notebook."""
        if not self._includes(self.setting.counterparts.origin(page.file)[1]):
            return
        with self._on_disk(tag, page.file):
            self.plugin.on_pre_page(page, config=config, files=files)
        render: Any = page.render

        def render_from_disk(config: MkDocsConfig, files: Files) -> None:
            with self._on_disk(tag, page.file):
                render(config, files)

        page.render = render_from_disk  # type: ignore[method-assign]

    def html(self, tag: str, html: str, page: Page) -> str:
        """Let the plugin copy a notebook that readers may download."""
        if self._includes(self.setting.counterparts.origin(page.file)[1]):
            with self._on_disk(tag, page.file):
                self.plugin.on_post_page(html, page=page, config=self.setting.config_of(tag))
        return html

    @contextmanager
    def _on_disk(self, tag: str, file: File) -> Iterator[None]:
        """Let a page be read from a file of its own for a while."""
        before, known = file.abs_src_path, self.plugin.should_include
        path = self.setting.mirror.path(Path(before or ""), tag)
        if path is None:
            yield
            return
        text = file.content_string
        if path.is_symlink() or not path.is_file() or path.read_text("utf-8") != text:
            path.unlink(missing_ok=True)
            path.write_text(text, encoding="utf-8", newline="")
        file.abs_src_path, self.plugin.should_include = str(path), self._includes
        try:
            yield
        finally:
            file.abs_src_path, self.plugin.should_include = before, known

    def finish(self) -> None:
        """Let the plugin be as it was."""
        self.plugin.should_include = self._includes
