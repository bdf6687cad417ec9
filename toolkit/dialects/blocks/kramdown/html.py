"""Elements of HTML as kramdown bounds them: up to the tag that closes them, over blank lines.

What they hold is HTML as it is, unless the attribute `markdown` says otherwise.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown.patterns import NAME, SPAN_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

_VALUE = r"(?:\s*=\s*(?:\w+|\"[^\"]*\"|'[^']*'))?"
TAG = re.compile(
    rf"<(?P<name>{NAME})(?P<attributes>(?:\s+{NAME}{_VALUE})*+)\s*+(?P<alone>/)?>",
    re.DOTALL | re.ASCII,
)
CLOSING = re.compile(rf"</(?P<name>{NAME})\s*>", re.ASCII)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_MARKDOWN = re.compile(r"\smarkdown\s*=\s*[\"']?(?P<value>[\w]+)", re.ASCII)
_RAW = re.compile(
    rf"<!--.*?-->|<\?.*?\?>|<!\[CDATA\[.*?\]\]>|{CLOSING.pattern}|(?P<open><{NAME}(?=[\s/>]))",
    re.DOTALL | re.ASCII,
)
_WITHOUT_BODY = frozenset(
    "area base br col command embed hr img input keygen link meta param source track wbr".split()
)
_SCRIPTS = frozenset({"script", "style"})
_BLOCK_CONTENT = frozenset(
    "address applet article aside blockquote body dd details div dl fieldset figure figcaption "
    "footer form header hgroup iframe li main map menu nav noscript object section summary "
    "td".split()
)
_SPAN_CONTENT = frozenset(
    "a abbr acronym b bdo big button cite caption del dfn dt em h1 h2 h3 h4 h5 h6 i ins label "
    "legend optgroup p q rb rbc rp rt rtc ruby select small span strong sub sup th tt".split()
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of an element: tags and what stands raw between them, or the content of one.

    `content` is empty for the first, else `block` or `span` by what the content is read as.
    """

    start: int
    end: int
    content: str = ""
    name: str = ""


def opens_block(text: str, position: int) -> re.Match[str] | None:
    """Return the tag at a position that starts an element of block level."""
    tag = TAG.match(text, position)
    return tag if tag and tag["name"].lower() not in SPAN_ELEMENTS else None


def content_of(tag: re.Match[str]) -> str:
    """Return how the content of an element is read: `block`, `span` or raw, which is empty."""
    found = _MARKDOWN.search(tag["attributes"])
    value = found["value"] if found else ""
    name = tag["name"].lower()
    if value == "1":
        if name in _BLOCK_CONTENT:
            return "block"
        return "span" if name in _SPAN_CONTENT else ""
    return value if value in {"block", "span"} else ""


def is_closed(tag: re.Match[str]) -> bool:
    """Whether an element ends with its tag."""
    return bool(tag["alone"]) or tag["name"].lower() in _WITHOUT_BODY


def pieces(text: str, tag: re.Match[str], opened: list[str]) -> Iterator[Piece]:
    """Yield the pieces of the element that a tag opens; `opened` are those that it stands in.

    The content of an element that is read as blocks ends its pieces, and the element is put among
    `opened`: where it ends only the blocks know. After it `rest_of` goes on.
    """
    yield from _pieces(text, tag.start(), tag, opened)


def rest_of(text: str, start: int, position: int, opened: list[str]) -> Iterator[Piece]:
    """Yield the pieces after the content of an element, as long as other ones are open."""
    if not opened:
        yield Piece(start, position)
        return
    yield from _raw(text, start, position, opened)


def _pieces(text: str, start: int, tag: re.Match[str], opened: list[str]) -> Iterator[Piece]:
    name = tag["name"].lower()
    content = content_of(tag)
    if is_closed(tag):
        yield from rest_of(text, start, tag.end(), opened)
    elif name in _SCRIPTS:
        closing = _closing(text, name, tag.end())
        yield from rest_of(text, start, closing.end() if closing else len(text), opened)
    elif content == "span":
        closing = _closing(text, name, tag.end())
        yield Piece(start, tag.end())
        inner = closing.start() if closing else len(text)
        yield Piece(tag.end(), inner, "span", name)
        behind = closing.end() if closing else len(text)
        yield from rest_of(text, inner, behind, opened)
    elif content == "block":
        yield Piece(start, tag.end())
        yield Piece(tag.end(), len(text), "block", name)
        opened.append(name)
    else:
        opened.append(name)
        yield from _raw(text, start, tag.end(), opened)


def _raw(text: str, start: int, position: int, opened: list[str]) -> Iterator[Piece]:
    """Yield HTML up to where all of the open elements are closed."""
    while mark := _RAW.search(text, position):
        position = mark.end()
        if mark["name"] and mark["name"].lower() == opened[-1]:
            opened.pop()
            if not opened:
                yield Piece(start, position)
                return
        elif mark["open"]:
            tag = TAG.match(text, mark.start())
            if tag is None:
                continue
            if content_of(tag) and not is_closed(tag):
                yield from _pieces(text, start, tag, opened)
                return
            position = _behind_tag(text, tag, opened)
            if position < 0:
                break
    yield Piece(start, len(text))


def _closing(text: str, name: str, position: int) -> re.Match[str] | None:
    """Return the first tag from a place on that closes an element."""
    pattern = re.compile(rf"</{re.escape(name)}\s*>", re.IGNORECASE | re.ASCII)
    return pattern.search(text, position)


def _behind_tag(text: str, tag: re.Match[str], opened: list[str]) -> int:
    """Return where raw HTML goes on after a tag that opens an element; -1 for nowhere."""
    name = tag["name"].lower()
    if is_closed(tag):
        return tag.end()
    if name in _SCRIPTS:
        closing = _closing(text, name, tag.end())
        return closing.end() if closing else -1
    opened.append(name)
    return tag.end()
