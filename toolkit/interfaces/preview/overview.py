"""All pages in all locales: how far each is, what is wrong, and the texts to search in."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.statistics import count_words
from toolkit.commands.check.domains import check_domain
from toolkit.interfaces.preview.versions import stamp_of
from toolkit.interfaces.preview.views import live_messages
from toolkit.interfaces.preview.workspace import Place
from toolkit.model.catalog import Catalog
from toolkit.model.errors import ToolkitError
from toolkit.model.findings import Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.interfaces.preview.activity import Activity
    from toolkit.interfaces.preview.trying import Trial
    from toolkit.interfaces.preview.versions import Stamp
    from toolkit.interfaces.preview.workspace import Workspace
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Message
    from toolkit.model.findings import Finding

_MOST_HITS = 200
_LARGE = 1_000
"""The number of units in a catalog's pages above which its locales are checked one by one."""
_QUIET_CHECKS = frozenset({"stale", "incomplete"})
"""The checks about the state of files, not about a text."""


@dataclass(frozen=True, slots=True)
class _PageTexts:
    stamp: Stamp
    units: tuple[tuple[str | None, str, int], ...]
    """Context, text and words of each unit."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Cell:
    """A page in a locale."""

    stamp: tuple[Stamp, Stamp]
    counts: tuple[int, ...]
    """Units translated, fuzzy, untranslated, then the words of each."""
    targets: tuple[str, ...]
    """The translations by the place of their units."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class PageFindings:
    """The findings of the checks on a page in a locale."""

    stamp: tuple[Stamp, Stamp]
    errors: int
    warnings: int


class Overview:
    """The state of all pages, brought up to date file by file."""

    def __init__(self, workspace: Workspace, trial: Trial) -> None:
        self._workspace = workspace
        self._trial = trial
        self._pages: dict[str, _PageTexts] = {}
        self._cells: dict[tuple[str, str], _Cell] = {}
        self._findings: dict[tuple[str, str], PageFindings] = {}
        self._lock = threading.RLock()

    def as_json(self) -> dict[str, Any]:
        """Return the table of pages and locales."""
        with self._lock:
            self._refresh()
            targets = self._workspace.project.settings.targets
            return {
                "pages": [self._row(name, targets) for name in self._ordered()],
                "checked": self._checked_share(targets),
            }

    def _ordered(self) -> list[str]:
        return sorted(self._pages)

    def _row(self, name: str, targets: tuple[Locale, ...]) -> dict[str, Any]:
        page = self._pages[name]
        return {
            "page": name,
            "problem": page.problem,
            "units": len(page.units),
            "cells": [self._cell_json(name, one) for one in targets],
        }

    def _cell_json(self, name: str, locale: Locale) -> list[Any] | None:
        """Return a page's numbers in a locale; nothing where it is left out."""
        if self._workspace.is_left_out(locale, name):
            return None
        key = (name, locale.tag)
        cell = self._cells[key]
        found = self._findings.get(key)
        fresh = found and found.stamp == cell.stamp
        numbers = [found.errors, found.warnings] if found and fresh else [None, None]
        return [*cell.counts, *numbers, cell.problem]

    def _checked_share(self, targets: tuple[Locale, ...]) -> float:
        total = len(self._pages) * len(targets)
        done = sum(
            key in self._cells and found.stamp == self._cells[key].stamp
            for key, found in self._findings.items()
        )
        return done / total if total else 1.0

    def _refresh(self) -> None:
        """Read what changed since the last time."""
        names = self._workspace.names
        for name in self._pages.keys() - names:
            del self._pages[name]
        for name in sorted(names):
            self._refresh_page(name)

    def _refresh_page(self, name: str) -> None:
        workspace = self._workspace
        stamp = stamp_of(workspace.project.root / workspace.path_of(name))
        if name not in self._pages or self._pages[name].stamp != stamp:
            self._pages[name] = _read_page(workspace, name, stamp)
        for locale in workspace.project.settings.targets:
            place = Place(locale, name)
            catalog = stamp_of(workspace.project.root / workspace.catalog_name(place))
            key = (name, locale.tag)
            if key not in self._cells or self._cells[key].stamp != (stamp, catalog):
                self._cells[key] = self._read_cell(place, (stamp, catalog))

    def _read_cell(self, place: Place, stamp: tuple[Stamp, Stamp]) -> _Cell:
        units = self._pages[place.name].units
        if self._workspace.is_left_out(place.locale, place.name):
            return _Cell(stamp, (0,) * 6, ("",) * len(units), "")
        try:
            name = self._workspace.catalog_name(place)
            self._workspace.check_inside(name)
            catalog = self._workspace.run.catalog(name)
        except ToolkitError as error:
            return _Cell(stamp, (0,) * 6, ("",) * len(units), str(error.problems[0]))
        messages = live_messages(catalog or Catalog())
        found = [messages.get((context, text)) for context, text, _ in units]
        counts = [0] * 6
        for (_, _, words), message in zip(units, found, strict=True):
            rank = _rank(message)
            counts[rank] += 1
            counts[rank + 3] += words
        return _Cell(stamp, tuple(counts), tuple(one.string if one else "" for one in found))

    def search(self, locale: str, query: str) -> list[dict[str, Any]]:
        """Return the units whose source or translation holds a text, whatever its case."""
        wanted = query.casefold().strip()
        with self._lock:
            self._refresh()
            hits = self._hits(locale, wanted) if wanted else iter(())
            return [hit for hit, _ in zip(hits, range(_MOST_HITS), strict=False)]

    def _hits(self, locale: str, wanted: str) -> Iterator[dict[str, Any]]:
        for name in self._ordered():
            cell = self._cells.get((name, locale))
            if cell is None:
                continue
            for number, (_, source, _) in enumerate(self._pages[name].units):
                target = cell.targets[number]
                if wanted in source.casefold() or wanted in target.casefold():
                    yield {"page": name, "n": number, "source": source, "target": target}

    def check_all(self, stopped: threading.Event, activity: Activity) -> Iterator[tuple[str, str]]:
        """Run the checks over what changed since the last time, one catalog's pages together.

        They wait for moments in which nobody asks for anything; large pages come last.
        """
        project = self._workspace.project
        with self._lock:
            self._refresh()
            domains: dict[str, list[str]] = {}
            for name in self._ordered():
                domains.setdefault(project.domain(name), []).append(name)
        for domain, names in sorted(domains.items(), key=lambda one: self._units_of(one[1])):
            tags = [one.tag for one in project.settings.targets if self._is_due(names, one.tag)]
            for some in self._portions(names, tags):
                activity.wait_for_quiet(stopped)
                if stopped.is_set():
                    return
                yield from self._check_domain(domain, names, some)

    def _portions(self, names: list[str], tags: list[str]) -> list[list[str]]:
        """The locales of some pages that are checked without a pause between them."""
        is_large = self._units_of(names) >= _LARGE
        return [[tag] for tag in tags] if is_large else [tags] if tags else []

    def _units_of(self, names: list[str]) -> int:
        return sum(len(self._pages[name].units) for name in names if name in self._pages)

    def _is_due(self, names: list[str], tag: str) -> bool:
        keys = [(name, tag) for name in names]
        return any(self._is_unchecked(key, self._cells[key]) for key in keys if key in self._cells)

    def _check_domain(
        self, domain: str, names: list[str], tags: list[str]
    ) -> Iterator[tuple[str, str]]:
        workspace = self._workspace
        cells = {
            (name, tag): cell
            for name in names
            for tag in tags
            if (cell := self._cells.get((name, tag)))
        }
        locales = tuple(one for one in workspace.project.settings.targets if one.tag in tags)
        plan = self._trial.plan_for(locales, {domain: frozenset(tags)})
        try:
            found = check_domain(plan, workspace.run, (domain, names)).findings
        except ToolkitError:
            found = ()
        tag_of = {workspace.project.catalog_name(domain, one): one.tag for one in locales}
        counts = {key: [0, 0] for key in cells}
        for one in dict.fromkeys(found):
            name = workspace.project.name_below_content(one.page)
            severity = plan.severity(one.check, name)
            key = (name, tag_of.get(one.path, ""))
            if severity and one.check not in _QUIET_CHECKS and key in counts:
                counts[key][severity is not Severity.ERROR] += 1
        for key, (errors, warnings) in counts.items():
            self._findings[key] = PageFindings(cells[key].stamp, errors, warnings)
            yield key

    def _is_unchecked(self, key: tuple[str, str], cell: _Cell) -> bool:
        known = self._findings.get(key)
        return known is None or known.stamp != cell.stamp

    def findings(self, place: Place) -> dict[str, list[Finding]]:
        """Return what the checks say of a page in a locale, by message; `""` for the rest."""
        run, project = self._workspace.run, self._workspace.project
        domain = project.domain(place.name)
        plan = self._trial.plan_for((place.locale,), {domain: frozenset({place.locale.tag})})
        try:
            checked = check_domain(plan, run, (domain, [place.name]))
        except ToolkitError:
            return {}
        found: dict[str, list[Finding]] = {}
        path = self._workspace.path_of(place.name)
        for one in dict.fromkeys(checked.findings):
            severity = plan.severity(one.check, place.name)
            if severity is None or one.check in _QUIET_CHECKS or one.page not in {"", path}:
                continue
            found.setdefault(one.message, []).append(one)
        return found


def _read_page(workspace: Workspace, name: str, stamp: Stamp) -> _PageTexts:
    try:
        page = workspace.read_page(name)
    except ToolkitError as error:
        return _PageTexts(stamp, (), str(error.problems[0]))
    wordless = page.dialect.wordless
    units = ((u.context, u.text, count_words(u.text, wordless)) for u in page.units)
    return _PageTexts(stamp, tuple(units))


def _rank(message: Message | None) -> int:
    if message is None or not message.string:
        return 2
    return 1 if message.fuzzy else 0
