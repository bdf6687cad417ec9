"""`yiben update`: templates to catalogs, so that translators are asked about what changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import RULES, with_header
from toolkit.catalogs.merge import Change, Fate, Rules, merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import definitions_of
from toolkit.commands.extract import fresh_template, save_template
from toolkit.commands.update.leverage import Leverage, acceptable
from toolkit.commands.update.memories import leverage_of, remembered
from toolkit.commands.update.orphans import (
    adoptions,
    delete_orphan,
    delete_orphan_templates,
    orphans,
    retire_orphan,
    without_mark,
)
from toolkit.model.errors import ToolkitError
from toolkit.project.outcome import Outcome, Updated
from toolkit.project.pool import over_domains
from toolkit.reading.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run
    from toolkit.reading.canonical import Definitions


@dataclass(frozen=True, slots=True)
class Wish:
    """What a user asked of an update."""

    locales: tuple[Locale, ...]
    purge: bool = False
    """Whether obsolete messages, and catalogs of pages that are gone, are deleted."""
    fill: bool = False
    """Whether untranslated messages are looked up in the memory, not only new ones."""
    normalize: bool = False
    """Whether whole files are written in our form, not only what changes."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """What the domains of an update have to know of each other."""

    wish: Wish
    adopted: Mapping[tuple[str, str], str]
    """For a domain and a locale the catalog of a page that moved there."""
    leverage: Mapping[str, Leverage] | None = None
    """By locale; `None` in the first round, in which no page looks into another one's catalog."""
    others: bool = False
    """Whether there is anything to look into."""


def update(run: Run, wish: Wish, progress: Progress) -> Outcome:
    """Bring templates and catalogs up to date, making those that are missing.

    Pages whose new texts are not found in their own catalogs are left to a second round, in which
    the catalogs of all pages and the memory are looked into. So what comes out does not depend on
    which page is first.
    """
    outcome = Outcome()
    domains = run.domains(outcome)
    lost = orphans(run, wish.locales, domains)
    adopted = adoptions(run, wish.locales, domains, lost, Outcome())
    plan = _Plan(wish, adopted, others=_has_others(run, wish))
    first = over_domains(run, partial(_update_domain, plan), progress, domains)
    waiting, first.waiting = first.waiting, []
    outcome.add(first)
    if waiting:
        memories = {locale: remembered(run, locale) for locale in wish.locales}
        for problem in (one for memory in memories.values() for one in memory.problems):
            if problem not in outcome.problems:
                outcome.problems.append(problem)
        leverage = {
            locale.tag: leverage_of(run, locale, memory) for locale, memory in memories.items()
        }
        for one in leverage.values():
            one.prepare()
        again = replace(plan, leverage=leverage)
        outcome.add(over_domains(run, partial(_update_domain, again), progress, waiting))
    heirs = _heirs(run, wish, adopted)
    for name in (name for names in lost.values() for name in names):
        if name in heirs or wish.purge:
            delete_orphan(run, name, outcome, heirs.get(name, ""))
        else:
            retire_orphan(run, name, outcome)
    delete_orphan_templates(run, domains, outcome)
    return outcome


def _heirs(run: Run, wish: Wish, adopted: Mapping[tuple[str, str], str]) -> Mapping[str, str]:
    """For the catalogs of moved pages the new ones, if these are there by now."""
    locales = {locale.tag: locale for locale in wish.locales}
    moves = {
        old: run.project.catalog_name(domain, locales[tag])
        for (domain, tag), old in adopted.items()
    }
    return {old: new for old, new in moves.items() if run.dry or run.exists(new)}


def _has_others(run: Run, wish: Wish) -> bool:
    """Whether a new text could be found anywhere but in its own catalog."""
    settings = run.project.settings
    if settings.memory:
        return True
    folders = (run.project.root / settings.catalogs / one.folder for one in wish.locales)
    return settings.catalog == "page" and any(folder.is_dir() for folder in folders)


def _update_domain(plan: _Plan, run: Run, domain: str, names: list[str], outcome: Outcome) -> None:
    mine = Outcome()
    pages = list(run.pages(names, mine))
    if mine.problems:
        outcome.add(mine)
        return
    template = fresh_template(run, domain, pages)
    definitions = definitions_of(pages)
    drafts = []
    for locale in plan.wish.locales:
        if not template.messages and not run.exists(run.project.catalog_name(domain, locale)):
            continue
        try:
            drafts.append(_draft(plan, run, domain, template, locale, definitions))
        except ToolkitError as error:
            mine.problems += error.problems
    if plan.leverage is None and plan.others and any(draft.wanting for draft in drafts):
        outcome.waiting.append((domain, names))
        return
    save_template(run, domain, template, mine, normalize=plan.wish.normalize)
    for draft in drafts:
        try:
            run.save_catalog(draft.updated.path, draft.old, draft.file, mine)
            mine.updates.append(draft.updated)
        except ToolkitError as error:
            mine.problems += error.problems
    outcome.add(mine)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A catalog as it is to be written."""

    file: CatalogFile
    old: bytes | None
    updated: Updated
    wanting: bool
    """Whether it has texts that the catalogs of other pages may know."""


def _draft(
    plan: _Plan,
    run: Run,
    domain: str,
    template: Catalog,
    locale: Locale,
    definitions: Definitions,
) -> _Draft:
    name = run.project.catalog_name(domain, locale)
    file = run.catalog_file(name)
    data = file.data if file else None
    source = name if file else plan.adopted.get((domain, locale.tag), name)
    file = file or run.catalog_file(source) or CatalogFile(name)
    before = old = file.catalog
    if source == name:
        check_belongs(old, template, name)
    wanting: list[Message] = []

    def found(message: Message) -> Message | None:
        wanting.append(message)
        return plan.leverage[locale.tag].found(message) if plan.leverage else None

    rules = Rules(
        acceptable(run, locale, definitions), found, locale.counts_alike, is_cut_otherwise(old)
    )
    if plan.wish.fill:
        old = _without_blanks(old)
    merged = merge(template, without_mark(old), rules)
    catalog = merged.catalog
    if plan.wish.purge:
        live = tuple(message for message in catalog.messages if not message.obsolete)
        catalog = replace(catalog, messages=live)
    changes = tuple(change for change in merged.changes if change.fate is not Fate.KEPT)
    blank = any(map(_is_blank, catalog.messages))
    if blank and plan.leverage:
        taken = _taken(catalog, plan.leverage[locale.tag])
        catalog = _with_changes(catalog, taken)
        changes += taken
    catalog = with_header(catalog, template, locale, before)
    new = run.with_catalog(CatalogFile(name) if plan.wish.normalize else file, catalog)
    # Counting reads the new file, which only a dry run has to tell of.
    count = file.changes(new) if run.dry else 0
    return _Draft(new, data, Updated(name, locale.tag, changes, count), blank or bool(wanting))


def _is_blank(message: Message) -> bool:
    return not (message.obsolete or message.id_plural or message.string)


def _taken(catalog: Catalog, leverage: Leverage) -> tuple[Change, ...]:
    """What other pages and the memory have for the very texts that have no translation yet."""
    found = []
    for message in filter(_is_blank, catalog.messages):
        same = leverage.same(message)
        if same:
            notes = tuple(dict.fromkeys((*message.comments, *same.comments)))
            flags = tuple(dict.fromkeys((*same.flags, *message.flags)))
            new = replace(message, string=same.string, flags=flags, comments=notes)
            found.append(Change(Fate.FUZZY if new.fuzzy else Fate.MOVED, new, same))
    return tuple(found)


def _with_changes(catalog: Catalog, changes: Sequence[Change]) -> Catalog:
    new = {change.new.key: change.new for change in changes}
    live = (one if one.obsolete else new.get(one.key, one) for one in catalog.messages)
    return replace(catalog, messages=tuple(live))


def is_cut_otherwise(catalog: Catalog) -> bool:
    """Whether a catalog was made by other rules of segmenting."""
    said = dict(catalog.header).get(RULES, str(RULES_VERSION))
    return said != str(RULES_VERSION)


def _without_blanks(catalog: Catalog) -> Catalog:
    """The catalog without its untranslated messages, so that they count as new."""
    kept = (
        one
        for one in catalog.messages
        if one.string or one.obsolete or one.id_plural or one.comments
    )
    return replace(catalog, messages=tuple(kept))
