"""The plugin's settings and hooks."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.config import config_options
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority, get_plugin_logger

from toolkit.interfaces.mkdocs_plugin import beside_i18n, searching
from toolkit.interfaces.mkdocs_plugin.extensions import with_extensions
from toolkit.interfaces.mkdocs_plugin.local_site import LocalSite
from toolkit.interfaces.mkdocs_plugin.mounting import check_names, mount
from toolkit.interfaces.mkdocs_plugin.parts import SitePart, SiteParts
from toolkit.interfaces.mkdocs_plugin.themes import Speech, lead_templates
from toolkit.interfaces.mkdocs_plugin.unsupported import unsupported
from toolkit.interfaces.reports.characters import printable
from toolkit.model.errors import ToolkitError
from toolkit.project.project import Project
from toolkit.project.real_path import real_path
from toolkit.reading.renderer import Renderer
from toolkit.site.virtual import Pages

if TYPE_CHECKING:
    from jinja2 import Environment
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.livereload import LiveReloadServer
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

log = get_plugin_logger("yiben")

_FIRST, _LAST = 100, -200
_BEHIND_MAKERS = -60
"""After the plugins that make, drop and hide files; Material's blog does so at -50."""


class YibenConfig(Config):
    """The settings under `yiben:` in `mkdocs.yml`."""

    locales = config_options.Type(list, default=[])
    """The only target locales to build; all of the project's by default."""
    switcher = config_options.Type(bool, default=True)
    """Whether `extra.alternate` is made for the theme's language switcher."""
    renderer_check = config_options.Type(bool, default=False)
    """Whether the site's own Python-Markdown compares each page's blocks, too."""
    mount = config_options.Type(dict, default={})
    """The folders of the site for parts outside of `docs_dir`, by their names."""
    readers_language = config_options.Type(bool, default=False)
    """Whether the start page sends readers on to the one in their language."""


class YibenPlugin(BasePlugin[YibenConfig]):
    """Puts a folder of localized pages per target locale into the site."""

    def __init__(self) -> None:
        self._pages: dict[str, Pages] = {}
        self._parts: SiteParts | None = None
        self._mounted: list[SitePart] = []
        self._site: LocalSite | None = None
        self._speech: Speech | None = None
        self._texts: dict[str, str] = {}
        self._reported: set[str] = set()

    def on_startup(self, **_: object) -> None:
        """Having this hook keeps the plugin alive while `mkdocs serve` builds again and again."""

    @event_priority(_FIRST)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Find the project of the catalogs and tell theme and search of its languages."""
        beside = beside_i18n.is_used(config)
        try:
            folder = Path(config.config_file_path or ".").parent
            projects = Project.all_from(folder)
            check_names(self.config.mount, [one.part for one in projects])
            places = [(one, self._prefix(one, config)) for one in projects]
            known = [self._part(one, config, place) for one, place in places if place is not None]
            others = [self._part(one, config, "") for one, place in places if place is None]
        except ToolkitError as error:
            raise PluginError(str(error)) from None
        if not known:
            content = Project.all_from(folder)[0].settings.content
            problem = f'docs_dir is {config.docs_dir}, but "content" in the settings is {content}'
            raise PluginError(f"{problem}; make them the same folder")
        parts = self._parts = SiteParts(tuple(known), tuple(others))
        # Some plugins replace `docs_dir` later on.
        self._mounted = [one for one in known if one.is_mounted(config)]
        self._site, self._texts, self._reported = None, {}, set()
        if not beside:
            site = LocalSite(parts, config)
            self._site = site
            searching.configure(config, parts.languages)
            if self.config.switcher:
                config.extra["alternate"] = site.alternates(None)
        return config

    @event_priority(_FIRST)
    def on_pre_build(self, *, config: MkDocsConfig) -> None:
        """Look at the plugins that others have brought with them, as techdocs-core does."""
        if self._site is not None:
            searching.configure(config, self._site_parts().languages)
        for warning in unsupported(config):
            log.warning(warning)

    def _part(self, project: Project, config: MkDocsConfig, prefix: str) -> SitePart:
        """Return a part of the project as it is in the site."""
        project, rewrites = (
            with_extensions(project, config),
            beside_i18n.wants_rewritten_links(config),
        )
        if self.config.renderer_check:
            names, options = config.markdown_extensions, config.mdx_configs
            project = project.with_renderer(Renderer(None, names, options))
        locales = project.locales(tuple(self.config.locales))
        pages = self._pages.get(project.part)
        if pages is None or pages.project != project:
            pages = self._pages[project.part] = Pages(project, rewrites=rewrites)
        literate = config.plugins.get("literate-nav")
        pages.nav_files = frozenset([str(literate.config["nav_file"])] if literate else ())
        return SitePart(pages, locales, prefix)

    def _prefix(self, project: Project, config: MkDocsConfig) -> str | None:
        """Return the folder of the site that a part's pages are in, `None` for none."""
        content = real_path(project.root / project.settings.content)
        docs = real_path(Path(config.docs_dir))
        if content == docs:
            return ""
        if content.is_relative_to(docs):
            return f"{content.relative_to(docs).as_posix()}/"
        folder = str(self.config.mount.get(project.part, "")).strip("/")
        return f"{folder}/" if folder else None

    @event_priority(_FIRST)
    def _mount(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the pages and files of parts that are outside of `docs_dir`."""
        for part in self._mounted:
            mount(part, files, config)
        return files

    @event_priority(_BEHIND_MAKERS)
    def _localize(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add the localized pages, each from its source and its catalog."""
        parts = self._site_parts()
        parts.start()
        if self._site is None:
            self._texts = beside_i18n.add_pages(files, parts, config)
        else:
            files = self._site.add_pages(files, config)
        self._report()
        return files

    on_files = CombinedEvent(_mount, _localize)

    @event_priority(_LAST)
    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Make a navigation for each locale, with its own pages and titles."""
        if self._site is not None:
            self._site.make_navigation(nav, config, files)
            if self.config.switcher:
                config.extra["alternate"] = self._site.alternates(None)
            self._report()
        return nav

    def on_page_read_source(self, *, page: Page, config: MkDocsConfig) -> str | None:
        """The text of a localized page that is no file in memory; all others read themselves."""
        del config
        return self._texts.get(page.file.src_uri)

    @event_priority(_FIRST)
    def on_pre_page(self, page: Page, *, config: MkDocsConfig, files: Files) -> Page:
        """Let links lead to what the page's locale has."""
        if self._site is not None:
            self._site.enter(page)
            tag = self._site.tag_of(page)
            for companion in self._site.companions if tag else ():
                companion.pre_page(tag, page, config, files)
        return page

    @event_priority(_FIRST + 1)
    def _before_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        del files
        tag = self._site.tag_of(page) if self._site else ""
        for companion in self._site.companions if self._site and tag else ():
            companion.before_markdown(tag, page, config)
        return markdown

    @event_priority(_FIRST - 1)
    def _after_markdown(
        self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        del files
        for companion in self._site.companions if self._site and self._site.tag_of(page) else ():
            companion.after_markdown(page, config)
        return markdown

    @event_priority(-50)
    def _markdown(self, markdown: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let the companions of other plugins read a localized page."""
        del config
        return self._site.markdown(markdown, page, files) if self._site else markdown

    on_page_markdown = CombinedEvent(_before_markdown, _after_markdown, _markdown)

    @event_priority(_FIRST)
    def _rendered(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Rewrite the addresses in raw HTML, so that they lead where the source page's do."""
        del files
        return self._site.with_addresses(html, page, config) if self._site else html

    @event_priority(-75)
    def _complete(self, html: str, *, page: Page, config: MkDocsConfig, files: Files) -> str:
        """Let the companions of other plugins take note of a localized page."""
        del config
        if self._site is not None:
            self._site.content(html, page, files)
        return html

    on_page_content = CombinedEvent(_rendered, _complete)

    @event_priority(_FIRST)
    def _early_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        """Remember the templates, whose language changes from page to page."""
        self._report()
        if self._site is not None:
            self._site.enter(None)
            self._speech = Speech(env, config.theme)
            for companion in self._site.companions:
                companion.early_env(env, files)

    @event_priority(-49)
    def _env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        del config
        for companion in self._site.companions if self._site else ():
            companion.env(env, files)

    @event_priority(_BEHIND_MAKERS)
    def _late_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> None:
        del config
        if self._site is not None:
            for companion in self._site.companions:
                companion.late_env(env, files)
            lead_templates(env, self._site.local_address)

    on_env = CombinedEvent(_early_env, _env, _late_env)

    @event_priority(_FIRST)
    def _context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        """Give a page's template the language, navigation and counterparts of its locale."""
        del nav
        if self._site is None:
            return context
        self._site.enter(page)
        if self._speech is not None:
            self._speech.switch(self._site.locale_of(page))
        self._site.fill_context(context, page, config, switcher=self.config.switcher)
        return context

    @event_priority(-100)
    def _late_context(
        self, context: TemplateContext, *, page: Page, config: MkDocsConfig, nav: Navigation
    ) -> TemplateContext:
        del config, nav
        if self._site is not None:
            self._site.late_context(context, page)
        return context

    on_page_context = CombinedEvent(_context, _late_context)

    @event_priority(_FIRST)
    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Name the page's counterparts in other languages, and no others."""
        del config
        if self._site is None:
            return output
        self._site.enter(None)
        output = self._site.with_head(output, page)
        return self._site.with_wishes(output, page) if self.config.readers_language else output

    def on_post_template(self, output: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Put the other languages into the sitemap."""
        if self._site is None or Path(template_name).name != "sitemap.xml":
            return output
        return self._site.with_sitemap(output, config)

    @event_priority(-50)
    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Take copies without any translation out of the search."""
        if self._site is not None:
            searching.drop(config, self._site.copies())
        self._finish()

    def on_build_error(self, *, error: Exception) -> None:
        """Leave nothing behind when a build fails."""
        del error
        with suppress(Exception):
            self._finish()

    def _finish(self) -> None:
        if self._parts is not None:
            self._parts.close()
        if self._site is not None:
            self._site.finish()

    def on_serve(
        self, server: LiveReloadServer, *, config: MkDocsConfig, builder: object
    ) -> LiveReloadServer:
        """Build again when a catalog or our settings change."""
        del builder, config
        known = self._site_parts()
        for part in (*self._mounted, *known.outside):
            server.watch(str(part.content))
        for part in (*known.parts, *known.outside):
            for path in part.pages.watched():
                server.watch(str(path))
        return server

    def _report(self) -> None:
        """Warn of what has not been told in this build."""
        problems = list(self._site_parts().problems())
        if self._site is not None:
            problems += self._site.problems()
        for problem in problems:
            if problem not in self._reported:
                self._reported.add(problem)
                log.warning(printable(str(problem)))

    def _site_parts(self) -> SiteParts:
        if self._parts is None:
            raise PluginError("yiben: MkDocs has not called on_config")
        return self._parts
