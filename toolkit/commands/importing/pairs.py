"""Turn the files, folders or pattern that a user names into an import."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from toolkit.catalogs.memory import FORMATS, reader_of
from toolkit.catalogs.po import read_catalog
from toolkit.commands.importing.finding import Finder, base_of, check_place, is_pattern
from toolkit.commands.importing.sheet import read_sheet
from toolkit.commands.importing.trees import DiskTree, RevisionTree, Tree
from toolkit.commands.importing.value import ImportRequest
from toolkit.commands.importing.xliff import read_xliff
from toolkit.language.names import spellings
from toolkit.model.catalog import Message
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError
from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project

AUTO = "auto"
_SHEET = ".csv"
_VERBATIM = frozenset({*FORMATS, ".xlf", ".xliff", _SHEET})
CATALOG_ENDINGS = _VERBATIM | {".po", ".pot"}


def request_of(
    project: Project, directory: Path, source: str, translation: str, locale: Locale, revision: str
) -> ImportRequest:
    """The import of `translation` for the pages that `source` names.

    Both are paths below `directory`. `revision` is a commit to read both sides from, or `OLD..NEW`
    for the pages of the one and the translations of the other; an empty one means the disk, and
    `AUTO` the disk for translations and a commit of its own for each page.

    Raises `ProjectError` where one of them does not exist, where nothing fits together, and for
    what git says of a revision; `CatalogError` for a catalog or memory that cannot be read.
    """
    if _is_site(project, directory, source):
        return _titles_request(project, directory, translation, locale)
    pages = _translated(project, _pages(project, directory, source), source, locale)
    wanted = frozenset(project.page_name(page) for page in pages.values())
    if holds_messages(translation):
        data = DiskTree(directory).read(translation)
        messages = read_messages(translation, data, project.settings.source, locale)
        every = project.in_locale(project.pages()[0], locale)
        if len(wanted) == len(every) and project.settings.site:
            wanted |= {project.page_name(project.settings.site)}
        verbatim = Path(translation).suffix.lower() in _VERBATIM
        return ImportRequest(
            locale, messages=messages, origin=translation, verbatim=verbatim, pages=wanted
        )
    root = project.root
    old, several, new = ("" if revision == AUTO else revision).partition("..")
    sources = RevisionTree(root, old) if old else None
    new = new if several else old
    tree: Tree = RevisionTree(root, new) if new else DiskTree(root)
    place = project.path_from_root(directory, translation)
    earlier: dict[str, str] = {}
    if sources:
        earlier = {page: sources.earlier_name(page) for page in wanted}
        # A page that was not there yet has no translation there either.
        pages = {page: name for page, name in pages.items() if earlier[project.page_name(name)]}
    partners = _partners(project, tree, pages, place, locale, earlier, itself=old != new)
    if not partners:
        text = f"no translation found for {_counted(len(pages))} of {source}"
        raise ProjectError(
            Problem(translation, 0, 0, f"{text}; name the place as in {{locale}}/{{path}}")
        )
    named = {project.page_name(pages[page]): name for page, name in partners.items()}
    return ImportRequest(locale, named, tree, sources, earlier, pages=frozenset(named))


def _is_site(project: Project, directory: Path, source: str) -> bool:
    """Whether a path is that of the site's own settings."""
    site = project.settings.site
    return bool(site) and real_path(directory / source) == real_path(project.root / site)


def _titles_request(
    project: Project, directory: Path, translation: str, locale: Locale
) -> ImportRequest:
    """The import of the titles and other texts that a site's settings have in another language."""
    # PyYAML is slow to import, and few imports need it.
    from toolkit.reading.site_yaml_pairs import translated_texts  # noqa: PLC0415

    site = project.settings.site
    if holds_messages(translation):
        data = DiskTree(directory).read(translation)
        messages = read_messages(translation, data, project.settings.source, locale)
    else:
        own = Document.from_bytes(site, DiskTree(project.root).read(site))
        place = project.path_from_root(directory, translation)
        other = Document.from_bytes(place, DiskTree(project.root).read(place))
        messages = translated_texts(own, other, spellings(locale))
        if not messages:
            text = f"has no titles in {locale.tag} for those of {site}"
            raise ProjectError(Problem(translation, 0, 0, text))
    return ImportRequest(
        locale,
        messages=messages,
        origin=translation,
        verbatim=True,
        pages=frozenset({project.page_name(site)}),
    )


def holds_messages(translation: str) -> bool:
    """Whether a file is a catalog, a memory, an XLIFF file or a table, by its name."""
    return Path(translation).suffix.lower() in CATALOG_ENDINGS


def _counted(pages: int) -> str:
    return "the page" if pages == 1 else f"any of the {pages} pages"


def _pages(project: Project, directory: Path, source: str) -> dict[str, str]:
    """The pages that a path means: by their names below it, their names in the project."""
    path = real_path(directory / source)
    content = real_path(project.root / project.settings.content)
    if not path.exists():
        raise ProjectError(Problem(source, 0, 0, "no such file or folder"))
    if not path.is_relative_to(content) and not content.is_relative_to(path):
        text = f'is not among the pages of the project, in "{project.settings.content}"'
        raise ProjectError(Problem(source, 0, 0, text))
    pages, _ = project.pages()
    if path.is_file():
        name = path.relative_to(content).as_posix()
        if name not in pages:
            raise ProjectError(
                Problem(
                    source,
                    0,
                    0,
                    f'is not a page of the project; name one in "{project.settings.content}"',
                )
            )
        return {path.name: name}
    start = path.relative_to(content).as_posix() if path.is_relative_to(content) else "."
    found = {
        PurePosixPath(page).relative_to(start).as_posix(): page
        for page in pages
        if PurePosixPath(page).is_relative_to(start)
    }
    if not found:
        raise ProjectError(
            Problem(source, 0, 0, "holds no page of the project; name a page, or a folder of pages")
        )
    return found


def _translated(
    project: Project, pages: dict[str, str], source: str, locale: Locale
) -> dict[str, str]:
    """The pages that are translated into a locale; raises `ProjectError` where none is."""
    kept = set(project.in_locale(pages.values(), locale))
    if not kept:
        text = f'is left out in "{locale.tag}" by the setting "exclude"'
        raise ProjectError(Problem(source, 0, 0, text))
    return {below: page for below, page in pages.items() if page in kept}


def _partners(  # noqa: PLR0913 - what both sides need
    project: Project,
    tree: Tree,
    pages: dict[str, str],
    place: str,
    locale: Locale,
    earlier: Mapping[str, str],
    *,
    itself: bool,
) -> dict[str, str]:
    """The files that translate some pages, by the pages' names below the source folder.

    What translates a moved page may have the name that the page had `earlier`, or have been moved
    itself. With `itself` that may be the same path, which says something else in another revision.
    """
    place = _earlier_file(tree, place)
    if tree.is_file(place):
        _check_text(place, tree.read(place))
        if len(pages) > 1:
            text = "is one file, but the source is a folder; name a folder of translations"
            raise ProjectError(Problem(place, 0, 0, text))
        return dict.fromkeys(pages, place)
    check_place(place)
    base = base_of(place) if is_pattern(place) else place
    moved = _names_today(tree, base)
    if not (tree.is_folder(base) or any(moved.values())):
        raise ProjectError(Problem(place, 0, 0, "no such file or folder"))
    finder = Finder(place, project.settings.source, locale, tree.pages_below(base))
    today = replace(finder, names=frozenset(moved))
    found = {}
    for page, name in pages.items():
        path = project.page_name(name)
        names = (page, _moved(page, path, earlier.get(path, path)))
        own = "" if itself else path
        partners = (finder.partner(one, own) for one in names)
        found[page] = next(filter(None, partners), None) or moved.get(
            today.partner(page, own) or ""
        )
    return {page: name for page, name in found.items() if name}


def _check_text(name: str, data: bytes) -> None:
    """Raise `ProjectError` for what is no text, such as a spreadsheet."""
    if b"\0" in data and not data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        text = (
            "is a binary file; save pages as Markdown, tables as .csv,"
            " and messages as .xlf, .tmx or .po"
        )
        raise ProjectError(Problem(name, 0, 0, text))


def _earlier_file(tree: Tree, place: str) -> str:
    """The name that a file had in a revision, if it is one and was moved since."""
    if isinstance(tree, RevisionTree) and (tree.root / place).is_file():
        return tree.earlier_name(place) or place
    return place


def _names_today(tree: Tree, base: str) -> Mapping[str, str]:
    """The files that are in a folder today, each with its name in a revision, if it had one."""
    if not isinstance(tree, RevisionTree):
        return {}
    names = DiskTree(tree.root).pages_below(base)
    return {name: tree.earlier_name(name) for name in names}


def _moved(page: str, path: str, old_path: str) -> str:
    """The name below the source folder that a page had when its path was another one."""
    start = path.removesuffix(page)
    return old_path.removeprefix(start) if old_path.startswith(start) else page


def read_messages(name: str, data: bytes, source: Locale, locale: Locale) -> tuple[Message, ...]:
    """The translations that a catalog, a TMX memory, an XLIFF file or a table has for a locale."""
    ending = Path(name).suffix.lower()
    if ending in {".po", ".pot"}:
        return read_catalog(name, data).messages
    if ending == _SHEET:
        return read_sheet(name, data)
    read = reader_of(name)
    if read:
        return tuple(
            Message(entry.source, entry.translation, context=entry.context, line=entry.line)
            for entry in read(name, data, source, locale)
        )
    return read_xliff(name, data, locale)
