"""How complete a project's translations are, page by page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.catalogs.statistics import Count, count_units
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.outcome import Outcome
    from toolkit.project.store import Run


def statistics(
    run: Run, locales: Sequence[Locale], outcome: Outcome
) -> dict[str, dict[str, Count]]:
    """For each locale the count of each page."""
    counts: dict[str, dict[str, Count]] = {locale.tag: {} for locale in locales}
    catalogs: dict[tuple[str, str], Catalog | None] = {}
    for domain, names in run.domains(outcome):
        for page in run.pages(names, outcome):
            for locale in locales:
                key = (domain, locale.tag)
                if key not in catalogs:
                    catalogs[key] = _readable(run, domain, locale, outcome)
                catalog = catalogs[key]
                if catalog is not None and page.units:
                    count = count_units(page.units, catalog, page.dialect.wordless)
                    counts[locale.tag][page.document.path] = count
    return counts


def _readable(run: Run, domain: str, locale: Locale, outcome: Outcome) -> Catalog | None:
    try:
        return run.catalog(run.project.catalog_name(domain, locale)) or Catalog()
    except ToolkitError as error:
        outcome.problems += error.problems
        return None
