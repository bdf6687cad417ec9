"""A source page and a catalog as the page of a localized site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.workflow import translations

if TYPE_CHECKING:
    from toolkit.catalog import Catalog
    from toolkit.guard import Built, Guard
    from toolkit.site.layout import Layout
    from toolkit.template import Page


def localized(page: Page, catalog: Catalog, guard: Guard, layout: Layout) -> Built:
    """The page in the locale of `catalog`, with its links and anchors as `layout` needs them."""
    del layout
    return guard.built(page.document, page.reading, translations(catalog))
