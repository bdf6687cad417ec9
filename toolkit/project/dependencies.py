"""The files and folders that a run over a project rests on."""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING

from toolkit.dialects import module_of
from toolkit.model.errors import ToolkitError
from toolkit.project.cache.facts import FILE, FOLDER, THERE
from toolkit.project.cache.snapshot import GLOB
from toolkit.project.cache.version import files_of
from toolkit.project.files import read_bytes
from toolkit.project.finding_files import is_page
from toolkit.project.settings_files import FILES
from toolkit.project.site_extensions import site_extensions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from toolkit.project.cache.snapshot import Question
    from toolkit.project.project import Project
    from toolkit.project.store import Run

_CATALOGS = (".po", ".pot")


def dependencies(run: Run, start: Path, catalogs: str) -> frozenset[Question] | None:
    """Return all that a run has looked at, or may have; `None` where that cannot be told.

    `start` is the folder from which the settings were looked for, `catalogs` the folder among those
    of catalogs that the run works with, empty for all of them.
    """
    noted = run.facts.looked_at
    if noted is None or any(map(_asks_git, run.project.family())):
        return None
    found = set(noted)
    for project in run.project.family():
        found.update(_of_project(project, catalogs))
    for folder in (start, *start.parents):
        found.update((FILE, str(folder / name)) for name in FILES)
        if folder == run.project.root:
            break
    return frozenset(_without_implied(run.project.root, found))


def _asks_git(project: Project) -> bool:
    """Whether commits decide about results, which no state of the files tells."""
    return project.settings.as_of != "now" or bool(project.settings.unaffected_trailer)


def _without_implied(root: Path, found: set[Question]) -> Iterator[Question]:
    """Leave out whether names are there, where a folder that is listed tells."""
    listings = {name: _listing(f"{root}/{name}") for kind, name in found if kind == FOLDER}
    for kind, name in found:
        if kind != THERE or not _is_listed(name, listings):
            yield kind, name


def _listing(path: str) -> dict[str, bool]:
    """The names in a folder, and whether each is a link."""
    with suppress(OSError), os.scandir(path) as entries:
        return {one.name: one.is_symlink() for one in entries}
    return {}


def _is_listed(name: str, listings: Mapping[str, Mapping[str, bool]]) -> bool:
    """Whether the names in some folders tell whether a name is there, however deep it lies."""
    parent, _, child = name.rpartition("/")
    rest = ""
    while parent and parent not in listings:
        parent, _, child, rest = *parent.rpartition("/"), child
    if not parent or ".." in name:
        return False
    is_link = listings[parent].get(child)
    return is_link is None or not (is_link or rest)


def _of_project(project: Project, catalogs: str) -> Iterator[Question]:
    settings = project.settings
    yield from _of_tree(project)
    yield from _of_catalogs(project, catalogs)
    yield from ((FILE, name) for name in (*project.own_files(), *_site_files(project)))
    yield from ((GLOB, rule.pattern) for rule in settings.strings.rules)
    named = settings.dialect
    names = (named,) if isinstance(named, str) else named.values()
    yield from ((FILE, path) for path in files_of(filter(None, map(module_of, names))))


def _of_tree(project: Project) -> Iterator[Question]:
    """The folders of the pages, and all in them that is read as a text."""
    tree = project.tree()
    yield from ((FOLDER, _below(project, path)) for path in tree.folders)
    for path in tree.files:
        if is_page(path) or path.name.startswith("."):
            yield FILE, _below(project, path)


def _of_catalogs(project: Project, catalogs: str) -> Iterator[Question]:
    top = project.root / project.settings.catalogs / catalogs
    yield FOLDER, _below(project, top)
    for folder, _, names in os.walk(top, followlinks=True):
        place = os.path.relpath(folder, project.root)
        yield FOLDER, place
        yield from ((FILE, f"{place}/{name}") for name in names if name.endswith(_CATALOGS))


def _site_files(project: Project) -> list[str]:
    """The files of the site's settings, with those they inherit from."""
    asked: list[str] = []

    def data(name: str) -> bytes | None:
        asked.append(name)
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    with suppress(ToolkitError):
        site_extensions(data, project.settings.site)
    return asked


def _below(project: Project, path: Path) -> str:
    return path.relative_to(project.root).as_posix()
