"""Targets in the attributes of HTML tags."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.reading.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUE = r"""(?:"[^"]*+"|'[^']*+'|[^\s"'=<>`]++)"""
_NAME = r"""[^\s"'=<>/]++"""
TAG = re.compile(
    rf"<(?P<close>/?+)(?P<name>[A-Za-z][A-Za-z0-9:.-]*+)"
    rf"(?P<attributes>(?:\s++{_NAME}(?:\s*+=\s*+{_VALUE})?+)*+)\s*+/?>"
)
"""A tag (CommonMark 0.31, section 6.6), with any attribute name a template may leave there."""
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\x01-\x20<>]*+)>")
"""A URL between `<` and `>` (CommonMark 0.31, section 6.5)."""
_ATTRIBUTE = re.compile(rf"\s(?P<name>{_NAME})\s*+=\s*+(?P<value>{_VALUE})|\s{_NAME}")
_CANDIDATE = re.compile(r"[\s,]*+(?P<url>\S*[^\s,])(?:,|\s[^,]*|$)")
_TARGETS = frozenset({"href", "src", "poster"})
_SILENT = frozenset({"script", "style"})
_MARKDOWN = re.compile(r"\smarkdown(?![\w-])(?!\s*=\s*[\"']?(?:0|off)\b)")


def tag_places(tag: re.Match[str]) -> Iterator[Place]:
    """The targets in a tag that `TAG` matched."""
    if tag["close"] or "=" not in tag["attributes"]:
        return
    for match in _ATTRIBUTE.finditer(tag.string, *tag.span("attributes")):
        name = (match["name"] or "").lower()
        if name in _TARGETS:
            start, end, writing = _inside(match)
            yield Place(start, end, TargetKind.HTML, writing)
        elif name == "srcset":
            yield from _candidates(match)


def holds_markdown(tag: re.Match[str]) -> bool:
    """Whether a tag says that its element is read as Markdown (`md_in_html`)."""
    return bool(_MARKDOWN.search(tag["attributes"]))


def silent_end(tag: re.Match[str]) -> int | None:
    """The end of an element whose text is no HTML; `None` where nothing closes it.

    The end of the tag itself for all elements but `script` and `style`.
    """
    name = tag["name"].lower()
    if tag["close"] or name not in _SILENT:
        return tag.end()
    closing = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(tag.string, tag.end())
    return closing.end() if closing else None


def _inside(match: re.Match[str]) -> tuple[int, int, Writing]:
    start, end = match.span("value")
    quote = match["value"][0]
    if quote not in "\"'":
        return start, end, Writing.UNQUOTED
    return start + 1, end - 1, Writing.DOUBLE if quote == '"' else Writing.SINGLE


def _candidates(match: re.Match[str]) -> Iterator[Place]:
    """The URLs of a `srcset` (HTML, section 4.8.4.2.1), their descriptors left out."""
    start, end, writing = _inside(match)
    if writing is not Writing.UNQUOTED:
        writing = Writing.SOURCE_SET
    for candidate in _CANDIDATE.finditer(match.string, start, end):
        yield Place(*candidate.span("url"), TargetKind.HTML, writing)
