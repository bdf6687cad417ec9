"""The files of a built site, and what its links lead to."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from posixpath import dirname, normpath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_SCHEME = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//)", re.IGNORECASE)
_REST = re.compile(r"[?#].*", re.DOTALL)
_NO_FRAGMENTS = frozenset({"", "top"})
"""Fragments that every page has (HTML, "navigating to a fragment")."""


class Address(NamedTuple):
    """The destination of a link within the site."""

    file: str
    """The file below the site's folder, empty where there is none."""
    path: str
    """The path that was looked for."""
    fragment: str = ""

    @property
    def wants_id(self) -> bool:
        """Whether the fragment has to be an id of a page."""
        known = self.fragment.lower() in _NO_FRAGMENTS or self.fragment.startswith(
            (":~:", "!", "/")
        )
        return self.file.endswith((".html", ".htm")) and not known


@dataclass(frozen=True)
class SiteFiles:
    """The files of a site below its folder, and the address it is published at."""

    files: frozenset[str]
    base: str = ""
    """The URL of the folder, with `/` at its end; empty where nothing tells it."""
    rooted: bool = False
    """Whether paths with `/` in front start from the folder although no URL is known."""

    def address(self, page: str, url: str) -> Address | None:
        """The destination of a link on a page; `None` where that is no part of the site."""
        path = self._path(page, url)
        if path is None:
            return None
        fragment = unquote(url.partition("#")[2])
        plain = normpath(unquote(path)).lstrip("/")
        if plain.startswith(".."):
            return None
        is_folder = path.endswith("/") or not path
        return Address(self._file("" if plain == "." else plain, is_folder), plain, fragment)

    def _path(self, page: str, url: str) -> str | None:
        """The path below the site's folder."""
        if (":" in url or url.startswith("//")) and _SCHEME.match(url):
            if url.startswith("//") and self.base:
                url = self.base.partition("//")[0] + url
            if not self.base or not url.startswith((self.base, self.base.rstrip("/") + "#")):
                return url[len(self.base) :] if url == self.base.rstrip("/") != "" else None
            return _REST.sub("", url[len(self.base) :]) if url.startswith(self.base) else ""
        path = url.partition("#")[0].partition("?")[0]
        if path.startswith("/"):
            return self._from_top(path)
        return _folder(page) + path if path else page

    def _from_top(self, path: str) -> str | None:
        top = urlsplit(self.base).path if self.base else "/" if self.rooted else ""
        if not top:
            return None
        if path + "/" == top:
            return ""
        return path[len(top) :] if path.startswith(top) else None

    def _file(self, plain: str, is_folder: bool) -> str:  # noqa: FBT001
        """The file that a server answers with."""
        files = self.files
        if not (is_folder and plain):
            if plain in files:
                return plain
            if f"{plain}.html" in files:
                return f"{plain}.html"
        index = f"{plain}/index.html" if plain else "index.html"
        return index if index in files else ""


@lru_cache(1024)
def _folder(page: str) -> str:
    """The folder of a page, as its links start with it."""
    folder = dirname(page)
    return f"{folder}/" if folder else ""


def base_of(canonicals: Iterable[tuple[str, str]]) -> str:
    """The URL of a site's folder, as most of its pages tell it by their canonical addresses."""
    found = Counter[str]()
    for path, url in canonicals:
        own = place_of(path)
        plain = _REST.sub("", url).removesuffix("index.html").removesuffix(".html").rstrip("/")
        if url and _SCHEME.match(url) and (not own or plain.endswith("/" + own)):
            found[plain[: len(plain) - len(own)].rstrip("/") + "/"] += 1
    return found.most_common(1)[0][0] if found else ""


def place_of(path: str) -> str:
    """A page's place without what servers leave out: `guide` for `guide/index.html`."""
    if path == "index.html":
        return ""
    return path.removesuffix("/index.html").removesuffix(".html")
