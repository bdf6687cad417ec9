"""The files that the books of locales need beside their settings: themes, styles and scripts."""

from __future__ import annotations

from itertools import product
from pathlib import PurePosixPath
from posixpath import dirname, join, normpath, relpath
from typing import TYPE_CHECKING

from toolkit.model.errors import ToolkitError
from toolkit.model.toml import read_toml
from toolkit.project.cache.facts import FOLDER
from toolkit.project.generator_strings import lies_above_pages
from toolkit.project.outputs import Output
from toolkit.project.string_files import string_copies
from toolkit.site.book_switcher import html_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.store import Run

_THEME = "theme"
"""The folder of a book's theme, where its settings name none."""


def book_outputs(run: Run, locales: Sequence[Locale], strings: Collection[str]) -> list[Output]:
    """The files of a book that its settings name, each for the book of each locale."""
    if run.project.settings.assets == "none":
        return []
    books = [name for name in strings if lies_above_pages(name)]
    found = (output for book in books for output in _of_book(run, book, locales))
    return list({output.name: output for output in found}.values())


def _of_book(run: Run, book: str, locales: Sequence[Locale]) -> Iterator[Output]:
    """The files of one book, each for its copy in each locale."""
    files = [name for name in _files(run, book) if name != run.project.settings.switcher]
    copies = (
        (copy, locale.tag)
        for locale in locales
        for _, copy in string_copies(run.project, [book], locale)
    )
    for (copy, tag), name in product(copies, files):
        place = join(dirname(copy), relpath(name, dirname(book) or "."))
        yield Output(place, name, tag, is_page=False)


def _files(run: Run, book: str) -> Iterator[str]:
    """The files that belong to a book and lie neither among its pages nor outside its folder."""
    try:
        html = html_of(read_toml(book, run.data(book) or b"")[1])
    except ToolkitError:  # reported where its texts are read
        return
    folder, content = dirname(book) or ".", run.project.settings.content
    listed = [html.get(key) for key in ("additional-css", "additional-js")]
    named = [str(name) for names in listed if isinstance(names, list) for name in names]
    for name in named:
        place = normpath(join(folder, name))
        if _is_below(place, folder) and not _is_below(place, content) and run.exists(place):
            yield place
    theme = normpath(join(folder, str(html.get("theme") or _THEME)))
    apart = theme != content and not (_is_below(theme, content) or _is_below(content, theme))
    if apart and _is_below(theme, folder):
        yield from _below(run, theme)


def _is_below(name: str, folder: str) -> bool:
    path = PurePosixPath(name)
    inside = not path.is_absolute() and ".." not in path.parts
    return inside and name != folder and path.is_relative_to(folder)


def _below(run: Run, folder: str) -> Iterator[str]:
    """The files in a folder and those in it, without hidden ones."""
    place = run.project.root / folder
    run.facts.look_at(FOLDER, [folder])
    for path in sorted(place.iterdir()) if place.is_dir() else ():
        name = f"{folder}/{path.name}"
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            yield from _below(run, name)
        elif path.is_file():
            yield name
