"""JSX in Markdown: where elements' tags and expressions start and end, and how they nest.

The syntax is that of MDX 3 ("What is MDX?", "Syntax") and of JSX ("JSX specification", section
"Primary productions"): names may be dotted or have a colon, attributes are strings, expressions in
braces, or spread ones. Strings in JSX know no backslash.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.javascript import Reach
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

_NAME = r"[^\W\d][\w$\u200c\u200d-]*(?:\s*[.:]\s*(?:[^\W\d]|\$)[\w$\u200c\u200d-]*)*"
_BLANKS = late(r"\s+")
_OPENING = late(rf"<(?:(?P<close>/)\s*)?(?:(?P<name>{_NAME})(?=[\s/>{{])|(?=>))")
_ATTRIBUTE = late(
    rf"\s*(?:(?P<name>{_NAME})(?:\s*=\s*(?:\"(?P<double>[^\"]*)\"|'(?P<single>[^']*)'|"
    r"(?P<expression>(?=\{)|(?=<))))?|(?P<spread>(?=\{)))"
)
_ENDING = late(r"\s*(?P<alone>/\s*)?>")
_STOP = late(r"[`~\\\]<{]")
"""The first characters of everything that is searched for outside of code."""
_FENCE = late(r"(?P<marks>`{3,}(?=[^`\n]*(?:\n|\Z))|~{3,})[^\n]*(?:\n|\Z)")
BRACKETED_TARGET = (
    r"\]\([ \t\n]*<(?:\\.|[^<>\\\n]){0,999}>"
    r"(?=(?:[ \t\n]+(?:\"[^\"]{0,999}\"|'[^']{0,999}'|\([^()]{0,999}\)))?[ \t\n]*\))"
)
"""Matches the target of a link in angle brackets; what follows is a title, or the link's end."""
_FIND = late(
    r"(?P<escape>\\[^\n])|(?P<target>" + BRACKETED_TARGET + r")"
    r"|(?P<code>(?P<ticks>`++)(?:[^`\n]|\n(?![ \t]*\n)|(?!(?P=ticks)(?!`))`++){1,999}?"
    r"(?<!`)(?P=ticks)(?!`))|(?P<lone>`++)|(?P<comment><!--.{0,20000}?-->)|(?P<mark>[<{])",
    re.DOTALL,
)


class Tag(NamedTuple):
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


@lru_cache(maxsize=4096)
def jsx_in(
    text: str, *, page: bool = False
) -> tuple[tuple[Tag, ...], tuple[tuple[int, int], ...], tuple[int, ...]]:
    """The tags of a text, its expressions as start and end, and marks that begin neither.

    What stands in code, in comments, in links' targets or after a backslash is none of them; a
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
    """The opening of fenced code, whose marks nothing stands before."""
    if text[start] not in "`~":
        return None
    line = text.rfind("\n", 0, start) + 1
    return None if text[line:start].strip(" \t>") else _FENCE.match(text, start)


def _fence_end(text: str, opening: re.Match[str]) -> int:
    closing = re.compile(rf"\n[ \t>]*{opening['marks']}[`~]*[ \t]*(?=\n|\Z)")
    last = closing.search(text, opening.end() - 1)
    return last.end() if last else len(text)
