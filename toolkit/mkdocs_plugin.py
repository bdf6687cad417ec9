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
        self._places: dict[str, tuple[str, str | None]] = {}
        self._themes: dict[str, _Theme] = {}
        self._prefix = ""
        self._structure = ""
        self._texts: dict[str, str] = {}

    def on_startup(self, **_: object) -> None:
        """Having this hook keeps the plugin alive while `mkdocs serve` builds again and again."""

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the project of the catalogs and tell the theme of its languages."""
        try:
            project = Project.found_from(Path(config.config_file_path or ".").parent)
            self._locales = project.locales(tuple(self.config.locales))
            if self._pages is None or self._pages.project != project:
                self._pages = Pages(project)
        except ToolkitError as error:
            raise PluginError(str(error)) from None
        content = (project.root / project.settings.content).resolve()
        docs = Path(config.docs_dir).resolve()
        if not content.is_relative_to(docs):
            problem = f'docs_dir is {config.docs_dir}, "content" of the settings is {content}'
            raise PluginError(f"{problem}; make them the same folder")
        # In the folder structure of mkdocs-static-i18n the source pages have a folder, too.
        self._prefix = "" if content == docs else f"{content.relative_to(docs).as_posix()}/"
        other = config.plugins.get("i18n")
        self._structure = str(other.config["docs_structure"]) if other else ""
        if self.config.switcher and not self._structure and "alternate" not in config.extra:
            config.extra["alternate"] = self._alternates("")
        return config

    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the localized pages, each from its source and its catalog."""
        pages = self._known()
        pages.start(self._locales)
        pages.prepare(self._locales)
        self._files, self._places = {}, {}
        for file in list(files.documentation_pages()):
            uri = file.src_uri.removeprefix(self._prefix)
            if not file.src_uri.startswith(self._prefix) or not pages.has(uri):
                continue
            self._take("", uri, file)
            for locale in self._locales:
                if not pages.has_localized(uri, locale):
                    continue
                virtual = self._virtual(config, uri, locale, pages.text(uri, locale))
                files.append(virtual)
                self._take(locale.tag, uri, virtual)
        for problem in pages.problems():
            log.warning(problem)
        return files

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make a navigation for each locale, with its own pages and titles."""
        del files
        if self._structure:
            return nav
        source = [
            uri
            for (tag, uri), file in self._files.items()
            if not tag and file.inclusion.is_in_nav()
        ]
        wanted = config.nav if config.nav is not None else nest_paths(source)
        for locale in self._locales:
            language = theme_language(locale.tag, config.theme.dirs)
            self._themes[locale.tag] = _Theme(config.theme, language)
            own = [file for (tag, _), file in self._files.items() if tag == locale.tag]
            for file in own:
                file.page = None
                file.inclusion = InclusionLevel.INCLUDED
            settings = copy.copy(config)
            settings["nav"] = self._localized_nav(wanted, locale) or []
            self._navs[locale.tag] = get_navigation(Files(own), settings)
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The text of a localized page that is no file in memory; all others read themselves."""
        del config
        return self._texts.get(page.file.src_uri)

    def on_page_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page's template the language, navigation and counterparts of its locale."""
        del nav
        tag, uri = self._place(page.file)
        if uri is None or self._structure:
            return context
        settings = copy.copy(config)
        extra = dict(config.extra)
        if self.config.switcher:
            extra["alternate"] = self._alternates(uri)
        if tag:
            locale = next(one for one in self._locales if one.tag == tag)
            for key in ("site_name", "site_description", "copyright"):
                if config[key]:
                    settings[key] = self._known().setting(config[key], locale)
            settings["theme"] = self._themes[tag]
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

    def _virtual(self, config: MkDocsConfig, uri: str, locale: Locale, text: str) -> File:
        """A localized page as a file in memory.

        For mkdocs-static-i18n it has to look like one of the docs folder; its text comes through
        `on_page_read_source`.
        """
        stem, dot, ending = uri.rpartition(".")
        suffix = self._structure == "suffix"
        name = f"{stem}.{locale.tag}{dot}{ending}" if suffix else f"{locale.tag}/{uri}"
        if self._structure:
            self._texts[name] = text
            return File(name, config.docs_dir, config.site_dir, config.use_directory_urls)
        return File.generated(config, name, content=text, inclusion=InclusionLevel.NOT_IN_NAV)

    def _take(self, tag: str, uri: str, file: File) -> None:
        self._files[tag, uri] = file
        self._places[file.src_uri] = (tag, uri)

    def _known(self) -> Pages:
        if self._pages is None:
            raise PluginError("yiben: MkDocs has not called on_config")
        return self._pages

    def _place(self, file: File) -> tuple[str, str | None]:
        """The locale's tag (empty for a source page) and the source page of a file."""
        return self._places.get(file.src_uri, ("", None))

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
        """A `nav` setting with the paths of the localized pages and translated titles.

        Pages that the locale does not have are left out, and sections without any: `None`.
        """
        if isinstance(nav, list):
            items = (self._localized_nav(item, locale) for item in nav)
            return [item for item in items if item is not None] or None
        if isinstance(nav, dict):
            entries = ((title, self._localized_nav(item, locale)) for title, item in nav.items())
            known = {
                self._known().setting(title, locale): item
                for title, item in entries
                if item is not None
            }
            return known or None
        if (locale.tag, nav) in self._files:
            return f"{locale.tag}/{nav}"
        return None if ("", nav) in self._files else nav


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
