"""Blocks of HTML as Python-Markdown and its extension `md_in_html` bound them."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from markdown_it.rules_block.fence import fence as markdown_fence
from markdown_it.rules_block.html_block import html_block as markdown_html_block

from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Html, note_block
from toolkit.dialects.parser import line_text, text_range

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule, Range

_BLOCK_ELEMENTS = frozenset(
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset "
    "figcaption figure footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li "
    "main map math menu nav noscript object ol option output p pre progress ruby script search "
    "section style summary table tbody td textarea tfoot th thead tr ul video".split()
)
_VOID = frozenset({"hr"})
_ATTRIBUTES = r"""(?:[^<>"']|"[^"]{0,9999}"|'[^']{0,9999}'){0,999}"""
_TAG = re.compile(rf"<(/?)([A-Za-z][\w:-]*)({_ATTRIBUTES})>")
_TAG_START = re.compile(r"</?([A-Za-z][\w:-]*)")
_MARKDOWN_ATTRIBUTE = re.compile(r"\smarkdown(?:\s*=\s*[\"']?(?:1|block|span|)[\"']?)?(?=[\s/]|$)")
_COMMENT_AND_TEXT = re.compile(r"(?:<!--.*?-->[ \t]*)+(?!<!--)\S")
_CODE_INDENT = 4
_PAIRS = "html tag pairs"


def noting(rule: BlockRule) -> BlockRule:
    """markdown-it's HTML rule, with the place of its lines noted."""

    def noting_rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if not rule(state, start, end, silent):
            return False
        if not silent:
            note_block(state.tokens[-1], _lines(state, start, state.line))
        return True

    return noting_rule


commonmark_html = noting(markdown_html_block)


def html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """An element that is block level for Python-Markdown, up to its closing tag.

    Elements with a `markdown` attribute end behind their opening tag, so that what they hold is
    read as Markdown. Inline elements at the start of a line are part of a paragraph.
    """
    if state.is_code_block(start):
        return False
    text = line_text(state, start)
    tag = _TAG_START.match(text)
    if tag is None:
        if _COMMENT_AND_TEXT.match(text):
            # It belongs to a paragraph, which it starts where Python-Markdown looks for HTML.
            return silent and _near_margin(state, start)
        return commonmark_html(state, start, end, silent)
    if tag[1].lower() not in _BLOCK_ELEMENTS:
        return False
    if not silent:
        last = _element_end(state, start, end)
        push_leaf(state, (start, last), _lines(state, start, last))
    return True


def _lines(state: StateBlock, start: int, end: int) -> Html:
    return Html(tuple([text_range(state, line) for line in range(start, end)]))


def _near_margin(state: StateBlock, line: int) -> bool:
    """Whether nothing but three blanks at most stand in front of a line's text."""
    start = text_range(state, line)[0]
    prefix = state.src[state.src.rfind("\n", 0, start) + 1 : start]
    return len(prefix) < _CODE_INDENT and not prefix.strip(" ")


def _element_end(state: StateBlock, start: int, end: int) -> int:
    """The line behind the block that starts with a tag in line `start`."""
    paragraph_end = _blank_line(state, start, end)
    offset = text_range(state, start)[0]
    limit = state.eMarks[end - 1]
    tag = _TAG.match(state.src, offset, limit)
    if tag is None:
        return paragraph_end
    tag_line = _line_at(state, tag.end(), start, end)
    rest = state.src[tag.end() : state.eMarks[tag_line]]
    if tag[1] or tag[2].lower() in _VOID:
        return tag_line + 1
    if _MARKDOWN_ATTRIBUTE.search(tag[3]) and f"</{tag[2]}" not in rest:
        return tag_line + 1
    closing = _closing_tags(state).get(tag.start(), 0)
    if not offset < closing <= limit:
        return _raw_end(state, start, paragraph_end)
    return _raw_end(state, start, _line_at(state, closing, start, end) + 1)


def _closing_tags(state: StateBlock) -> Mapping[int, int]:
    """For each opening tag of the page where its closing tag ends, worked out once."""
    known: dict[int, int] | None = state.env.get(_PAIRS)
    if known is None:
        known = state.env[_PAIRS] = dict(_pairs(state.src))
    return known


def _pairs(source: str) -> Iterator[Range]:
    opened: dict[str, list[int]] = defaultdict(list)
    for tag in _TAG.finditer(source):
        name = tag[2].lower()
        if not tag[1] and not tag[3].endswith("/"):
            opened[name].append(tag.start())
        elif tag[1] and opened[name]:
            yield opened[name].pop(), tag.end()


def _raw_end(state: StateBlock, start: int, closing: int) -> int:
    """The line where HTML ends: the closing tag, fenced code, or a blank line above Markdown."""
    for line in range(start + 1, closing):
        if not state.isEmpty(line):
            if state.sCount[line] < state.blkIndent or markdown_fence(state, line, closing, True):
                return line
            continue
        below = state.skipEmptyLines(line)
        markdown = below < closing and not line_text(state, below).startswith("<")
        if markdown and state.sCount[below] - state.blkIndent < _CODE_INDENT:
            return line
    return closing


def _blank_line(state: StateBlock, line: int, end: int) -> int:
    while line < end and not state.isEmpty(line) and state.sCount[line] >= state.blkIndent:
        line += 1
    return line


def _line_at(state: StateBlock, offset: int, line: int, end: int) -> int:
    while line < end - 1 and state.eMarks[line] < offset:
        line += 1
    return line
