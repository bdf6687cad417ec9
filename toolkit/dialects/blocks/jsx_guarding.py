"""The parts of JSX that a translation must not change: nesting, and whatever acts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

from toolkit.dialects.blocks.harmless import is_harmless
from toolkit.dialects.blocks.javascript import Reach
from toolkit.dialects.blocks.jsx import BRACKETED_TARGET, jsx_in, tag_at
from toolkit.dialects.blocks.text_directives import without_text_directives

if TYPE_CHECKING:
    from collections.abc import Iterator

    from toolkit.dialects.blocks.jsx import Tag

UNWRAPPED = re.compile(r"[ ]*(?P<fence>`{3,4})[ ]*mdx-code-block$")
"""The opening of a block of code that Docusaurus reads without its fences."""
_DEPTH = 100
_DOLLARS = re.compile(r"\$(?<![\\$]\$)\$*")
"""Patterns start with their marks, which Python finds fast."""
_TEXT_ENDS = re.compile(r"\n[ \t]*(?=\n)|\|")
"""Matches what ends paragraphs and cells of tables."""
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>"
)
"""A link in pages that are read as CommonMark (`format: detect`, Docusaurus 2)."""
_CLOSING = re.compile(
    rf"\\.|{BRACKETED_TARGET}"
    r"|(?P<ticks>`++)(?:[^`]|(?!(?P=ticks)(?!`))`++){1,999}?(?<!`)(?P=ticks)(?!`)"
    r"|`++|(?P<brace>\})"
)


def nesting(text: str) -> Counter[tuple[str, ...]]:
    """Count for the elements of a page how often each stands below which others.

    A page whose tags cross, or are not closed, does not compile.
    """
    trail: list[str] = []
    found: Counter[tuple[str, ...]] = Counter()
    behind = 0
    text = _without_unwrapped(text)
    for tag in jsx_in(text, page=True)[0] if "<" in text else ():
        # Emphasis and formulas that an element's tags cut in two do not compile, either.
        found["$",] += len(_DOLLARS.findall(text, behind, tag.start)) % 2
        behind = tag.end
        if is_harmless(text[tag.start : tag.end]):
            continue
        if tag.alone:
            found[*trail[-_DEPTH:], tag.name, "/"] += 1
        elif not tag.closes:
            trail.append(tag.name)
            found[tuple(trail[-_DEPTH:])] += 1
        elif trail and trail[-1] == tag.name:
            trail.pop()
        else:
            found[*trail[-_DEPTH:], tag.name, "crosses"] += 1
    found[*trail, "open"] += 1
    found["cut",] += sum(map(_cuts, _texts_with_tags(text)))
    return found


def _texts_with_tags(text: str) -> Iterator[str]:
    """Yield the paragraphs and cells of the blocks of a page that may have tags."""
    for block in text.split("\n\n") if "<" in text else ():
        if "<" in block:
            yield from _TEXT_ENDS.split(block)


def _cuts(text: str) -> int:
    """Count the ends of emphasis and elements in a text that are in one another's way."""
    if "<" not in text or not ("*" in text or "_" in text):
        return 0
    pieces: list[str] = []
    behind = 0
    for tag in jsx_in(text)[0]:
        # Attributes are no text, whatever they hold.
        written = f"<x{'/' if tag.alone else ''}>" if not tag.closes else "</x>"
        pieces += (text[behind : tag.start], written)
        behind = tag.end
    tokens = _inline().parseInline("".join((*pieces, text[behind:])))[0].children or []
    cuts, trail = 0, ""
    for token in tokens:
        kind = _ENDS.get(token.content) or _ENDS.get(token.type) or ""
        if kind.islower():
            trail += kind
        elif kind and trail.endswith(kind.lower()):
            trail = trail[:-1]
        elif kind:
            cuts += 1
            trail = trail.replace(kind.lower(), "", 1)
    return cuts


_ENDS = {
    "<x>": "x",
    "</x>": "X",
    "em_open": "e",
    "em_close": "E",
    "strong_open": "s",
    "strong_close": "S",
}
"""Letters for what opens and, in capitals, for what closes."""


@cache
def _inline() -> MarkdownIt:
    return MarkdownIt("commonmark")


def _without_unwrapped(text: str) -> str:
    """A page without the fences that Docusaurus takes away."""
    if "mdx-code-block" not in text:
        return text
    fence = ""
    lines: list[str] = []
    for line in text.split("\n"):
        opening = None if fence else UNWRAPPED.match(line)
        if opening:
            fence = opening["fence"]
        elif fence and line.strip(" ") == fence:
            fence = ""
        else:
            lines.append(line)
    return "\n".join(lines)


def escaped_jsx(source: str, text: str) -> str:
    """A translation with a backslash before what would be JSX and is not its source's."""
    if not ("{" in text or "<" in text or "}" in text):
        return text
    known = _pieces(source)
    # What stands in an expression acts when the expression does not.
    while starts := _to_escape(known, text):
        pieces: list[str] = []
        position = 0
        for start in sorted(starts):
            pieces += (text[position:start], "\\")
            position = start
        text = "".join((*pieces, text[position:]))
    return text


def mdx_text(source: str, text: str) -> str:
    """A translation as MDX can read it: escaped, and with no line that starts with broken JSX.

    MDX looks for blocks first, also in the midst of code, and stops where a tag does not end.
    """
    text = escaped_jsx(source, without_text_directives(source, text))
    if "\n" not in text:
        return text
    broken: set[int] = set()
    reach = Reach()
    for found in reversed([*_LINE_OF_JSX.finditer(text)]):
        if not _is_whole(text, found.end(), broken, reach):
            broken.add(found.end())
    return _LINE_OF_JSX.sub(lambda found: " " if found.end() in broken else found[0], text)


def _is_whole(text: str, start: int, broken: set[int], reach: Reach) -> bool:
    """Whether the JSX that a line starts with ends, all that stands in a row.

    `broken` are the starts of lines below that go on with this one.
    """
    while text.startswith(("<", "{"), start):
        tag = tag_at(text, start) if text[start] == "<" else None
        behind = tag.end if tag else -1
        if text[start] == "{":
            behind = reach.behind(text, start, len(text))
        if behind <= start:
            return False
        following = _ANY_BLANKS.match(text, behind)
        start = following.end() if following else behind
        if start in broken:
            return False
        if "\n" in text[behind:start]:
            break
    return True


_ANY_BLANKS = re.compile(r"\s*")
_LINE_OF_JSX = re.compile(r"[ \t]*\n\s*(?=[<{])")
"""Matches line ends before what MDX reads as JSX."""


def _to_escape(known: frozenset[str], text: str) -> set[int]:
    """The places in a text where JSX would start; `known` is the JSX that its source has."""
    tags, expressions, lone = jsx_in(text)
    pieces = {tag.start: text[tag.start : tag.end] for tag in tags if tag.name}
    starts = {start for start, tag in pieces.items() if tag not in known and not is_harmless(tag)}
    starts = {start for start in starts if not text[start + 1 : start + 2].isascii()}
    starts |= {start for start, end in expressions if text[start:end] not in known}
    starts |= {start for start in lone if _is_foreign(known, text, start)}
    return starts | set(_lone_closings(text, tags, expressions))


def _is_foreign(known: frozenset[str], text: str, start: int) -> bool:
    """Whether a mark that begins no JSX would stop MDX, and is no autolink of the source."""
    autolink = _AUTOLINK.match(text, start)
    is_text = text[start : start + 2] == "< " and bool(text[start + 1 :].strip())
    return not is_text and not (autolink and autolink[0] in known)


def _lone_closings(
    text: str, tags: tuple[Tag, ...], expressions: tuple[tuple[int, int], ...]
) -> Iterator[int]:
    """Braces that close nothing."""
    inside = [*((tag.start, tag.end) for tag in tags), *expressions]
    for found in _CLOSING.finditer(text):
        start = found.start("brace")
        if start >= 0 and not any(left <= start < right for left, right in inside):
            yield start


def _pieces(text: str) -> frozenset[str]:
    """The tags, expressions and autolinks of a text, as they are written."""
    tags, expressions, lone = jsx_in(text)
    autolinks = (_AUTOLINK.match(text, start) for start in lone)
    return frozenset(
        [text[tag.start : tag.end] for tag in tags]
        + [text[start:end] for start, end in expressions]
        + [autolink[0] for autolink in autolinks if autolink]
    )
