"""Python-Markdown's reading of inline text: a pass for each pattern, in the order of priorities.

What a pass finds is hidden from those after it, as Python-Markdown puts a placeholder there. Code
is found first, then formulas and escapes, then links, then what stands between `<` and `>`, then
bare URLs (Python-Markdown's `inlinepatterns`, PyMdown's `inlinehilite`, `arithmatex`, `magiclink`).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

from toolkit.dialects.inline.bare import bare_mail, bare_url
from toolkit.dialects.inline.brackets import Brackets, Gap
from toolkit.dialects.inline.loose_resource import LooseResources
from toolkit.dialects.inline.mark import MASK, Mark, Markup, masked, outermost
from toolkit.dialects.inline.runs import Runs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from toolkit.dialects.inline.grammar import Grammar

_BACKSLASHES_OR_TICK = re.compile(r"\\+|`")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPED = frozenset("\\`*_{}[]()>#+-.!|")
_FORMULA_ENDS = ("$", "\\)", "\\]")
_BRACKET = re.compile(r"(!?\[)|\]")
_AUTOLINK = re.compile(r"<(?P<url>[A-Za-z][A-Za-z0-9+.-]*+://[^<>]*+)>")
_MAIL = re.compile(r"<(?P<mail>[^<> !]+@[^@<> ]++)>")
_TAG = re.compile(
    r"</?+[a-zA-Z][^\s\"'<>@]*+"
    r"(?:\s++[^\s\"'=<>]++(?:\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'|[^\s\"'=<>]++))?+)*+\s*+/?>"
)
_OTHERS = (
    (Markup.COMMENT, "<!--", "-->"),
    (Markup.INSTRUCTION, "<?", "?>"),
    (Markup.INSTRUCTION, "<![CDATA[", "]]>"),
)
_LINKS = ((Markup.AUTOLINK, _AUTOLINK), (Markup.MAIL, _MAIL))
_ENTITY = re.compile(r"&(?:#[0-9]+|#x[0-9a-fA-F]+|[a-zA-Z0-9]+);")
_BARE = re.compile(r"@|(?:ht|f)tps?://|w{3}\.", re.IGNORECASE)


def read_python_markdown(
    text: str, grammar: Grammar, labels: Collection[str] | None
) -> tuple[Mark, ...]:
    """Return the marks of a text."""
    found: list[Mark] = []
    rest = text
    if "`" in rest:
        rest = _taken(rest, list(_code(rest)), found)
    if grammar.formulas and ("$" in rest or "\\" in rest):
        rest = _taken(rest, list(_formulas(rest, grammar.formulas)), found)
    if "\\" in rest:
        rest = _taken(rest, list(_escapes(rest)), found)
    if "[" in rest:
        rest = _without_links(rest, labels, found)
    if "<" in rest:
        for kind, pattern in _LINKS:
            rest = _taken(rest, list(_addresses(rest, kind, pattern)), found)
        rest = _taken(rest, list(_angles(rest)), found)
    if grammar.bare and ("@" in rest or "://" in rest or "www." in rest.lower()):
        links = [mark for mark in found if mark.kind in _TARGETS]
        shown = masked(rest, list(_brackets_before_urls(rest, found)))
        rest = _taken(rest, list(_bare(shown, outermost(links))), found)
    if "&" in rest:
        found += (_whole(Markup.CHARACTER, match.span()) for match in _ENTITY.finditer(rest))
    if len(found) > 1:
        found.sort(key=lambda mark: (mark.end, -mark.start))
    return tuple(found)


def _whole(kind: Markup, span: tuple[int, int]) -> Mark:
    return Mark(kind, *span, *span)


def _taken(text: str, marks: list[Mark], found: list[Mark]) -> str:
    found += marks
    return masked(text, marks)


def code_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the code spans of a text start and end."""
    for mark in _code(text) if "`" in text else ():
        yield mark.start, mark.end


def _code(text: str) -> Iterator[Mark]:
    """The code spans; a backslash before backticks takes the first of them away.

    After a run that nothing closes as many characters are passed over as it is long.
    """
    runs = Runs(text)
    position = escaped = 0
    while match := _BACKSLASHES_OR_TICK.search(text, position):
        start, position = match.span()
        cut = start > 0 and text[start - 1] == "\\" and start != escaped
        if match[0] != "`":
            if len(match[0]) % 2 == 0 and not cut:
                escaped = position
            else:
                position += text.startswith("`", position)
        elif not cut:
            code = runs.loose_code_at(start)
            position = code.end if code else 2 * runs.end_of(start) - start
            if code:
                yield Mark(Markup.CODE, *code)


def _formulas(text: str, pattern: str) -> Iterator[Mark]:
    if not any(mark in text for mark in _FORMULA_ENDS):
        return
    for match in re.compile(pattern, re.DOTALL).finditer(text):
        if MASK not in match[0]:
            yield _whole(Markup.FORMULA, match.span())


def _escapes(text: str) -> Iterator[Mark]:
    for match in _ESCAPE.finditer(text):
        if match[1] in _ESCAPED:
            yield Mark(Markup.ESCAPE, *match.span(), *match.span(1))


def _without_links(text: str, labels: Collection[str] | None, found: list[Mark]) -> str:
    """The text without links and images but for their own texts, which are read on."""
    links = _links(text, labels)
    found += links
    found += _links_in_images(text, links, labels)
    edges = {edge for mark in links if mark.kind in _TARGETS for edge in _edges(text, mark)}
    return masked(text, [_whole(Markup.LINK, edge) for edge in _apart(sorted(edges))])


def _links(text: str, labels: Collection[str] | None) -> list[Mark]:
    links: list[Mark] = []
    brackets = Brackets(text, links, LooseResources(text), labels, outer=True, gap=Gap.BLANK)
    position = 0
    while match := _BRACKET.search(text, position):
        if match[1]:
            position = brackets.open(match.start(), match.end())
        else:
            position = brackets.close(match.end())
    return links


def _links_in_images(
    text: str, links: list[Mark], labels: Collection[str] | None
) -> Iterator[Mark]:
    """The links in targets and titles of images, which are looked for before images are."""
    for image in links:
        inside = text[image.inner : image.end] if image.kind is Markup.IMAGE else ""
        for mark in _links(inside, labels) if "](" in inside or "][" in inside else ():
            yield Mark(mark.kind, *(place + image.inner for place in mark[1:]))


_TARGETS = frozenset({Markup.LINK, Markup.IMAGE})


def _edges(text: str, mark: Mark) -> Iterator[tuple[int, int]]:
    """The edges of a link's own text: the bracket that opens, and all from the other on."""
    yield mark.start, mark.start + 1 + (mark.kind is Markup.IMAGE)
    yield text.rfind("](", mark.start, mark.inner), mark.end


def _apart(spans: list[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    end = 0
    for span in spans:
        if span[0] >= end:
            yield span
            end = span[1]


def _addresses(text: str, kind: Markup, pattern: re.Pattern[str]) -> Iterator[Mark]:
    for match in pattern.finditer(text):
        yield Mark(kind, *match.span(), *match.span(1))


def _angles(text: str) -> Iterator[Mark]:
    """The HTML of a text."""
    position = 0
    while (start := text.find("<", position)) >= 0:
        mark = _angle(text, start)
        position = mark.end if mark else start + 1
        if mark:
            yield mark


def _angle(text: str, start: int) -> Mark | None:
    if tag := _TAG.match(text, start):
        return _whole(Markup.TAG, tag.span())
    for kind, opening, closing in _OTHERS:
        if text.startswith(opening, start):
            behind = start + len(opening)
            another = text.find(opening, behind)
            end = text.find(closing, behind, another if another >= 0 else len(text))
            if end >= 0:
                return _whole(kind, (start, end + len(closing)))
    return None


def _brackets_before_urls(text: str, found: list[Mark]) -> Iterator[Mark]:
    """The last brackets of references that a URL follows, which is a link, as behind a link."""
    ends = {mark.end for mark in found if mark.kind in _IN_BRACKETS}
    for end in sorted(ends):
        if _BARE.match(text, end):
            yield _whole(Markup.SHORT, (end - 1, end))


_IN_BRACKETS = frozenset({Markup.REFERENCE, Markup.SHORT, Markup.FOOTNOTE})


def _bare(text: str, links: list[Mark]) -> Iterator[Mark]:
    """The URLs and mail addresses that stand in no link."""
    end = 0
    starts = [link.start for link in links]
    while match := _BARE.search(text, end):
        at = match.start()
        span = bare_mail(text, at) if match[0] == "@" else bare_url(text, at, spaced=True)
        around = bisect_right(starts, at) - 1
        linked = around >= 0 and at < links[around].end
        if span is None or span[0] < end or linked:
            end = match.end()
            continue
        end = span[1]
        yield _whole(Markup.MAIL if match[0] == "@" else Markup.URL, span)
