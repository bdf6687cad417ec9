"""Links of a localized page, rewritten to where their targets are in its locale."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from toolkit.reading.anchors import heading_ids
from toolkit.reading.segment import read_blocks
from toolkit.reading.targets import SNIPPET_MARK, TargetKind, edit, targets

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from toolkit.dialects.dialect import Dialect
    from toolkit.model.document import Document
    from toolkit.project.guards import GuardedPage
    from toolkit.reading.page import Page
    from toolkit.reading.targets import Target
    from toolkit.site.layout import Layout
    from toolkit.writing.guard import Guard

_PAGES = frozenset({TargetKind.LINK, TargetKind.DEFINITION, TargetKind.HTML})
Urls = dict[tuple[bool, str], str]
"""New urls by the old ones; the flag is set for the paths of snippets, which count otherwise."""


def new_urls(
    page: Page,
    guard: Guard,
    name: str,
    layout: Layout | None,
    renames: Renames | None,
    moved: Mapping[str, str],
) -> Urls:
    """The urls of the source page `name` that must be different in a localized page.

    They are found in the source page; a translation has no other targets. `moved` are urls of an
    older page whose targets have others now.
    """
    found: Urls = {}
    idle = layout is not None and not layout.rewrites and renames is None and not moved
    if idle and SNIPPET_MARK not in page.document.text:
        return found
    for target in targets(page.document, page.reading, guard.dialect):
        key = _key(target)
        if target.kind is TargetKind.AUTOLINK or key in found:
            continue
        now = replace(target, url=moved.get(target.url, target.url))
        url = _new_url(now, name, layout, renames, guard.dialect)
        if url != target.url:
            found[key] = url
    return found


def _key(target: Target) -> tuple[bool, str]:
    return target.kind is TargetKind.SNIPPET, target.url


def _new_url(
    target: Target, name: str, layout: Layout | None, renames: Renames | None, dialect: Dialect
) -> str:
    if layout is None:
        return target.url
    if target.kind is TargetKind.SNIPPET:
        return layout.included(target.url) or target.url
    addresses, files = dialect.addresses, dialect.slugs == "github"
    rooted = layout.rooted(target.url, files=files) if target.kind in _PAGES else None
    if name == dialect.contents_page and layout.lacks(name, target.url):
        return ""
    new = rooted or layout.resolved(name, target.url, addresses=addresses)
    url = (new if layout.rewrites else None) or target.url
    if renames and "#" in url:
        return renames.renamed(url, layout.page_of(name, target.url, addresses=addresses))
    return url


def relocated(document: Document, guard: Guard, urls: Urls) -> Document:
    """A localized page with these urls in the place of those it has."""
    if not urls:
        return document
    reading = read_blocks(document, guard.dialect, guard.keys)
    edits = [
        edit(target, urls[_key(target)])
        for target in targets(document, reading, guard.dialect)
        if target.kind is not TargetKind.AUTOLINK and _key(target) in urls
    ]
    return document.edited(edits)


class Renames:
    """The new ids of headings in the localized pages of a locale."""

    def __init__(
        self,
        ids: Callable[[str], Mapping[str, str]],
        note: Callable[[str, str, str], None] = lambda _name, _id, _new: None,
    ) -> None:
        self._ids = ids
        self._note = note

    def renamed(self, url: str, name: str | None) -> str:
        """A url to the page `name` with its fragment as that page has it now."""
        if name is None:
            return url
        place, _, fragment = url.partition("#")
        old = unquote(fragment)
        new = self.new_id(name, old)
        self._note(name, old, new)
        return f"{place}#{quote(new) if '%' in fragment else new}" if new else url

    def new_id(self, name: str, old: str) -> str:
        """The id that a heading of a page has now; empty where it is the same."""
        return self._ids(name).get(old, "")


def new_ids(built: GuardedPage, slugs: str) -> dict[str, str]:
    """The new ids of a page's headings by the old ones, where they are others."""
    page = built.page
    way = slugs or page.dialect.slugs
    source = heading_ids(page.reading, page.document, page.dialect, way)
    here = heading_ids(built.headings(), built.document, page.dialect, way)
    pairs = zip(source, here, strict=True)
    return {one.id: own.id for one, own in pairs if one.id != own.id}
