"""Localized pages in memory, made anew only where a page or a catalog has changed."""

from __future__ import annotations

from functools import cached_property
from hashlib import sha256
from typing import TYPE_CHECKING

from toolkit.catalog import Catalog
from toolkit.errors import ToolkitError
from toolkit.guard import Guard
from toolkit.po import read_catalog
from toolkit.run import Run
from toolkit.site.layout import Layout
from toolkit.site.localizing import localized
from toolkit.workflow import refused

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from toolkit.locale import Locale
    from toolkit.project import Project
    from toolkit.template import Page

_Key = tuple[str, str]
"""A locale's tag and a page below the content folder."""


class Pages:
    """The localized pages of a project, kept from one build to the next."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self._texts: dict[_Key, tuple[bytes, str, tuple[str, ...]]] = {}
        self._problems: dict[str, None] = {}
        self._catalogs: dict[str, tuple[bytes, Catalog]] = {}
        self._names: frozenset[str] = frozenset()
        self._read: dict[str, tuple[bytes, Page]] = {}

    def renew(self, project: Project) -> None:
        """Take the settings as they are now; where they changed, nothing is kept."""
        if project != self.project:
            self.__init__(project)  # type: ignore[misc]

    def start(self) -> None:
        """A build begins."""
        names, problems = self.project.pages()
        self._names = frozenset(names)
        self._problems = dict.fromkeys(map(str, problems))

    def has(self, name: str) -> bool:
        """Whether a file below the content folder is a page of the project."""
        return name in self._names

    def problems(self) -> Iterator[str]:
        """What could not be read in this build, and which translations were refused."""
        yield from self._problems

    def watched(self) -> Iterator[Path]:
        """The folders on whose files the localized pages depend."""
        yield self.project.root / self.project.settings.catalogs

    def text(self, name: str, locale: Locale) -> str:
        """The localized page; the source page where something cannot be read."""
        data = (self.project.root / self.project.page_name(name)).read_bytes()
        path = self.project.catalog_name(self.project.domain(name), locale)
        catalog = self._run.data(path) or b""
        state = sha256(data + b"\0" + catalog).digest()
        known = self._texts.get((locale.tag, name))
        if known is None or known[0] != state:
            text, said = self._localized(name, data, path, catalog, locale)
            known = self._texts[locale.tag, name] = (state, text, said)
        self._problems.update(dict.fromkeys(known[2]))
        return known[1]

    def setting(self, kind: str, text: str, tag: str) -> str:
        """A text of `mkdocs.yml` in a locale; as it is where it has no translation."""
        del kind, tag
        return text

    @cached_property
    def _run(self) -> Run:
        return Run(self.project, dry=True)

    def _localized(
        self, name: str, data: bytes, path: str, catalog: bytes, locale: Locale
    ) -> tuple[str, tuple[str, ...]]:
        try:
            page = self._page(name, data)
            known = self._catalog(path, catalog)
        except ToolkitError as error:
            return data.decode("utf-8-sig", "replace"), tuple(map(str, error.problems))
        settings = self.project.settings
        guard = Guard(self._run.dialect, settings.front_matter, settings.allow)
        made = localized(page, known, guard, self._layout(locale))
        findings = refused(made, known, path)
        return made.document.text, tuple(map(str, findings))

    def _page(self, name: str, data: bytes) -> Page:
        known = self._read.get(name)
        if known is None or known[0] != data:
            known = self._read[name] = (data, self._run.page(name))
        return known[1]

    def _catalog(self, path: str, data: bytes) -> Catalog:
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
            self._names,
            lambda page: f"{settings.content}/{locale.tag}/{page}",
            self._run.exists,
        )
