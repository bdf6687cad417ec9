"""The files of a run: pages, templates, catalogs, domain by domain."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from toolkit.catalogs.contexts import contexts_in, with_known
from toolkit.catalogs.header import now
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.ready_texts import is_ready
from toolkit.model.catalog import Catalog
from toolkit.model.document import Document
from toolkit.model.errors import Problem, SettingsError, ToolkitError
from toolkit.project.cache.facts import Facts, digest_of
from toolkit.project.files import replace_bytes, write_bytes
from toolkit.project.string_files import string_files
from toolkit.reading.left_out import without_left_out
from toolkit.reading.page import Page
from toolkit.reading.segment import Reading, read
from toolkit.reading.segment.front_matter import Header
from toolkit.reading.strings import string_units

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.catalogs.contexts import Known
    from toolkit.catalogs.glossary import Glossary
    from toolkit.dialects.dialect import Dialect
    from toolkit.language.locale import Locale
    from toolkit.model.units import Unit
    from toolkit.project.cache import Cache
    from toolkit.project.project import Project

Result = TypeVar("Result")
Item = TypeVar("Item")
_RECENT = 500_000
"""Characters of pages that are remembered, those that were asked for last."""
Guess = Callable[[bytes], CatalogFile | None]
"""Makes a file anew that probably has some bytes."""
Domain = tuple[str, list[str]]
"""A gettext domain and its pages."""
_SHARE, _SHARES = 32, 16
"""Pages of a domain that are worked on together, unless there would be more shares than these."""


def shares_of(items: Sequence[Item]) -> list[Sequence[Item]]:
    """Part the pages of a domain, so that several processes work on a large one.

    Each share has the domain's catalog looked through once more.
    """
    share = max(_SHARE, len(items) // _SHARES + 1)
    return [items[start : start + share] for start in range(0, len(items), share)]


@dataclass(frozen=True, slots=True)
class Saved:
    """A file that was written, or would be, unless it held the same already."""

    name: str
    changed: bool


def settled_files(files: Sequence[Saved], *, dry: bool) -> tuple[Saved, ...] | None:
    """The same files once more, when they hold what they should; `None` where they don't yet."""
    if dry and any(one.changed for one in files):
        return None
    return tuple(Saved(one.name, changed=False) for one in files)


def changed_names(files: Iterable[Saved]) -> tuple[str, ...]:
    """Return the names of the files that changed, or would."""
    return tuple(one.name for one in files if one.changed)


class Run:
    """One run over a project.

    With `dry`, files are compared but not written. With `epoch`, catalogs that change get this
    date, in seconds since 1970, instead of the present. What `cache` knows is not found out again.
    """

    def __init__(
        self,
        project: Project,
        *,
        dry: bool = False,
        epoch: int | None = None,
        cache: Cache | None = None,
    ) -> None:
        self.project = project
        self.dry = dry
        self.cache = cache
        self.facts = Facts(project.root)
        """The facts that the results of this run rest on."""
        self.derived: dict[tuple[str, str], object] = {}
        """The values derived from parts of the project."""
        self._epoch = epoch
        self._recent: dict[str, Page] = {}
        self._recent_size = 0
        self._read: dict[str, tuple[object, object]] | None = None
        self._last: tuple[str, CatalogFile] | None = None
        """The catalog that was read last: a large one is asked for by many pages."""

    @cached_property
    def dialect(self) -> Dialect:
        """The dialect of most pages; whoever reads no page does without."""
        return self.project.settings.dialect_of("")

    def prepare(self) -> None:
        """Load what reads most pages, so that copies of this process need not."""
        self.project.settings.dialect_of("")

    @contextmanager
    def reading_once(self) -> Iterator[None]:
        """Take what has the same name and bytes for the same file meanwhile."""
        outer, self._read = self._read, {} if self._read is None else self._read
        try:
            yield
        finally:
            self._read = outer

    def renew(self) -> None:
        """Forget what was found out of files, which others may have changed since."""
        self.derived.clear()
        self.facts.renew()

    def now(self) -> str:
        """Return the date of what is written now, as gettext has it."""
        return now(self._epoch)

    def page(self, name: str) -> Page:
        """A page of the project, segmented; by its path also the settings of the site."""
        path = self.project.place_of(name)
        return self.page_of(name, Document.from_bytes(path, self.facts.bytes_of(path)))

    def page_of(self, name: str, document: Document) -> Page:
        """A document, segmented as the page `name` of the project is.

        Equal texts have the contexts by which the templates tell them apart.
        """
        page = self._page_of(name, document)
        if self.project.settings.contexts == "never":
            return page
        return with_known(page, self._contexts(self.project.domain(name)), self.kinds)

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of texts that the settings tell from all others."""
        listed = self.project.settings.contexts
        return () if isinstance(listed, str) else listed

    def _contexts(self, domain: str) -> Known:
        """The contexts in the template of a domain, or in its catalogs where there is none."""
        project = self.project
        template = project.template_name(domain)
        names = [template]
        if not self.exists(template):
            names = [project.catalog_name(domain, one) for one in project.settings.targets]
        data = {name: self.data(name) for name in names}
        key = ("contexts", digest_of(repr(sorted(data.items())).encode()))
        if key not in self.derived:
            catalogs = (self.catalog(name) for name in names)
            self.derived[key] = contexts_in(one for one in catalogs if one)
        return self.derived[key]  # type: ignore[return-value]

    def _page_of(self, name: str, document: Document) -> Page:
        settings = self.project.settings
        if name == settings.site:
            return self._site(document)
        rule = settings.strings.of(name)
        if rule:
            return self._flat(document, string_units(document, rule.paths_in(name)))
        return self._once(name, document, lambda: self._cut(name, document))

    def _cut(self, name: str, document: Document) -> Page:
        """A document, segmented; pages that link to each other are mostly asked for together."""
        page = self._recent.pop(name, None)
        if page:
            self._recent_size -= len(page.document.text)
        if page is None or page.document != document:
            page = self._segmented(name, document)
        self._recent[name] = page
        self._recent_size += len(document.text)
        while self._recent_size > _RECENT and len(self._recent) > 1:
            oldest = self._recent.pop(next(iter(self._recent)))
            self._recent_size -= len(oldest.document.text)
        return page

    def _segmented(self, name: str, document: Document) -> Page:
        settings = self.project.settings
        reading = read(document, settings.dialect_of(name), settings.front_matter)
        return Page(document, without_left_out(reading, settings.left_out(name)))

    def _flat(self, document: Document, units: tuple[Unit, ...]) -> Page:
        """A file without blocks."""
        reading = Reading(units, document.text, (), Header(), frozenset(), self.dialect)
        below = self.project.name_below_content(document.path)
        return Page(document, without_left_out(reading, self.project.settings.left_out(below)))

    def _site(self, document: Document) -> Page:
        # PyYAML is slow to import, and many projects have no YAML.
        from toolkit.project.site_files import SiteFiles  # noqa: PLC0415
        from toolkit.reading.site_yaml import site_units, title_units  # noqa: PLC0415

        settings = self.project.settings
        # Titles in languages that we have not are the project's to translate.
        titles = settings.admonition_titles and not all(map(is_ready, settings.targets))
        more = SiteFiles(self.project, self.facts).units(document)
        units = (*site_units(document), *more, *(title_units(document) if titles else ()))
        return self._flat(document, units)

    def domains(self) -> tuple[list[Domain], Sequence[Problem]]:
        """Return the domains with their pages, and what links cannot be followed."""
        pages, problems = self.project.pages()
        domains: dict[str, list[str]] = {}
        for page in pages:
            domains.setdefault(self.project.domain(page), []).append(page)
        site = self.project.settings.site
        if site and self.project.settings.owns_site:
            domains[self.project.domain(site)] = [site]
        for name in string_files(self.project) if self.project.settings.owns_site else ():
            domains[name] = [name]
        return list(domains.items()), problems

    def pages(self, names: Iterable[str]) -> tuple[list[Page], tuple[Problem, ...]]:
        """Return the pages that can be read, and what is wrong with the others."""
        pages: list[Page] = []
        problems: list[Problem] = []
        for name in names:
            try:
                pages.append(self.page(name))
            except ToolkitError as error:
                problems += error.problems
        return pages, tuple(problems)

    def pages_in(self, pages: Iterable[Page], locale: Locale) -> list[Page]:
        """Keep the pages that are translated into a locale."""
        return [one for one in pages if not self.project.leaves_out(one.document.path, locale)]

    def glossary(self) -> Glossary:
        """The terms of the project; `SettingsError` when the glossary cannot be used."""
        from toolkit.catalogs.glossary import Glossary, read_glossary  # noqa: PLC0415 - reads CSV

        name = self.project.settings.glossary
        data = self.data(name) if name else None
        if name and data is None:
            raise SettingsError(
                Problem(name, 0, 0, 'does not exist; "glossary" in the settings names it')
            )
        return read_glossary(name, data) if data is not None else Glossary()

    def exists(self, name: str) -> bool:
        """Whether the project has a file."""
        return self.facts.there(name)

    def data(self, name: str) -> bytes | None:
        """The bytes of a file of the project, `None` when there is none yet."""
        return self.facts.data(name)

    def catalog_file(self, name: str, guess: Guess | None = None) -> CatalogFile | None:
        """A template or catalog of the project as a file, `None` when there is none yet.

        Where `guess` makes the same bytes of a catalog, they are not read.
        """
        data = self.data(name)
        if data is None:
            return None

        def found() -> CatalogFile:
            if self._last and self._last[0] == name and self._last[1].data == data:
                return self._last[1]
            file = guess(data) if guess else None
            return file if file and file.data == data else CatalogFile.parse(name, data)

        file = self._once(name, data, found)
        self._last = name, file
        return file

    def _once(self, name: str, data: object, found: Callable[[], Result]) -> Result:
        """Return what is read of some data."""
        if self._read is None:
            return found()
        known = self._read.get(name)
        if known is None or known[0] != data:
            known = self._read[name] = data, found()
        return known[1]  # type: ignore[return-value]

    def catalog(self, name: str) -> Catalog | None:
        """A template or catalog of the project, `None` when there is none yet."""
        file = self.catalog_file(name)
        return file.catalog if file else None

    def texts(self, domain: str, locale: Locale, pages: Iterable[Page]) -> Catalog | None:
        """The catalog of a domain in a locale; that of a pseudo-locale is made from `pages`."""
        if not locale.pseudo or locale in self.project.settings.targets:
            return self.catalog(self.project.catalog_name(domain, locale))
        from toolkit.writing.pseudo import pseudo_catalog  # noqa: PLC0415 - seldom wanted

        parts = [pseudo_catalog(page.units, page.dialect, locale) for page in pages]
        messages = {one.key: one for part in parts for one in part.messages}
        return Catalog(tuple(messages.values()))

    def save(self, name: str, data: bytes) -> Saved:
        """Write a file that can be made again, unless it holds `data` already."""
        if self.dry:
            return Saved(name, self.data(name) != data)
        with self.facts.writing(name, data):
            return Saved(name, write_bytes(self.project.root / name, data, name, durable=False))

    def save_catalog(self, name: str, old: bytes | None, file: CatalogFile) -> Saved:
        """Write a catalog that held `old` when it was read, unless an editor saved it since."""
        if self.dry:
            return Saved(name, old != file.data)
        with self.facts.writing(name, file.data):
            return Saved(name, replace_bytes(self.project.root / name, old, file.data, name))

    def with_catalog(self, file: CatalogFile, catalog: Catalog) -> CatalogFile:
        """A template or catalog that says what `catalog` says, as this project writes it."""
        return file.with_catalog(catalog, self.project.settings.wrap)
