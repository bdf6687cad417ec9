"""Addresses in the HTML of localized pages that were written for the page of the source."""

from __future__ import annotations

import re
from html import escape, unescape
from posixpath import join, normpath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from mkdocs.utils import get_relative_url

from toolkit.reading.targets.html import TAG, silent_end, tag_places
from toolkit.reading.targets.value import Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from mkdocs.structure.files import File

_OPENING = re.compile(
    r"<(?=[A-Za-z])(?!(?:span|p|code|li|ul|ol|div|td|th|tr|pre|em|strong|h[1-6]|mark|del|ins|br|kbd)"
    r"(?:\s(?:class|id|style)=\"[^\"<>]*\")*\s?/?>)"
)
"""A tag, but for the many that have nothing but a class."""
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|[#?]|\{|$")
_SAFE = "/!$&'()*+,;=:@~[]"


class Addresses:
    """Leads the addresses of a localized page to what they lead to from the source page.

    Markdown's links have gone through MkDocs' files already; raw HTML is written for the address
    of the source page, and stays so far as that holds.
    """

    def __init__(
        self,
        known: Mapping[str, File],
        local: Callable[[File], File | None],
        site_url: str | None,
    ) -> None:
        self._known = known
        self._local = local
        base = urlsplit(site_url or "")
        self._root = (base.path.rstrip("/") + "/") if site_url else "/"
        self._site = f"{base.scheme}://{base.netloc}" if base.netloc else ""

    def rewritten(self, html: str, here: str, source: str) -> str:
        """Return the HTML of the page at `here` whose source page is at `source`."""
        parts, end = [], 0
        for start, stop, writing in _places(html):
            old = html[start:stop]
            new = self._address(unescape(old), here, source)
            if new is not None:
                parts += [html[end:start], _written(new, writing)]
                end = stop
        return "".join((*parts, html[end:])) if parts else html

    def _address(self, url: str, here: str, source: str) -> str | None:
        """Return what an address has to be; `None` where it may stay as it is."""
        rooted = self._rooted(url)
        if rooted is None and _ELSEWHERE.match(url):
            return None
        if rooted is not None:
            return self._from_root(url, rooted)
        path, rest = _split(url)
        if self._file(_resolved(here, path)) is not None:
            return None
        meant = _resolved(source, path)
        found = self._file(meant)
        if found is not None:
            return get_relative_url((self._local(found) or found).url, here) + rest
        if meant.startswith("../") or meant == _resolved(here, path):
            return None
        return get_relative_url(quote(meant, _SAFE), here) + rest

    def _rooted(self, url: str) -> str | None:
        """Return the path of an address that is written from the site's root on."""
        path = url.removeprefix(self._site) if self._site else url
        if not path.startswith(self._root) or path.startswith("//"):
            return None
        return path[len(self._root) :]

    def _from_root(self, url: str, rooted: str) -> str | None:
        path, rest = _split(rooted)
        found = self._file(unquote(path))
        local = self._local(found) if found is not None else None
        if local is None or local is found:
            return None
        start = url[: len(url) - len(rooted)]
        return start + ("" if local.url == "./" else local.url) + rest

    def _file(self, address: str) -> File | None:
        return self._known.get(address) or self._known.get(f"{address}/")


def _places(html: str) -> Iterator[tuple[int, int, Writing]]:
    """Iterate over the addresses in the tags of some HTML."""
    position = 0
    while opening := _OPENING.search(html, position):
        tag = TAG.match(html, opening.start())
        if not tag:
            position = opening.end()
            continue
        for place in tag_places(tag):
            yield place.start, place.end, place.writing
        position = silent_end(tag) or len(html)


def _split(url: str) -> tuple[str, str]:
    path = re.split(r"[?#]", url, maxsplit=1)[0]
    return path, url[len(path) :]


def _resolved(page: str, path: str) -> str:
    """Return the place below the site's root that a path leads to from a page's address."""
    folder = unquote(page).rpartition("/")[0]
    target = normpath(join(folder, unquote(path)))
    if target in {".", ""}:
        return ""
    return f"{target}/" if path.endswith(("/", "/.", "..")) or path == "." else target


def _written(url: str, writing: Writing) -> str:
    if writing in {Writing.UNQUOTED, Writing.SOURCE_SET}:
        url = quote(url, _SAFE + "%#?").replace(",", "%2C")
    return escape(url, quote=True).replace("&#x27;", "&#39;")
