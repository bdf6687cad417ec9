"""Localized pages in memory, made anew only where a page or a catalog has changed.

The cache of the project keeps them for the next program. A page rests on its own bytes and those
of its catalog, on what is known of all pages, and on the files that were asked for on the way.
"""

from __future__ import annotations

from contextlib import suppress
from functools import cached_property, partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.po import read_catalog
from toolkit.catalogs.usable import translations
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.project.cache import Values, digest_of, open_cache
from toolkit.project.cache.facts import FILE, THERE
from toolkit.project.settings_files import FILES
from toolkit.project.store import Run
from toolkit.site.ahead import Ahead
from toolkit.site.as_of import count_as_built, past_fragments
from toolkit.site.layout import Layout
from toolkit.site.page_builder import PageBuilder, Surroundings, follows_headings
from toolkit.site.pinning import fragments
from toolkit.site.site_texts import SiteTexts
from toolkit.site.title_translations import site_titles
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.project.project import Project
    from toolkit.reading.page import Page

_Key = tuple[str, str]
"""A locale's tag and a page below the content folder."""


class _Made(NamedTuple):
    """A localized page."""

    state: bytes
    """Tells the page and the catalog that it was made from."""
    text: str
    said: tuple[str, ...]
    """Problems and refused translations."""
    copy: bool = False
    """Whether nothing in it is translated, though there is something to translate."""


class _Batch(NamedTuple):
    """The localized pages that another process has made."""

    texts: Mapping[_Key, _Made]
    fresh: Mapping[str, bytes]
    """The results that are worth keeping."""


class _Sources(NamedTuple):
    """The source of a localized page."""

    page: bytes
    path: str
    """The path of the catalog, below the project's root."""
    catalog: bytes
    state: bytes


_VALUES = Values(_Made)


class Pages:
    """The localized pages of a project, kept from one build to the next.

    With `rewrites`, links are rewritten in the text; else whoever renders it has to lead them.
    """

    def __init__(self, project: Project, *, rewrites: bool) -> None:
        self.project = project
        self._rewrites = rewrites
        self._texts: dict[_Key, _Made] = {}
        self._problems: dict[str, None] = {}
        self._catalogs: dict[str, tuple[bytes, Catalog]] = {}
        self._names: frozenset[str] = frozenset()
        self._linked: frozenset[str] = frozenset()
        self._left_out: dict[str, frozenset[str]] = {}
        self._titles: dict[str, dict[str, str]] = {}
        self._read: dict[str, tuple[bytes, Page]] = {}
        self._states: dict[_Key, bytes] = {}
        self._ahead: Ahead | None = None
        self._around = ""
        self.nav_files: frozenset[str] = frozenset()
        """The names of pages that are lists of links for the navigation."""

    def start(self, locales: Sequence[Locale]) -> None:
        """A build of the pages in some locales begins."""
        names, problems = self.project.pages()
        self._names = frozenset(names)
        self._problems = dict.fromkeys(map(str, problems))
        linked = frozenset(fragments(self._sources_of(names)))
        linked |= past_fragments(self._run, names, self.project.settings.targets)
        if linked != self._linked:
            # Which headings keep their ids depends on all pages.
            self._linked = linked
            self._texts = {}

        titles = {one.tag: site_titles(self._run, one) for one in locales}
        if titles != self._titles:
            self._titles = titles
            self._texts = {}
        left_out = {one.tag: frozenset(self._too_little(one)) for one in locales}
        if left_out != self._left_out:
            # Links to a page that is left out lead to its source.
            self._left_out = left_out
            self._texts = {}

        states = {
            (one.tag, name): self._sources(name, one).state for name in names for one in locales
        }
        if self._follows and states != self._states:
            # Links lead to the headings of other pages, whatever their ids are now.
            self.__dict__.pop("_builder", None)
            self._texts = {}
        self._states = states
        # The cache is asked for pages by all that they rest on besides their own files.
        left = sorted((tag, sorted(pages)) for tag, pages in left_out.items())
        known = (sorted(names), sorted(linked), sorted(titles.items()), left, self._rewrites)
        every = sorted(states.items()) if self._follows else ()
        self._around = digest_of(repr((known, every)).encode("utf-8", "surrogatepass"))

    @cached_property
    def _follows(self) -> bool:
        """Whether any page's links follow headings that cannot be pinned."""
        settings = self.project.settings
        return any(follows_headings(settings, settings.dialect_of(name)) for name in self._names)

    def has_localized(self, name: str, locale: Locale) -> bool:
        """Whether a page is translated enough to be in the site."""
        return name not in self._left_out.get(locale.tag, ())

    def _too_little(self, locale: Locale) -> Iterator[str]:
        """The pages that are left out, or translated to less than `skip_below` asks for."""
        shares = self.project.settings.skip_below
        for name in self._names:
            if self.project.settings.excludes(name, locale):
                yield name
                continue
            least = shares.of(name, locale.tag)
            if not least:
                continue
            sources = self._sources(name, locale)
            with suppress(ToolkitError):
                page, known = self._page(name, sources.page), self._catalog(sources)
                if count_as_built(self._run, page, locale, known).complete < least:
                    yield name

    def _sources_of(self, names: Iterable[str]) -> Iterator[str]:
        for name in names:
            path = self.project.root / self.project.page_name(name)
            with suppress(OSError):
                yield path.read_bytes().decode("utf-8", "replace")

    def prepare(self, locales: Sequence[Locale]) -> None:
        """Let other processes begin to make the pages that are stale, where that is worth one."""
        self.close()
        self._recall(locales)
        stale = [name for name in self._names if any(self._stale(name, one) for one in locales)]
        make = partial(self.made, locales=tuple(locales))
        self._ahead = Ahead(make, sorted(stale), len(locales))

    def close(self) -> None:
        """Stop making pages ahead, and keep those that are made."""
        if self._ahead is not None:
            self._ahead.close()
            self._ahead = None
        if self._run.cache is not None:
            self._run.cache.flush()

    def _recall(self, locales: Sequence[Locale]) -> None:
        """Take the stale pages that the cache knows."""
        run = self._run
        if run.cache is None:
            return
        run.facts.renew()
        wanted = {
            self._kept_key(name, one.tag, self._states[one.tag, name]): (one.tag, name)
            for name in self._names
            for one in locales
            if self._stale(name, one)
        }
        for key, (trace, value) in run.cache.entries(list(wanted)).items():
            if run.facts.holds(trace):
                with suppress(ValueError):
                    self._texts[wanted[key]] = _VALUES.read(value)
        # Processes that are made now are not to share an open file.
        run.cache.flush()

    def _kept_key(self, name: str, tag: str, state: bytes) -> str:
        cache = self._run.cache
        return cache.key("site page", tag, name, state.hex(), self._around) if cache else ""

    def __getstate__(self) -> dict[str, object]:
        """The parts that another process gets."""
        return {**vars(self), "_ahead": None}

    def has(self, name: str) -> bool:
        """Whether a file below the content folder is a page of the project."""
        return name in self._names

    def problems(self) -> Iterator[str]:
        """The files that this build could not read, and the translations that were refused."""
        yield from self._problems

    def watched(self) -> Iterator[Path]:
        """The folders and files on which the localized pages depend."""
        yield self.project.root / self.project.settings.catalogs
        yield from filter(Path.is_file, (self.project.root / name for name in FILES))

    def text(self, name: str, locale: Locale) -> str:
        """The localized page; the source page where something cannot be read."""
        key = (locale.tag, name)
        if self._stale(name, locale) and self._ahead is not None:
            self._take(self._ahead.take(name))
        if self._stale(name, locale):
            self._texts[key] = self._made_now(name, locale)
        known = self._texts[key]
        self._problems.update(dict.fromkeys(known.said))
        return known.text

    def _take(self, batch: _Batch | None) -> None:
        """Take what another process has made."""
        if batch is None:
            return
        self._texts.update(batch.texts)
        if self._run.cache is not None:
            self._run.cache.take(batch.fresh)

    def _made_now(self, name: str, locale: Locale) -> _Made:
        """Make a page, and keep it."""
        run, sources = self._run, self._sources(name, locale)
        with run.facts.noting() as note:
            made = self._localized(name, sources, locale)
        if run.cache is not None and not note.fleeting:
            # What else was asked for is named by the key.
            trace = {kind: note.asked[kind] for kind in (FILE, THERE) if kind in note.asked}
            key = self._kept_key(name, locale.tag, sources.state)
            run.cache.keep(key, trace, _VALUES.write(made))
        return made

    def part(self, name: str, locale: Locale) -> str:
        """The text that a localized page has where another one puts it in: nothing on top."""
        settings = self.project.settings
        if not (settings.notice or settings.page_language or settings.credits):
            return self.text(name, locale)
        return self._localized(name, self._sources(name, locale), locale, on_top=False).text

    def is_copy(self, name: str, locale: Locale) -> bool:
        """Whether a localized page says nothing that its source page does not."""
        known = self._texts.get((locale.tag, name))
        return known is not None and known.copy

    def made(self, name: str, locales: Sequence[Locale]) -> _Batch:
        """The pages of one source page, for whoever asked this process to make them."""
        for locale in locales:
            self.text(name, locale)
        texts = {(one.tag, name): self._texts[one.tag, name] for one in locales}
        return _Batch(texts, self._run.cache.fresh() if self._run.cache else {})

    def _stale(self, name: str, locale: Locale) -> bool:
        known = self._texts.get((locale.tag, name))
        return known is None or known.state != self._states.get((locale.tag, name))

    def _sources(self, name: str, locale: Locale) -> _Sources:
        path = self.project.catalog_name(self.project.domain(name), locale)
        data = (self.project.root / self.project.page_name(name)).read_bytes()
        catalog = self._bytes_of(path)
        return _Sources(data, path, catalog, sha256(data + b"\0" + catalog).digest())

    def _bytes_of(self, path: str) -> bytes:
        """The bytes of a catalog, none where it cannot be read."""
        try:
            return self._run.data(path) or b""
        except ToolkitError as error:
            self._problems.update(dict.fromkeys(map(str, error.problems)))
            return b""

    def setting(self, text: str, locale: Locale) -> str:
        """A text of the site's settings in a locale; as it is where it has no translation."""
        texts = SiteTexts(self.project, self._names, self.nav_files, self._texts_of)
        found = texts.found(text, locale)
        if found and foreign_features(text, found, COMMONMARK, place=Place.NAME):
            path = self.project.catalog_name(self.project.settings.site, locale)
            reason = "would add something that a title must not have"
            self._problems[
                f'{path}: translation of "{text}" refused, source text used: it {reason}'
            ] = None
            return text
        return found or text

    def _texts_of(self, domain: str, locale: Locale) -> Mapping[MessageKey, str]:
        """The translations of a domain; none where they cannot be read, which is reported."""
        path = self.project.catalog_name(domain, locale)
        try:
            data = self._run.data(path) or b""
            catalog = self._catalog(_Sources(b"", path, data, b""))
        except ToolkitError as error:
            self._problems.update(dict.fromkeys(map(str, error.problems)))
            return {}
        return translations(catalog)

    @cached_property
    def _run(self) -> Run:
        settings = self.project.settings
        # What git, a renderer or the template of another page says is not among what can be asked
        # again; and a site is not to find the cache among its pages.
        is_fleeting = settings.as_of != "now" or settings.renderer or settings.contexts != "never"
        is_kept = settings.cache and settings.content != "." and not is_fleeting
        return Run(self.project, dry=True, cache=open_cache(self.project) if is_kept else None)

    @cached_property
    def _builder(self) -> PageBuilder:
        return PageBuilder(self._run)

    def _localized(
        self, name: str, sources: _Sources, locale: Locale, *, on_top: bool = True
    ) -> _Made:
        try:
            page = self._page(name, sources.page)
            known = self._catalog(sources)
        except ToolkitError as error:
            self._run.facts.note_fleeting()
            text = sources.page.decode("utf-8-sig", "replace")
            return _Made(sources.state, text, tuple(map(str, error.problems)))
        around = Surroundings(self._linked, self._titles, follows=self._follows, on_top=on_top)
        built = self._builder.build(page, locale, known, self._layout(locale), around)
        texts = translations(known)
        is_copy = bool(page.units) and not any((u.context, u.text) in texts for u in page.units)
        said = tuple(map(str, built.findings))
        text = built.document.to_bytes().decode("utf-8-sig")
        return _Made(sources.state, text, said, is_copy)

    def _page(self, name: str, data: bytes) -> Page:
        known = self._read.get(name)
        if known is None or known[0] != data:
            known = self._read[name] = (data, self._run.page(name))
        return known[1]

    def _catalog(self, sources: _Sources) -> Catalog:
        path, data = sources.path, sources.catalog
        known = self._catalogs.get(path)
        if known is None or known[0] != data:
            catalog = read_catalog(path, data) if data else Catalog()
            known = self._catalogs[path] = (data, catalog)
        return known[1]

    def _layout(self, locale: Locale) -> Layout:
        settings = self.project.settings
        return Layout(
            settings.content,
            locale.tag,
            self._names - self._left_out.get(locale.tag, frozenset()),
            lambda page: f"{settings.content}/{locale.tag}/{page}",
            self._run.exists,
            written=False,
            rewrites=self._rewrites,
        )
