"""The page view as files that open from a disk: for a review, or beside a pull request."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

from toolkit.catalogs.po import read_catalog
from toolkit.commands.check.scope_reading import scope_since
from toolkit.interfaces.preview.exported_pages import ExportedPage, ExportRow, index_html, page_html
from toolkit.interfaces.preview.files import file_of
from toolkit.interfaces.preview.overview import Overview
from toolkit.interfaces.preview.tree import standalone
from toolkit.interfaces.preview.trying import Trial
from toolkit.interfaces.preview.views import Views, live_messages, state_of
from toolkit.model.catalog import Catalog
from toolkit.model.errors import Problem, ToolkitError
from toolkit.project.export_folder import check_folder, has_mark
from toolkit.project.files import write_bytes
from toolkit.project.git import Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from toolkit.commands.check.scope import Scope
    from toolkit.interfaces.preview.views import View
    from toolkit.interfaces.preview.workspace import Place, Workspace
    from toolkit.language.locale import Locale
    from toolkit.model.catalog import MessageKey
    from toolkit.model.findings import Finding

GENERATOR = '<meta name="generator" content="yiben preview">'
_MOST_PICTURE = 2 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ExportOptions:
    """The parts of a project to export."""

    locales: tuple[Locale, ...]
    pages: frozenset[str] | None = None
    """The pages below the content folder, `None` for all."""
    since: str = ""
    """A commit; then only what differs from what HEAD and it have in common."""


@dataclass(frozen=True, slots=True)
class Exported:
    """The files that an export wrote."""

    files: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """The catalogs' content at another commit."""

    scope: Scope
    catalogs: Mapping[str, Mapping[MessageKey, str]]

    def translation(self, catalog: str, key: MessageKey, now: str) -> str:
        """The former translation of a message; today's where its catalog is the same."""
        known = self.catalogs.get(catalog)
        return known.get(key, "") if known is not None else now


def export(workspace: Workspace, folder: Path, options: ExportOptions) -> Exported:
    """Write the page view of pages and locales below a folder, with an index.

    Raises `ProjectError` for a folder that holds something else or belongs to the project.
    """
    check_folder(workspace.project, folder, GENERATOR)
    before = _before(workspace, options.since) if options.since else None
    exporter = _Exporter(workspace, before)
    pages: list[ExportedPage] = []
    problems: list[Problem] = []
    for name in sorted(workspace.names if options.pages is None else options.pages):
        for locale in options.locales:
            if name in workspace.names and workspace.is_left_out(locale, name):
                continue
            try:
                page = exporter.page(workspace.place(locale.tag, name))
            except ToolkitError as error:
                problems += error.problems
                continue
            if page is not None:
                pages.append(page)
    files = _written(folder, pages, options)
    return Exported(tuple(files), tuple(dict.fromkeys(problems)))


def _written(folder: Path, pages: Sequence[ExportedPage], options: ExportOptions) -> Iterator[str]:
    documents = {page.file: page_html(page, GENERATOR) for page in pages}
    documents["index.html"] = index_html(pages, GENERATOR, options.since)
    for path in sorted(folder.rglob("*.html")) if folder.is_dir() else ():
        if path.relative_to(folder).as_posix() not in documents and has_mark(path, GENERATOR):
            path.unlink()
    for name, html in documents.items():
        write_bytes(folder / name, html.encode("utf-8", "replace"), name, durable=False)
        yield name


def _before(workspace: Workspace, since: str) -> _Before:
    scope = scope_since(workspace.run, since)
    repository = Repository(workspace.project.root)
    changes = repository.changes(repository.merge_base(since))
    wanted = {one.name: one.blob for one in changes if one.name.endswith(".po") and one.blob}
    contents = repository.contents(wanted.values())
    catalogs: dict[str, Mapping[MessageKey, str]] = {}
    for one in changes:
        if one.name.endswith(".po"):
            data = contents.get(one.blob, b"")
            catalogs[one.name] = _texts(one.name, data)
    return _Before(scope, catalogs)


def _texts(name: str, data: bytes) -> Mapping[MessageKey, str]:
    try:
        catalog = read_catalog(name, data) if data else Catalog()
    except ToolkitError:
        return {}
    return {key: one.string for key, one in live_messages(catalog).items()}


class _Exporter:
    """Makes the exported pages of a workspace."""

    def __init__(self, workspace: Workspace, before: _Before | None) -> None:
        self._workspace = workspace
        self._before = before
        self._views = Views(workspace)
        self._overview = Overview(workspace, Trial(workspace, self._views))

    def page(self, place: Place) -> ExportedPage | None:
        """Return a page as it is exported; `None` where nothing of it changed."""
        path = self._workspace.path_of(place.name)
        if self._before and not self._before.scope.covers_page(path, place.locale):
            return None
        view = self._views.view(place)
        if not view.page.units:
            return None
        found = self._overview.findings(place)
        rows = [self._row(place, view, number, found) for number in range(len(view.page.units))]
        shown = [row for row in rows if row.changed or (not self._before and row.is_open)]
        return ExportedPage(
            page=place.name,
            locale=place.locale,
            source_locale=self._workspace.project.settings.source,
            project=self._workspace.project.settings.project,
            file=f"{place.locale.tag}/{self._file_of(place.name)}",
            rows=tuple(shown),
            states={row.number: row.state for row in rows},
            source=self._standalone(self._views.source(place).html),
            target=self._standalone(self._views.target(place).html),
            notes=tuple(one.text for one in found.get("", ())),
            compares=self._before is not None,
        )

    def _file_of(self, name: str) -> str:
        """The file of a page; its whole name is in it where another page has the same beginning."""
        path = PurePosixPath(name)
        others = self._workspace.names - {name}
        alike = any(PurePosixPath(one).with_suffix("") == path.with_suffix("") for one in others)
        return f"{path}.html" if alike else str(path.with_suffix(".html"))

    def _row(
        self, place: Place, view: View, number: int, found: Mapping[str, list[Finding]]
    ) -> ExportRow:
        unit = view.page.units[number]
        key = (unit.context, unit.text)
        message = view.message(unit)
        now = message.string if message else ""
        catalog = self._workspace.catalog_name(place)
        findings = found.get(f"{unit.context}\4{unit.text}" if unit.context else unit.text, [])
        before = self._before
        changed = before is not None and (
            key in before.scope.messages.get(catalog, ())
            or key in before.scope.texts.get(self._workspace.path_of(place.name), ())
        )
        return ExportRow(
            number=number,
            kind=unit.detail,
            source=unit.text,
            before=before.translation(catalog, key, now) if before else "",
            after=now,
            state=state_of(message, view.refusals.get(number)),
            findings=tuple((one.severity.value, one.text, one.check) for one in findings),
            changed=changed,
        )

    def _standalone(self, html: str) -> str:
        """The HTML of a page with its pictures in it."""
        return standalone(html, self._picture)

    def _picture(self, address: str) -> str:
        """A picture of the project as data; empty for one that is too large or not there."""
        project = self._workspace.project
        name = unquote(address.removeprefix("/files/"))
        found = file_of(project.root, project.settings.content, name)
        if found is None or found[0].stat().st_size > _MOST_PICTURE:
            return ""
        data = base64.b64encode(found[0].read_bytes()).decode("ascii")
        return f"data:{found[1]};base64,{data}"
