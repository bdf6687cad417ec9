"""The addresses at which MkDocs publishes the pages of a site."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING

from toolkit.model.errors import ToolkitError
from toolkit.project.files import read_bytes

if TYPE_CHECKING:
    from toolkit.project.project import Project

_INDEX = frozenset({"index", "readme"})


@dataclass(frozen=True, slots=True)
class Published:
    """The addresses of a site's pages below the address of the site."""

    content: str
    """The folder of the source pages, below the project's root."""
    docs: str
    """The folder of all pages of the source's site."""
    url: str
    """The address of the source's site, empty where it is unknown."""
    directory_urls: bool

    def address(self, page: str) -> str:
        """The address of a page below the content folder: `guide/` for `guide/index.md`."""
        name = relpath(f"{self.content}/{page}", self.docs)
        stem = splitext(name)[0]
        if stem.rpartition("/")[2].lower() in _INDEX:
            folder = dirname(stem)
            return f"{folder}/" if folder else ""
        return f"{stem}/" if self.directory_urls else f"{stem}.html"

    def whole(self, page: str) -> str:
        """The whole address of a source page, for a link out of a locale's site."""
        return f"{self.url.rstrip('/')}/{self.address(page)}"

    def from_locale(self, page: str, other: str) -> str:
        """The link from a localized page, which lies a folder deeper, to a source page."""
        here = f"x/{self.address(page)}"
        folder = here.rstrip("/") if here.endswith("/") else dirname(here)
        target = self.address(other)
        new = relpath(target or ".", folder)
        return f"{new}/" if target.endswith("/") or not target else new


def published_of(project: Project) -> Published | None:
    """The addresses of a project's pages; `None` where the site's settings do not give them."""
    settings = project.settings
    if not (settings.site and settings.site_output):
        return None
    # PyYAML is slow to import, and few projects ask for this.
    from toolkit.reading.site_yaml_facts import site_facts  # noqa: PLC0415

    def data(name: str) -> bytes | None:
        path = project.root / name
        return read_bytes(path, name) if path.is_file() else None

    try:
        facts = site_facts(data, settings.site)
    except ToolkitError:
        return None
    if facts is None:
        return None
    docs = normpath(join(dirname(settings.site), facts.docs))
    inside = f"{settings.content}/".startswith(f"{docs}/")
    return Published(
        settings.content, docs if inside else settings.content, facts.url, facts.directory_urls
    )
