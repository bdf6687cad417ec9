"""The alternates of the pages of a site that is made of one site for each locale.

A generator that builds one locale gives every page the same alternates, the home pages; search
engines take only those that lead to the same page in other languages and back.
"""

from __future__ import annotations

import html
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
            new = _LINK.sub(_Alternates(folder, name, (source, *tags), url), data)
            if new != data:
                write_bytes(path, new, name, durable=False)


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
