"""Addresses of pages on a site: without an ending, from the site's root, or relative to a page.

`/guide/start`, `./start.html` and `../guide/` lead to `guide/start.md` or `guide/index.md`, as
VitePress and Starlight have it.
"""

from __future__ import annotations

from dataclasses import dataclass
from posixpath import dirname, join, normpath, relpath, splitext
from typing import TYPE_CHECKING, Protocol
from urllib.parse import quote, unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

_ENDINGS = (".md", ".mdx")
_INDEX = "index"


class Pages(Protocol):
    """The places of a site's pages, as its layout has them."""

    @property
    def content(self) -> str:
        """The folder of the source pages."""
        ...

    @property
    def root(self) -> str:
        """The folder that addresses from the site's root count from."""
        ...

    @property
    def pages(self) -> Collection[str]:
        """The pages below `content` that have a localized page."""
        ...

    @property
    def output(self) -> Callable[[str], str]:
        """Maps a page below `content` to its localized page."""
        ...

    @property
    def exists(self) -> Callable[[str], bool]:
        """Whether the project has a file."""
        ...


@dataclass(frozen=True, slots=True)
class _Way:
    """One way in which an address may lead to a file."""

    ending: str
    """The ending of the file's name."""
    index: bool
    """Whether it is the page of a folder."""

    def file(self, place: str) -> str:
        """The file that an address leads to whose path below the project's root is `place`."""
        return join(place, _INDEX + self.ending) if self.index else f"{place}{self.ending}"

    def address(self, file: str) -> str:
        """The address of a file, without what stood after it."""
        plain = splitext(file)[0]
        return plain.removesuffix(_INDEX).rstrip("/") if self.index else plain


def localized_address(layout: Pages, page: str, url: str) -> str | None:
    """The address that leads to the localized page of what `url` leads to from a source page.

    `None` where that is no page, or the address leads there already.
    """
    found = _page_at(layout, page, url)
    if found is None:
        return None
    name, way, address = found
    kept = name in layout.pages
    destination = layout.output(name) if kept else normpath(join(layout.content, name))
    if address.rooted:
        return (
            address.written("/" + _below_root(layout, way.address(destination))) if kept else None
        )
    here = dirname(layout.output(page)) or "."
    if way.file(normpath(join(here, address.plain))) == destination:
        return None
    new = relpath(way.address(destination) or ".", here)
    return address.written(new if new.startswith("../") else f"./{new}")


def page_at(layout: Pages, page: str, url: str) -> str | None:
    """The page below the content folder that an address leads to from another page."""
    found = _page_at(layout, page, url)
    return found[0] if found and found[0] in layout.pages else None


@dataclass(frozen=True, slots=True)
class _Address:
    """An address, taken apart."""

    plain: str
    """Its path without `.html` and the slash at its end."""
    rooted: bool
    tail: str
    """`.html` or a slash, the query and the fragment."""
    quoted: bool

    def written(self, path: str) -> str:
        """Another path as it stands in this one's place."""
        path = quote(path, "/!$&'()*+,;=:@~[]") if self.quoted else path
        tail = self.tail.removeprefix("/") if path.endswith("/") else self.tail
        return path + tail


def _taken_apart(url: str) -> _Address:
    end = min((url.find(mark) for mark in "?#" if mark in url), default=len(url))
    path, rest = url[:end], url[end:]
    plain = unquote(path)
    rooted = path.startswith("/")
    # A relative path to a file is one, and no address.
    endings = (".html", "/", *_ENDINGS) if rooted else (".html", "/")
    ending = next((ending for ending in endings if plain.endswith(ending)), "")
    return _Address(plain.removesuffix(ending), rooted, ending + rest, plain != path)


def _page_at(layout: Pages, page: str, url: str) -> tuple[str, _Way, _Address] | None:
    """The page that an address leads to, whether it is localized or not."""
    address = _taken_apart(url)
    if address.rooted and not layout.root:
        return None
    start = layout.root if address.rooted else dirname(f"{layout.content}/{page}")
    place = normpath(join(start, address.plain.lstrip("/"))) if address.plain else start
    for way in _ways(address):
        name = relpath(way.file(place), layout.content)
        if name in layout.pages or (not name.startswith("../") and layout.exists(way.file(place))):
            return name, way, address
    return None


def _ways(address: _Address) -> Iterator[_Way]:
    folder = address.tail.startswith("/") or not address.plain.strip("/.")
    for index in (folder, not folder):
        yield from (_Way(ending, index) for ending in _ENDINGS)


def _below_root(layout: Pages, place: str) -> str:
    found = relpath(place, layout.root) if place else "."
    return "" if found == "." else found
