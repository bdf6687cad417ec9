"""One tree of pages for each locale of a site that several parts of a project share.

A part whose pages are not translated into a locale takes part in its tree with its source pages.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from toolkit.project.outputs import Output

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project


def tree_locales(project: Project, tags: tuple[str, ...] = ()) -> tuple[Locale, ...]:
    """Return the locales that have a tree: those named by `tags`, or the targets of all parts.

    Raises `SettingsError` for a tag of no target.
    """
    parts = project.family() if _share_a_site(project) else (project,)
    chosen = [one for part in parts for one in part.locales(tags)]
    return tuple(dict.fromkeys(chosen))


def joined_locales(project: Project, tags: tuple[str, ...] = ()) -> tuple[Locale, ...]:
    """Return the locales whose trees have a part's source pages, since it has no others."""
    if not _share_a_site(project) or not _is_in_site(project):
        return ()
    return tuple(one for one in tree_locales(project, tags) if one not in project.settings.targets)


def _share_a_site(project: Project) -> bool:
    """Whether several parts share a site that is built tree by tree."""
    return bool(project.siblings) and _owner(project) is not None


def _owner(project: Project) -> Project | None:
    return next((one for one in project.family() if one.settings.site_output), None)


def _is_in_site(project: Project) -> bool:
    """Whether a part's pages lie in the folder of the part that the site's settings are of."""
    owner = _owner(project)
    content = PurePosixPath(project.settings.content)
    return owner is not None and content.is_relative_to(owner.settings.content)


def source_outputs(
    project: Project, locales: Sequence[Locale], pages: Sequence[str], files: Sequence[str]
) -> Iterator[Output]:
    """Iterate over the source pages of a part, and the files beside them, as trees have them."""
    for locale in locales:
        for name in pages:
            place = project.output_name(name, locale)
            yield Output(place, project.page_name(name), locale.tag, is_page=False)
        for name in files:
            folder = dirname(project.output_name(join(dirname(name), "x.md"), locale))
            place = normpath(join(folder, name.rpartition("/")[2]))
            yield Output(place, project.page_name(name), locale.tag, is_page=False)
