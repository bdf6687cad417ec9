"""The places of a project's pages, templates, catalogs and localized pages."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from toolkit.language.names import without_locale
from toolkit.project.output_pattern import filled

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.project.settings import Settings

_MOST = 1 << 16
"""Names that are kept: a run asks several times for that of each page."""


@dataclass(frozen=True, slots=True)
class ProjectNames:
    """A root folder and its settings; every name given out is relative to the root, with `/`."""

    root: Path
    settings: Settings

    def page_name(self, page: str) -> str:
        """A page's place below the root: `content/guide/a.md`."""
        return _below(self.settings.content, page)

    def place_of(self, name: str) -> str:
        """A page's place below the root; a file of strings is called by its place already."""
        return name if self.settings.holds_strings(name) else self.page_name(name)

    def name_below_content(self, path: str) -> str:
        """A page's name below `content`, from its place below the root."""
        return _name_in(self.settings.content, path)

    def domain(self, page: str) -> str:
        """The gettext domain whose catalogs hold a page's messages.

        The site's settings have one of their own, by their whole name.
        """
        return self.domain_as(self.settings.catalog, page)

    def domain_as(self, catalog: str, page: str) -> str:
        """The domain of a page if the setting `catalog` were this one."""
        if self.settings.holds_strings(page):
            return page
        path = PurePosixPath(page)
        if catalog == "single" or (catalog == "folder" and path.parent == PurePosixPath(".")):
            return self.settings.domain
        domain = (path.parent if catalog == "folder" else path.with_suffix("")).as_posix()
        return page if self.settings.holds_strings(domain) else domain

    def template_name(self, domain: str) -> str:
        """The path of a domain's template below the root."""
        return f"{self.settings.catalogs}/templates/LC_MESSAGES/{domain}.pot"

    def catalog_name(self, domain: str, locale: Locale) -> str:
        """The path of a domain's catalog below the root."""
        return f"{self.settings.catalogs}/{locale.folder}/LC_MESSAGES/{domain}.po"

    def left_over_name(self, locale: Locale) -> str:
        """The path, below the root, of the texts that an import found no place for."""
        return f"{self.settings.catalogs}/left-over/{locale.folder}.po"

    def output_name(self, page: str, locale: Locale) -> str:
        """The path of a localized page below the root.

        Of a page whose name ends with the source's locale (`guide.zh.md`) the stem is what stands
        before that, unless another page has that name.
        """
        bare = _bare(page, self.settings.source)
        if bare != page and (self.root / self.page_name(bare)).exists():
            bare = page
        return filled(self.settings.output, self.written(locale), page, bare)

    def written(self, locale: Locale) -> str:
        """A locale as the settings spell it, since folders tell `zh-cn` from `zh-CN`."""
        targets = (one.written for one in self.settings.targets if one == locale)
        return next(targets, locale.tag)


@lru_cache(_MOST)
def _below(folder: str, page: str) -> str:
    """The place of a page in a folder."""
    return (PurePosixPath(folder) / page).as_posix()


@lru_cache(_MOST)
def _name_in(folder: str, place: str) -> str:
    """The name of a page in a folder; a place that is not in the folder stays as it is."""
    path = PurePosixPath(place)
    return path.relative_to(folder).as_posix() if path.is_relative_to(folder) else place


@lru_cache(_MOST)
def _bare(page: str, source: Locale) -> str:
    """A page's name without the source's locale at its end: `guide.md` of `guide.zh.md`."""
    path = PurePosixPath(page)
    stem = without_locale(path.stem, source)
    return path.with_stem(stem).as_posix() if stem and stem != path.stem else page
