"""Whether a catalog is that of a page; the catalog of a page outside of any project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.header import CREATED, same_texts, template_header, with_header
from toolkit.catalogs.merge import merge
from toolkit.catalogs.template import template_of
from toolkit.model.catalog import Catalog
from toolkit.model.errors import CatalogError, Problem

if TYPE_CHECKING:
    from toolkit.language.locale import Locale
    from toolkit.reading.page import Page


def check_belongs(catalog: Catalog, template: Catalog, name: str) -> None:
    """Raise `CatalogError` when a catalog is plainly for another page.

    That is when it shares no text with the template and no file that its references name.
    """
    live = _live(catalog).messages
    if not live or not template.messages:
        return
    texts = {message.id for message in template.messages}
    if any(message.id in texts for message in catalog.messages):
        return
    ours, theirs = _files(template), _files(_live(catalog))
    if ours & theirs or not theirs:
        return
    text = f"is the catalog of {', '.join(sorted(theirs)[:2])}; not one text of this page is in it"
    raise CatalogError(Problem(name, live[0].line, 1 if live[0].line else 0, text))


def check_translates(catalog: Catalog, page: Page, name: str) -> None:
    """Raise `CatalogError` when not one text of the page is in a catalog that has some."""
    texts = {unit.text for unit in page.units}
    if catalog.messages and texts and texts.isdisjoint(message.id for message in catalog.messages):
        text = f"is not the catalog of {page.document.path}; not one text of the page is in it"
        raise CatalogError(Problem(name, catalog.messages[0].line, 1, text))


def _files(catalog: Catalog) -> set[str]:
    references = (place for message in catalog.messages for place in message.references)
    return {place.rpartition(":")[0] or place for place in references}


def page_catalog(page: Page, old: Catalog, locale: Locale | None) -> Catalog:
    """The catalog of a page outside any project, with what `old` knows already."""
    fresh = template_of([page])
    check_belongs(old, fresh, page.document.path)
    created = dict(old.header).get(CREATED, "") if same_texts(fresh, _live(old)) else ""
    template = template_header(fresh, page.document.path, created=created)
    return with_header(merge(template, old).catalog, template, locale, old)


def _live(catalog: Catalog) -> Catalog:
    return Catalog(tuple(message for message in catalog.messages if not message.obsolete))
