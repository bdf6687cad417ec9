"""A project on disk: its pages, templates, catalogs and built pages."""

from __future__ import annotations

import os
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from toolkit.document import Document
from toolkit.errors import Problem, ProjectError, SettingsError
from toolkit.files import read_bytes
from toolkit.locale import Locale, locale_of
from toolkit.locale_names import without_locale
from toolkit.settings import Settings, find_settings, read_settings

if TYPE_CHECKING:
    from collections.abc import Callable

PAGE_ENDINGS = frozenset({".md", ".markdown", ".mdx"})


@dataclass(frozen=True, slots=True)
class Project:
    """A root folder and its settings; every name given out is relative to the root, with `/`."""

    root: Path
    settings: Settings

    @classmethod
    def found_from(cls, start: Path) -> Project:
        """The project that a folder lies in.

        Raises `SettingsError` for settings that are of no use, `ProjectError` without a folder.
        """
        if not start.is_dir():
            raise ProjectError(Problem(str(start), 0, 0, "no such folder"))
        file = find_settings(start.resolve())
        project = cls(file.path.parent, read_settings(file))
        content = project.settings.content
        if not (project.root / content).is_dir():
            text = f'content: no folder "{content}"; make it, or name another one'
            raise SettingsError(file.problem("content", text))
        return project

    def pages(self) -> tuple[list[str], list[Problem]]:
        """The pages below `content` in alphabetical order, and what could not be followed.

        Localized pages that are built into the same folder are not among them.
        """
        found, problems = self._found(_is_page)
        targets = self.settings.targets
        built = {self.output_name(page, locale) for page in found for locale in targets}
        return sorted(page for page in found if self.page_name(page) not in built), problems

    def files(self) -> list[str]:
        """What lies beside the pages below `content`; names with a dot in front are passed over."""
        return self._found(lambda path: not _is_page(path))[0]

    def _found(self, wanted: Callable[[Path], bool]) -> tuple[list[str], list[Problem]]:
        """The files below `content` that are wanted, and what could not be followed."""
        paths: list[Path] = []
        problems: list[Problem] = []
        folder = self.root / self.settings.content
        self._collect(folder, (), paths, problems)
        names = (path.relative_to(folder).as_posix() for path in paths if wanted(path))
        return sorted(names), problems

    def _collect(
        self, folder: Path, above: tuple[Path, ...], found: list[Path], problems: list[Problem]
    ) -> None:
        real = folder.resolve()
        if real in above:
            text = "this symbolic link leads to a folder it lies in; remove it"
            problems.append(Problem(self._name(folder), 0, 0, text))
            return
        try:
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            problems.append(Problem(self._name(folder), 0, 0, f"cannot be read: {error.strerror}"))
            return
        for entry in entries:
            path = Path(entry.path)
            if entry.name.startswith("."):
                continue
            if _is_folder(entry):
                self._collect(path, (*above, real), found, problems)
            elif not self._excluded(path):
                found.append(path)

    def _excluded(self, path: Path) -> bool:
        name = path.relative_to(self.root / self.settings.content).as_posix()
        return any(fnmatch(name, pattern) for pattern in self.settings.exclude)

    def _name(self, path: Path) -> str:
        return path.relative_to(self.root).as_posix()

    def page_name(self, page: str) -> str:
        """A page's place below the root: `content/guide/a.md`."""
        return (PurePosixPath(self.settings.content) / page).as_posix()

    def document(self, page: str) -> Document:
        """A page as a document; raises `ProjectError` or `DocumentError`."""
        name = self.page_name(page)
        return Document.from_bytes(name, read_bytes(self.root / name, name))

    def domain(self, page: str) -> str:
        """The gettext domain whose catalogs hold a page's messages.

        The site's settings have one of their own, by their whole name.
        """
        if page == self.settings.site:
            return page
        if self.settings.catalog == "single":
            return self.settings.domain
        return PurePosixPath(page).with_suffix("").as_posix()

    def template_name(self, domain: str) -> str:
        """Where a domain's template lies below the root."""
        return f"{self.settings.catalogs}/templates/LC_MESSAGES/{domain}.pot"

    def catalog_name(self, domain: str, locale: Locale) -> str:
        """Where a domain's catalog lies below the root."""
        return f"{self.settings.catalogs}/{locale.folder}/LC_MESSAGES/{domain}.po"

    def output_name(self, page: str, locale: Locale) -> str:
        """Where a localized page goes, below the root.

        Of a page whose name ends with the source's locale (`guide.zh.md`) the stem is what stands
        in front of that, unless another page has that name.
        """
        path = PurePosixPath(page)
        stem = without_locale(path.stem, self.settings.source)
        bare = path.with_stem(stem) if stem and stem != path.stem else path
        if bare is not path and (self.root / self.page_name(bare.as_posix())).exists():
            bare = path
        return self.settings.output.format(
            locale=self._written(locale), path=page, stem=bare.with_suffix("").as_posix()
        )

    def _written(self, locale: Locale) -> str:
        """A locale as the settings spell it, since folders tell `zh-cn` from `zh-CN`."""
        targets = (one.written for one in self.settings.targets if one == locale)
        return next(targets, locale.tag)

    def checked_output(self, page: str, locale: Locale) -> str:
        """As `output_name`; `ProjectError` when that file is not ours to write."""
        name = self.output_name(page, locale)
        path = self.root / name
        if not path.resolve().is_relative_to(self.root.resolve()):
            raise ProjectError(Problem(name, 0, 0, "leads out of the project through a link"))
        if path.resolve() == (self.root / self.page_name(page)).resolve():
            raise ProjectError(Problem(name, 0, 0, 'is the source page; change "output"'))
        return name

    def locales(self, tags: tuple[str, ...]) -> tuple[Locale, ...]:
        """The target locales named by `tags`, or all; `SettingsError` for one that is no target."""
        if not tags:
            return self.settings.targets
        chosen = tuple(locale_of(tag) for tag in tags)
        known = ", ".join(locale.tag for locale in self.settings.targets)
        problems = [
            Problem("", 0, 0, f'"{locale.tag}" is no target of this project; targets: {known}')
            for locale in chosen
            if locale not in self.settings.targets
        ]
        if problems:
            raise SettingsError(problems)
        return chosen


def _is_page(path: Path) -> bool:
    return path.suffix.lower() in PAGE_ENDINGS


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder; a link that leads nowhere is a file that cannot be read."""
    try:
        return entry.is_dir()
    except OSError:
        return False
