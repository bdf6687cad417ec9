"""The steps of a build that a companion of a plugin can take part in."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from toolkit.interfaces.mkdocs_plugin.local_files import Counterparts, Folders
    from toolkit.interfaces.mkdocs_plugin.mirrored_docs import MirroredDocs
    from toolkit.language.locale import Locale


@dataclass(frozen=True, slots=True)
class Setting:
    """The site and locales with which a companion works."""

    locales: Sequence[Locale]
    folders: Folders
    counterparts: Counterparts
    config_of: Callable[[str], MkDocsConfig]
    """The site's configuration by a locale's tag; known once the files are."""
    mirror: MirroredDocs
    text: Callable[[str, Locale], str]
    """Maps a text of the site to its translation in a locale."""


class Companion:
    """Runs a plugin once more for each locale; made when the site's settings are known.

    Each method is called when MkDocs calls the plugin's own hook, with pages of a locale only.
    """

    def __init__(self, plugin: Any, setting: Setting) -> None:  # noqa: ANN401 - any plugin
        self.plugin = plugin
        self.setting = setting

    def add_files(self, files: Files) -> None:
        """Take part when the localized pages are among the files."""

    def leaves_out(self, item: StructureItem) -> bool:
        """Whether an item of the site's navigation is one that the companion makes itself."""
        del item
        return False

    def add_navigation(self, tag: str, nav: Navigation, files: Files) -> None:
        """Take part when the navigation of a locale is made."""

    def pre_page(self, tag: str, page: Page, config: MkDocsConfig, files: Files) -> None:
        """Take part before a page is read."""

    def before_markdown(self, tag: str, page: Page, config: MkDocsConfig) -> None:
        """Take part before the plugins work on the text of a page."""

    def after_markdown(self, page: Page, config: MkDocsConfig) -> None:
        """Take part when the first plugins have worked on the text of a page."""

    def markdown(self, tag: str, markdown: str, page: Page, files: Files) -> str | None:
        """Return the text of a page, `None` to leave it."""

    def content(self, tag: str, html: str, page: Page, files: Files) -> None:
        """Take note of a rendered page."""

    def early_env(self, env: Environment, files: Files) -> None:
        """Take part when all pages are rendered, before the plugins do."""

    def env(self, env: Environment, files: Files) -> None:
        """Take part when names have been collected from all pages."""

    def late_env(self, env: Environment, files: Files) -> None:
        """Take part when all pages are rendered, after the plugins."""

    def context(self, tag: str, context: TemplateContext, page: Page) -> None:
        """Take part when a page is put into its template."""

    def late_context(self, tag: str, context: TemplateContext, page: Page) -> None:
        """Take part when a page is put into its template, after the plugins."""

    def html(self, tag: str, html: str, page: Page) -> str:
        """Return the finished HTML of a page."""
        del tag, page
        return html

    def finish(self) -> None:
        """Take part when the site is written."""


def copy_of(plugin: Any) -> Any:  # noqa: ANN401 - any plugin
    """Return a plugin of the same kind with settings of its own, not configured yet."""
    made = type(plugin)()
    made.config = copy.deepcopy(plugin.config)
    for name in ("is_serve", "is_dirty", "cmd_is_serve"):
        if hasattr(plugin, name):
            setattr(made, name, getattr(plugin, name))
    return made
