"""The files and folders that a run over a project rests on."""

from __future__ import annotations

import os
from contextlib import suppress
from posixpath import basename
from typing import TYPE_CHECKING, NamedTuple

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


class Standing(NamedTuple):
    """All that a run may look at by its settings."""

    texts: frozenset[str]
    """The pages and catalogs, which are read by asking for facts only."""
    others: frozenset[Question]

    @property
    def questions(self) -> frozenset[Question]:
        """The questions about all of it."""
        return self.others.union((FILE, name) for name in self.texts)


def dependencies(run: Run, start: Path, catalogs: str) -> frozenset[Question] | None:
    """Return all that a run has looked at, or may have; `None` where that cannot be told.

    `start` is the folder from which the settings were looked for, `catalogs` the folder among those
    of catalogs that the run works with, empty for all of them.
    """
    noted = run.facts.looked_at
    standing = standing_dependencies(run.project, start, catalogs)
    if noted is None or standing is None:
        return None
    return without_implied(run.project.root, noted | standing.questions)


def standing_dependencies(project: Project, start: Path, catalogs: str) -> Standing | None:
    """Return what a run may look at, as `dependencies` does, before it has started."""
    if any(map(_asks_git, project.family())):
        return None
    texts: set[str] = set()
    others = settings_around(start, project.root)
    for one in project.family():
        tree, found = _in_tree(one), _in_catalogs(one, catalogs)
        texts |= tree.texts | found.texts
        others |= tree.others | found.others | set(_of_settings(one))
    return Standing(frozenset(texts - {name for _, name in others}), frozenset(others))


def settings_around(start: Path, root: Path | None = None) -> set[Question]:
    """Return the places where settings are looked for, from a folder up to the root."""
    found: set[Question] = set()
    for folder in (start, *start.parents):
        found.update((FILE, str(folder / name)) for name in FILES)
        if folder == root:
            break
    return found


def _asks_git(project: Project) -> bool:
    """Whether commits decide about results, which no state of the files tells."""
    return project.settings.as_of != "now" or bool(project.settings.unaffected_trailer)


def without_implied(root: Path, found: frozenset[Question]) -> frozenset[Question]:
    """Leave out whether names are there, where a folder that is listed tells."""
    listings = {name: _listing(f"{root}/{name}") for kind, name in found if kind == FOLDER}
    return frozenset(
        (kind, name) for kind, name in found if kind != THERE or not _is_listed(name, listings)
    )


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


def _of_settings(project: Project) -> Iterator[Question]:
    settings = project.settings
    yield from ((FILE, name) for name in (*project.own_files(), *_site_files(project)))
    yield from ((GLOB, rule.pattern) for rule in settings.strings.rules)
    named = settings.dialect
    names = (named,) if isinstance(named, str) else named.values()
    yield from ((FILE, path) for path in files_of(filter(None, map(module_of, names))))


def _in_tree(project: Project) -> Standing:
    """The folders of the pages, and all in them that is read as a text."""
    tree = project.tree()
    above = len(f"{project.root.as_posix()}/")
    pages = [path[above:] for path in tree.files if is_page(path)]
    others = [(FILE, path[above:]) for path in tree.files if basename(path).startswith(".")]
    folders = [(FOLDER, path[above:] or ".") for path in tree.folders]
    return Standing(frozenset(pages), frozenset((*others, *folders)))


def _in_catalogs(project: Project, catalogs: str) -> Standing:
    top = project.root / project.settings.catalogs / catalogs
    folders, files = {_below(project, top)}, set[str]()
    for folder, _, names in os.walk(top, followlinks=True):
        place = os.path.relpath(folder, project.root)
        folders.add(place)
        files.update(f"{place}/{name}" for name in names if name.endswith(_CATALOGS))
    return Standing(frozenset(files), frozenset((FOLDER, name) for name in folders))


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
