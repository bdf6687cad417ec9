"""The targets in a text that no grammar sees as markup: URLs, mail addresses, halves of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading import canonical
from toolkit.writing.guard.feature import Act, Feature

if TYPE_CHECKING:
    from collections.abc import Iterator

_URL_END = r"[^\s<>\"'`|\\)\]}（），。、；：！？」』】》”’\0]*"
_SCHEME = re.compile(
    r"(?:https?|ftps?|\b(?:file|mailto|tel|data|blob|javascript|vbscript)):(?=[^\s\0])" + _URL_END,
    re.IGNORECASE,
)
_HOST = re.compile(r"(?<!:)//(?=\w)" + _URL_END)
_WWW = re.compile(r"www\." + _URL_END, re.IGNORECASE)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]*(?:\.[\w-]+)+")
_HALF_LINK = re.compile(r"\]\((?!\s*<?\0)\s*(?P<angle><?)(?P<target>[^\s<>\0]*)")
"""Matches the end of a link that another text could begin."""
_PARENTHESIS = re.compile(r"\\.|[()]")
_LEFT_TARGETS = ((":", _SCHEME), ("//", _HOST), (".", _WWW))
_SHOWN_TARGETS = ((":", _SCHEME), (".", _WWW))
_TRAILING = ".,;:!?*_~"


def features_of_addresses(text: str) -> Iterator[Feature]:
    """Yield the targets that the grammar does not see as markup."""
    for mark, pattern in _LEFT_TARGETS:
        if mark in text:
            for match in pattern.finditer(text):
                yield Feature(Act.TARGET, _scrubbed(match[0]))
    if "@" in text:
        yield from (Feature(Act.MAIL, match[0].casefold()) for match in _MAIL.finditer(text))
    for match in _HALF_LINK.finditer(text) if "](" in text else ():
        target = match["target"]
        end = len(target) if match["angle"] else _end_of(target)
        yield Feature(Act.TARGET, _scrubbed(target[:end]))


def _end_of(target: str) -> int:
    """Return the end of the parenthesis that ends a target; words without blanks may follow."""
    depth = 0
    for mark in _PARENTHESIS.finditer(target):
        if mark[0] == ")" and not depth:
            return mark.end()
        depth += {"(": 1, ")": -1}.get(mark[0], 0)
    return len(target)


def features_of_shown_addresses(shown: str) -> Iterator[Feature]:
    """Yield the URLs and mail addresses of a text as readers see it."""
    for mark, pattern in _SHOWN_TARGETS:
        for match in pattern.finditer(shown) if mark in shown else ():
            yield Feature(Act.TARGET, _scrubbed(match[0]))
    for match in _MAIL.finditer(shown) if "@" in shown else ():
        yield Feature(Act.MAIL, match[0].casefold())


def cut_url(url: str) -> str:
    """Return a bare URL without what is rather the sentence it stands in."""
    match = _SCHEME.match(url)
    return _scrubbed(match[0]) if match else url


def _scrubbed(target: str) -> str:
    return canonical.target(target).rstrip(_TRAILING)
