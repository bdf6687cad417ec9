"""A project for scripts: the functions that stand behind the commands, with their results."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from toolkit.checks.families import CHECKS
from toolkit.commands.build import BuildOptions
from toolkit.commands.build import build as build_pages
from toolkit.commands.check import CheckOptions, check_project, plan_of
from toolkit.commands.extract import extract as extract_templates
from toolkit.commands.stats import statistics
from toolkit.commands.update import UpdateOptions
from toolkit.commands.update import update as update_catalogs
from toolkit.language.phrases import did_you_mean
from toolkit.model.errors import Problem, SettingsError
from toolkit.project.lock import writing
from toolkit.project.project import Project as Places
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from toolkit.commands.build import Built
    from toolkit.commands.check import Checked
    from toolkit.commands.extract import Extracted
    from toolkit.commands.stats import Statistics
    from toolkit.commands.update import Updated
    from toolkit.language.locale import Locale
    from toolkit.project.settings import Settings

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Project:
    """A folder of pages with its settings and catalogs.

    Every method does what the command of its name does and returns what that prints. `locales`
    are tags of target locales, all where none is given. With `dry`, nothing is written.
    """

    places: Places
    """The places of its files."""

    @classmethod
    def find(cls, path: str | Path = ".") -> Project:
        """Find the project that a folder lies in.

        Raises `SettingsError` for settings that cannot be used, `ProjectError` without a folder.
        """
        return cls(Places.found_from(Path(path)))

    @property
    def root(self) -> Path:
        """The folder that holds its settings."""
        return self.places.root

    @property
    def settings(self) -> Settings:
        """Its settings."""
        return self.places.settings

    def extract(self, *, dry: bool = False) -> Extracted:
        """Bring the templates up to date with the pages."""
        run = Run(self.places, dry=dry)
        with writing(self.places, dry=dry):
            return extract_templates(run, _in_order)

    def update(
        self,
        locales: str | Iterable[str] = (),
        *,
        purge: bool = False,
        fill: bool = False,
        normalize: bool = False,
        dry: bool = False,
    ) -> Updated:
        """Bring templates and catalogs up to date, making the missing ones."""
        run = Run(self.places, dry=dry)
        targets = self._locales(locales)
        options = UpdateOptions(targets, purge=purge, fill=fill, normalize=normalize)
        with writing(self.places, dry=dry):
            return update_catalogs(run, options, _in_order)

    def build(
        self,
        locales: str | Iterable[str] = (),
        *,
        keep: Iterable[str] = (),
        replace: bool = False,
        dry: bool = False,
    ) -> Built:
        """Write the localized pages; pseudo-locales may be named as well."""
        run = Run(self.places, dry=dry)
        chosen = self._locales(locales, pseudo=True)
        options = BuildOptions(chosen, keep=tuple(keep), replace=replace)
        with writing(self.places, dry=dry):
            return build_pages(run, options, _in_order)

    def check(
        self,
        locales: str | Iterable[str] = (),
        *,
        select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        min_complete: float | None = None,
    ) -> Checked:
        """Run the checks over pages and catalogs; `select` and `ignore` are ids of checks."""
        run = Run(self.places, dry=True)
        options = CheckOptions(_known(select), _known(ignore), min_complete)
        return check_project(run, plan_of(run, self._locales(locales), options), _in_order)

    def stats(self, locales: str | Iterable[str] = ()) -> Statistics:
        """Count what is translated, by locale and page."""
        return statistics(Run(self.places, dry=True), self._locales(locales), _in_order)

    def _locales(self, tags: str | Iterable[str], *, pseudo: bool = False) -> tuple[Locale, ...]:
        named = (tags,) if isinstance(tags, str) else tuple(tags)
        return self.places.locales(named, pseudo=pseudo)


def _known(checks: Iterable[str]) -> frozenset[str]:
    """Return ids of checks; raises `SettingsError` for those that do not exist."""
    named = (checks,) if isinstance(checks, str) else tuple(checks)
    problems = [
        Problem("", 0, 0, f'unknown check "{one}"; {did_you_mean(one, CHECKS, _LIST)}')
        for one in named
        if one not in CHECKS
    ]
    if problems:
        raise SettingsError(problems)
    return frozenset(named)


_LIST = "yiben check --list names them all"


def _in_order(items: Sequence[Item]) -> Sequence[Item]:
    """Pass the items on: a script shows no progress."""
    return items
