"""Finds out what differs from another commit: pages by their texts, catalogs by their messages."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.catalogs.glossary import Glossary, read_glossary
from toolkit.catalogs.po import read_catalog
from toolkit.commands.check.scope import Scope
from toolkit.commands.check.site_emphasis import site_emphasis
from toolkit.model.catalog import Catalog
from toolkit.model.document import Document
from toolkit.model.errors import ToolkitError
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.project.git import Repository
from toolkit.project.settings_files import FILES
from toolkit.project.settings_on_disk import parts_of, settings_in
from toolkit.project.settings_reading import read_settings
from toolkit.project.site_extensions import site_extensions
from toolkit.project.store import changed_names
from toolkit.project.string_files import string_files
from toolkit.reading.anchors import heading_ids

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.commands.update.value import Updated
    from toolkit.dialects.inline.emphasis import EmphasisRules
    from toolkit.model.catalog import Message, MessageKey
    from toolkit.project.git import Change
    from toolkit.project.settings import Settings
    from toolkit.project.settings_on_disk import SettingsFile
    from toolkit.project.store import Run, Saved
    from toolkit.reading.page import Page

_ENDINGS = PAGE_ENDINGS | {".po", ".pot", ".toml", ".csv", ".yml", ".yaml", ".json"}
_BY_EVERY_CHECK = frozenset({"source"})
_GOVERNED = {
    "allow": ("refused", "link-target", "url"),
    "targets": ("no-target",),
    "emphasis": ("dead-emphasis",),
    "project": ("stale",),
    "locations": ("stale",),
    "wrap": ("stale",),
    "glossary_comments": ("stale",),
    "site": ("stale", "incomplete", "refused"),
    "strings": ("stale", "incomplete", "refused"),
    "admonition_titles": ("stale", "incomplete", "refused"),
    **dict.fromkeys(
        ("content", "catalogs", "catalog", "domain", "output"), ("stale", "incomplete")
    ),
}
"""The checks that each setting governs; one that differs by page or locale is asked itself."""


def scope_since(run: Run, revision: str) -> Scope:
    """Find the differences from the commit that HEAD and a revision have in common.

    Raises `ProjectError` with what to fetch where that cannot be found out.
    """
    repository = Repository(run.project.root)
    changes = repository.changes(repository.merge_base(revision))
    wanted = [one for one in changes if PurePosixPath(one.name).suffix.lower() in _ENDINGS]
    contents = repository.contents(one.blob for one in wanted if one.blob)
    old = {one.name: contents[one.blob] for one in wanted if one.blob}
    return _Reader(run, changes, old).scope()


class Narrowed(NamedTuple):
    """The part of an update that a change is about."""

    updated: Updated
    outside: int
    """The number of files outside the scope that would change as well."""


def narrowed(run: Run, updated: Updated, scope: Scope) -> Narrowed:
    """Return the part of an update that a change is about."""
    pages: dict[str, frozenset[str]] = {}
    domains, _ = run.domains()
    for domain, names in domains:
        paths = frozenset(map(run.project.place_of, names))
        files = (run.project.catalog_name(domain, one) for one in run.project.settings.targets)
        pages |= dict.fromkeys((run.project.template_name(domain), *files), paths)

    def is_inside(file: Saved) -> bool:
        return scope.covers_file(file.name, pages.get(file.name, frozenset()))

    saved = tuple(one for one in updated.files if not one.changed or is_inside(one))
    removed = tuple(one for one in updated.removed if scope.covers_file(one.name, frozenset()))
    kept = changed_names(saved)
    return Narrowed(
        replace(
            updated,
            files=saved,
            removed=removed,
            catalogs=tuple(one for one in updated.catalogs if one.path in kept),
        ),
        len(updated.files) - len(saved) + len(updated.removed) - len(removed),
    )


class _Reader:
    """Compares the files of a project with what they were."""

    def __init__(self, run: Run, changes: list[Change], old: Mapping[str, bytes]) -> None:
        self._run = run
        self._project = run.project
        self._changes = {change.name: change for change in changes}
        self._old = old

    def scope(self) -> Scope:
        """Everything that differs."""
        settings = self._settings()
        scope = Scope(self._project, settings, frozenset(self._changes), gone=self._gone())
        if settings is None:
            return scope
        scope = replace(scope, checks=self._checks(settings), terms=self._terms(settings))
        return self._with_catalogs(self._with_pages(scope, settings))

    def _before(self, name: str) -> bytes | None:
        """The bytes that a file had, `None` where it was not there."""
        return self._old.get(name) if name in self._changes else self._run.data(name)

    def _settings(self) -> Settings | None:
        for name in FILES:
            data = self._before(name)
            try:
                file = settings_in(self._project.root / name, data) if data is not None else None
                if file:
                    return self._settings_in(file)
            except ToolkitError:
                return None
        return None

    def _settings_in(self, file: SettingsFile) -> Settings | None:
        """The settings of this part of the project in a file."""
        parts = [one for one in parts_of(file) if one.part == self._project.part]
        if not parts:
            return None
        settings = read_settings(parts[0])
        return replace(settings, extensions=site_extensions(self._before, settings.site))

    def _checks(self, old: Settings) -> frozenset[str]:
        new = self._project.settings
        other = {
            one.name for one in fields(new) if getattr(old, one.name) != getattr(new, one.name)
        }
        found = {check for name in other for check in _GOVERNED.get(name, ())}
        if other & _BY_EVERY_CHECK:
            from toolkit.checks.families import CHECKS  # noqa: PLC0415 - seldom needed

            found |= CHECKS.keys()
        if new.glossary_comments and self._terms(old).terms:
            found.add("stale")
        if self._emphasis(old) != site_emphasis(self._run.data, new.site):
            found.add("dead-emphasis")
        return frozenset(found)

    def _emphasis(self, old: Settings) -> EmphasisRules | None:
        return site_emphasis(self._before, old.site)

    def _terms(self, old: Settings) -> Glossary:
        """The terms that were added, edited or taken away."""
        name = old.glossary
        try:
            data = self._before(name) if name else None
            before = read_glossary(name, data).terms if data is not None else ()
        except ToolkitError:
            before = ()
        now = self._run.glossary().terms
        return Glossary(tuple(set(before) ^ set(now)))

    def _gone(self) -> frozenset[str]:
        """The files that were there and are not any more."""
        names = {one.old_name for one in self._changes.values() if one.old_name}
        names -= self._changes.keys()
        return frozenset(names | {one.name for one in self._changes.values() if one.gone})

    def _with_pages(self, scope: Scope, old: Settings) -> Scope:
        found: dict[str, frozenset[MessageKey]] = {}
        lost: set[str] = set()
        for name in self._page_names():
            path = self._path(name)
            change = self._changes.get(path)
            otherwise = self._is_read_otherwise(name, old)
            if change is None and not otherwise:
                continue
            page, now = self._page_before(name, change), self._page_now(name)
            found[path] = _texts(now).difference(() if otherwise else _texts(page))
            lost |= {f"{path}#{one}" for one in self._ids(page) - self._ids(now)}
        return replace(scope, pages=frozenset(found), texts=found, gone=scope.gone | lost)

    def _page_names(self) -> list[str]:
        pages, _ = self._project.pages()
        settings = self._project.settings
        site = (settings.site,) if settings.site and settings.owns_site else ()
        return [*pages, *site, *(string_files(self._project) if settings.owns_site else ())]

    def _path(self, name: str) -> str:
        return self._project.place_of(name)

    def _is_read_otherwise(self, name: str, old: Settings) -> bool:
        new = self._project.settings
        if old.front_matter != new.front_matter:
            return True
        return old.dialect_of(name) != new.dialect_of(name)

    def _page_before(self, name: str, change: Change | None) -> Page | None:
        """Return a page as it was, if it was there and can be read."""
        data = self._old.get(change.name) if change else None
        if change is None or data is None:
            return None
        try:
            return self._run.page_of(name, Document.from_bytes(change.old_name, data))
        except ToolkitError:
            return None

    def _page_now(self, name: str) -> Page | None:
        try:
            return self._run.page(name)
        except ToolkitError:
            return None

    def _ids(self, page: Page | None) -> frozenset[str]:
        """Return the ids of a page's headings."""
        if page is None:
            return frozenset()
        slugs = self._project.settings.slugs or page.dialect.slugs
        headings = heading_ids(page.reading, page.document, page.dialect, slugs)
        return frozenset(one.id for one in headings)

    def _with_catalogs(self, scope: Scope) -> Scope:
        messages: dict[str, frozenset[MessageKey]] = {}
        headers, shapes = set(), set()
        for name in self._changes:
            if not self._is_catalog(name):
                continue
            before, now = self._catalog_before(name), self._catalog_now(name)
            old, new = _by_key(before), _by_key(now)
            messages[name] = frozenset(
                key for key, message in new.items() if _said(message) != _said(old.get(key))
            )
            headers |= {name} if before.header != now.header else set()
            shapes |= {name} if old.keys() != new.keys() or not now.header else set()
        return replace(
            scope, messages=messages, headers=frozenset(headers), shapes=frozenset(shapes)
        )

    def _is_catalog(self, name: str) -> bool:
        below = name.startswith(f"{self._project.settings.catalogs}/")
        return below and name.endswith((".po", ".pot"))

    def _catalog_before(self, name: str) -> Catalog:
        """The former state of a catalog, from next to the old place of a page that moved."""
        data = self._old.get(name)
        place = self._moved_from(name) if data is None else ""
        if place:
            data = self._before(place)
        try:
            return read_catalog(name, data) if data is not None else Catalog()
        except ToolkitError:
            return Catalog()

    def _moved_from(self, name: str) -> str:
        for change in self._changes.values():
            if change.old_name and change.old_name != change.name:
                ours, theirs = (
                    PurePosixPath(self._project.name_below_content(path)).with_suffix("").as_posix()
                    for path in (change.name, change.old_name)
                )
                stem, _, ending = name.rpartition(".")
                if stem.endswith(f"/LC_MESSAGES/{ours}"):
                    return f"{stem.removesuffix(ours)}{theirs}.{ending}"
        return ""

    def _catalog_now(self, name: str) -> Catalog:
        try:
            return self._run.catalog(name) or Catalog()
        except ToolkitError:
            return Catalog()


def _texts(page: Page | None) -> frozenset[MessageKey]:
    """Return the messages of a page."""
    return frozenset((unit.context, unit.text) for unit in page.units) if page else frozenset()


def _by_key(catalog: Catalog) -> dict[MessageKey, Message]:
    return {message.key: message for message in catalog.messages if not message.obsolete}


def _said(message: Message | None) -> tuple[object, ...]:
    """The words that translators make of a message; its place is not theirs."""
    if message is None:
        return ()
    flags = "fuzzy" in message.flags
    return message.string, message.plurals, message.id_plural, flags, message.comments
