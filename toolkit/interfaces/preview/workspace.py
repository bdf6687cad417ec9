"""A project that is looked at for long: what was read of it, as long as its files stay the same."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

from toolkit.interfaces.preview.rendering import Renderer, renderer_of
from toolkit.interfaces.preview.rules import Rules
from toolkit.interfaces.preview.site_yaml_markdown import site_markdown
from toolkit.interfaces.preview.versions import Digests, digest_of
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.project import Project
from toolkit.project.real_path import real_path
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from toolkit.catalogs.po import CatalogFile
    from toolkit.interfaces.preview.site_yaml_markdown import SiteMarkdown
    from toolkit.interfaces.preview.versions import Digest
    from toolkit.language.locale import Locale
    from toolkit.reading.page import Page

Value = TypeVar("Value")
_PAGES = 4
_CATALOGS = 3
_RENDERERS = 8


class _Slot(Generic[Value]):
    """A value that is made once, whoever asks first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._values: list[Value] = []

    def value(self, make: Callable[[], Value]) -> Value:
        with self._lock:
            if not self._values:
                self._values.append(make())
            return self._values[0]


class Cache(Generic[Value]):
    """The last few values that were made from versions of files."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._slots: OrderedDict[object, _Slot[Value]] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, key: object, make: Callable[[], Value]) -> Value:
        """Return the value for a key, made where it is not there yet."""
        with self._lock:
            slot = self._slots.setdefault(key, _Slot())
            self._slots.move_to_end(key)
            while len(self._slots) > self._most:
                self._slots.popitem(last=False)
        return slot.value(make)


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the project in a locale, both known to exist."""

    locale: Locale
    name: str
    """The page below the content folder, or the settings file of the site."""


class Workspace:
    """The project of a preview, or the part of it that is called `part`.

    `epoch` dates what is written, `environment` has the variables that the site's settings name.
    """

    def __init__(
        self,
        root: Path,
        *,
        part: str = "",
        read_only: bool = False,
        epoch: int | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.read_only = read_only
        self._start = root
        self._part = part
        self._epoch = epoch
        self._environment = environment or {}
        self._digests = Digests()
        self._pages: Cache[Page] = Cache(_PAGES)
        self._catalogs: Cache[CatalogFile | None] = Cache(_CATALOGS)
        self._renderers: Cache[Renderer] = Cache(_RENDERERS)
        self.reload()

    def reload(self) -> None:
        """Read the settings again; raises as `Project.found_from` does."""
        self.project = Project.found_from(self._start, self._part)
        self.run = Run(self.project, epoch=self._epoch)
        self.site: SiteMarkdown | None = site_markdown(
            self.run.data, self.project.settings.site, self._environment
        )
        self._settings = self._settings_digests()
        self._renderers = Cache(_RENDERERS)
        self._pages = Cache(_PAGES)
        self._names: frozenset[str] | None = None

    def _settings_digests(self) -> tuple[Digest, ...]:
        """The versions of all files that settings come from."""
        names = [*self.project.own_files(), *(self.site.files if self.site else ())]
        return tuple(map(self.digest_of, dict.fromkeys(names)))

    def digest_of(self, name: str) -> Digest:
        """Return the version of a file of the project."""
        return self._digests.of(self.project.root / name)

    @property
    def settings_changed(self) -> bool:
        """Whether the settings are others than those that were read."""
        return self._settings_digests() != self._settings

    @property
    def digest(self) -> str:
        """A short name of the project for what browsers keep."""
        root = str(real_path(self.project.root)).encode("utf-8", "surrogateescape")
        return hashlib.sha256(root).hexdigest()[:12]

    @property
    def names(self) -> frozenset[str]:
        """All pages of the project, the site's settings among them."""
        if self._names is None:
            domains, _ = self.run.domains()
            self._names = frozenset(name for _, names in domains for name in names)
        return self._names

    def forget_names(self) -> None:
        """Look for pages again."""
        self._names = None

    def place(self, locale: str, name: str) -> Place:
        """Return a page in a locale; raises `ProjectError` where the project has no such."""
        found = next((one for one in self.project.settings.targets if one.tag == locale), None)
        if found is None or name not in self.names or self.is_left_out(found, name):
            problem = Problem(name, 0, 0, f'is not a page of this project in "{locale}"')
            raise ProjectError(problem)
        return Place(found, name)

    def is_left_out(self, locale: Locale, name: str) -> bool:
        """Whether a page is not translated into a locale."""
        return self.project.leaves_out(self.path_of(name), locale)

    def page(self, name: str) -> Page:
        """Return a page as it is now."""
        key = (name, self.digest_of(self.path_of(name)))
        return self._pages.of(key, lambda: self.read_page(name))

    def read_page(self, name: str) -> Page:
        """Read a page; raises `ProjectError` for a link out of the project."""
        self.check_inside(self.path_of(name))
        return self.run.page(name)

    def check_inside(self, name: str) -> None:
        """Raise `ProjectError` where a file is a link out of the project."""
        root = real_path(self.project.root)
        try:
            is_inside = real_path(root / name).is_relative_to(root)
        except (OSError, RuntimeError):
            is_inside = False
        if not is_inside:
            raise ProjectError(
                Problem(name, 0, 0, "is a link that leads out of the project, so it is not shown")
            )

    def path_of(self, name: str) -> str:
        """Return where a page lies below the root."""
        return self.project.place_of(name)

    def catalog_name(self, place: Place) -> str:
        """Return where the catalog of a page lies below the root."""
        return self.project.catalog_name(self.project.domain(place.name), place.locale)

    def catalog_file(self, place: Place) -> CatalogFile | None:
        """Return the catalog of a page as it is now; `None` where there is none."""
        name = self.catalog_name(place)
        key = (name, self.digest_of(name))
        return self._catalogs.of(key, lambda: self._read_catalog(name))

    def _read_catalog(self, name: str) -> CatalogFile | None:
        self.check_inside(name)
        return self.run.catalog_file(name)

    def catalog(self, place: Place) -> Catalog:
        """Return what the catalog of a page says."""
        file = self.catalog_file(place)
        return file.catalog if file else Catalog()

    def revision(self, place: Place) -> str:
        """Return what changes with the bytes of the page, of its catalog and of the settings."""
        return self._revision(place, self.digest_of(self.catalog_name(place)))

    def revision_with(self, place: Place, catalog: bytes | None) -> str:
        """Return the revision that a page has with a catalog of these bytes."""
        return self._revision(place, digest_of(catalog))

    def source_revision(self, name: str) -> str:
        """Return what changes with the bytes of a page and of the settings."""
        versions = (self.digest_of(self.path_of(name)), self._settings)
        return hashlib.sha256(repr(versions).encode()).hexdigest()[:16]

    def _revision(self, place: Place, catalog: Digest) -> str:
        versions = (self.source_revision(place.name), catalog)
        return hashlib.sha256(repr(versions).encode()).hexdigest()[:16]

    def warm_up(self) -> None:
        """Load what renders the first page, so that nobody has to wait for it."""
        for name in sorted(self.names)[:1]:
            self.renderer(name)

    def rules_of(self, name: str) -> Rules:
        """Return the rules by which the site renders a page."""
        return Rules.of(self.project.settings.dialect_of(name))

    def renderer(self, name: str) -> Renderer:
        """Return what renders a page."""
        rules = self.rules_of(name)
        return self._renderers.of(rules, lambda: renderer_of(rules, self.site))
