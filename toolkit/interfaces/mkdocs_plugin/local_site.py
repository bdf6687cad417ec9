"""The localized pages of one build of a site."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from mkdocs.structure.files import InclusionLevel

from toolkit.interfaces.mkdocs_plugin.addresses import Addresses
from toolkit.interfaces.mkdocs_plugin.alternates import (
    languages_of,
    sending_on,
    switcher,
    with_alternates,
    with_language,
    with_sitemap_links,
    with_switcher,
)
from toolkit.interfaces.mkdocs_plugin.companions import Companion, Setting, companions_of
from toolkit.interfaces.mkdocs_plugin.local_files import (
    Counterparts,
    Folders,
    LocalFiles,
    addresses,
    local_file,
)
from toolkit.interfaces.mkdocs_plugin.mirrored_docs import MirroredDocs
from toolkit.interfaces.mkdocs_plugin.mounting import aliases
from toolkit.interfaces.mkdocs_plugin.navigation import Mirror, start_of
from toolkit.interfaces.mkdocs_plugin.parts import folders_in_site
from toolkit.interfaces.mkdocs_plugin.snippets import Snippets
from toolkit.interfaces.mkdocs_plugin.themes import FinalAddress, local_config

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import File, Files
    from mkdocs.structure.nav import Navigation
    from mkdocs.structure.pages import Page
    from mkdocs.utils.templates import TemplateContext

    from toolkit.interfaces.mkdocs_plugin.alternates import Language
    from toolkit.interfaces.mkdocs_plugin.parts import SitePart, SiteParts
    from toolkit.language.locale import Locale


class LocalSite:
    """The localized pages of a site: files, navigations, and how they lead to each other."""

    def __init__(self, parts: SiteParts, config: MkDocsConfig) -> None:
        self._parts = parts
        locales = parts.locales
        self._locales = {locale.tag: locale for locale in locales}
        self._folders = Folders(folders_in_site(parts.parts))
        self._own = list(config.extra.get("alternate") or [])
        self._instant = "navigation.instant" in (config.theme.get("features") or ())
        self._homepage = config.extra.get("homepage")
        self._languages = languages_of(parts.source, parts.languages[1:], self._own)
        self._counterparts = Counterparts()
        self._files: LocalFiles | None = None
        self._navs: dict[str, Navigation] = {}
        self._configs: dict[str, MkDocsConfig] = {}
        self._starts: dict[str, File] = {}
        self._copies: dict[str, File] = {}
        self._problems: list[str] = []
        self._addresses: Addresses | None = None
        self._by_address: Mapping[str, File] | None = None
        self._led: dict[tuple[str, str], str | None] = {}
        root = Path(config.config_file_path or ".").absolute().parent
        folders = (Path(config.docs_dir), *(one.content for one in parts.outside))
        self._mirror = MirroredDocs(root, folders, parts.put_in)
        self._snippets = Snippets(config, self._mirror)
        self._setting = Setting(
            locales,
            self._folders,
            self._counterparts,
            self._configs.__getitem__,
            self._mirror,
            parts.setting,
        )
        self._companions = tuple(companions_of(config, self._setting))

    def add_pages(self, files: Files, config: MkDocsConfig) -> Files:
        """Add the localized pages to the files of the site."""
        around = aliases(self._parts.parts, config)
        self._files = LocalFiles(files, self._folders, around)
        for locale in self._parts.languages:
            title = partial(self._parts.setting, locale=locale)
            self._configs[locale.tag] = local_config(config, locale, title)
        taken = {file.dest_uri: file.src_uri for file in files}
        for file in list(files):
            part = self._part_of(file)
            for locale in part.locales if part else ():
                self._add(file, locale, taken, config)
        # Plugins bring others with them, as mkdocstrings does autorefs.
        self._companions += tuple(companions_of(config, self._setting, self._companions))
        for companion in self._companions:
            companion.add_files(self._files)
        return self._files

    def _part_of(self, file: File) -> SitePart | None:
        """Return the part of the project that a page is in which somebody may see."""
        # The blog has taken its posts out for now, and given them pages already.
        shown = file.inclusion is not InclusionLevel.EXCLUDED or file.page is not None
        return self._parts.of(file.src_uri) if shown and file.is_documentation_page() else None

    def _add(
        self, source: File, locale: Locale, taken: dict[str, str], config: MkDocsConfig
    ) -> None:
        part = self._parts.of(source.src_uri)
        name = part.name(source.src_uri) if part else ""
        if self._files is None or part is None or not part.pages.has_localized(name, locale):
            return
        uri = self._folders.local(source.src_uri, locale.tag)
        text = partial(part.pages.text, name, locale)
        file = local_file(config, source, uri, text, locale)
        own = taken.get(file.dest_uri) or (uri if uri in self._files.src_uris else "")
        if own:
            problem = f'{own}: has the address of "{name}" in {locale.tag}, which is left out'
            self._problems.append(f"{problem}; rename one of them")
            return
        taken[file.dest_uri] = uri
        self._files.append(file)
        self._counterparts.add(locale.tag, source, file)

    def problems(self) -> Iterator[str]:
        """Iterate over what stands in the way of localized pages."""
        yield from self._problems

    def make_navigation(self, nav: Navigation, config: MkDocsConfig, files: Files) -> None:
        """Make the navigation of each locale from the site's final one."""
        for tag, locale in self._locales.items():
            title = partial(self._parts.setting, locale=locale)
            lead = partial(self._lead, tag, config)
            mirror = Mirror(self._counterparts, tag, title, lead, config)
            self._navs[tag] = mirror.mirrored(nav, self._left_out)
            for companion in self._companions:
                companion.add_navigation(tag, self._navs[tag], files)
            local = [file for _, file in self._counterparts.pairs(tag)]
            start = self._home(nav, locale) or start_of(self._navs[tag], local)
            if start is not None:
                self._starts[tag] = start
        self._by_address = None

    def _lead(self, tag: str, config: MkDocsConfig, url: str) -> str:
        """Return what an address from the site's root in the navigation is in a locale."""
        base = (config.site_url or "/").rstrip("/") + "/"
        for start in (base, urlsplit(base).path):
            if url.startswith(start):
                local = self._local_address(tag, url[len(start) :] or ".")
                return url if local is None else start + ("" if local == "./" else local)
        return url

    def _home(self, nav: Navigation, locale: Locale) -> File | None:
        """Return the site's own start page where that is written in a locale."""
        home = nav.homepage.file if nav.homepage else None
        part = self._parts.of(home.src_uri) if home else None
        return home if part and part.source == locale else None

    def _left_out(self, item: StructureItem) -> bool:
        return any(companion.leaves_out(item) for companion in self._companions)

    def enter(self, page: Page | None) -> None:
        """Let paths lead to what the locale of a page has, until another one is made."""
        if self._files is not None:
            self._files.tag = self._counterparts.origin(page.file)[0] if page else ""
            self._snippets.switch(self._files.tag)

    def tag_of(self, page: Page) -> str:
        """Return the tag of a localized page's locale, nothing for a page of the source."""
        return self._counterparts.origin(page.file)[0]

    def locale_of(self, page: Page) -> Locale | None:
        """Return a page's locale, `None` for one in the language of the site."""
        tag, source = self._counterparts.origin(page.file)
        if tag:
            return self._locales[tag]
        part = self._parts.of(source.src_uri)
        return part.source if part and part.source != self._parts.source else None

    def with_addresses(self, html: str, page: Page, config: MkDocsConfig) -> str:
        """Return the HTML of a page with the addresses that it has in its locale."""
        tag, source = self._counterparts.origin(page.file)
        if not tag or self._files is None:
            return html
        self._note_copy(tag, source, page)
        if self._addresses is None:
            self._addresses = Addresses(self._by_url(), self._local, config.site_url)
        return self._addresses.rewritten(html, page.file.url, source.url)

    def _note_copy(self, tag: str, source: File, page: Page) -> None:
        """Name the source page as canonical on a localized page that is a copy of it."""
        part = self._parts.of(source.src_uri)
        name = part.name(source.src_uri) if part else ""
        if part and source.page and part.pages.is_copy(name, self._locales[tag]):
            self._copies[page.file.src_uri] = page.file
            page.canonical_url = source.page.canonical_url

    def finish(self) -> None:
        """Remove what was made for this build."""
        for companion in self._companions:
            companion.finish()
        self._mirror.clear()

    def markdown(self, markdown: str, page: Page, files: Files) -> str:
        """Return the text of a page, as the companions of other plugins want it."""
        tag, _ = self._counterparts.origin(page.file)
        for companion in self._companions if tag else ():
            text = companion.markdown(tag, markdown, page, files)
            markdown = markdown if text is None else text
        return markdown

    def content(self, html: str, page: Page, files: Files) -> None:
        """Let the companions of other plugins take note of a rendered page."""
        tag, _ = self._counterparts.origin(page.file)
        for companion in self._companions if tag else ():
            companion.content(tag, html, page, files)

    @property
    def companions(self) -> tuple[Companion, ...]:
        """The companions of other plugins."""
        return self._companions

    def late_context(self, context: TemplateContext, page: Page) -> None:
        """Let the companions complete what a template gets."""
        tag, _ = self._counterparts.origin(page.file)
        for companion in self._companions if tag else ():
            companion.late_context(tag, context, page)

    def _local(self, file: File) -> File | None:
        """Return a file as the locale of the current page has it."""
        if self._files is None:
            return None
        return self._files.get_file_from_path(file.src_uri)

    def fill_context(
        self, context: TemplateContext, page: Page, config: MkDocsConfig, *, switcher: bool
    ) -> None:
        """Give the template of a page its locale's settings, navigation and switcher."""
        tag, source = self._counterparts.origin(page.file)
        locale = self.locale_of(page)
        local = self._configs[locale.tag] if locale else config
        extra: dict[str, Any] = dict(config.extra)
        if switcher:
            extra["alternate"] = self.alternates(source)
        if tag:
            context["nav"] = self._navs[tag]
            if self._homepage is None and tag in self._starts:
                extra["homepage"] = self._starts[tag].url
        filled = local.copy()
        filled["extra"] = extra
        context["config"] = filled
        for companion in self._companions if tag else ():
            companion.context(tag, context, page)

    def alternates(self, source: File | None) -> list[dict[str, Any]]:
        """Return the entries of the switcher, to the counterparts of a page where it has any."""

        def link(language: Language) -> str | None:
            own = self._in_language(source, language) if source else None
            if own is not None and (own is source or own.inclusion.is_included()):
                return FinalAddress(own.url)
            if not language.tag:
                return FinalAddress("./")
            start = self._starts.get(language.tag)
            if start is not None:
                return FinalAddress(start.url)
            return None if self._navs else f"{language.tag}/"

        return switcher(self._languages, self._own, link)

    def _in_language(self, source: File, language: Language) -> File | None:
        """Return a page in a language of the site: itself in its own."""
        part = self._parts.of(source.src_uri)
        own = part.source if part else self._parts.source
        return self._counterparts.of(source, "" if language.locale == own else language.locale.tag)

    def with_head(self, html: str, page: Page) -> str:
        """Return the HTML of a page that names its language and its counterparts."""
        tag, source = self._counterparts.origin(page.file)
        others = self._others(source)
        ours = [language.lang for language in self._languages]
        default = source.url if len(others) > 1 else ""
        found = others if len(others) > 1 else {}
        html = with_alternates(html, page.url, found, ours, default)
        known = {one["lang"]: str(one["link"]) for one in self.alternates(source)}
        own = {lang: known[lang] for lang in ours if lang in known}
        html = with_switcher(html, page.url, own, instant=self._instant)
        locale = self.locale_of(page)
        if locale is None:
            return html
        for companion in self._companions if tag else ():
            html = companion.html(tag, html, page)
        lang = next(one.lang for one in self._languages if one.locale == locale)
        return with_language(html, locale, lang)

    def with_wishes(self, html: str, page: Page) -> str:
        """Return the start page with what sends readers on to the one in their language."""
        tag, source = self._counterparts.origin(page.file)
        others = self._others(source) if page.is_homepage and not tag else {}
        return sending_on(html, page.url, others) if len(others) > 1 else html

    def local_address(self, page: Page, address: str) -> str | None:
        """Return what an address below the site's root is on a page of a locale."""
        tag, _ = self._counterparts.origin(page.file)
        if not tag or not address or address.startswith("#"):
            return None
        if (tag, address) not in self._led:
            self._led[tag, address] = self._local_address(tag, address)
        return self._led[tag, address]

    def _local_address(self, tag: str, address: str) -> str | None:
        plain = address.partition("#")[0]
        path = plain.removeprefix("./")
        file = self._by_url().get("" if path == "." else unquote(path))
        local = self._counterparts.of(file, tag) if file else None
        if local is None or local is file or not local.inclusion.is_included():
            return None
        return local.url + address[len(plain) :]

    def _by_url(self) -> Mapping[str, File]:
        """The files of the site by their addresses."""
        if self._by_address is None:
            self._by_address = addresses(self._files or ())
        return self._by_address

    def _others(self, source: File) -> dict[str, str]:
        """Return the addresses of a page in all languages that have it."""
        found = {}
        for language in self._languages:
            file = self._in_language(source, language)
            if file is not None and file.inclusion.is_included():
                found[language.lang] = file.url
        return found

    def with_sitemap(self, xml: str, config: MkDocsConfig) -> str:
        """Return the sitemap with the languages of each page."""
        alternates = {}
        for file in self._files or ():
            tag, source = self._counterparts.origin(file)
            others = self._others(source)
            if file.page is not None and len(others) > 1:
                links = {**others, "x-default": source.url}
                alternates[file.page.canonical_url or ""] = {
                    lang: "" if url == "./" else url for lang, url in links.items()
                }
            del tag
        base = (config.site_url or "/").rstrip("/") + "/"
        return with_sitemap_links(xml, alternates, base)

    def copies(self) -> set[str]:
        """Return the addresses of localized pages that are copies of their source pages."""
        return {file.page.url for file in self._copies.values() if file.page is not None}
