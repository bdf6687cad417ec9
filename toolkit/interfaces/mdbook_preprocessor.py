"""mdBook's preprocessor: a book as JSON, its chapters and titles put into another locale.

mdBook gives `[context, book]` and takes the book back ("Preprocessors" in mdBook's guide; the
book's chapters are `items` since 0.5 and were `sections` before). Whatever else a book has is
passed on as it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from toolkit.catalogs.usable import translations
from toolkit.dialects.inline.grammar import COMMONMARK
from toolkit.language.locale import locale_of
from toolkit.model.catalog import Catalog
from toolkit.model.document import Document
from toolkit.model.errors import MdbookError, Problem
from toolkit.project.project import Project
from toolkit.project.store import Run
from toolkit.reading.anchors import plain
from toolkit.site.localizing import PageRequest
from toolkit.site.page_builder import PageBuilder
from toolkit.site.pinning import fragments
from toolkit.writing.guard.acting import Place
from toolkit.writing.guard.foreign import foreign_features

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.language.locale import Locale
    from toolkit.model.findings import Finding

Json = Any
"""A value of JSON, as mdBook gives it."""
_SUMMARY = "SUMMARY.md"


@dataclass(slots=True)
class Book:
    """A book in its locale."""

    content: Json
    findings: list[Finding] = field(default_factory=list)
    """Translations that it had to do without."""


def localized_book(data: Json) -> Book:
    """The book that mdBook gave, in the locale that its settings name.

    That is `locale` under `[preprocessor.yiben]`, or else `language` under `[book]`. In the source
    locale the book stays as it is. Raises `MdbookError` for what mdBook does not give, and
    `SettingsError` where the project has no such locale.
    """
    context, content = _checked(data)
    config = context.get("config") or {}
    own = (config.get("preprocessor") or {}).get("yiben") or {}
    tag = own.get("locale") or (config.get("book") or {}).get("language") or "en"
    project = Project.found_from(Path(str(context["root"])))
    locale = locale_of(str(tag))
    if locale == project.settings.source:
        return Book(content)
    (chosen,) = project.locales((locale.tag,))
    return _Localizing(project, chosen, content).book


def _checked(data: Json) -> tuple[dict[str, Json], dict[str, Json]]:
    match data:
        case [{"root": str()} as context, dict() as book]:
            return context, book
    problem = "holds no book; mdBook calls this command as its preprocessor"
    raise MdbookError(Problem("standard input", 0, 0, problem))


class _Localizing:
    """Puts a book into a locale; `book` is the outcome."""

    def __init__(self, project: Project, locale: Locale, content: Json) -> None:
        self._run = Run(project, dry=True)
        self._project = project
        self._locale = locale
        self._builder = PageBuilder(self._run)
        self._known: dict[str, Catalog] = {}
        self.book = Book(content)
        chapters = list(_chapters(content))
        self._linked = frozenset(fragments(str(one.get("content") or "") for one in chapters))
        self._names = self._titles()
        for chapter in chapters:
            self._localize(chapter)
        for item in _items(content):
            if isinstance(item, dict) and "PartTitle" in item:
                item["PartTitle"] = self._title(item["PartTitle"])

    def _titles(self) -> dict[str, str]:
        """The titles of the summary by what mdBook gives: their text without markup."""
        texts = translations(self._catalog(_SUMMARY))
        return {
            plain(key[1]): plain(text)
            for key, text in texts.items()
            if not foreign_features(key[1], text, COMMONMARK, place=Place.NAME)
        }

    def _title(self, name: str) -> str:
        return self._names.get(name, name)

    def _localize(self, chapter: dict[str, Json]) -> None:
        chapter["name"] = self._title(chapter["name"])
        names = chapter.get("parent_names") or []
        chapter["parent_names"] = [self._title(name) for name in names]
        name = chapter.get("source_path") or chapter.get("path")
        text = chapter.get("content")
        if isinstance(name, str) and isinstance(text, str) and text.strip():
            chapter["content"] = self._text(name, text)

    def _text(self, name: str, text: str) -> str:
        settings = self._project.settings
        document = Document(self._project.page_name(name), text)
        page = self._run.page_of(name, document)
        wanted = PageRequest(
            name=name,
            anchors=settings.anchors,
            slugs=settings.slugs or page.dialect.slugs,
            linked=self._linked,
        )
        built = self._builder.localize(page, self._locale, self._catalog(name), wanted)
        self.book.findings += built.findings
        return built.document.text

    def _catalog(self, name: str) -> Catalog:
        place = self._project.catalog_name(self._project.domain(name), self._locale)
        if place not in self._known:
            self._known[place] = self._run.catalog(place) or Catalog()
        return self._known[place]


def _items(content: Json) -> Iterator[Json]:
    """The items of a book and of its chapters, all levels."""
    pending = [*(content.get("items") or content.get("sections") or [])]
    while pending:
        item = pending.pop(0)
        yield item
        if isinstance(item, dict) and isinstance(item.get("Chapter"), dict):
            pending += item["Chapter"].get("sub_items") or []


def _chapters(content: Json) -> Iterator[dict[str, Json]]:
    for item in _items(content):
        if isinstance(item, dict) and isinstance(item.get("Chapter"), dict):
            yield item["Chapter"]
