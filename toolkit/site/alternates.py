"""The alternates of the pages of a site that is made of one site for each locale.

A generator that builds one locale gives every page the same alternates, the home pages; search
engines take only those that lead to the same page in other languages and back.
"""

from __future__ import annotations

import html
import json
import re
from posixpath import dirname, relpath
from typing import TYPE_CHECKING

from toolkit.language.locale import locale_of
from toolkit.model.errors import SettingsError
from toolkit.project.files import read_bytes, write_bytes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

_LINK = re.compile(rb"<link\b[^<>]*\bhreflang\s*=[^<>]*>[ \t]*\n?", re.IGNORECASE)
_LINKS = re.compile(
    rb"(?:<noscript>\s*)?(?P<links>(?:<link\b[^<>]*\bhreflang\s*=[^<>]*>\s*)+)(?:</noscript>\s*)?",
    re.IGNORECASE,
)
_CHOICE = re.compile(rb"<a\b(?=[^<>]*\bmd-select__link\b)(?=[^<>]*\bhreflang\s*=)[^<>]*>")
_SCRIPT = re.compile(rb"<script data-yiben>.*?</script>\n", re.DOTALL)
_SETTING = """<script data-yiben>
{ const links = %s
  for (const link of document.querySelectorAll("a.md-select__link[hreflang]"))
    if (link.hreflang in links) link.href = new URL(links[link.hreflang], location) }
</script>
"""
"""Sets the switcher's links where instant navigation has left the page that they came with."""
_INSTANT = b"navigation.instant"
_ATTRIBUTE = re.compile(
    r"""\b(?P<name>href|hreflang)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s>]+))"""
)


def write_alternates(folder: Path, source: str, tags: Sequence[str], url: str) -> None:
    """Let the alternates of all pages below a folder lead to the same page in other languages.

    `tags` are the folders of locales; all else is in the language `source`. `url` is where the site
    is published; without one the links are relative.
    """
    for path in sorted(folder.rglob("*.html")):
        name = path.relative_to(folder).as_posix()
        data = read_bytes(path, name)
        if b"hreflang" in data:
            alternates = _Alternates(folder, name, (source, *tags), url)
            new = _with_switcher(_LINK.sub(alternates, data), alternates)
            if new != data:
                write_bytes(path, new, name, durable=False)


def _with_switcher(data: bytes, alternates: _Alternates) -> bytes:
    """A page of Material or Zensical whose switcher leads to the same page, loaded anew.

    Their script asks for a sitemap beside each alternate that it sees, so that these are for search
    engines alone.
    """
    if not _CHOICE.search(data):
        return data
    links: dict[str, str] = {}

    def choice(match: re.Match[bytes]) -> bytes:
        text = match[0].decode("utf-8", "replace")
        found = {one["name"].lower(): one for one in _ATTRIBUTE.finditer(text)}
        language = html.unescape(_value(found["hreflang"])) if "hreflang" in found else ""
        address = alternates.relative(language)
        if not address or "href" not in found:
            return match[0]
        links[language] = address
        start, end = found["href"].span()
        text = f'{text[:start]}href="{html.escape(address)}"{text[end:]}'
        own = "" if " target=" in text else ' target="_self"'
        return f"{text[:-1]}{own}>".encode()

    data = _CHOICE.sub(choice, _SCRIPT.sub(b"", data))
    data = _LINKS.sub(rb"<noscript>\n\g<links></noscript>\n", data)
    end = data.rfind(b"</article>")
    if end < 0 or _INSTANT not in data or not links:
        return data
    script = (_SETTING % json.dumps(links).replace("<", "\\u003c")).encode()
    return data[:end] + script + data[end:]


class _Alternates:
    """Writes the alternates of one page."""

    def __init__(self, folder: Path, name: str, tags: Sequence[str], url: str) -> None:
        first = name.partition("/")[0]
        self._source = tags[0]
        self._folder = folder
        self._name = name
        self._tags = tags
        self._url = url
        self._below = name.partition("/")[2] if first in tags[1:] else name

    def __call__(self, match: re.Match[bytes]) -> bytes:
        """The link as it has to be; nothing where a language does not have the page."""
        text = match[0].decode("utf-8", "replace")
        found = {one["name"].lower(): one for one in _ATTRIBUTE.finditer(text)}
        if found.keys() != {"href", "hreflang"}:
            return match[0]
        language = html.unescape(_value(found["hreflang"]))
        other = self._counterpart(language)
        if other is None:
            return match[0]
        if not (self._folder / other).is_file():
            return b""
        start, end = found["href"].span()
        link = html.escape(self._address(other))
        return f'{text[:start]}href="{link}"{text[end:]}'.encode()

    def relative(self, language: str) -> str:
        """The link to the same page in a language; empty where there is none."""
        other = self._counterpart(language)
        if other is None or not (self._folder / other).is_file():
            return ""
        return self._from_here(other.removesuffix("index.html"))

    def _counterpart(self, language: str) -> str | None:
        """The page in a language; `None` for a language that no folder is of."""
        if language.lower() == "x-default":
            return self._below
        tag = next(iter(_alike(language, self._tags)), None)
        return self._below if tag == self._source else f"{tag}/{self._below}" if tag else None

    def _address(self, name: str) -> str:
        place = name.removesuffix("index.html")
        if self._url:
            return f"{self._url.rstrip('/')}/{place}"
        return self._from_here(place)

    def _from_here(self, place: str) -> str:
        new = relpath(place or ".", dirname(self._name) or ".")
        return f"{new}/" if place.endswith("/") or not place else new


def _value(match: re.Match[str]) -> str:
    return next(text for text in match.group("double", "single", "bare") if text is not None)


def _alike(language: str, tags: Sequence[str]) -> Iterator[str]:
    """The locales of a language, the exact one first."""
    try:
        wanted = locale_of(language)
    except SettingsError:
        return
    yield from (tag for tag in tags if tag == wanted.tag)
    same = [tag for tag in tags if locale_of(tag).language == wanted.language]
    if len(same) == 1 and "-" not in language:
        yield from same
