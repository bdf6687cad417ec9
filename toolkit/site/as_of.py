"""Pages as they were when their catalogs were made, for locales that are behind.

The catalog names the revision (`X-Source-Revision`). Old texts have their translations still: of
texts that changed since they are fuzzy with the old text beside, of deleted ones obsolete.
"""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from toolkit.catalogs.header import REVISION
from toolkit.catalogs.statistics import Count, count_units
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError, ToolkitError
from toolkit.model.expressions import late
from toolkit.project.git_blobs import Blobs
from toolkit.project.history import History, Version, history_of, time_of_commit
from toolkit.reading.anchors import heading_ids
from toolkit.reading.targets import TargetKind, targets
from toolkit.site.front import with_notice
from toolkit.site.pinning import fragments

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.model.catalog import Catalog, Message
    from toolkit.project.store import Run
    from toolkit.reading.page import Page
    from toolkit.reading.targets import Target

_OUTSIDE = late(r"[a-z][a-z0-9+.-]*:|/|\?|#|\{\{|$", re.IGNORECASE)
_REST = late(r"[?#].*", re.DOTALL)
_SAFE = "/!$&'()*+,;=:@~[]"
_LATEST = 60
"""Versions of a page among which the one that a catalog was made for is looked for."""
_ALL = 100
CATALOG = "catalog"


@dataclass(frozen=True, slots=True)
class PastPage:
    """A page as it was, and the translations of its texts."""

    page: Page
    catalog: Catalog
    date: str
    """The day of the revision."""
    behind: int
    """The revisions of the page that came later."""
    urls: Mapping[str, str]
    """The present urls of targets that were moved since, by those on the page."""


class _GoneError(Exception):
    """Raised when a target of an old revision no longer exists."""


class Past:
    """The past of a project's pages."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._blobs = Blobs(run.project.root)
        self._today: dict[int, Mapping[str, str]] = {}

    @property
    def _history(self) -> History:
        return history_of(self._run)

    def of(
        self, page: Page, locale: Locale, catalog: Catalog, linked: Collection[str] = ()
    ) -> PastPage | None:
        """A page as its catalog knows it, if that is more complete than it is now.

        `linked` are the fragments that pages link to. Raises `ProjectError` for a revision that
        the repository lacks.
        """
        settings = self._run.project.settings
        revision = dict(catalog.header).get(REVISION, "").strip()
        if settings.as_of != CATALOG or not revision or locale.pseudo:
            return None
        now = count_units(page.units, catalog, page.dialect.wordless).complete
        if now >= _ALL:
            return None
        # What git knows is not among what can be asked again.
        self._run.facts.note_fleeting()
        version = self._version(page.document.path, revision, locale)
        past = catalog_then(catalog)
        try:
            old, urls = self._page(page, version, linked)
        except _GoneError:
            return None
        if count_units(old.units, past, old.dialect.wordless).complete <= now:
            return None
        behind = self._history.behind(page.document.path, version.place)
        date = datetime.fromtimestamp(version.time, UTC).strftime("%Y-%m-%d")
        return PastPage(old, past, date, behind, urls)

    def revision_for(self, page: Page, catalog: Catalog) -> str:
        """The revision of a page for which a catalog is most complete; empty where it is none.

        Of equals it is the latest. A page that was edited since is in no revision yet.
        """
        path = page.document.path
        versions = self._history.versions(path)[:_LATEST]
        data, wordless = page.document.to_bytes(), page.dialect.wordless
        recorded = dict(catalog.header).get(REVISION, "").strip()
        now = count_units(page.units, catalog, wordless).complete
        best, most = recorded, -1.0
        for version in versions:
            if version is versions[0] and self._blobs.read(version.blob) == data:
                complete = now
            else:
                complete = self._complete(page, version, catalog_then(catalog))
            if complete > most:
                best, most = version.commit, complete
            if complete >= _ALL or version.commit == recorded:
                break
        return best

    def fragments(self, catalogs: Iterable[tuple[str, Locale, Catalog]]) -> frozenset[str]:
        """The fragments in pages as they are built from the past, by their paths and catalogs."""
        found: set[str] = set()
        for path, locale, catalog in catalogs:
            revision = dict(catalog.header).get(REVISION, "").strip()
            if revision:
                version = self._version(path, revision, locale)
                found.update(fragments([self._blobs.read(version.blob).decode("utf-8", "replace")]))
        return frozenset(found)

    def close(self) -> None:
        """End the process of git."""
        self._blobs.close()

    def _version(self, path: str, revision: str, locale: Locale) -> Version:
        """A page in a revision."""
        history, project = self._history, self._run.project
        commit = self._blobs.find(f"{revision}^{{commit}}")
        if commit is None:
            domain = project.domain(project.name_below_content(path))
            text = f"{REVISION}: {revision} {history.repository.how_to_get(revision)}"
            raise ProjectError(Problem(project.catalog_name(domain, locale), 0, 0, text))
        place = history.place(commit.name)
        if place is not None:
            versions = history.versions(path)
            known = next((one for one in versions if one.place >= place), None)
            if known:
                return known
        for name in history.names(path):
            stored = self._blobs.find(f"{commit.name}:{history.repository.prefix}{name}")
            if stored and stored.kind == "blob":
                return Version(commit.name, time_of_commit(commit.data), 0, name, stored.name)
        domain = project.domain(project.name_below_content(path))
        text = f"{REVISION}: {revision} has no {path}; yiben update records another one"
        raise ProjectError(Problem(project.catalog_name(domain, locale), 0, 0, text))

    def _complete(self, page: Page, version: Version, past: Catalog) -> float:
        """Return the completeness of a version with a catalog; -1 if it can no longer be built."""
        try:
            old, _ = self._page(page, version, ())
        except (_GoneError, ToolkitError):
            return -1.0
        return count_units(old.units, past, old.dialect.wordless).complete

    def _page(
        self, page: Page, version: Version, linked: Collection[str]
    ) -> tuple[Page, Mapping[str, str]]:
        """A version of a page in the place of the page as it is now, and the urls that moved."""
        run, path = self._run, page.document.path
        name = run.project.name_below_content(path)
        old = run.page_of(name, Document.from_bytes(version.name, self._blobs.read(version.blob)))
        urls = dict(self._urls(old, version, path))
        document = self._with_anchors(page, old, replace(old.document, path=path), linked)
        return run.page_of(name, document), urls

    def _urls(self, old: Page, version: Version, path: str) -> Iterator[tuple[str, str]]:
        """The urls that must be different to lead to where their targets are now."""
        for target in targets(old.document, old.reading, old.dialect):
            if target.kind is TargetKind.SNIPPET and not self._run.exists(target.url):
                raise _GoneError
            if target.kind in {TargetKind.AUTOLINK, TargetKind.SNIPPET}:
                continue
            url = self._url(target, version, path)
            if url != target.url:
                yield target.url, url

    def _url(self, target: Target, version: Version, path: str) -> str:
        """A target as it has to be written on the page as it is now."""
        if _OUTSIDE.match(target.url):
            return target.url
        rest = _REST.search(target.url)
        written = target.url[: rest.start()] if rest else target.url
        then = normpath(join(dirname(version.name), unquote(written)))
        now = self._names_today(version).get(then, then)
        tail = self._fragment(now, rest[0]) if rest else ""
        if (now == then and not self._run.exists(now)) and self._was_there(version, then):
            raise _GoneError
        if now == then and version.name == path:
            return written + tail
        slash = "/" if written.endswith("/") else ""
        new = relpath(now, dirname(path) or ".") + slash
        return (quote(new, _SAFE) if "%" in written else new) + tail

    def _fragment(self, path: str, rest: str) -> str:
        """The end of a target, without a fragment that its page does not have any more."""
        fragment = unquote(rest.partition("#")[2])
        project = self._run.project
        if not fragment or not path.endswith(".md") or not self._run.exists(path):
            return rest
        page = self._run.page(project.name_below_content(path))
        slugs = project.settings.slugs or page.dialect.slugs
        ids = {one.id for one in heading_ids(page.reading, page.document, page.dialect, slugs)}
        if fragment in ids or _names_id(page.document.text, fragment):
            return rest
        return rest.partition("#")[0]

    def _was_there(self, version: Version, path: str) -> bool:
        prefix = self._history.repository.prefix
        return self._blobs.find(f"{version.commit}:{prefix}{path}") is not None

    def _names_today(self, version: Version) -> Mapping[str, str]:
        """The present names of the pages that were moved since, by those they had."""
        if version.place not in self._today:
            self._today[version.place] = self._history.moved_since(version.place)
        return self._today[version.place]

    def _with_anchors(
        self, page: Page, old: Page, document: Document, linked: Collection[str]
    ) -> Document:
        """A page with the ids of headings that came later, as other pages link to them."""
        slugs = self._run.project.settings.slugs or page.dialect.slugs
        now, then = (
            {one.id for one in heading_ids(one.reading, one.document, one.dialect, slugs)}
            for one in (page, old)
        )
        missing = [name for name in sorted(now - then) if name in linked and '"' not in name]
        missing = [name for name in missing if not _names_id(document.text, name)]
        anchors = "".join(f'<a id="{name}"></a>' for name in missing)
        if not anchors:
            return document
        name = self._run.project.name_below_content(document.path)
        return with_notice(document, self._run.page_of(name, document).reading, anchors)


def count_as_built(run: Run, page: Page, locale: Locale, catalog: Catalog) -> Count:
    """Count what a catalog translates of a page as it is built, maybe from its past."""
    if run.project.settings.as_of == CATALOG:
        past = Past(run)
        try:
            found = past.of(page, locale, catalog)
        finally:
            past.close()
        if found:
            page, catalog = found.page, found.catalog
    return count_units(page.units, catalog, page.dialect.wordless)


def past_fragments(run: Run, pages: Collection[str], locales: Sequence[Locale]) -> frozenset[str]:
    """The fragments in the pages that are built from the past; what fails is reported elsewhere."""
    if run.project.settings.as_of != CATALOG:
        return frozenset()
    past, found = Past(run), set[str]()
    for page, locale in product(sorted(pages), locales):
        with suppress(ToolkitError):
            name = run.project.catalog_name(run.project.domain(page), locale)
            catalog = run.catalog(name)
            path = run.project.page_name(page)
            found |= past.fragments([(path, locale, catalog)] if catalog else [])
    past.close()
    return frozenset(found)


def catalog_then(catalog: Catalog) -> Catalog:
    """A catalog with the translations of all texts that it has ever known."""
    found: dict[object, Message] = {}
    for message in catalog.messages:
        if message.translated or (message.obsolete and message.string and not message.fuzzy):
            found[message.key] = replace(message, obsolete=False)
    for message in catalog.messages:
        if message.fuzzy and message.previous_id and message.string and not message.id_plural:
            flags = tuple(flag for flag in message.flags if flag != "fuzzy")
            old = replace(
                message,
                id=message.previous_id,
                context=message.previous_context,
                flags=flags,
                obsolete=False,
                previous_id=None,
                previous_context=None,
            )
            found.setdefault(old.key, old)
    return replace(catalog, messages=tuple(found.values()))


def _names_id(text: str, name: str) -> bool:
    """Whether a page gives an id by a tag or an attribute list."""
    mark = re.escape(name)
    return bool(re.search(rf"(?:id|name)\s*=\s*[\"']?{mark}[\"'\s>]|\{{[^}}]*#{mark}[\s}}]", text))
