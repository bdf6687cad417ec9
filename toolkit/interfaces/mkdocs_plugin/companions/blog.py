"""Material's blog: posts, archive and categories of a locale."""

from __future__ import annotations

import copy
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from jinja2 import pass_context
from mkdocs.structure.files import InclusionLevel
from mkdocs.structure.nav import Section

from toolkit.interfaces.mkdocs_plugin.companions.companion import Companion, Setting, copy_of
from toolkit.interfaces.mkdocs_plugin.local_files import in_locale, move

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment
    from jinja2.runtime import Context
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from toolkit.language.locale import Locale


class LocalBlog(Companion):
    """The blog of each locale that has its start page."""

    def __init__(self, plugin: Any, setting: Setting) -> None:  # noqa: ANN401 - Material's
        super().__init__(plugin, setting)
        self._blogs: dict[str, Any] = {}
        self._folder: TemporaryDirectory[str] | None = None

    def add_files(self, files: Files) -> None:
        """Let the blog find the posts of each locale, and make its lists of them."""
        self._folder = TemporaryDirectory(prefix="yiben-")
        for locale in self.setting.locales:
            entry = self.setting.counterparts.of(self.plugin.blog.file, locale.tag)
            if entry is not None:
                self._blogs[locale.tag] = self._blog(locale, files)

    def _blog(self, locale: Locale, files: Files) -> Any:  # noqa: ANN401 - Material's
        tag = locale.tag
        made, local = copy_of(self.plugin), self.setting.folders.local
        own = self.plugin.config
        folder = own["blog_dir"]
        made.config["blog_dir"] = local(folder, tag) if folder != "." else tag
        made.config["post_dir"] = local(own["post_dir"].format(blog=folder).removeprefix("./"), tag)
        made.config["authors_file"] = own["authors_file"].format(blog=folder)
        made.on_config(self.setting.config_of(tag))
        self._translate(made, locale)
        config = self._config(tag)
        before = set(files.src_uris)
        texts = [file for source, file in self.setting.counterparts.pairs(tag) if source.page]
        Path(config.docs_dir, made.config["post_dir"]).mkdir(parents=True, exist_ok=True)
        places = {file.src_uri: file.abs_src_path for file in texts}
        self._write(texts, config)
        made.on_files(files, config=config)
        for file in texts:
            file.abs_src_path = places[file.src_uri]
        made.blog.file.inclusion = InclusionLevel.NOT_IN_NAV
        self._place(tag, config)
        self._pair(tag, files, before)
        return made

    def _translate(self, blog: Any, locale: Locale) -> None:  # noqa: ANN401 - Material's
        """Let a blog have its locale's names of authors and categories, at the same addresses."""
        text, authors = self.setting.text, getattr(self.plugin, "authors", {})
        for author in getattr(blog, "authors", {}).values():
            author.name = text(author.name, locale)
            author.description = text(author.description, locale)
        place, save = blog._format_path_for_profile, blog._save_to_file  # noqa: SLF001 - as it does

        def save_titled(path: str, content: str) -> None:
            save(path, f"# {text(content[2:], locale)}" if content.startswith("# ") else content)

        blog._save_to_file = save_titled  # noqa: SLF001
        blog._format_path_for_profile = lambda name, _: place(name, authors[name])  # noqa: SLF001

    def _config(self, tag: str) -> MkDocsConfig:
        """The configuration of a locale whose docs folder holds the texts of its blog.

        The blog reads posts from the disk, and would make an entry page in the user's folder.
        """
        config = copy.copy(self.setting.config_of(tag))
        config["docs_dir"] = self._folder.name if self._folder else config.docs_dir
        return config

    def _write(self, texts: list[File], config: MkDocsConfig) -> None:
        for file in texts:
            path = Path(config.docs_dir, file.src_uri)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(file.content_string, encoding="utf-8", newline="")
            file.abs_src_path = str(path)
            # Those of the source are hidden by now.
            file.inclusion = InclusionLevel.NOT_IN_NAV

    def _place(self, tag: str, config: MkDocsConfig) -> None:
        """Give posts the address of their source, whatever their title is now."""
        for source, file in self.setting.counterparts.pairs(tag):
            if source.page is not None and file.page is not None:
                move(file, f"{tag}/{source.dest_uri}", config)
                file.page._set_canonical_url(config.site_url)  # noqa: SLF001 - as the blog does

    def _pair(self, tag: str, files: Files, before: set[str]) -> None:
        """Note which lists of the locale are those of the source."""
        sources = {self.setting.folders.local(uri, tag): uri for uri in before}
        for uri, file in list(files.src_uris.items()):
            if uri not in before and uri in sources:
                self.setting.counterparts.add(tag, files.src_uris[sources[uri]], file)

    def leaves_out(self, item: StructureItem) -> bool:
        """Whether this is a section of lists, which the locale's own blog makes."""
        views = {id(view) for view in self._views()}
        children = item.children if isinstance(item, Section) else None
        return bool(self._blogs and children) and all(id(one) in views for one in children or ())

    def _views(self) -> Iterator[Page]:
        for view in self.plugin.blog.views:
            yield view
            yield from view.pages

    def add_navigation(self, tag: str, nav: Navigation, files: Files) -> None:
        """Put the lists of a locale into its navigation."""
        blog = self._blogs.get(tag)
        if blog is None:
            return
        folder = blog.config["blog_dir"]
        # A blog that is the whole site needs no place in the navigation.
        blog.config["blog_dir"] = "." if self.plugin.config["blog_dir"] == "." else folder
        blog.on_nav(nav, config=self.setting.config_of(tag), files=files)
        blog.config["blog_dir"] = folder

    def markdown(self, tag: str, markdown: str, page: Page, files: Files) -> str | None:
        """Prepare a post."""
        if tag not in self._blogs:
            return None
        text: str | None = self._blogs[tag].on_page_markdown(
            markdown, page=page, config=self.setting.config_of(tag), files=files
        )
        return text

    def content(self, tag: str, html: str, page: Page, files: Files) -> None:
        """Note how long a post takes to read."""
        if tag in self._blogs:
            config = self.setting.config_of(tag)
            self._blogs[tag].on_page_content(html, page=page, config=config, files=files)

    def late_env(self, env: Environment, files: Files) -> None:
        """Write dates as the readers of each locale do."""
        before: Any = env.filters["date"]
        # A site may have several blogs.
        dates: dict[str, Any] = {"": getattr(before, "of_source", before)}
        urls = env.filters["url"]
        for tag, blog in self._blogs.items():
            # Posts name pages in their front matter, too.
            with in_locale(files, tag):
                blog.on_env(env, config=self.setting.config_of(tag), files=files)
            dates[tag] = env.filters["date"]
        env.filters["url"] = urls
        origin = self.setting.counterparts.origin

        @pass_context
        def date(context: Context, value: object) -> object:
            page = context.get("page")
            tag = origin(page.file)[0] if page is not None else ""
            return dates.get(tag, dates[""])(value)

        date.of_source = dates[""]  # type: ignore[attr-defined]
        env.filters["date"] = date

    def late_context(self, tag: str, context: TemplateContext, page: Page) -> None:
        """Show the posts of a list."""
        if tag in self._blogs:
            self._blogs[tag].on_page_context(
                context, page=page, config=self.setting.config_of(tag), nav=context["nav"]
            )

    def finish(self) -> None:
        """Remove the files that were made."""
        for blog in self._blogs.values():
            blog.on_shutdown()
        if self._folder is not None:
            self._folder.cleanup()
        self._blogs, self._folder = {}, None
