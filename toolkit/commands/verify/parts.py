"""Locate the pages of a project's parts in one built site."""

from __future__ import annotations

from posixpath import commonpath, dirname, join, normpath, relpath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.verify.layout import ERROR_PAGES, SiteLayout, layout_of
from toolkit.model.errors import ToolkitError
from toolkit.project.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from toolkit.language.locale import Locale
    from toolkit.project.project import Project


class PartLayout(NamedTuple):
    """The layout of a part, and those of the others that its pages link to."""

    own: SiteLayout
    others: tuple[tuple[Project, SiteLayout], ...] = ()


def part_layout(project: Project, names: Collection[str], roots: Mapping[str, str]) -> PartLayout:
    """Return the layout of a project in a site, or of one of its parts."""
    settings = project.settings
    if not project.siblings:
        return PartLayout(layout_of(names, settings.source, settings.targets, roots))
    docs, mounts = _docs(project)
    site = _Site(names, docs, mounts, _language(project), roots)
    own = _layout(project, site)
    others = tuple((one, _layout(one, site)) for one in project.siblings)
    taken = tuple(_folders(own, (layout for _, layout in others)))
    pages = tuple(page for page in own.pages if not page.startswith(taken))
    return PartLayout(SiteLayout(own.source, own.targets, pages), others)


class _Site(NamedTuple):
    """A site with pages of several parts."""

    names: Collection[str]
    docs: str
    """The folder of all its pages, below the project's root."""
    mounts: Mapping[str, str]
    """The folders of parts whose pages are outside of it, by their names."""
    language: Locale
    """The language of the pages that lie in no locale's folder."""
    roots: Mapping[str, str]

    def has(self, folder: str) -> bool:
        """Whether there is a page in a folder."""
        return any(one.startswith(f"{folder}/") and one.endswith(".html") for one in self.names)


def _layout(project: Project, site: _Site) -> SiteLayout:
    """Return the layout of a part whose pages lie in a folder of the site."""
    source = project.settings.source
    folder = site.mounts.get(project.part) or relpath(project.settings.content, site.docs)
    folder = "" if folder == "." else folder
    own = {source.tag.lower(), source.folder.lower(), source.language}
    below = "" if folder.lower() in own else folder
    every = (source, *project.settings.targets)
    known = layout_of(site.names, site.language, every, site.roots).targets
    places = {tag: normpath(join(root, below)) for tag, root in known.items() if root}
    places = {tag: place for tag, place in places.items() if site.has(place)}
    start = folder if source == site.language else places.get(source.tag, folder)
    targets = {tag: place for tag, place in places.items() if tag != source.tag}
    if site.language in project.settings.targets and start != folder:
        targets.setdefault(site.language.tag, folder)
    inside = tuple(f"{one}/" for one in targets.values())
    pages = [
        name
        for name in sorted(site.names)
        if name.endswith(".html") and name.startswith(f"{start}/" if start else "")
    ]
    own_pages = [one for one in pages if not one.startswith(inside) and one not in ERROR_PAGES]
    return SiteLayout(start, targets, tuple(own_pages))


def led_across(
    source: Locale, layouts: Sequence[tuple[Project, SiteLayout]], tag: str, names: Collection[str]
) -> dict[str, str]:
    """Return, for pages of other parts, what links to them lead to in a locale.

    `source` is the language of the pages that link there.
    """
    found: dict[str, str] = {}
    for project, layout in layouts:
        for page in layout.pages:
            group = {project.settings.source.tag: page}
            places = ((one, layout.counterpart(page, one)) for one in layout.targets)
            group |= {one: place for one, place in places if place in names}
            if tag in group:
                found |= dict.fromkeys((page, group.get(source.tag, page)), group[tag])
    return found


def _language(project: Project) -> Locale:
    """Return the language of a site: that of the part which its settings are of."""
    return _owner(project).settings.source


def _owner(project: Project) -> Project:
    """Return the part that the settings of the site are of."""
    owners = [one for one in project.family() if one.settings.owns_site]
    return next((one for one in owners if one.settings.site), (*owners, project)[0])


def _folders(own: SiteLayout, others: Iterator[SiteLayout]) -> Iterator[str]:
    """Iterate over the folders inside a part's own that are another part's."""
    start = f"{own.source}/" if own.source else ""
    for one in others:
        for folder in (one.source, *one.targets.values()):
            if folder and folder != own.source and folder.startswith(start):
                yield f"{folder}/"


def _docs(project: Project) -> tuple[str, Mapping[str, str]]:
    """Return the folder of all pages of the site, below the project's root, and what it mounts."""
    # PyYAML is slow to import.
    from toolkit.reading.site_yaml_facts import site_facts  # noqa: PLC0415

    def data(name: str) -> bytes | None:
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    site = project.settings.site or _owner(project).settings.site
    try:
        facts = site_facts(data, site) if site else None
    except ToolkitError:
        facts = None
    if facts is not None:
        return normpath(join(dirname(site), facts.docs)), facts.mounts
    return commonpath([one.settings.content for one in project.family()]) or ".", {}
