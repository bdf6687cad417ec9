"""The menu of languages in books of mdBook: a script of ours in the book of each locale."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import commonpath, dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING, Any

from toolkit.model.errors import Problem
from toolkit.project.generator_strings import lies_above_pages
from toolkit.project.string_files import copy_name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

_SCRIPT = Path(__file__).with_suffix(".js")
_VALUES = "/** @type {Site} */ ({})"
"""The place of the values in the script."""
_STARTS = frozenset({"index", "readme"})
_LANGUAGE = "en"
"""The language of a book whose settings name none."""


@dataclass(frozen=True, slots=True)
class Books:
    """The book of a project in its languages."""

    project: Project
    name: str
    """The source's `book.toml`, below the root."""
    locales: tuple[Locale, ...]
    """The languages that readers choose from."""
    pages: frozenset[str] = frozenset()
    """All pages, below the content folder."""
    left_out: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The pages that a locale does not have, by its tag."""

    def place(self, locale: Locale) -> str:
        """The place of the script in the book of a locale, below the root."""
        return normpath(join(self._folder(locale), self._script))

    def _folder(self, locale: Locale) -> str:
        if locale == self.project.settings.source:
            return dirname(self.name)
        return dirname(copy_name(self.project, self.name, locale))

    @property
    def _script(self) -> str:
        """The place of the script in a book."""
        return relpath(self.project.settings.switcher, dirname(self.name) or ".")

    def text(self, locale: Locale, values: Mapping[str, Any]) -> str:
        """The script for the book of a locale; `values` are those of the source's `book.toml`."""
        book = _table(values, "book")
        is_source = locale == self.project.settings.source
        content = self.project.settings.content
        inside = relpath(content, join(dirname(self.name) or ".", str(book.get("src") or "src")))
        every = self.locales if locale in self.locales else (*self.locales, locale)
        folders = self._addresses(every)
        known = {
            "book": locale.tag,
            "language": str(book.get("language") or _LANGUAGE) if is_source else locale.written,
            "depth": self._script.count("/"),
            "pages": _keys(self.pages, inside),
            "books": [
                {
                    "tag": one.tag,
                    "name": one.own_name,
                    "direction": "rtl" if one.right_to_left else "ltr",
                    "folder": folder,
                    "lacks": _keys(self.left_out.get(one.tag, ()), inside),
                }
                for one, folder in zip(every, folders, strict=True)
            ],
        }
        script = _SCRIPT.read_text(encoding="utf-8")
        return script.replace(_VALUES, json.dumps(known, ensure_ascii=False, indent=1))

    def _addresses(self, locales: Sequence[Locale]) -> list[str]:
        """The folders of the books on the site, below one that has all of them."""
        settings = self.project.settings
        prefixes = [
            settings.prefix_of(one) or ("/" if one == settings.source else f"/{one.written}")
            for one in locales
        ]
        top = commonpath(prefixes)
        below = (relpath(prefix, top) for prefix in prefixes)
        return ["" if one == "." else f"{one}/" for one in below]

    def advice(self, values: Mapping[str, Any]) -> Problem | None:
        """Return advice if the source's `book.toml` does not list the script."""
        listed = html_of(values).get("additional-js")
        if self._script in map(normpath, map(str, listed if isinstance(listed, list) else ())):
            return None
        line = f'additional-js = ["{self._script}"]'
        text = f"doesn't show the menu of languages yet; put {line} below [output.html]"
        return Problem(self.name, 0, 0, text)


def book_of(project: Project, strings: Collection[str]) -> str:
    """The `book.toml` of the script that the settings ask for, among the files of strings.

    Raises `SettingsError` where there is none.
    """
    folder = place = dirname(project.settings.switcher)
    while (name := join(place, "book.toml")) not in strings and place:
        place = dirname(place)
    if name in strings and lies_above_pages(name):
        return name
    text = f'switcher: no book.toml in "site" or "strings" is in {folder or "the root"} or above'
    raise project.settings_error([("switcher", text)])


def html_of(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the settings of a `book.toml` for its web pages (`output.html`)."""
    return _table(_table(values, "output"), "html")


def _table(values: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = values.get(key)
    return value if isinstance(value, dict) else {}


def _keys(pages: Iterable[str], folder: str) -> list[str]:
    """The addresses of pages in a book, without `.html` and `index`."""
    return sorted(_key(normpath(join(folder, page))) for page in pages)


def _key(page: str) -> str:
    stem = splitext(page)[0]
    start, _, name = stem.rpartition("/")
    if name.lower() not in _STARTS:
        return stem
    return f"{start}/" if start else ""
