"""The places of one locale's localized pages and of the files beside them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from toolkit.model.notebook import ENDING
from toolkit.project.finding_files import PAGE_ENDINGS
from toolkit.site.addresses import localized_address, page_at

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

_OUTSIDE = re.compile(r"[a-z][a-z0-9+.-]*:|/|#|\?|\{\{|$", re.IGNORECASE)
"""The prefixes that no path below the page's folder has."""
_ROOTED = re.compile(r"/(?!/)")
_REST = re.compile(r"[?#].*", re.DOTALL)
_SAFE = "/!$&'()*+,;=:@~[]"


@dataclass(frozen=True, slots=True)
class Layout:
    """The places of a locale; all paths are below the project's root, with `/`."""

    content: str
    """The folder of the source pages."""
    tag: str
    """The locale's tag, as it may stand in the names of files: `chart.en.png`."""
    pages: Collection[str]
    """The pages of the project below `content` that have a localized page."""
    output: Callable[[str], str]
    """Maps a page below `content` to its localized page."""
    exists: Callable[[str], bool]
    """Whether the project has a file."""
    carried: bool = False
    """Whether files that are no pages are put beside the localized pages."""
    others: Collection[str] = ()
    """The files below `content` that are another locale's, and are not put anywhere."""
    written: bool = True
    """Whether the localized pages are files, so that others can include them."""
    elsewhere: Callable[[str, str], str | None] | None = None
    """Maps a localized page and a page missing in the locale to the latter's address.

    `None` where no site is known.
    """
    root: str = ""
    """The folder that addresses from the site's root count from; empty where that is not known."""
    prefix: str = ""
    """The prefix of root paths of pages in the locale."""
    source_prefix: str = ""
    """The prefix of root paths of pages in the source."""
    across: Callable[[str], str | None] | None = None
    """Maps a page of another part of the project to its localized page, if it has one."""
    rewrites: bool = True
    """Whether links are rewritten in the text; else only the paths of snippets are."""

    def resolved(self, page: str, url: str, *, addresses: bool = False) -> str | None:
        """The url that leads from the localized page to what `url` leads to from the source page.

        `None` where it can stay as it is: it does already, or leads out of the project or nowhere.
        With `addresses` it may name a page by its address on the site.
        """
        if addresses and (_ROOTED.match(url) or not _OUTSIDE.match(url)):
            found = localized_address(self, page, url)
            if found is not None:
                return found
        if _OUTSIDE.match(url):
            return None
        rest = _REST.search(url)
        path = url[: rest.start()] if rest else url
        plain = unquote(path)
        if plain.endswith("/"):
            return None
        destination = self._destination(_below(f"{self.content}/{page}", plain))
        here = self.output(page)
        known = relpath(_below(f"{self.content}/{page}", plain), self.content)
        built = self.elsewhere(page, known) if self.elsewhere else None
        if built is not None:
            return built + (rest[0] if rest else "")
        if destination is None or _below(here, plain) == destination:
            return None
        new = relpath(destination, dirname(here) or ".")
        return (quote(new, _SAFE) if plain != path else new) + (rest[0] if rest else "")

    def included(self, path: str) -> str | None:
        """The path of the file that takes a snippet's place, read from the same folder as `path`.

        That is the project's root, or else the content folder (`base_path` of PyMdown's extension).
        `None` where the same file serves.
        """
        if _OUTSIDE.match(path):
            return None
        for base in (".", self.content):
            target = _below(f"{base}/x", path)
            new = self._localized_file(target)
            if new or self.exists(target):
                found = relpath(new or target, base)
                return None if found == path or found.startswith("../") else found
        return None

    def _localized_file(self, target: str) -> str | None:
        """The localized page or the locale's own file for a file of the project."""
        name = relpath(target, self.content)
        if name in self.pages and self.written:
            return self.output(name)
        other = self.across(target) if self.across and self.written else None
        if other is not None:
            return other
        stem, ending = splitext(target)
        own = f"{stem}.{self.tag}{ending}"
        return own if self.exists(own) else None

    def page_of(self, page: str, url: str, *, addresses: bool = False) -> str | None:
        """The page below `content` that a url on a page leads to, itself for `#…`."""
        if url.startswith("#"):
            return page
        if addresses and (_ROOTED.match(url) or not _OUTSIDE.match(url)):
            found = page_at(self, page, url)
            if found is not None:
                return found
        path = unquote(_REST.sub("", url))
        if path.startswith("/") and not path.startswith("//"):
            below = path.removeprefix(self.source_prefix).removeprefix(f"/{self.content}/")
            return self._page_at(below.strip("/"))
        if _OUTSIDE.match(url):
            return None
        return self._page_at(relpath(_below(f"{self.content}/{page}", path), self.content))

    def lacks(self, page: str, url: str) -> bool:
        """Whether a url on a page leads to a source page that the locale does not have."""
        if _OUTSIDE.match(url) or not self.rewrites:
            return False
        target = _below(f"{self.content}/{page}", unquote(_REST.sub("", url)))
        name = relpath(target, self.content)
        is_page = splitext(name)[1].lower() in PAGE_ENDINGS and not name.startswith("../")
        if not is_page or name in self.pages or (self.across and self.across(target)):
            return False
        return self.exists(target)

    def _page_at(self, name: str) -> str | None:
        """The page that a name without its ending, or with that of a built page, stands for."""
        stem = name.removesuffix(".html")
        folder = stem.removesuffix("/index").removesuffix("index")
        names = (name, f"{stem}.md", *(f"{folder}/{one}.md" for one in ("index", "README")))
        found = (normpath(one.lstrip("/")) for one in names)
        return next((one for one in found if one in self.pages), None)

    def rooted(self, url: str, *, files: bool) -> str | None:
        """A root path as it has to be in the locale; `None` where it can stay.

        With `files` it names files of the repository, as on code hosts.
        """
        if not url.startswith("/") or url.startswith("//"):
            return None
        rest = _REST.search(url)
        path = url[: rest.start()] if rest else url
        tail = rest[0] if rest else ""
        name = relpath(unquote(path).lstrip("/"), self.content) if path.strip("/") else ""
        if files and name in self.pages:
            return f"/{quote(self.output(name), _SAFE)}{tail}"
        ending = splitext(path)[1].lower()
        if not self.prefix or ending not in {"", ".html", *PAGE_ENDINGS}:
            return None
        if f"{path}/".startswith(f"{self.prefix}/"):
            return None
        below = path
        if self.source_prefix and f"{path}/".startswith(f"{self.source_prefix}/"):
            below = path[len(self.source_prefix) :]
        return f"{self.prefix}{below}{tail}"

    def _destination(self, target: str) -> str | None:
        """The path of a file of the project, from a localized page."""
        name = relpath(target, self.content)
        if name in self.pages:
            return self.output(name)
        other = self.across(target) if self.across else None
        if other is not None:
            return other
        stem, ending = splitext(target)
        own = f"{stem}.{self.tag}{ending}"
        found = own if self.exists(own) else target
        if not self.exists(found):
            return None
        return self.carried_to(relpath(found, self.content)) if self._carries(name) else found

    def _carries(self, name: str) -> bool:
        """Whether a file is put beside the localized pages; source pages are not."""
        page = splitext(name)[1].lower() in PAGE_ENDINGS - {ENDING}
        beside = self.carried and name not in self.others
        return beside and not page and not name.startswith("../")

    def carried_to(self, name: str) -> str:
        """The place of a file below `content` that is put beside the localized pages."""
        folder = dirname(self.output(join(dirname(name), "x.md")))
        return normpath(join(folder, name.rpartition("/")[2]))


def _below(page: str, path: str) -> str:
    return normpath(join(dirname(page), path))
