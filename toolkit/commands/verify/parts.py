"""Where the pages of a project's parts lie in one built site."""

from __future__ import annotations

from posixpath import commonpath, dirname, join, normpath, relpath
from typing import TYPE_CHECKING, NamedTuple

from toolkit.commands.verify.layout import SiteLayout, layout_of
from toolkit.model.errors import ToolkitError
from toolkit.project.files import read_bytes

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

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
    docs = _docs(project)
    own = _layout(project, docs, names, roots)
    others = tuple((one, _layout(one, docs, names, roots)) for one in project.siblings)
    taken = tuple(_folders(own, (layout for _, layout in others)))
    pages = tuple(page for page in own.pages if not page.startswith(taken))
    return PartLayout(SiteLayout(own.source, own.targets, pages), others)


def _layout(
    project: Project, docs: str, names: Collection[str], roots: Mapping[str, str]
) -> SiteLayout:
    """Return the layout of a part whose pages lie in a folder of the site."""
    settings = project.settings
    folder = relpath(settings.content, docs)
    folder = "" if folder == "." else folder
    plain = {one: tag for one, tag in roots.items() if one != settings.source.tag}
    found = layout_of(names, settings.source, settings.targets, {settings.source.tag: "", **plain})
    source = settings.source
    replaced = folder.lower() in {source.tag.lower(), source.folder.lower(), source.language}
    below = "" if replaced else folder
    targets = {tag: normpath(join(root, below)) for tag, root in found.targets.items()}
    inside = tuple(f"{one}/" for one in targets.values())
    pages = (page for page in found.pages if page.startswith(f"{folder}/" if folder else ""))
    return SiteLayout(folder, targets, tuple(page for page in pages if not page.startswith(inside)))


def _folders(own: SiteLayout, others: Iterator[SiteLayout]) -> Iterator[str]:
    """Iterate over the folders inside a part's own that are another part's."""
    start = f"{own.source}/" if own.source else ""
    for one in others:
        for folder in (one.source, *one.targets.values()):
            if folder and folder != own.source and folder.startswith(start):
                yield f"{folder}/"


def _docs(project: Project) -> str:
    """Return the folder of all pages of the site, below the project's root."""
    # PyYAML is slow to import.
    from toolkit.reading.site_yaml_facts import site_facts  # noqa: PLC0415

    def data(name: str) -> bytes | None:
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    site = project.settings.site
    try:
        facts = site_facts(data, site) if site else None
    except ToolkitError:
        facts = None
    if facts is not None:
        return normpath(join(dirname(site), facts.docs))
    return commonpath([one.settings.content for one in project.family()]) or "."
