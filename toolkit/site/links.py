"""Links of a localized page, led to where their targets lie in its locale."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from toolkit.anchors import heading_ids
from toolkit.segment import read_blocks
from toolkit.targets import Kind, edit, targets
from toolkit.workflow import translations

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.catalog import Catalog
    from toolkit.document import Document
    from toolkit.guard import Guard
    from toolkit.site.layout import Layout
    from toolkit.template import Page

_LEFT = frozenset({Kind.SNIPPET, Kind.AUTOLINK})
"""Snippets are found from the project's folder, and what is no path stays."""


def new_urls(
    page: Page, guard: Guard, name: str, layout: Layout | None, renames: Renames | None
) -> dict[str, str]:
    """The urls of the source page `name` that have to be others in a localized page.

    They are found in the source page; a translation has no other targets.
    """
    found = {}
    for target in targets(page.document, page.reading, guard.dialect):
        if target.kind in _LEFT or target.url in found:
            continue
        url = (layout.resolved(name, target.url) if layout else None) or target.url
        if renames and layout and "#" in url:
            url = renames.renamed(url, layout.page_of(name, target.url))
        if url != target.url:
            found[target.url] = url
    return found


def relocated(document: Document, guard: Guard, urls: dict[str, str]) -> Document:
    """A localized page with these urls in the place of those it has."""
    if not urls:
        return document
    reading = read_blocks(document, guard.dialect, guard.keys)
    edits = [
        edit(target, urls[target.url])
        for target in targets(document, reading, guard.dialect)
        if target.kind not in _LEFT and target.url in urls
    ]
    return document.edited(edits)


class Renames:
    """What became of the ids of headings in the localized pages of a locale."""

    def __init__(
        self,
        page: Callable[[str], Page],
        catalog: Callable[[str], Catalog],
        guard: Guard,
        slugs: str,
    ) -> None:
        self._page = page
        self._catalog = catalog
        self._guard = guard
        self._slugs = slugs
        self._known: dict[str, dict[str, str]] = {}

    def renamed(self, url: str, name: str | None) -> str:
        """A url to the page `name` with its fragment as that page has it now."""
        if name is None:
            return url
        place, _, fragment = url.partition("#")
        new = self._of(name).get(unquote(fragment))
        return f"{place}#{quote(new) if '%' in fragment else new}" if new else url

    def _of(self, name: str) -> dict[str, str]:
        """The new ids of a page by the old ones, where they are others."""
        if name not in self._known:
            page, guard = self._page(name), self._guard
            built = guard.built(page.document, page.reading, translations(self._catalog(name)))
            again = read_blocks(built.document, guard.dialect, guard.keys)
            source = heading_ids(page.reading, page.document, guard.dialect, self._slugs)
            here = heading_ids(again, built.document, guard.dialect, self._slugs)
            pairs = zip(source, here, strict=True)
            self._known[name] = {one.id: own.id for one, own in pairs if one.id != own.id}
        return self._known[name]
