"""`yiben import`: translations that exist already, as pages or catalogs, into the catalogs.

What a catalog has wins over what is imported, unless the user wants it otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import with_header
from toolkit.catalogs.merge import Rules, merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import definitions_of
from toolkit.commands.extract import fresh_template, save_template
from toolkit.commands.importing.from_messages import with_messages
from toolkit.commands.importing.from_pages import is_open, with_pages
from toolkit.commands.importing.known import Known
from toolkit.commands.importing.left_over import keep_left_over
from toolkit.commands.importing.plan import Plan
from toolkit.commands.importing.value import Wish
from toolkit.commands.update import is_cut_otherwise
from toolkit.commands.update.leverage import acceptable
from toolkit.commands.update.memories import remembered
from toolkit.commands.update.orphans import without_mark
from toolkit.model.errors import ToolkitError
from toolkit.project.outcome import Outcome
from toolkit.project.pool import over_domains

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.project.outcome import Imported
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run

__all__ = ["Wish", "import_translations"]


_ENOUGH = 3
"""Pages that have to be translations before others are trusted to be."""
_MOST = 0.8
"""The share of pages that have to be, of those of which it can be told."""


def import_translations(run: Run, wish: Wish, progress: Progress) -> Outcome:
    """Enter translations into the catalogs of the pages that have some; others are not touched.

    Raises `SettingsError` where the glossary is of no use.
    """
    outcome = Outcome()
    wanted = [
        domain
        for domain in run.domains(outcome)
        if any(run.project.page_name(page) in wish.pages for page in domain[1])
    ]
    known = Known(wish.messages) if wish.origin else None
    glossary = run.glossary().of(wish.locale)
    memory = remembered(run, wish.locale)
    outcome.problems += memory.problems
    translations = {entry.source: entry.translation for entry in memory.entries}
    plan = Plan(wish, translations, glossary, known)
    first = over_domains(run, partial(_import_domain, plan), progress, wanted)
    waiting, first.waiting = first.waiting, []
    plan = replace(plan, trusted=_are_pairs(first.imports))
    late = {run.project.page_name(page) for _, pages in waiting for page in pages}
    first.imports = [one for one in first.imports if one.page not in late]
    outcome.add(first)
    if waiting:
        outcome.add(over_domains(run, partial(_import_domain, plan), progress, waiting))
    try:
        keep_left_over(run, wish, outcome)
    except ToolkitError as error:
        outcome.problems += error.problems
    return outcome


def _are_pairs(imports: Sequence[Imported]) -> bool:
    """Whether nearly all pages of which it can be told, and some there are, are translations."""
    told = [one.alignment.related for one in imports if not one.alignment.small]
    return len(told) >= _ENOUGH and sum(told) >= _MOST * len(told)


def _import_domain(plan: Plan, run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    mine = Outcome()
    pages = list(run.pages(names, mine))
    if mine.problems:
        outcome.add(mine)
        return
    template = fresh_template(run, domain, pages)
    name = run.project.catalog_name(domain, plan.wish.locale)
    file = run.catalog_file(name)
    data = file.data if file else None
    file = file or CatalogFile(name)
    old = file.catalog
    check_belongs(old, template, name)
    rules = Rules(
        acceptable(run, plan.wish.locale, definitions_of(pages)),
        counts_alike=plan.wish.locale.counts_alike,
        recut=is_cut_otherwise(old),
    )
    catalog = merge(template, without_mark(old), rules).catalog
    try:
        if plan.known is not None:
            catalog = with_messages(plan, run, catalog, plan.known, name, mine)
        else:
            catalog = with_pages(plan, run, pages, catalog, rules, mine)
            if plan.trusted is None and any(map(is_open, mine.imports)):
                outcome.imports += mine.imports
                outcome.waiting.append((domain, names))
                return
    except ToolkitError as error:
        outcome.problems += error.problems
        return
    save_template(run, domain, template, mine)
    catalog = with_header(catalog, template, plan.wish.locale, old)
    run.save_catalog(name, data, run.with_catalog(file, catalog), mine)
    outcome.add(mine)
