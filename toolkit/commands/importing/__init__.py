"""`yiben import`: translations that exist already, as pages or catalogs, into the catalogs.

What a catalog has wins over what is imported, unless the user wants it otherwise.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from toolkit.catalogs.belonging import check_belongs
from toolkit.catalogs.header import with_header
from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import CatalogFile
from toolkit.catalogs.template import definitions_of
from toolkit.commands.exchange.ids import returned_of
from toolkit.commands.extract import (
    fresh_template,
    save_template,
    template_in,
    with_contexts,
)
from toolkit.commands.importing.from_messages import with_messages
from toolkit.commands.importing.from_pages import is_open, with_pages
from toolkit.commands.importing.known import Known
from toolkit.commands.importing.left_over import keep_left_over
from toolkit.commands.importing.plan import Plan
from toolkit.commands.importing.value import Imported, ImportRequest
from toolkit.commands.translate.gates import Gates
from toolkit.commands.update.memories import remembered
from toolkit.commands.update.orphans import without_mark
from toolkit.commands.update.rules import merge_rules
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.project.cache import Values, joined
from toolkit.project.cache.work import Task, over_known
from toolkit.project.pool import over

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from toolkit.catalogs.merge import Rules
    from toolkit.commands.importing.from_pages import WithPages
    from toolkit.commands.importing.value import ImportedPage
    from toolkit.commands.update.memories import Remembered
    from toolkit.project.pool import Progress
    from toolkit.project.store import Domain, Run, Saved
    from toolkit.reading.page import Page

__all__ = ["ImportRequest", "Imported", "import_translations"]


Result = TypeVar("Result")
_ENOUGH = 3
"""Pages that have to be translations before others are trusted to be."""
_MOST = 0.8
"""The share of the pages that can be judged which have to be translations."""


def import_translations(requests: Mapping[Run, ImportRequest], progress: Progress) -> Imported:
    """Enter translations into the catalogs of the pages that have some; others are not touched.

    Several parts of a project are taken together: what one file says is left over where no part
    has a use for it. Raises `SettingsError` where the glossary is of no use.
    """
    imported = Imported.of([_imported(run, request, progress) for run, request in requests.items()])
    imported = replace(imported, problems=tuple(dict.fromkeys(imported.problems)))
    run, request = next(iter(requests.items()))
    return _with_left_over(run, request, imported)


def _imported(run: Run, request: ImportRequest, progress: Progress) -> Imported:
    """Enter translations into the catalogs of a part.

    A page that may be no translation is left to a second round, which knows what the others are.
    """
    domains, problems = run.domains()
    wanted = [
        domain
        for domain in domains
        if any(
            run.project.page_name(page) in request.pages
            for page in run.project.in_locale(domain[1], request.locale)
        )
    ]
    memory = remembered(run, request.locale)
    plan = _plan(run, request, memory)
    parts = [Imported(problems=(*problems, *memory.problems))]
    if plan.known is not None:
        parts += over(plan, _import_messages, progress, wanted)
    else:
        parts += _import_pages(plan, progress, wanted)
    return Imported.of(parts)


def _plan(run: Run, request: ImportRequest, memory: Remembered) -> Plan:
    known = Known(request.messages, verbatim=request.verbatim) if request.origin else None
    glossary = run.glossary().of(request.locale)
    translations = {entry.source: entry.translation for entry in memory.entries}
    back = returned_of(request.messages)
    gates = Gates(run, request.locale) if back else None
    return Plan(run, request, translations, glossary, known, back, gates)


def _import_pages(plan: Plan, progress: Progress, domains: Sequence[Domain]) -> Iterator[Imported]:
    """Import translated pages, those of which the others have to tell what they are at last."""
    first = list(_over(plan, _import_sure_pages, progress, domains))
    yield from (one for one in first if isinstance(one, Imported))
    waiting = [one for one in first if isinstance(one, _Waiting)]
    if waiting:
        imports = [page for one in first for page in one.pages]
        plan = replace(plan, trusted=_are_pairs(imports))
        yield from _over(plan, _import_all_pages, progress, [one.domain for one in waiting])


def _over(
    plan: Plan,
    work: Callable[[Plan, Domain], Result],
    progress: Progress,
    domains: Sequence[Domain],
) -> Iterator[Result]:
    """Return `over`, but keep what was found out on the way, such as the pairs of two pages."""
    task = Task(work, _name, Values(), _nothing)
    return over_known(plan.run, plan, task, progress, domains, {})


def _name(domain: Domain) -> str:
    return joined("import", domain[0])


def _nothing(_imported: object) -> None:
    """Keep no result, as a second import says of each text that it is there already."""


def _with_left_over(run: Run, request: ImportRequest, imported: Imported) -> Imported:
    """Keep what found no place as well."""
    try:
        files = keep_left_over(run, request, imported)
    except ToolkitError as error:
        return replace(imported, problems=(*imported.problems, *error.problems))
    return replace(imported, files=(*imported.files, *files))


def _are_pairs(imports: Sequence[ImportedPage]) -> bool:
    """Whether enough pages can be judged, and nearly all of those are translations."""
    told = [one.alignment.related for one in imports if not one.alignment.small]
    return len(told) >= _ENOUGH and sum(told) >= _MOST * len(told)


class _Waiting(NamedTuple):
    """A domain with pages that may be no translations, and what is known of them."""

    domain: Domain
    pages: tuple[ImportedPage, ...]


class _Target(NamedTuple):
    """The catalog of a domain that translations enter, brought up to date."""

    domain: str
    pages: list[Page]
    template: Catalog
    file: CatalogFile
    data: bytes | None
    """The content of the file, `None` where there is none."""
    catalog: Catalog
    rules: Rules


def _import_messages(plan: Plan, domain: Domain) -> Imported:
    """Enter the messages of another catalog into that of a domain."""
    if plan.known is None:
        raise ValueError("there are no messages to import")
    try:
        target = _target(plan, domain)
        found = with_messages(plan, target.catalog, plan.known, target.file.path, target.pages)
        files = _saved(plan, target, found.catalog)
    except ToolkitError as error:
        return Imported(problems=error.problems)
    return Imported(files, carried=(found.carried,))


def _import_sure_pages(plan: Plan, domain: Domain) -> Imported | _Waiting:
    """Enter the translations of a domain's pages, unless the other pages have to be asked."""
    try:
        target = _target(plan, domain)
        found = with_pages(plan, target.pages, target.catalog, target.rules)
        if any(map(is_open, found.imported)):
            return _Waiting(domain, found.imported)
        return _entered(plan, target, found)
    except ToolkitError as error:
        return Imported(problems=error.problems)


def _import_all_pages(plan: Plan, domain: Domain) -> Imported:
    """Enter the translations of a domain's pages."""
    try:
        target = _target(plan, domain)
        found = with_pages(plan, target.pages, target.catalog, target.rules)
        return _entered(plan, target, found)
    except ToolkitError as error:
        return Imported(problems=error.problems)


def _target(plan: Plan, domain: Domain) -> _Target:
    """Merge the pages of a domain into its catalog; raises where one cannot be read."""
    run, (name, names) = plan.run, domain
    whole, problems = run.pages(names)
    if problems:
        raise ToolkitError(problems)
    whole = with_contexts(run, name, whole)
    template = fresh_template(run, name, whole)
    pages = run.pages_in(whole, plan.request.locale)
    own = template_in(run, name, template, whole, plan.request.locale)
    path = run.project.catalog_name(name, plan.request.locale)
    file = run.catalog_file(path)
    old = file.catalog if file else Catalog()
    check_belongs(old, own, path)
    rules = merge_rules(run, plan.request.locale, definitions_of(pages), old)
    catalog = merge(own, without_mark(old), rules).catalog
    data = file.data if file else None
    return _Target(name, pages, template, file or CatalogFile(path), data, catalog, rules)


def _entered(plan: Plan, target: _Target, found: WithPages) -> Imported:
    files = _saved(plan, target, found.catalog)
    return Imported(files, found.imported, problems=found.problems)


def _saved(plan: Plan, target: _Target, catalog: Catalog) -> tuple[Saved, ...]:
    """Write the template and the catalog of a domain."""
    run = plan.run
    files = save_template(run, target.domain, target.template)
    new = with_header(catalog, target.template, plan.request.locale, target.file.catalog)
    file = run.with_catalog(target.file, new)
    return (*files, run.save_catalog(target.file.path, target.data, file))
