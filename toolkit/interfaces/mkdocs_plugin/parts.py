"""The parts of a project in one site: which pages are whose, and in what languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit.project.real_path import real_path

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from mkdocs.config.defaults import MkDocsConfig

    from toolkit.language.locale import Locale
    from toolkit.site.virtual import Pages


@dataclass(frozen=True, slots=True)
class SitePart:
    """A part of the project, or a whole one, with its place in the site."""

    pages: Pages
    locales: tuple[Locale, ...]
    prefix: str
    """The folder of its pages below `docs_dir`, with a slash at its end; empty for all of it."""

    @property
    def source(self) -> Locale:
        """The locale that its pages are written in."""
        return self.pages.project.settings.source

    @property
    def content(self) -> Path:
        """The folder of its pages on the disk."""
        project = self.pages.project
        return real_path(project.root / project.settings.content)

    def is_mounted(self, config: MkDocsConfig) -> bool:
        """Whether its pages are outside of `docs_dir`."""
        return not self.content.is_relative_to(real_path(Path(config.docs_dir)))

    def name(self, uri: str) -> str:
        """Return a page's name below the content folder."""
        return uri.removeprefix(self.prefix)

    def has(self, uri: str) -> bool:
        """Whether a file below `docs_dir` is a page of this part."""
        return uri.startswith(self.prefix) and self.pages.has(self.name(uri))


@dataclass(frozen=True, slots=True)
class SiteParts:
    """All parts of the project that are in the site, the main one first."""

    parts: tuple[SitePart, ...]
    outside: tuple[SitePart, ...] = ()
    """The parts that are not in the site, but whose pages others may include."""

    @property
    def source(self) -> Locale:
        """The locale that the site is written in."""
        return self.parts[0].source

    @property
    def locales(self) -> tuple[Locale, ...]:
        """The target locales of all parts."""
        return tuple(dict.fromkeys(one for part in self.parts for one in part.locales))

    @property
    def languages(self) -> tuple[Locale, ...]:
        """The locales of all pages, the site's own first."""
        sources = (part.source for part in self.parts)
        return tuple(dict.fromkeys((self.source, *self.locales, *sources)))

    def of(self, uri: str) -> SitePart | None:
        """Return the part that a page below `docs_dir` belongs to."""
        return next((part for part in self.parts if part.has(uri)), None)

    def start(self) -> None:
        """A build begins: look at all pages, and make those that are stale."""
        for part in self.parts:
            part.pages.start(part.locales)
            part.pages.prepare(part.locales)
        for part in self.outside:
            part.pages.start(part.locales)

    def put_in(self, path: Path, tag: str) -> str | None:
        """Return the text that a page has in a locale when another page includes it."""
        for part in (*self.parts, *self.outside):
            locale = next((one for one in part.locales if one.tag == tag), None)
            inside = path.is_relative_to(part.content)
            name = path.relative_to(part.content).as_posix() if inside else ""
            if locale and name and part.pages.has(name):
                return part.pages.part(name, locale)
        return None

    def close(self) -> None:
        """Make no pages ahead any more."""
        for part in self.parts:
            part.pages.close()

    def problems(self) -> Iterator[str]:
        """Iterate over what could not be read or was refused in this build."""
        for part in (*self.parts, *self.outside):
            yield from part.pages.problems()

    def setting(self, text: str, locale: Locale) -> str:
        """Return a text of the site's settings in a locale, as the first part has it."""
        found = (part.pages.setting(text, locale) for part in self.parts)
        return next((one for one in found if one != text), text)


def folders_in_site(parts: Sequence[SitePart]) -> list[tuple[str, Locale]]:
    """Return the folder and the source locale of each part, the deepest folder first."""
    found = [(part.prefix, part.source) for part in parts]
    return sorted(found, key=lambda one: -one[0].count("/"))
