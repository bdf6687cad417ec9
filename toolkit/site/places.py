"""The places of everything that a build makes, in all locales."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from toolkit.language.names import is_of
from toolkit.project.finding_files import is_page
from toolkit.project.outputs import Output
from toolkit.project.string_files import string_copies
from toolkit.site.layout import Layout
from toolkit.site.settings_file import output_name as site_name
from toolkit.site.trees import joined_locales

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project
    from toolkit.site.published import Published


@dataclass(frozen=True, slots=True)
class Places:
    """The pages and files of a project, and where they go."""

    project: Project
    pages: frozenset[str]
    """All pages, below the content folder."""
    left_out: Mapping[str, frozenset[str]]
    """The pages that are not translated enough, by locale."""
    others: Mapping[str, frozenset[str]]
    """The files beside the pages that are another locale's, by locale."""
    published: Published | None = None
    """The addresses of the source's pages, if a site is built of each locale."""
    strings: tuple[str, ...] = ()
    """The files of strings, below the root."""

    def layout(self, locale: Locale) -> Layout:
        """The places of a locale's pages and files."""
        project, settings = self.project, self.project.settings
        # Files that are put into the content folder would be files beside the pages again.
        inside = settings.output.startswith(f"{settings.content}/")
        return Layout(
            settings.content,
            locale.tag,
            self.pages - self.left_out[locale.tag],
            lambda page: project.output_name(page, locale),
            lambda name: (project.root / name).exists(),
            settings.assets != "none" and not inside,
            self.others[locale.tag],
            elsewhere=partial(self._elsewhere, locale.tag),
            root=_root(settings.content, settings.output),
            across=partial(localized_across, project, locale) if project.siblings else None,
            prefix=settings.prefix_of(locale),
            source_prefix=settings.prefix_of(settings.source),
        )

    def _elsewhere(self, tag: str, page: str, name: str) -> str | None:
        """The address of a page that a locale does not have."""
        if self.published is None or name not in self.left_out[tag]:
            return None
        return self.published.from_locale(page, name)

    def addresses_left_out(self, locale: Locale) -> dict[str, str]:
        """The addresses of the pages that a locale does not have."""
        pages = self.left_out.get(locale.tag, ()) if self.published else ()
        return {name: self.published.whole(name) for name in pages if self.published}

    def outputs(self, locales: Sequence[Locale], files: Sequence[str]) -> list[Output]:
        """All that a whole build in some locales makes, of the pages and the files beside them."""
        return [output for locale in locales for output in self._outputs(locale, files)]

    def site_outputs(self, locales: Sequence[Locale]) -> Iterator[Output]:
        """The settings of the sites of some locales, where these are asked for."""
        settings = self.project.settings
        for locale in locales if settings.site and settings.site_output else ():
            yield Output(site_name(self.project, locale), settings.site, locale.tag)

    def _outputs(self, locale: Locale, files: Sequence[str]) -> Iterator[Output]:
        project = self.project
        layout = self.layout(locale)
        for page in sorted(layout.pages):
            yield Output(layout.output(page), project.page_name(page), locale.tag)
        yield from self.site_outputs((locale,))
        copies = dict(string_copies(project, self.strings, locale))
        for name, copy in copies.items():
            yield Output(copy, name, locale.tag)
        for name in files if layout.carried else ():
            source, place = project.page_name(name), layout.carried_to(name)
            if place != source and source not in copies and name not in layout.others:
                yield Output(place, source, locale.tag, is_page=False)


def localized_across(project: Project, locale: Locale, path: str) -> str | None:
    """The localized page of a page of another part of the project; `None` where it has none.

    Pages that a part may leave out count as not localized.
    """
    target = PurePosixPath(path)
    others = [one for one in project.family() if one.part != project.part]
    around = [one for one in others if target.is_relative_to(one.settings.content)]
    if not (around and is_page(Path(path)) and (project.root / path).is_file()):
        return None
    owner = max(around, key=lambda one: len(PurePosixPath(one.settings.content).parts))
    name, settings = owner.name_below_content(path), owner.settings
    sure = not (settings.skip_below.of(name, locale.tag) or settings.excludes(name, locale))
    made = locale in settings.targets and sure
    return owner.output_name(name, locale) if made or locale in joined_locales(owner) else None


def _root(content: str, output: str) -> str:
    """The folder of the pages of all locales, where those of the source lie in it as well."""
    fixed = output.partition("{")[0].rpartition("/")[0] or "."
    return fixed if fixed == "." or f"{content}/".startswith(f"{fixed}/") else ""


def files_of_others(project: Project, locale: Locale, files: Sequence[str]) -> frozenset[str]:
    """The files beside the pages that are another locale's, or left out in this one."""
    settings, names = project.settings, frozenset(files)
    others = [one for one in settings.targets if one != locale]
    every = (settings.source, *settings.targets)
    return frozenset(
        name
        for name in files
        if settings.excludes(name, locale)
        or any(is_of(name, other, names, every) for other in others)
    )
