"""The RSS plugin: feeds of a locale's own pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from mkdocs.utils import get_relative_url

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion, Setting, copy_of

if TYPE_CHECKING:
    from mkdocs.structure.files import Files
    from mkdocs.structure.pages import Page

_FEED = re.compile(
    r'<link\b[^>]*\btype="application/(?:rss\+xml|feed\+json|json)"[^>]*\bhref="(?P<href>[^"]*)"'
)


class LocalFeed(Companion):
    """The feeds of each locale."""

    def __init__(self, plugin: Any, setting: Setting) -> None:  # noqa: ANN401 - the plugin's
        super().__init__(plugin, setting)
        self._names = list(plugin.config["feeds_filenames"].values())
        self._copies = {one.tag: self._copy(one.tag) for one in setting.locales}
        tags = "|".join(re.escape(one.tag) for one in setting.locales)
        pattern = plugin.config["match_path"]
        plugin.config["match_path"] = f"(?!(?:{tags})/)(?:{pattern})"

    def _copy(self, tag: str) -> Any:  # noqa: ANN401 - the plugin's
        made = copy_of(self.plugin)
        pattern = made.config["match_path"].removeprefix("^")
        made.config["match_path"] = f"{re.escape(tag)}/(?:{pattern})"
        names = made.config["feeds_filenames"]
        for key, name in list(names.items()):
            names[key] = f"{tag}/{name}"
        if made.config["stylesheet"] == "auto":
            made.config["stylesheet"] = "../rss.xsl"
        made.on_startup(command="serve" if made.cmd_is_serve else "build", dirty=False)
        return made

    def add_files(self, files: Files) -> None:
        """Begin with empty feeds."""
        del files
        for tag, made in self._copies.items():
            made.on_config(self.setting.config_of(tag))

    def content(self, tag: str, html: str, page: Page, files: Files) -> None:
        """Note a page."""
        config = self.setting.config_of(tag)
        self._copies[tag].on_page_content(html, page=page, config=config, files=files)

    def html(self, tag: str, html: str, page: Page) -> str:
        """Return the page with links to its locale's feeds."""
        own = {
            get_relative_url(name, page.url): get_relative_url(f"{tag}/{name}", page.url)
            for name in self._names
        }

        def link(found: re.Match[str]) -> str:
            new = own.get(found["href"], found["href"])
            start, end = found.start("href") - found.start(), found.end("href") - found.start()
            return found[0][:start] + new + found[0][end:]

        return _FEED.sub(link, html)

    def finish(self) -> None:
        """Write the feeds."""
        for tag, made in self._copies.items():
            made.on_post_build(config=self.setting.config_of(tag))
