"""The facts that localized pages need from all pages of a site: linked fragments, terms."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from itertools import chain, compress
from typing import TYPE_CHECKING

from toolkit.catalogs.usable import translations
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.project.cache.by_content import by_content
from toolkit.project.settings import Anchors
from toolkit.site.pinning import fragments
from toolkit.site.terms import GLOSSARY, translated_terms

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.store import Run


def linked_fragments(run: Run, pages: Collection[str]) -> frozenset[str]:
    """All fragments in the pages; pages that cannot be read are reported elsewhere."""
    if run.project.settings.anchors is not Anchors.PIN:
        return frozenset()
    names = sorted(map(run.project.page_name, pages))
    found = by_content(run, "fragments", names, partial(_fragments, run))
    return frozenset(chain.from_iterable(found))


def _fragments(run: Run, name: str) -> list[str]:
    return sorted(set(fragments([_bytes_of(run, name).decode("utf-8", "replace")])))


def _has_glossary(run: Run, name: str) -> bool:
    return GLOSSARY in _bytes_of(run, name)


def _bytes_of(run: Run, name: str) -> bytes:
    """The bytes of a page; none of one that cannot be read."""
    with suppress(ToolkitError):
        return run.data(name) or b""
    return b""


def glossary_terms(
    run: Run, locales: Sequence[Locale], pages: Collection[str]
) -> dict[str, dict[str, str]]:
    """The translated terms of the glossaries in the pages, by locale."""
    found: dict[str, dict[str, str]] = {locale.tag: {} for locale in locales}
    names = sorted(pages)
    paths = [run.project.page_name(name) for name in names]
    have_one = by_content(run, "glossary", paths, partial(_has_glossary, run))
    for name in compress(names, have_one):
        with suppress(ToolkitError):
            page = run.page(name)
            for locale in locales:
                catalog = run.texts(run.project.domain(name), locale, [page])
                texts = translations(catalog or Catalog())
                found[locale.tag].update(translated_terms(page, texts))
    return found
