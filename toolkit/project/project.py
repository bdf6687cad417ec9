"""A project on disk: its pages, templates, catalogs and built pages."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fnmatch import fnmatch
from os.path import relpath
from pathlib import Path, PurePosixPath
from posixpath import basename, dirname, normpath
from typing import TYPE_CHECKING

from toolkit.language.locale import PSEUDO_LOCALES, Locale, locale_of
from toolkit.model.document import Document
from toolkit.model.errors import Problem, ProjectError, SettingsError
from toolkit.model.notebook import ENDING
from toolkit.project.files import read_bytes
from toolkit.project.finding_files import is_page, shown, tree_of, trouble_with
from toolkit.project.named_folders import NamedIn, blocked_folders, missing_folders, strange_locales
from toolkit.project.names import ProjectNames
from toolkit.project.real_path import real_path
from toolkit.project.settings_files import FILES
from toolkit.project.settings_on_disk import find_settings, parts_of
from toolkit.project.settings_reading import read_settings
from toolkit.project.site_extensions import site_extensions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.project.finding_files import Tree
    from toolkit.project.settings_on_disk import SettingsFile
    from toolkit.reading.renderer import Renderer

CATALOG = "a catalog"
BASELINE = "the baseline"
_ANY_PAGE = "x.md"
_LOCK_FILES = ("*.lock", "*-lock.*", "*.lockb", "*.lockfile", "npm-shrinkwrap.json", "go.sum")


@dataclass(frozen=True, slots=True)
class Project(ProjectNames):
    """A root folder and its settings, with what lies there."""

    part: str = ""
    """The name of the part of a project that this is; empty for a project without parts."""
    siblings: tuple[Project, ...] = ()
    """The other parts of the project."""

    @classmethod
    def found_from(cls, start: Path, part: str = "") -> Project:
        """The project that a folder lies in; the part with this name, or whose pages lie there.

        Raises `SettingsError` for settings that are of no use, `ProjectError` without a folder.
        """
        projects = cls.all_from(start)
        place = real_path(start)
        chosen = [one for one in projects if one.part == part] or [
            one for one in projects if place.is_relative_to(one.root / one.settings.content)
        ]
        if len(projects) == 1 and not part:
            return projects[0]
        if not chosen:
            names = ", ".join(one.part for one in projects)
            text = f'no part is called "{part}"' if part else "the project has several parts"
            known = f"parts: {names}" if projects[0].part else "the project has no parts"
            raise SettingsError(projects[0].settings_file().problem("part", f"{text}; {known}"))
        return max(chosen, key=lambda one: len(PurePosixPath(one.settings.content).parts))

    @classmethod
    def all_from(cls, start: Path) -> tuple[Project, ...]:
        """The parts of the project that a folder lies in, one for a project without parts.

        Raises as `found_from` does.
        """
        if not start.is_dir():
            raise ProjectError(Problem(str(start), 0, 0, "no such folder"))
        found = cls.all_in(find_settings(real_path(start)))
        problems = []
        for project in found:
            content = project.settings.content
            if not (project.root / content).is_dir():
                text = f'content: no folder "{content}"; create it, or name another one'
                problems.append(project.settings_file().problem("content", text))
        named = [NamedIn(one.settings, one.settings_file) for one in found]
        problems = problems or list(dict.fromkeys(missing_folders(found[0].root, named)))
        if problems:
            raise SettingsError(problems)
        blocked = list(blocked_folders(found[0].root, named))
        if blocked:
            raise ProjectError(blocked)
        return found

    @classmethod
    def all_in(cls, file: SettingsFile) -> tuple[Project, ...]:
        """The parts of the project that a settings file is of."""
        root, problems, found = file.path.parent, list[Problem](), list[Project]()

        def data(name: str) -> bytes | None:
            path = root / name
            return read_bytes(path, name) if path.is_file() else None

        for part in parts_of(file):
            try:
                settings = read_settings(part)
            except SettingsError as error:
                problems += error.problems
                continue
            known = site_extensions(data, settings.site)
            found.append(cls(root, replace(settings, extensions=known), part.part))
        if problems:
            raise SettingsError(tuple(dict.fromkeys(problems)))
        return found[0].family(found)

    def family(self, projects: Iterable[Project] = ()) -> tuple[Project, ...]:
        """All parts of the project, this one among them, each knowing the others."""
        bare = [replace(one, siblings=()) for one in projects or (self, *self.siblings)]
        return tuple(
            replace(one, siblings=tuple(other for other in bare if other is not one))
            for one in bare
        )

    def strange_locales(self) -> tuple[Problem, ...]:
        """The settings for locales that are no targets of any part, and so have no effect."""
        named = [NamedIn(one.settings, one.settings_file) for one in self.family()]
        return tuple(dict.fromkeys(strange_locales(named)))

    def settings_file(self) -> SettingsFile:
        """The file of the settings, for messages about them."""
        parts = parts_of(find_settings(self.root))
        return next((one for one in parts if one.part == self.part), parts[0])

    def with_renderer(self, renderer: Renderer) -> Project:
        """Return the project whose builds ask the site's own renderer, too.

        Raises `ProjectError` where that cannot be used.
        """
        renderer.check()
        return replace(self, settings=replace(self.settings, renderer=renderer))

    def pages(self) -> tuple[list[str], list[Problem]]:
        """The pages below `content` in alphabetical order, and what could not be followed.

        Localized pages that are built into the same folder are not among them.
        """
        found, problems = self._found(self._is_page)
        if not self._builds_inside():
            return found, problems
        names = {page: self.page_name(page) for page in found}
        locales = [
            one
            for one in self.built_locales()
            if not one.pseudo or any(self.written(one) in name for name in names.values())
        ]
        built = {self.output_name(page, locale) for page in found for locale in locales}
        return sorted(page for page, name in names.items() if name not in built), problems

    def _is_page(self, path: str) -> bool:
        """Whether a file is a page; a notebook is one where the dialect's programs read them."""
        if not path.lower().endswith(ENDING):
            return is_page(path)
        return self.settings.dialect_of(self.name_below_content(self._name(path))).notebooks

    def _builds_inside(self) -> bool:
        """Whether a localized page may have the name of a page."""
        folder, start = f"{self.settings.content}/", self.settings.output.partition("{")[0]
        inside = start.startswith(folder) or folder.startswith(start)
        return inside or self.settings.content == "."

    def files(self) -> tuple[list[str], list[Problem]]:
        """Return the other files below `content`, and the problems with links.

        Names with a dot in front are passed over, but for those that generators read, and what is
        the project's and not its pages': settings, catalogs, lock files.
        """
        settings = self.settings
        localized = {settings.site_output.format(locale=one.tag) for one in settings.targets}
        ours = {*self.own_files(), *(localized if settings.site_output else ())}

        def is_beside(path: str) -> bool:
            if self._is_page(path) or self._name(path) in ours:
                return False
            return not any(fnmatch(basename(path), pattern) for pattern in _LOCK_FILES)

        return self._found(is_beside)

    def own_files(self) -> dict[str, str]:
        """The files that hold the settings or that these name, with what each is."""
        settings = self.settings
        named = {
            **dict.fromkeys(FILES, "the settings"),
            settings.site: "the settings of the site",
            settings.glossary: "the glossary",
            settings.baseline: BASELINE,
            **dict.fromkeys(settings.memory, "a memory"),
        }
        own = {normpath(name): role for name, role in named.items() if name}
        others = (one.own_files() for one in self.siblings)
        return {name: role for files in (*others, own) for name, role in files.items()}

    def _found(self, wanted: Callable[[str], bool]) -> tuple[list[str], list[Problem]]:
        """The files below `content` that are wanted, and what could not be followed."""
        folder = self.root / self.settings.content
        tree = self.tree()
        prefix = f"{folder.as_posix()}/"
        problems = [replace(one, path=self._name(one.path)) for one in tree.problems]
        found = []
        for path in tree.files:
            name = path[len(prefix) :]
            if self._excluded(name) or not wanted(path):
                continue
            trouble = trouble_with(path, name, by_name=is_page(path))
            problems += [Problem(shown(self._name(path)), 0, 0, trouble)] if trouble else []
            found += [] if trouble else [name]
        return sorted(found), problems

    def tree(self) -> Tree:
        """Everything below `content` that is not hidden, nor catalogs or localized pages."""
        return tree_of(self.root / self.settings.content, self._skipped_folders())

    def _skipped_folders(self) -> frozenset[Path]:
        """Folders below `content` that hold catalogs or localized pages."""
        names = set().union(*(one._own_folders() for one in (self, *self.siblings)))  # noqa: SLF001
        names |= {normpath(one.settings.content) for one in self.siblings}
        content = PurePosixPath(self.settings.content)
        below = (name for name in names if PurePosixPath(name).is_relative_to(content))
        return frozenset(self.root / name for name in below if PurePosixPath(name) != content)

    def _own_folders(self) -> set[str]:
        """The folders that this project writes into."""
        places = (self.output_name(_ANY_PAGE, locale) for locale in self.built_locales())
        return {normpath(self.settings.catalogs), *(dirname(place) or "." for place in places)}

    def built_locales(self) -> tuple[Locale, ...]:
        """The locales that pages may have been built in: the targets and the pseudo-locales."""
        pseudo = tuple(map(locale_of, PSEUDO_LOCALES))
        return tuple(dict.fromkeys((*self.settings.targets, *pseudo)))

    def _excluded(self, name: str) -> bool:
        return self.settings.excludes(name)

    def leaves_out(self, path: str, locale: Locale) -> bool:
        """Whether a page, by its place below the root, is left out in a locale."""
        if not self.settings.exclude or path == self.settings.site:
            return False
        inside = PurePosixPath(path).is_relative_to(self.settings.content)
        return inside and self.settings.excludes(self.name_below_content(path), locale)

    def in_locale(self, names: Iterable[str], locale: Locale) -> list[str]:
        """Keep the pages that are translated into a locale."""
        if not self.settings.exclude:
            return list(names)
        return [name for name in names if not self.leaves_out(self.place_of(name), locale)]

    def _name(self, path: str) -> str:
        """Return a path's place below the root."""
        return Path(path).relative_to(self.root).as_posix()

    def role_of(self, path: Path) -> str:
        """Return the role of a file, by its real path; empty if it may be replaced."""
        root = real_path(self.root)
        if not path.is_relative_to(root):
            return ""
        for name, role in self.own_files().items():
            if path == real_path(root / name):
                return role
        return next(filter(None, (one._role_among(path) for one in self.family())), "")  # noqa: SLF001

    def _role_among(self, path: Path) -> str:
        """Return the role of a file among catalogs and pages."""
        root = real_path(self.root)
        if path.is_relative_to(real_path(root / self.settings.catalogs)):
            return {".po": CATALOG, ".pot": "a template"}.get(path.suffix, "")
        if not is_page(path):
            return ""
        pages = (real_path(root / self.page_name(page)) for page in self.pages()[0])
        return "a source page" if path in pages else ""

    def settings_error(self, problems: Iterable[tuple[str, str]]) -> SettingsError:
        """Return an error about settings, each problem with its line."""
        file = self.settings_file()
        return SettingsError([file.problem(key, text) for key, text in problems])

    def path_from_root(self, directory: Path, path: str) -> str:
        """Return a path below `directory` as one from the root of the project."""
        return Path(relpath(real_path(directory) / path, self.root)).as_posix()

    def catalog_folders(self) -> list[str]:
        """The names of the folders that hold a locale's catalogs, or the templates."""
        folders = (self.root / self.settings.catalogs).glob("*/LC_MESSAGES")
        return sorted(folder.parent.name for folder in folders)

    def document(self, page: str) -> Document:
        """A page as a document; raises `ProjectError` or `DocumentError`."""
        name = self.page_name(page)
        return Document.from_bytes(name, read_bytes(self.root / name, name))

    def locales(self, tags: tuple[str, ...], *, pseudo: bool = False) -> tuple[Locale, ...]:
        """The target locales named by `tags`, or all; `SettingsError` for one that is no target.

        With `pseudo` the pseudo-locales may be named as well. Targets of other parts of the project
        are passed over.
        """
        if not tags:
            return self.settings.targets
        chosen = tuple(locale_of(tag) for tag in tags)
        of_all = dict.fromkeys(one for part in self.family() for one in part.settings.targets)
        known = ", ".join(locale.tag for locale in of_all)
        problems = [
            Problem("", 0, 0, _no_target(locale, known))
            for locale in chosen
            if locale not in of_all and not (pseudo and locale.pseudo)
        ]
        if problems:
            raise SettingsError(problems)
        mine = self.settings.targets
        return tuple(one for one in chosen if one in mine or (pseudo and one.pseudo))

    def target(self, tag: str) -> Locale:
        """The target locale with this tag; `SettingsError` where this part has no such."""
        found = self.locales((tag,))
        if not found:
            known = ", ".join(locale.tag for locale in self.settings.targets)
            raise SettingsError(Problem("", 0, 0, _no_target(locale_of(tag), known)))
        return found[0]


def _no_target(locale: Locale, known: str) -> str:
    if locale.pseudo:
        return f'"{locale.tag}" is a pseudo-locale: yiben build makes it, and it has no catalogs'
    return f'"{locale.tag}" is not a target of this project; targets: {known}'


def different_sources(name: str, sources: Iterable[Locale]) -> SettingsError:
    """Return the error for parts that are not written in one language, where `name` needs one."""
    tags = ", ".join(one.tag for one in sources)
    return SettingsError(Problem(name, 0, 0, f"the parts are written in {tags}; name --part NAME"))
