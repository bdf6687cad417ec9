"""The MkDocs plugin: localized pages as virtual files, built in memory from the catalogs.

Its hooks are thin: what a page becomes is said by `toolkit.site`. Nothing of MkDocs is changed but
what its hooks give away: configuration, files, navigation and the context of a page.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import get_navigation
from mkdocs.utils import nest_paths

from toolkit.errors import ToolkitError
from toolkit.project import Project
from toolkit.site.languages import theme_language
from toolkit.site.virtual import Pages

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from toolkit.locale import Locale

log = get_plugin_logger("yiben")


class YibenConfig(Config):
    """What stands under `yiben:` in `mkdocs.yml`."""

    locales = config_options.Type(list, default=[])
    """Only these target locales; all of the project's by default."""
    switcher = config_options.Type(bool, default=True)
    """Whether `extra.alternate` is made for the theme's language switcher."""


class YibenPlugin(BasePlugin[YibenConfig]):
    """Puts a folder of localized pages per target locale into the site."""

    def __init__(self) -> None:
        self._pages: Pages | None = None
        self._locales: tuple[Locale, ...] = ()
        self._navs: dict[str, Navigation] = {}
        self._files: dict[tuple[str, str], File] = {}

    def on_startup(self, **_: object) -> None:
        """Having this hook keeps the plugin alive while `mkdocs serve` builds again and again."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the project of the catalogs and tell the theme of its languages."""
        try:
            project = Project.found_from(Path(config.config_file_path or ".").parent)
            self._locales = project.locales(tuple(self.config.locales))
            self._pages = self._pages or Pages(project)
            self._pages.renew(project)
        except ToolkitError as error:
            raise PluginError(str(error)) from None
        content = (project.root / project.settings.content).resolve()
        if content != Path(config.docs_dir).resolve():
            problem = f'docs_dir is {config.docs_dir}, "content" of the settings is {content}'
            raise PluginError(f"yiben: {problem}; make them the same folder")
        if self.config.switcher and "alternate" not in config.extra:
            config.extra["alternate"] = self._alternates("")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the localized pages, each from its source and its catalog."""
        pages = self._known()
        pages.start()
        self._files = {}
        for file in list(files.documentation_pages()):
            if not pages.has(file.src_uri):
                continue
            self._files["", file.src_uri] = file
            for locale in self._locales:
                text = pages.text(file.src_uri, locale)
                virtual = File.generated(
                    config,
                    f"{locale.tag}/{file.src_uri}",
                    content=text,
                    inclusion=InclusionLevel.NOT_IN_NAV,
                )
                files.append(virtual)
                self._files[locale.tag, file.src_uri] = virtual
        for problem in pages.problems():
            log.warning(problem)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make a navigation for each locale, with its own pages and titles."""
        del files
        source = [
            uri
            for (tag, uri), file in self._files.items()
            if not tag and file.inclusion.is_in_nav()
        ]
        wanted = config.nav if config.nav is not None else nest_paths(source)
        for locale in self._locales:
            own = [file for (tag, _), file in self._files.items() if tag == locale.tag]
            for file in own:
                file.page = None
                file.inclusion = InclusionLevel.INCLUDED
            settings = copy.copy(config)
            settings["nav"] = self._localized_nav(wanted, locale)
            self._navs[locale.tag] = get_navigation(Files(own), settings)
        return nav

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page's template the language, navigation and counterparts of its locale."""
        del nav
        tag, uri = self._place(page.file)
        if uri is None:
            return context
        settings = copy.copy(config)
        extra = dict(config.extra)
        if self.config.switcher:
            extra["alternate"] = self._alternates(uri)
        if tag:
            settings["site_name"] = self._known().setting("site_name", config.site_name, tag)
            settings["theme"] = _Theme(config.theme, theme_language(tag, config.theme.dirs))
            extra["homepage"] = f"{tag}/"
            context["nav"] = self._navs[tag]
        settings["extra"] = extra
        context["config"] = settings
        return context

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a catalog changes."""
        del config, builder
        for folder in self._known().watched():
            server.watch(str(folder))
        return server

    def _known(self) -> Pages:
        if self._pages is None:
            raise PluginError("yiben: MkDocs has not called on_config")
        return self._pages

    def _place(self, file: File) -> tuple[str, str | None]:
        """The locale's tag (empty for a source page) and the source page of a file."""
        return next((key for key, known in self._files.items() if known is file), ("", None))

    def _alternates(self, uri: str) -> list[dict[str, str]]:
        """The entries of the language switcher; with `uri`, to the counterparts of that page."""
        source = self._known().project.settings.source
        entries = []
        for tag, locale in (("", source), *((one.tag, one) for one in self._locales)):
            file = self._files.get((tag, uri)) if uri else None
            link = file.url if file else f"{tag}/" if tag else "./"
            entries.append({"name": locale.own_name, "link": link, "lang": locale.tag})
        return entries

    def _localized_nav(self, nav: Any, locale: Locale) -> Any:  # noqa: ANN401 - as in the YAML
        """A `nav` setting with the paths of the localized pages and translated titles."""
        if isinstance(nav, list):
            return [self._localized_nav(item, locale) for item in nav]
        if isinstance(nav, dict):
            return {
                self._known().setting("nav", title, locale.tag): self._localized_nav(item, locale)
                for title, item in nav.items()
            }
        return f"{locale.tag}/{nav}" if (locale.tag, nav) in self._files else nav


class _Theme(Mapping[str, Any]):
    """A theme that speaks another language; all else is the theme's own."""

    def __init__(self, theme: Any, language: str) -> None:  # noqa: ANN401 - MkDocs's own
        self._theme = theme
        self._own = {"language": language} if "language" in theme else {}

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - as the theme has it
        return getattr(self._theme, name)

    def __getitem__(self, key: str) -> Any:  # noqa: ANN401 - as the theme has it
        return self._own[key] if key in self._own else self._theme[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._theme)

    def __len__(self) -> int:
        return len(self._theme)
