"""The pages that a locale's site does not have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.site.as_of import count_as_built

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.store import Domain, Run
    from toolkit.reading.page import Page


def left_out_pages(run: Run, locale: Locale, domains: Sequence[Domain]) -> frozenset[str]:
    """The pages that are excluded, or translated to less than `skip_below` asks for."""
    excluded = (set(names).difference(run.project.in_locale(names, locale)) for _, names in domains)
    too_little = (name for domain in domains for name in _too_little(run, locale, domain))
    return frozenset(too_little).union(*excluded)


def _too_little(run: Run, locale: Locale, domain: Domain) -> Iterator[str]:
    shares = run.project.settings.skip_below
    least = {name: shares.of(name, locale.tag) or 0 for name in domain[1]}
    if not any(least.values()):
        return
    pages, _ = run.pages(domain[1])
    catalog = _catalog(run, domain[0], locale, pages)
    for page in pages:
        name = run.project.name_below_content(page.document.path)
        if count_as_built(run, page, locale, catalog).complete < least[name]:
            yield name


def _catalog(run: Run, domain: str, locale: Locale, pages: Sequence[Page]) -> Catalog:
    try:
        return run.texts(domain, locale, pages) or Catalog()
    except ToolkitError:
        return Catalog()
