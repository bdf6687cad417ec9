"""JSX in Markdown: where elements' tags and expressions start and end, and how they nest.

The syntax is that of MDX 3 ("What is MDX?", "Syntax") and of JSX ("JSX specification", section
"Primary productions"): names may be dotted or have a colon, attributes are strings, expressions in
braces, or spread ones. Strings in JSX know no backslash.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.harmless import is_harmless

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"[^\W\d][\w$\u200c\u200d-]*(?:\s*[.:]\s*(?:[^\W\d]|\$)[\w$\u200c\u200d-]*)*"
_BLANKS = re.compile(r"\s+")
_OPENING = re.compile(rf"<(?:(?P<close>/)\s*)?(?:(?P<name>{_NAME})(?=[\s/>{{])|(?=>))")
_ATTRIBUTE = re.compile(
    rf"\s*(?:(?P<name>{_NAME})(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|"
    r"(?P<expression>(?=\{)|(?=<))))?|(?P<spread>(?=\{)))"
)
_ENDING = re.compile(r"\s*(?P<alone>/\s*)?>")
_MARK = re.compile(
    r"(?P<string>\"(?:[^\"\\\n]|\\.)*+\"|'(?:[^'\\\n]|\\.)*+')|(?P<line_comment>//[^\n]*)"
    r"|(?P<comment>/\*)|(?P<template>`)|(?P<open>[{(\[])|(?P<close>[})\]])",
    re.DOTALL,
)
_TEMPLATE = re.compile(r"\\.|`|\$\{", re.DOTALL)
_BLANK_LINE = re.compile(r"\n[ \t]*(?=\n|\Z)")
UNWRAPPED = re.compile(r"[ ]*(?P<fence>`{3,4})[ ]*mdx-code-block$")
"""The opening of a block of code that Docusaurus reads without its fences."""
_LONGEST = 20_000
"""Characters of an expression, once one was found that nothing closes."""
_MOST_UNCLOSED = 100
_DEPTH = 100
_PAIRED = {
    "*": re.compile(r"(?<!\\)\*(?!\s)|(?<![\s\\])\*"),
    "$": re.compile(r"(?<![\\$])\$+"),
}
_STOP = re.compile(r"[`~\\\]<{]")
"""The first characters of all that is looked for outside of code."""
_FENCE = re.compile(r"(?P<marks>`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})[^\n]*(?:\n|\Z)")
_FIND = re.compile(
    r"(?P<escape>\\[^\n])|(?P<target>\]\([ \t\n]*<(?:\\.|[^<>\\\n]){0,999}>(?=[ \t\n)]))"
    r"|(?P<code>(?P<ticks>`++)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`++){1,999}?"
    r"(?<!`)(?P=ticks)(?!`))|(?P<lone>`++)|(?P<comment><!--.{0,20000}?-->)|(?P<mark>[<{])",
    re.DOTALL,
)
_AUTOLINK = re.compile(
    r"<(?:[A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>]*|[\w.!#$%&'*+/=?^`{|}~-]+@[A-Za-z0-9.-]+)>"
)
"""A link in pages that are read as CommonMark (`format: detect`, Docusaurus 2)."""
_CLOSING = re.compile(
    r"\\.|\]\([ \t\n]*<(?:\\.|[^<>\\\n]){0,999}>(?=[ \t\n)])"
    r"|(?P<ticks>`++)(?:[^`]|(?!(?P=ticks)(?!`))`++){1,999}?(?<!`)(?P=ticks)(?!`)"
    r"|`++|(?P<brace>\})"
)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag; its places count in the text that was searched."""

    start: int
    end: int
    name: str
    """Empty for a fragment."""
    closes: bool
    alone: bool
    """Whether it closes itself."""
    attributes: tuple[tuple[str, int, int], ...] = ()
    """The attributes with a string: name, start and end of what stands between the quotes."""
    expressions: tuple[tuple[str, int, int], ...] = ()
    """The attributes with an expression: name, start and end with the braces."""


class Reach:
    """Limits the search for an expression's end once one was found unclosed.

    A page with such does not compile; many of them shall cost no more than one.
    """

    def __init__(self) -> None:
        self._unclosed = 0

    def behind(self, text: str, start: int, end: int) -> int:
        """The offset behind the expression at `start`, -1 where nothing closes it."""
        if self._unclosed >= _MOST_UNCLOSED:
            return -1
        limit = min(end, start + _LONGEST) if self._unclosed else end
        found = expression_end(text, start, limit)
        self._unclosed += found < 0
        return found


def tag_at(text: str, start: int, end: int | None = None, reach: Reach | None = None) -> Tag | None:
    """The tag that starts at an offset, `None` where there is none."""
    limit = len(text) if end is None else end
    opening = _OPENING.match(text, start, limit)
    if opening is None:
        return None
    reach = reach or Reach()
    position = opening.end()
    strings: list[tuple[str, int, int]] = []
    expressions: list[tuple[str, int, int]] = []
    while (ending := _ENDING.match(text, position, limit)) is None:
        found = _ATTRIBUTE.match(text, position, limit)
        if found is None:
            return None
        position = found.end()
        if found["spread"] is not None or found["expression"] is not None:
            position = reach.behind(text, position, limit)
            if position < 0:
                return None
            expressions.append((found["name"] or "", found.end(), position))
        quoted = (kind for kind in ("double", "single") if found[kind])
        strings += ((found["name"], *found.span(kind)) for kind in quoted)
    return Tag(
        start,
        ending.end(),
        _BLANKS.sub("", opening["name"] or ""),
        closes=bool(opening["close"]),
        alone=bool(ending["alone"]),
        attributes=tuple(strings),
        expressions=tuple(expressions),
    )


def expression_end(text: str, start: int, end: int | None = None) -> int:
    """The offset behind the expression whose brace stands at `start`, -1 if nothing closes it."""
    limit = len(text) if end is None else end
    if not text.startswith("{", start, limit):
        return -1
    code = _JavaScript(text, limit)
    position = start
    while mark := _MARK.search(text, position, limit):
        position = code.behind(mark)
        if position < 0 or not code.opened:
            return position
    return -1


def module_end(text: str, start: int, limit: int) -> int:
    """The offset behind the `import` or `export` at `start`: a blank line outside of brackets.

    -1 where brackets are not closed.
    """
    code = _JavaScript(text, limit)
    position = start
    blank = _BLANK_LINE.search(text, position, limit)
    while True:
        mark = _MARK.search(text, position, limit)
        if not code.opened:
            if blank and blank.start() < position:
                blank = _BLANK_LINE.search(text, position, limit)
            if blank and (mark is None or blank.start() < mark.start()):
                return blank.start() + 1
        if mark is None:
            return -1 if code.opened else limit
        position = code.behind(mark)
        if position < 0:
            return -1


def strings_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The strings of an expression, as start and end with their quotes.

    Templates are among them where nothing is put into them.
    """
    code = _JavaScript(text, end)
    position = start
    while mark := _MARK.search(text, position, end):
        depth = len(code.opened)
        position = code.behind(mark)
        if position < 0:
            return
        if mark["string"] or (mark["template"] and len(code.opened) == depth):
            yield mark.start(), position


class _JavaScript:
    """Keeps count of the brackets and templates that are open while JavaScript is read."""

    def __init__(self, text: str, limit: int) -> None:
        self.opened: list[str] = []
        self._text = text
        self._limit = limit

    def behind(self, mark: re.Match[str]) -> int:
        """The offset from which to read on behind a mark, -1 where that cannot be told."""
        if mark["open"]:
            self.opened.append(mark[0])
        elif mark["comment"]:
            closing = self._text.find("*/", mark.end(), self._limit)
            return closing + 2 if closing >= 0 else -1
        elif mark["template"] or (mark["close"] and self.opened and self.opened.pop() == "${"):
            return self._template(mark.end())
        return mark.end() if len(self.opened) < _DEPTH else -1

    def _template(self, position: int) -> int:
        """Read a template's text up to its end or to `${`."""
        while mark := _TEMPLATE.search(self._text, position, self._limit):
            position = mark.end()
            if mark[0] == "${":
                self.opened.append("${")
            if mark[0][0] != "\\":
                return position
        return -1


@lru_cache(maxsize=4096)
def jsx_in(
    text: str, *, page: bool = False
) -> tuple[tuple[Tag, ...], tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The tags of a text, its expressions as start and end, and marks that begin neither.

    What stands in code, in comments, in links' targets or behind a backslash is none of them; a
    `page` has fenced code as well.
    """
    tags: list[Tag] = []
    expressions: list[tuple[int, int]] = []
    lone: list[int] = []
    reach = Reach()
    for start in marks_outside_code(text, page=page):
        behind = max(tags[-1].end if tags else 0, expressions[-1][1] if expressions else 0)
        if start < behind:
            continue
        if text[start] == "{":
            end = reach.behind(text, start, len(text))
            if end > 0:
                expressions.append((start, end))
                continue
        elif tag := tag_at(text, start, reach=reach):
            tags.append(tag)
            continue
        lone.append(start)
    return tuple(tags), tuple(expressions), tuple(lone)


def marks_outside_code(text: str, *, page: bool) -> Iterator[int]:
    """The places of `<` and `{` outside of code and comments."""
    position = 0
    while stop := _STOP.search(text, position):
        position = stop.start()
        if fence := _fence_at(text, position):
            position = _fence_end(text, fence) if page else fence.end("marks")
            continue
        found = _FIND.match(text, position)
        if found and found["mark"]:
            yield position
        position = found.end() if found else position + 1


def _fence_at(text: str, start: int) -> re.Match[str] | None:
    """The opening of fenced code, whose marks nothing stands in front of."""
    if text[start] not in "`~":
        return None
    line = text.rfind("\n", 0, start) + 1
    return None if text[line:start].strip(" \t>") else _FENCE.match(text, start)


def _fence_end(text: str, opening: re.Match[str]) -> int:
    closing = re.compile(rf"\n[ \t>]*{opening['marks']}[`~]*[ \t]*(?=\n|\Z)")
    last = closing.search(text, opening.end() - 1)
    return last.end() if last else len(text)


def nesting(text: str) -> Counter[tuple[str, ...]]:
    """Count for the elements of a page how often each stands below which others.

    A page whose tags cross, or are not closed, does not compile.
    """
    trail: list[str] = []
    found: Counter[tuple[str, ...]] = Counter()
    behind = 0
    text = _without_unwrapped(text)
    for tag in jsx_in(text, page=True)[0]:
        # Emphasis and formulas that an element's tags cut in two do not compile, either.
        for mark, pattern in _PAIRED.items():
            found[mark,] += len(pattern.findall(text, behind, tag.start)) % 2
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
    return found


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
    """A translation with a backslash in front of what would be JSX and is not its source's."""
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
