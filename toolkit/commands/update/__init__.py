"""`yiben update`: templates to catalogs, so that translators are asked about what changed."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import partial, wraps
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from toolkit.commands.extract import save_template_data
from toolkit.commands.update.drafting import Plan, drafts_of, sources_of
from toolkit.commands.update.layouts import inheritance
from toolkit.commands.update.memories import (
    keep_translated,
    leverage_of,
    remembered,
    translated_elsewhere,
    translated_texts,
    wanted_names,
)
from toolkit.commands.update.orphans import (
    adoptions,
    delete_orphan,
    delete_orphan_templates,
    orphans,
    retire_orphan,
)
from toolkit.commands.update.value import Updated, UpdatedCatalog, UpdateOptions, Wanted
from toolkit.model.errors import Problem, ToolkitError
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, known_results, over_known
from toolkit.project.pool import is_worth_processes, over
from toolkit.project.store import Saved, settled_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.commands.update.drafting import Drafts, Sources
    from toolkit.commands.update.orphans import Inheritance, Orphans
    from toolkit.project.cache.facts import Note
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run


Part = TypeVar("Part")
Outcome = TypeVar("Outcome")
_MOST_KEPT = 3000
"""Domains up to which the facts about pages are kept for a second round."""

__all__ = ["UpdateOptions", "Updated", "update"]


class _Waiting(NamedTuple):
    """A domain with texts that the catalogs of other pages, or the memory, may know."""

    domain: Domain
    sources: bytes = b""
    """The facts about its pages; empty where they are to be found out again."""
    noted: Note | None = None
    """The questions that these rest on."""
    wanted: tuple[Wanted | None, ...] = (None,)
    """The texts that it asks for; `None` where that is not known."""
    catalogs: tuple[UpdatedCatalog, ...] = ()
    """Its catalogs, which were not updated, with the texts that they translate."""


def update(run: Run, options: UpdateOptions, progress: Progress) -> Updated:
    """Bring templates and catalogs up to date, making those that are missing.

    Pages whose new texts are not found in their own catalogs are left to a second round, in which
    the catalogs of all pages and the memory are looked into. So what comes out does not depend on
    which page is first.
    """
    domains, problems = run.domains()
    lost = orphans(run, options.locales, domains)
    inherited = inheritance(run, options.locales, domains, lost)
    adopted = adoptions(run, options.locales, domains, lost, inherited)
    keeps = len(domains) <= _MOST_KEPT
    plan = Plan(run, options, adopted, inherited.catalogs, keeps_sources=keeps)
    task = _task(plan, _update_alone if _has_others(run, options) else _update_domain)
    known = _known_results(plan, task, domains)
    first = list(over_known(run, plan, task, progress, domains, known))
    late = _outdated(plan, task, domains, known, first)
    parts = [Updated(problems=tuple(problems))]
    parts += (
        one for place, one in enumerate(first) if isinstance(one, Updated) and place not in late
    )
    waiting = [
        one if isinstance(one, _Waiting) else _Waiting(domain)
        for place, (domain, one) in enumerate(zip(domains, first, strict=True))
        if isinstance(one, _Waiting) or place in late
    ]
    if waiting:
        parts += _second_round(plan, waiting, progress, Updated.of(parts).problems)
    written = frozenset(one.path for part in parts for one in part.catalogs)
    parts += _without_layout(plan, inherited, written)
    others = {
        tag: [name for name in names if name not in inherited.heirs] for tag, names in lost.items()
    }
    parts += _without_page(plan, others, domains)
    updated = Updated.of(parts)
    for locale in options.locales:
        keep_translated(run, locale, updated.catalogs)
    return updated


_VALUES = Values(Updated, UpdatedCatalog, Saved, Problem)
_Result = Updated | _Waiting


def _known_results(
    plan: Plan, task: Task[Plan, Domain, _Result], domains: Sequence[Domain]
) -> Mapping[int, _Result]:
    """The results that rest on what the project's files are now."""
    for locale in plan.options.locales:
        plan.run.facts.learn(*translated_elsewhere(plan.run, locale))
    return known_results(plan.run, task, domains)


def _outdated(
    plan: Plan,
    task: Task[Plan, Domain, _Result],
    domains: Sequence[Domain],
    known: Mapping[int, _Result],
    first: Sequence[_Result],
) -> frozenset[int]:
    """The known results that rest on what was written in the meantime, by their places."""
    written = any(isinstance(one, Updated) and one.changed for one in first)
    if plan.run.dry or not (known and written):
        return frozenset()
    return frozenset(known) - frozenset(_known_results(plan, task, domains))


def _task(plan: Plan, work: Callable[[Plan, Domain], _Result]) -> Task[Plan, Domain, _Result]:
    """An update of a domain, whose result is the same with a second round and without."""
    return Task(work, partial(_name, plan), _VALUES, partial(_settled, plan.run.dry))


def _name(plan: Plan, domain: Domain) -> str:
    options, (name, pages) = plan.options, domain
    flags = f"{options.purge} {options.fill} {options.normalize} {options.trivial}"
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
    plan: Plan,
    waiting: Sequence[_Waiting],
    progress: Progress,
    known: Sequence[Problem],
) -> Iterator[Updated]:
    """Update the domains that look into other catalogs; `known` problems are not told again."""
    run = plan.run
    for locale in plan.options.locales:
        keep_translated(run, locale, chain.from_iterable(one.catalogs for one in waiting))
    wanted = wanted_names(chain.from_iterable(one.wanted for one in waiting))
    waiting = [one._replace(wanted=(), catalogs=()) for one in waiting]
    memories = {locale: remembered(run, locale) for locale in plan.options.locales}
    problems = dict.fromkeys(one for memory in memories.values() for one in memory.problems)
    yield Updated(problems=tuple(one for one in problems if one not in known))
    leverage = {
        locale.tag: leverage_of(run, locale, one, wanted) for locale, one in memories.items()
    }
    for one in leverage.values() if is_worth_processes(len(waiting)) else ():
        one.prepare(alike=wanted is None)
    again = replace(plan, leverage=leverage)
    if problems:
        # They are to be told the next time as well.
        yield from over(again, _update_late, progress, waiting)
        return
    task = Task(_update_late, partial(_name_late, plan), _VALUES, partial(_settled, run.dry))
    yield from over_known(run, again, task, progress, waiting)


def _name_late(plan: Plan, waiting: _Waiting) -> str:
    return _name(plan, waiting.domain)


def _without_layout(
    plan: Plan, inherited: Inheritance, written: frozenset[str]
) -> Iterator[Updated]:
    """Delete the catalogs of another layout, or keep as obsolete what their heirs do not say."""
    run = plan.run
    for name, heirs in inherited.heirs.items():
        rest = inherited.rest[name]
        if not written.issuperset(heirs):
            continue
        if rest and not plan.options.purge:
            yield Updated(files=(retire_orphan(run, name, rest),))
        else:
            yield Updated(removed=(delete_orphan(run, name, heirs[0]),))


def _without_page(plan: Plan, lost: Orphans, domains: Sequence[Domain]) -> Iterator[Updated]:
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
    return settings.catalog != "single" and any(folder.is_dir() for folder in folders)


def _reporting(
    update: Callable[[Plan, Part], Outcome],
) -> Callable[[Plan, Part], Outcome | Updated]:
    """Make the problems of an update that cannot be done its result."""

    @wraps(update)
    def reported(plan: Plan, part: Part) -> Outcome | Updated:
        try:
            return update(plan, part)
        except ToolkitError as error:
            return Updated(problems=error.problems)

    return reported


@_reporting
def _update_alone(plan: Plan, domain: Domain) -> Updated | _Waiting:
    """Update a domain unless other catalogs have to be asked for some of its texts."""
    sources = sources_of(plan, domain)
    noted = plan.run.facts.noted()
    drafts = drafts_of(plan, domain, sources)
    if any(draft.wanted.names for draft in drafts.catalogs):
        waiting = _waiting(plan, domain, sources, noted)
        wanted = tuple(draft.wanted for draft in drafts.catalogs)
        return waiting._replace(wanted=wanted, catalogs=tuple(_as_they_are(plan, drafts)))
    return _saved(plan, domain, drafts)


def _waiting(plan: Plan, domain: Domain, sources: Sources, noted: Note) -> _Waiting:
    """Keep what the second round needs of a domain, where that is not too much."""
    if plan.run.project.settings.as_of != "now" or not plan.keeps_sources:
        return _Waiting(domain)
    return _Waiting(domain, pickle.dumps(sources._replace(page=None)), noted)


def _as_they_are(plan: Plan, drafts: Drafts) -> Iterator[UpdatedCatalog]:
    """The catalogs that are on disk, with the texts that they translate."""
    for draft in drafts.catalogs:
        updated = draft.updated
        if draft.old is not None and draft.before is not None:
            texts = updated.translated
            if draft.file.data != draft.old:
                texts = translated_texts(plan.run, draft.before, draft.old)
            yield UpdatedCatalog(updated.path, updated.locale, (), translated=texts)


@_reporting
def _update_late(plan: Plan, waiting: _Waiting) -> Updated:
    """Update a domain with what the plan knows of other catalogs."""
    if not (waiting.sources and waiting.noted):
        return _update_domain(plan, waiting.domain)
    plan.run.facts.note_again(waiting.noted)
    sources = pickle.loads(waiting.sources)  # noqa: S301 - a process of ours wrote it
    return _saved(plan, waiting.domain, drafts_of(plan, waiting.domain, sources))


@_reporting
def _update_domain(plan: Plan, domain: Domain) -> Updated:
    """Update a domain with what the plan knows of other catalogs."""
    return _saved(plan, domain, drafts_of(plan, domain, sources_of(plan, domain)))


def _saved(plan: Plan, domain: Domain, drafts: Drafts) -> Updated:
    """Write what is drafted; a catalog that cannot be written leaves the others alone."""
    run = plan.run
    files = list(save_template_data(run, domain[0], drafts.template))
    updates, problems = [], list(drafts.problems)
    for draft in drafts.catalogs:
        try:
            files.append(run.save_catalog(draft.updated.path, draft.old, draft.file))
            updates.append(draft.updated)
        except ToolkitError as error:
            problems += error.problems
    return Updated(tuple(files), catalogs=tuple(updates), problems=tuple(problems))
