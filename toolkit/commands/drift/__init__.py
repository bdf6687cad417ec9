"""`yiben drift`: what changed since pages were translated by hand.

value        the options and results
recording    the revision that a translation's front matter names
locating     the revision that a translation was made from, as recorded or by its structure
changing     the texts that changed since
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from toolkit.commands.drift.changing import changes_since
from toolkit.commands.drift.comparing import DiffLinks
from toolkit.commands.drift.locating import Plan, located, plan_of
from toolkit.commands.drift.pairing import pairs_of
from toolkit.commands.drift.recording import usual_key, with_record
from toolkit.commands.drift.value import Drift, Drifted, DriftOptions, Origin
from toolkit.commands.importing.trees import VersionTree
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.project.files import read_bytes, replace_bytes
from toolkit.project.pool import over
from toolkit.project.store import Saved

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from toolkit.commands.importing.value import ImportRequest
    from toolkit.language.locale import Locale
    from toolkit.project.pool import Progress
    from toolkit.project.store import Run

Result = TypeVar("Result")
__all__ = ["Drift", "DriftOptions", "drift", "with_origins"]


def drift(run: Run, options: DriftOptions, progress: Progress) -> Drift:
    """Find what changed in the sources of translated pages since they were translated.

    Raises `ProjectError` without a repository, and where translations cannot be looked for.
    """
    parts = [_locale_drift(run, options, locale, progress) for locale in options.locales]
    return Drift.of(parts)


def _locale_drift(run: Run, options: DriftOptions, locale: Locale, progress: Progress) -> Drift:
    pairs = pairs_of(run, locale, options.place)
    plan = plan_of(run, locale)
    links = DiffLinks.of(plan.history)
    task = partial(_drifted, links)
    try:
        found = list(over(plan, task, progress, pairs))
    finally:
        plan.blobs.close()
    pages = [one for one in found if isinstance(one, Drifted)]
    problems = tuple(problem for one in found if isinstance(one, tuple) for problem in one)
    files: tuple[Saved, ...] = ()
    if options.write:
        files, more = _recorded(run, pages)
        problems += more
    if options.since is not None:
        pages = [one for one in pages if one.changed_since(options.since)]
    return Drift(tuple(pages), files, problems)


def _drifted(links: DiffLinks, plan: Plan, pair: tuple[str, str]) -> Drifted | tuple[Problem, ...]:
    """The drift of a page, or why nobody can tell."""
    return _or_problems(lambda: _compared(links, plan, located(plan, *pair)))


def _or_problems(find: Callable[[], Result]) -> Result | tuple[Problem, ...]:
    """Return what is found, or the problems with it."""
    try:
        return find()
    except ToolkitError as error:
        return tuple(error.problems)


def _compared(links: DiffLinks, plan: Plan, origin: Origin) -> Drifted:
    run, history, version = plan.run, plan.history, origin.version
    if version is None:
        return Drifted(plan.locale.tag, origin)
    name = run.project.name_below_content(origin.page)
    now = run.page(name)
    old = run.page_of(name, Document.from_bytes(version.name, plan.blobs.read(version.blob)))
    later = [one for one in history.versions(origin.page) if one.place < version.place]
    data = now.document.to_bytes()
    uncommitted = not later and data != old.document.to_bytes()
    return Drifted(
        plan.locale.tag,
        origin,
        tuple(changes_since(old, now)),
        len(later) + uncommitted,
        max((one.time for one in later), default=0),
        links.link(version, origin.page) if later or uncommitted else "",
        links.command(version, origin.page),
    )


def _recorded(run: Run, pages: Sequence[Drifted]) -> tuple[tuple[Saved, ...], tuple[Problem, ...]]:
    """Write the revisions that were found into translations that name none."""
    keys = run.project.settings.revision_keys
    key = usual_key([one.origin for one in pages], keys)
    files: list[Saved] = []
    problems: list[Problem] = []
    for origin in (one.origin for one in pages):
        if origin.version is None or origin.key:
            continue
        try:
            files.append(_record(run, replace(origin, key=key)))
        except ToolkitError as error:
            problems += error.problems
    return tuple(files), tuple(problems)


def _record(run: Run, origin: Origin) -> Saved:
    name, version = origin.translation, origin.version
    data = read_bytes(run.project.root / name, name)
    page = run.project.name_below_content(origin.page)
    document = Document.from_bytes(name, data)
    if version is None:
        raise ProjectError(Problem(name, 0, 0, "has no known revision"))
    settings = run.project.settings
    new = with_record(document, settings.dialect_of(page), origin.key, version.commit).to_bytes()
    if not run.dry:
        replace_bytes(run.project.root / name, data, new, name)
    return Saved(name, new != data)


def with_origins(
    run: Run, request: ImportRequest, progress: Progress
) -> tuple[ImportRequest, tuple[Origin, ...]]:
    """An import that reads each page as it was when it was translated.

    Also gives the pages for which nobody knows, which are read as they are. Raises
    `ProjectError` with all revisions that are of no use.
    """
    pairs = list(request.partners.items())
    plan = plan_of(run, request.locale)
    try:
        found = list(over(plan, _located, progress, pairs))
    finally:
        plan.blobs.close()
    problems = [one for part in found if isinstance(part, tuple) for one in part]
    if problems:
        raise ProjectError(problems)
    origins = [one for one in found if isinstance(one, Origin)]
    blobs = {one.page: one.version.blob for one in origins if one.version}
    tree = VersionTree(run.project.root, blobs, plan.blobs)
    return replace(request, source_tree=tree), tuple(one for one in origins if not one.version)


def _located(plan: Plan, pair: tuple[str, str]) -> Origin | tuple[Problem, ...]:
    return _or_problems(lambda: located(plan, *pair))
