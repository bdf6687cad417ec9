"""The files beside a site's settings that hold texts of the site."""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath
from typing import TYPE_CHECKING

from toolkit.model.document import Document
from toolkit.reading.site_yaml import further_units, inherited, nav_file_names, plain_settings
from toolkit.reading.site_yaml_blog import Blog, blogs, category_units
from toolkit.reading.site_yaml_folders import folder_units, shows_folders

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.model.units import Unit
    from toolkit.project.cache.facts import Facts
    from toolkit.project.project import Project


@dataclass(frozen=True, slots=True)
class SiteFiles:
    """Reads what the settings of a site inherit, its folders' navigation, and its blog's names."""

    project: Project
    facts: Facts

    def units(self, document: Document) -> Iterator[Unit]:
        """Iterate over the texts that stand in no settings file and on no page."""
        settings = (document, *self._inherited(document))
        docs = self._docs(settings)
        found = [blog for one in settings for blog in blogs(one, docs)]
        names = [*self._navigation(document), *self._authors(found)]
        files = [Document.from_bytes(name, data) for name in names if (data := self._data(name))]
        yield from further_units(document, (*settings[1:], *files))
        yield from category_units(document, self._posts(found))
        if docs == self.project.settings.content and shows_folders(settings):
            titled = (one.path for one in files if "title" in plain_settings(one))
            named = {self.project.name_below_content(dirname(path)) for path in titled}
            yield from folder_units(document, self._shown(found), named)

    def _data(self, name: str) -> bytes:
        data = self.facts.bytes_of(name)
        return data if data.strip() else b""

    def _inherited(self, document: Document) -> Iterator[Document]:
        """The settings that the site's inherit, and those that they do."""
        seen, root = set(), self.project.root
        while (name := inherited(document)) and name not in seen:
            seen.add(name)
            name = normpath(join(dirname(document.path), name))
            self.facts.there(name)
            if name.startswith(("../", "/")) or not (root / name).is_file():
                break
            document = Document.from_bytes(name, self.facts.bytes_of(name))
            yield document

    def _shown(self, found: list[Blog]) -> Iterator[str]:
        """The pages in a navigation of folders; of a blog its start page, but not its posts."""
        posts = tuple(f"{blog.posts}/" for blog in found)
        for name in self.project.pages()[0]:
            folder = next(filter(self.project.page_name(name).startswith, posts), "")
            start = f"{dirname(folder.rstrip('/'))}/index.md"
            yield self.project.name_below_content(start) if folder else name

    def _docs(self, settings: tuple[Document, ...]) -> str:
        """The folder of the site's pages."""
        named = (plain_settings(one).get("docs_dir") for one in settings)
        docs = next((one for one in named if one), "docs")
        return normpath(join(dirname(settings[0].path), docs))

    def _authors(self, found: list[Blog]) -> Iterator[str]:
        for blog in found:
            self.facts.there(blog.authors)
            if (self.project.root / blog.authors).is_file():
                yield blog.authors

    def _posts(self, found: list[Blog]) -> Iterator[str]:
        """The texts of a blog's posts."""
        folders = tuple(f"{blog.posts}/" for blog in found)
        names = map(self.project.page_name, self.project.pages()[0] if folders else ())
        for name in names:
            if name.startswith(folders):
                yield self.facts.bytes_of(name).decode("utf-8", "replace")

    def _navigation(self, document: Document) -> list[str]:
        """The files that order the pages of folders, which some plugins read."""
        names = nav_file_names(document)
        # Which there are is not among what can be asked again.
        self.facts.note_fleeting()
        root = self.project.root
        found = sorted((root / self.project.settings.content).rglob(".*"))
        places = (path for path in found if path.name in names and path.is_file())
        return [path.relative_to(root).as_posix() for path in places]
