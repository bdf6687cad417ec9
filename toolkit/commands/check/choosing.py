"""Choose the catalogs that the files named by a user mean."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.commands.check.site_emphasis import SITE_FILES
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path
from toolkit.project.settings_files import FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.language.locale import Locale
    from toolkit.project.store import Domain, Run


@dataclass(frozen=True, slots=True)
class Choice:
    """The user's choice of files."""

    chosen: Mapping[str, frozenset[str]] | None
    """The tags of the chosen locales by domain; `None` for everything."""
    strangers: tuple[str, ...] = ()
    """Files that are no part of the project."""


def choice_of(run: Run, folders: Sequence[Path], names: Iterable[str]) -> Choice:
    """Resolve a user's files: a page to all of its catalogs, a catalog to itself, settings to all.

    A name is looked for in each of `folders`; one that stands for a folder means what lies in it.
    Raises `ProjectError` for a file that does not exist.
    """
    pairs: defaultdict[str, set[str]] = defaultdict(set)
    strangers, everything, problems = [], False, []
    domains, _ = run.domains()
    for name in names:
        place = next((path for one in folders if (path := one / name).exists()), None)
        if place is None:
            problems.append(Problem(name, 0, 0, "no such file"))
            continue
        path = real_path(place)
        everything = everything or _governs_all(run, path)
        meant = list(_meant(run, domains, path))
        for domain, locale in meant:
            pairs[domain].add(locale.tag)
        if not meant and not _governs_all(run, path):
            strangers.append(name)
    if problems:
        raise ProjectError(problems)
    chosen = {domain: frozenset(tags) for domain, tags in pairs.items()}
    return Choice(None if everything else chosen, tuple(strangers))


def _governs_all(run: Run, path: Path) -> bool:
    """Whether a file says something about all pages."""
    settings = run.project.settings
    names = (*FILES, settings.glossary, *SITE_FILES)
    root = real_path(run.project.root)
    known = {root / name for name in names if name and name != settings.site}
    return path in known or path == root


def _meant(run: Run, domains: Sequence[Domain], path: Path) -> Iterator[tuple[str, Locale]]:
    project = run.project
    root = real_path(project.root)
    for domain, names in domains:
        files = [project.template_name(domain), *map(project.place_of, names)]
        whole = any((root / name).is_relative_to(path) for name in files)
        for locale in project.settings.targets:
            if whole or (root / project.catalog_name(domain, locale)).is_relative_to(path):
                yield domain, locale
