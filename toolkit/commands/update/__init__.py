"""`yiben update`: templates to catalogs, so that translators are asked about what changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import RULES, with_header
from toolkit.catalogs.merge import Change, Fate, Rules, merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import definitions_of
from toolkit.commands.extract import fresh_template, save_template
from toolkit.commands.update.leverage import Leverage, acceptable
from toolkit.commands.update.memories import (
    leverage_of,
    note_untranslated,
    remembered,
    translated_elsewhere,
)
from toolkit.commands.update.orphans import (
    adoptions,
    delete_orphan,
    delete_orphan_templates,
    orphans,
    retire_orphan,
    without_mark,
)
from toolkit.commands.update.value import Updated, UpdatedCatalog, UpdateOptions
from toolkit.model.errors import Problem, ToolkitError
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, known_results, over_known
from toolkit.project.pool import is_worth_processes, over
from toolkit.project.store import Saved, settled_files
from toolkit.reading.segment import RULES_VERSION

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.commands.update.orphans import Orphans
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run
    from toolkit.reading.canonical import Definitions


__all__ = ["UpdateOptions", "Updated", "is_cut_otherwise", "update"]


@dataclass(frozen=True, slots=True)
class _Plan:
    """The facts that the domains of an update need from each other."""

    run: Run
    options: UpdateOptions
    adopted: Mapping[tuple[str, str], str]
    """The catalog of a moved page, by its new domain and locale."""
    leverage: Mapping[str, Leverage] = field(default_factory=dict)
    """The texts in the catalogs of all pages and in the memory, by locale; nothing at first."""


class _Waiting(NamedTuple):
    """A domain with texts that the catalogs of other pages, or the memory, may know."""

    domain: Domain


def update(run: Run, options: UpdateOptions, progress: Progress) -> Updated:
    """Bring templates and catalogs up to date, making those that are missing.

    Pages whose new texts are not found in their own catalogs are left to a second round, in which
    the catalogs of all pages and the memory are looked into. So what comes out does not depend on
    which page is first.
    """
    domains, problems = run.domains()
    lost = orphans(run, options.locales, domains)
    adopted = adoptions(run, options.locales, domains, lost)
    plan = _Plan(run, options, adopted)
    task = _task(plan, _update_alone if _has_others(run, options) else _update_domain)
    known = _known_results(plan, task, domains)
    first = list(over_known(run, plan, task, progress, domains, known))
    late = _outdated(plan, task, domains, known, first)
    parts = [Updated(problems=tuple(problems))]
    parts += (
        one for place, one in enumerate(first) if isinstance(one, Updated) and place not in late
    )
    waiting = [
        domain
        for place, (domain, one) in enumerate(zip(domains, first, strict=True))
        if isinstance(one, _Waiting) or place in late
    ]
    if waiting:
        parts += _second_round(plan, waiting, progress, Updated.of(parts).problems)
    parts += _without_page(plan, lost, domains)
    return Updated.of(parts)


_VALUES = Values(Updated, UpdatedCatalog, Saved, Problem)
_Result = Updated | _Waiting


def _known_results(
    plan: _Plan, task: Task[_Plan, Domain, _Result], domains: Sequence[Domain]
) -> Mapping[int, _Result]:
    """The results that rest on what the project's files are now."""
    for locale in plan.options.locales:
        plan.run.facts.learn(*translated_elsewhere(plan.run, locale))
    return known_results(plan.run, task, domains)


def _outdated(
    plan: _Plan,
    task: Task[_Plan, Domain, _Result],
    domains: Sequence[Domain],
    known: Mapping[int, _Result],
    first: Sequence[_Result],
) -> frozenset[int]:
    """The known results that rest on what was written in the meantime, by their places."""
    written = any(isinstance(one, Updated) and one.changed for one in first)
    if plan.run.dry or not (known and written):
        return frozenset()
    return frozenset(known) - frozenset(_known_results(plan, task, domains))


def _task(plan: _Plan, work: Callable[[_Plan, Domain], _Result]) -> Task[_Plan, Domain, _Result]:
    """An update of a domain, whose result is the same with a second round and without."""
    return Task(work, partial(_name, plan), _VALUES, partial(_settled, plan.run.dry))


def _name(plan: _Plan, domain: Domain) -> str:
    options, (name, pages) = plan.options, domain
    flags = f"{options.purge} {options.fill} {options.normalize}"
    places = (plan.adopted.get((name, one.tag), "") for one in options.locales)
    tags = " ".join(one.tag for one in options.locales)
    return joined("update", flags, tags, *places, "", name, *pages)


def _settled(dry: bool, updated: _Result) -> Updated | None:  # noqa: FBT001 - as above
    """The files that the next update would have, as it changes nothing."""
    if isinstance(updated, _Waiting):
        return None
    files = settled_files(updated.files, dry=dry)
    if files is None:
        return None
    catalogs = tuple(UpdatedCatalog(one.path, one.locale, ()) for one in updated.catalogs)
    return replace(updated, files=files, catalogs=catalogs)


def _second_round(
    plan: _Plan,
    waiting: Sequence[Domain],
    progress: Progress,
    known: Sequence[Problem],
) -> Iterator[Updated]:
    """Update the domains that look into other catalogs; `known` problems are not told again."""
    run = plan.run
    memories = {locale: remembered(run, locale) for locale in plan.options.locales}
    problems = dict.fromkeys(one for memory in memories.values() for one in memory.problems)
    yield Updated(problems=tuple(one for one in problems if one not in known))
    leverage = {locale.tag: leverage_of(run, locale, one) for locale, one in memories.items()}
    for one in leverage.values() if is_worth_processes(len(waiting)) else ():
        one.prepare()
    again = replace(plan, leverage=leverage)
    if problems:
        # They are to be told the next time as well.
        yield from over(again, _update_domain, progress, waiting)
        return
    task = _task(plan, _update_domain)
    yield from over_known(run, again, task, progress, waiting)  # type: ignore[misc]


def _without_page(plan: _Plan, lost: Orphans, domains: Sequence[Domain]) -> Iterator[Updated]:
    """Delete or retire the catalogs and templates of pages that moved or are gone."""
    run = plan.run
    heirs = _heirs(run, plan.options, plan.adopted)
    for name in chain.from_iterable(lost.values()):
        if name in heirs or plan.options.purge:
            yield Updated(removed=(delete_orphan(run, name, heirs.get(name, "")),))
        else:
            yield Updated(files=(retire_orphan(run, name),))
    yield Updated(removed=tuple(delete_orphan_templates(run, domains)))


def _heirs(
    run: Run, options: UpdateOptions, adopted: Mapping[tuple[str, str], str]
) -> Mapping[str, str]:
    """The new catalogs of moved pages, by their old ones, if they exist by now."""
    locales = {locale.tag: locale for locale in options.locales}
    moves = {
        old: run.project.catalog_name(domain, locales[tag])
        for (domain, tag), old in adopted.items()
    }
    return {old: new for old, new in moves.items() if run.dry or run.exists(new)}


def _has_others(run: Run, options: UpdateOptions) -> bool:
    """Whether a new text could be found anywhere but in its own catalog."""
    settings = run.project.settings
    if settings.memory:
        return True
    folders = (run.project.root / settings.catalogs / one.folder for one in options.locales)
    return settings.catalog == "page" and any(folder.is_dir() for folder in folders)


def _update_alone(plan: _Plan, domain: Domain) -> Updated | _Waiting:
    """Update a domain unless other catalogs have to be asked for some of its texts."""
    try:
        drafts = _drafts_of(plan, domain)
        if any(draft.wanting for draft in drafts.catalogs):
            return _Waiting(domain)
        return _saved(plan, domain, drafts)
    except ToolkitError as error:
        return Updated(problems=error.problems)


def _update_domain(plan: _Plan, domain: Domain) -> Updated:
    """Update a domain with what the plan knows of other catalogs."""
    try:
        return _saved(plan, domain, _drafts_of(plan, domain))
    except ToolkitError as error:
        return Updated(problems=error.problems)


class _Drafts(NamedTuple):
    """The template and the catalogs of a domain as they are to be written."""

    template: Catalog
    catalogs: tuple[_Draft, ...]
    problems: tuple[Problem, ...]
    """The problems of the other catalogs."""


def _drafts_of(plan: _Plan, domain: Domain) -> _Drafts:
    """Merge the pages of a domain into its catalogs; raises where a page cannot be read."""
    run, (name, names) = plan.run, domain
    pages, problems = run.pages(names)
    if problems:
        raise ToolkitError(problems)
    template = fresh_template(run, name, pages)
    definitions = definitions_of(pages)
    drafts: list[_Draft] = []
    troubles: list[Problem] = []
    for locale in plan.options.locales:
        if not template.messages and not run.exists(run.project.catalog_name(name, locale)):
            continue
        try:
            drafts.append(_draft(plan, name, template, locale, definitions))
        except ToolkitError as error:
            troubles += error.problems
    return _Drafts(template, tuple(drafts), tuple(troubles))


def _saved(plan: _Plan, domain: Domain, drafts: _Drafts) -> Updated:
    """Write what is drafted; a catalog that cannot be written leaves the others alone."""
    run, normalize = plan.run, plan.options.normalize
    files = list(save_template(run, domain[0], drafts.template, normalize=normalize))
    updates, problems = [], list(drafts.problems)
    for draft in drafts.catalogs:
        try:
            files.append(run.save_catalog(draft.updated.path, draft.old, draft.file))
            updates.append(draft.updated)
        except ToolkitError as error:
            problems += error.problems
    return Updated(tuple(files), catalogs=tuple(updates), problems=tuple(problems))


@dataclass(frozen=True, slots=True)
class _Draft:
    """A catalog as it is to be written."""

    file: CatalogFile
    old: bytes | None
    updated: UpdatedCatalog
    wanting: bool
    """Whether it has texts that the catalogs of other pages may know."""


class _Elsewhere:
    """The other catalogs and the memory, as far as a merge asks for them."""

    def __init__(self, leverage: Leverage | None) -> None:
        self._leverage = leverage
        self.asked = False

    def same(self, message: Message) -> Message | None:
        """Return the same text."""
        self.asked = True
        return self._leverage.same(message) if self._leverage else None

    def alike(self, message: Message, least: float) -> Message | None:
        """Return the text most like it."""
        return self._leverage.alike(message, least) if self._leverage else None


def _draft(
    plan: _Plan,
    domain: str,
    template: Catalog,
    locale: Locale,
    definitions: Definitions,
) -> _Draft:
    run = plan.run
    name = run.project.catalog_name(domain, locale)
    file = run.catalog_file(name)
    data = file.data if file else None
    source = name if file else plan.adopted.get((domain, locale.tag), name)
    file = file or run.catalog_file(source) or CatalogFile(name)
    before = old = file.catalog
    if source == name:
        check_belongs(old, template, name)
    elsewhere = _Elsewhere(plan.leverage.get(locale.tag))
    rules = Rules(
        acceptable(run, locale, definitions),
        elsewhere.same,
        elsewhere.alike,
        locale.counts_alike,
        is_cut_otherwise(old),
    )
    if plan.options.fill:
        old = _without_blanks(old)
    merged = merge(template, without_mark(old), rules)
    catalog = merged.catalog
    if plan.options.purge:
        live = tuple(message for message in catalog.messages if not message.obsolete)
        catalog = replace(catalog, messages=live)
    changes = tuple(change for change in merged.changes if change.fate is not Fate.KEPT)
    blank = any(map(_is_blank, catalog.messages))
    if blank and plan.leverage:
        taken = _taken(catalog, plan.leverage[locale.tag])
        catalog = _with_changes(catalog, taken)
        changes += taken
    if elsewhere.asked and plan.options.fill:
        # They are looked for anew each time.
        run.facts.note_fleeting()
    note_untranslated(run, locale, filter(_is_blank, catalog.messages))
    catalog = with_header(catalog, template, locale, before)
    new = run.with_catalog(CatalogFile(name) if plan.options.normalize else file, catalog)
    # Counting reads the new file, which only a dry run has to tell of.
    count = file.changes(new) if run.dry else 0
    return _Draft(
        new, data, UpdatedCatalog(name, locale.tag, changes, count), blank or elsewhere.asked
    )


def _is_blank(message: Message) -> bool:
    return not (message.obsolete or message.id_plural or message.string)


def _taken(catalog: Catalog, leverage: Leverage) -> tuple[Change, ...]:
    """Fill in translations of the very same texts from other pages and the memory."""
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
