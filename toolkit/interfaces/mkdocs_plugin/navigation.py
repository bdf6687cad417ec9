"""The navigation of a locale: the site's final one, with its own pages and titles."""

from __future__ import annotations

import copy
from functools import cache
from typing import TYPE_CHECKING

from mkdocs.structure.nav import Link, Navigation
from mkdocs.structure.pages import Page

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import File

    from toolkit.interfaces.mkdocs_plugin.local_files import Counterparts

_HOME = frozenset({"", ".", "./", "index.html"})


class LocalPage(Page):
    """The facts that a localized page keeps; mixed into the class of its source page."""

    source_page: Page

    @property
    def is_homepage(self) -> bool:
        """Whether this is the start page of its locale."""
        return self.is_top_level and self.is_index and self.source_page.file.url in _HOME


@cache
def _local_class(kind: type[Page]) -> type[LocalPage]:
    return type(f"Local{kind.__name__}", (LocalPage, kind), {}) if kind is not Page else LocalPage


class Mirror:
    """Makes the navigation of one locale from the site's."""

    def __init__(
        self,
        counterparts: Counterparts,
        tag: str,
        title: Callable[[str], str],
        lead: Callable[[str], str],
        config: MkDocsConfig,
    ) -> None:
        self._counterparts = counterparts
        self._tag = tag
        self._title = title
        self._lead = lead
        self._config = config
        self._items: dict[int, StructureItem] = {}

    def mirrored(self, nav: Navigation, left_out: Callable[[StructureItem], bool]) -> Navigation:
        """Return the locale's navigation, without the items that something else will put there."""
        self._pages()
        local = copy.copy(nav)
        local.items = self._children(nav.items, None, left_out)
        found = (self._items.get(id(page)) for page in nav.pages)
        local.pages = [page for page in found if isinstance(page, LocalPage)]
        local.homepage = next((page for page in local.pages if page.is_homepage), None)
        self._link()
        return local

    def _pages(self) -> None:
        """Let all pages of the locale be what their source pages are."""
        for source, local in self._counterparts.pairs(self._tag):
            local.inclusion = source.inclusion
            page = local.page or Page(None, local, self._config)
            origin = source.page
            if origin is None:
                continue
            kind = type(origin) if type(page) is Page else type(page)
            if type(page) is Page and kind is not Page:
                own = {key: value for key, value in vars(origin).items() if key not in vars(page)}
                vars(page).update(own)
            if not isinstance(page, LocalPage):
                page.__class__ = _local_class(kind)
            page.source_page = origin  # type: ignore[attr-defined]
            if "title" in vars(origin):
                page.title = self._title(origin.title or "")
            page.is_page, page.is_section = origin.is_page, origin.is_section

    def _children(
        self,
        items: Iterable[StructureItem],
        parent: StructureItem | None,
        left_out: Callable[[StructureItem], bool],
    ) -> list[StructureItem]:
        found = [self._item(item, left_out) for item in items if not left_out(item)]
        for item in found:
            item.parent = parent  # type: ignore[assignment]
        return found

    def _item(
        self, item: StructureItem, left_out: Callable[[StructureItem], bool]
    ) -> StructureItem:
        made = self._without_children(item)
        self._items[id(item)] = made
        children = getattr(item, "children", None)
        if children is not None:
            vars(made)["children"] = self._children(children, made, left_out)
        return made

    def _without_children(self, item: StructureItem) -> StructureItem:
        if not isinstance(item, Page):
            made = copy.copy(item)
            made.title = self._title(item.title or "")
            if isinstance(made, Link):
                made.url = self._lead(made.url)
            return made
        local = self._counterparts.of(item.file, self._tag)
        if local is not None and local.page is not None:
            return local.page
        # A page that the locale does not have stays reachable.
        link = Link(self._title(item.title or item.file.name), item.url or "./")
        link.meta = item.meta  # type: ignore[attr-defined]
        link.is_section = item.is_section
        return link

    def _link(self) -> None:
        """Give pages their neighbours, and a parent to those outside of the navigation."""
        for source, local in self._counterparts.pairs(self._tag):
            origin, page = source.page, local.page
            if origin is None or page is None:
                continue
            page.previous_page = self._neighbour(origin, "previous_page")
            page.next_page = self._neighbour(origin, "next_page")
            if page.parent is None and origin.parent is not None:
                parent = self._items.get(id(origin.parent)) or self._page_of(origin.parent)
                page.parent = parent  # type: ignore[assignment]

    def _neighbour(self, page: Page, side: str) -> Page | None:
        """Return the next page in a direction that the locale has."""
        seen = set()
        while (found := getattr(page, side)) is not None and id(found) not in seen:
            local = self._page_of(found)
            if local is not None:
                return local
            seen.add(id(found))
            page = found
        return None

    def _page_of(self, item: object) -> Page | None:
        file = item.file if isinstance(item, Page) else None
        local = self._counterparts.of(file, self._tag) if file else None
        return local.page if local else None


def start_of(nav: Navigation, files: Iterable[File]) -> File | None:
    """Return the page that readers of a locale start at: its home, else the first it has."""
    if nav.homepage is not None:
        return nav.homepage.file
    if nav.pages:
        return nav.pages[0].file
    shown = (file for file in files if file.inclusion.is_included())
    return min(shown, key=lambda file: (file.url.count("/"), file.url), default=None)
