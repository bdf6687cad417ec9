"""Material's tags: the lists of a locale hold its own pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion, Setting, copy_of

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext


class LocalTags(Companion):
    """The tags of each locale."""

    def __init__(self, plugin: Any, setting: Setting) -> None:  # noqa: ANN401 - Material's
        super().__init__(plugin, setting)
        self._copies = {one.tag: self._copy(one.tag) for one in setting.locales}
        filters = plugin.config["filters"]
        filters["exclude"] = [*filters["exclude"], *(f"{one.tag}/*" for one in setting.locales)]

    def _copy(self, tag: str) -> Any:  # noqa: ANN401 - Material's
        made = copy_of(self.plugin)
        local = self.setting.folders.local
        filters = made.config["filters"]
        filters["include"] = [local(one, tag) for one in filters["include"] or ["*"]]
        filters["exclude"] = [local(one, tag) for one in filters["exclude"]]
        made.config["export"] = False
        if made.config.get("tags_file"):
            made.config["tags_file"] = local(made.config["tags_file"], tag)
        extra = made.config.get("tags_extra_files") or {}
        if extra:
            made.config["tags_extra_files"] = {local(uri, tag): own for uri, own in extra.items()}
        return made

    def add_files(self, files: Files) -> None:
        """Begin with empty lists."""
        del files
        for tag, made in self._copies.items():
            made.on_config(self.setting.config_of(tag))

    def markdown(self, tag: str, markdown: str, page: Page, files: Files) -> str | None:
        """Note the tags and lists of a page."""
        config = self.setting.config_of(tag)
        text: str | None = self._copies[tag].on_page_markdown(
            markdown, page=page, config=config, files=files
        )
        return text

    def early_env(self, env: Environment, files: Files) -> None:
        """Fill the lists."""
        for tag, made in self._copies.items():
            made.on_env(env, config=self.setting.config_of(tag), files=files)

    def context(self, tag: str, context: TemplateContext, page: Page) -> None:
        """Show the tags of a page."""
        self._copies[tag].on_page_context(
            context, page=page, config=self.setting.config_of(tag), nav=context["nav"]
        )
