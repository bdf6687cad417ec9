"""The blocks of MDX, JSX in lines of its own and modules, and Docusaurus' admonitions.

Sources are the specifications of micromark's extensions for MDX, CommonMark's discussion "Generic
directives/plugins syntax", and Docusaurus' documentation, "Admonitions".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any

from markdown_it.helpers import parseLinkTitle

from toolkit.dialects.blocks.html import commonmark_html
from toolkit.dialects.blocks.javascript import Reach, module_end
from toolkit.dialects.blocks.jsx import tag_at
from toolkit.dialects.blocks.jsx_guarding import UNWRAPPED
from toolkit.dialects.blocks.jsx_texts import texts_of, without_texts
from toolkit.dialects.blocks.pushing import nested, push_leaf, push_title
from toolkit.dialects.blocks.values import Container, Elements, Module, Opaque, Title
from toolkit.dialects.parser import line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.dialects.parser import BlockRule

_MODULE = re.compile(r"(?:import|export)(?=[ \t{*\"'])")
_COMMENT = re.compile(r"\{\s*/\*(?P<text>.*?)\*/\s*\}", re.DOTALL)
_LABELED = r"(?P<colons>:{3,})(?P<name>[A-Za-z][\w-]*)(?:\[(?P<label>[^\n]*)\])?(?:\{[^{}\n]*\})?"
_DIRECTIVE = re.compile(rf"{_LABELED}(?P<title>)[ \t]*$")
_TITLED_DIRECTIVE = re.compile(
    rf"{_LABELED}(?:[ \t]+(?P<title>\S[^\n]*?))?(?:[ \t]*\{{[^{{}}\n]*\}})?[ \t]*$"
)
_DIRECTIVE_END = re.compile(r"(:{3,})[ \t]*$")
_BLANKS = re.compile(r"[ \t]*")
_CLOSINGS = "closings of unwrapped code"


def module(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """`import` and `export` at the very start of a line, up to a blank line outside of brackets.

    What leaves brackets or quotes open is no text either: it does not compile.
    """
    offset = state.bMarks[start]
    if silent or state.level or state.tShift[start] or not _MODULE.match(state.src, offset):
        return False
    # What is read without its fences ends before the closing one.
    closings: set[int] = state.env.get(_CLOSINGS, set())
    end = min((line for line in closings if start < line < end), default=end)
    behind = module_end(state.src, offset, state.eMarks[end - 1])
    if behind < 0:
        blank = next((line for line in range(start, end) if state.isEmpty(line)), end)
        behind = state.eMarks[blank - 1]
    last = min(bisect_left(state.eMarks, behind - 1, start, end), end - 1)
    push_leaf(state, (start, last + 1), Module((offset, behind)))
    return True


def jsx(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Lines that hold nothing but tags, or one expression; what stands between is Markdown."""
    offset = text_range(state, start)[0]
    if state.src.startswith("<!--", offset):
        return commonmark_html(state, start, end, silent)
    position, tags = _leading(state, offset, state.eMarks[end - 1])
    last = _line_that_ends(state, position, start, end)
    if position == offset or last < 0:
        return False
    if not silent:
        _push(state, (start, last + 1), (offset, position), tags)
    return True


def _leading(state: StateBlock, offset: int, limit: int) -> tuple[int, list[Tag]]:
    """The offset after the expression and the tags that a line starts with, and these tags."""
    tags: list[Tag] = []
    position = offset
    reach: Reach = state.env.setdefault("reach of expressions", Reach())
    if state.src[offset] == "{":
        position = max(offset, reach.behind(state.src, offset, limit))
    while position > offset or state.src[offset] == "<":
        tag = tag_at(state.src, position, limit, reach)
        if tag is None:
            break
        tags.append(tag)
        blanks = _BLANKS.match(state.src, tag.end)
        position = blanks.end() if blanks else tag.end
    return position, tags


def opening_line(state: StateBlock, start: int) -> int:
    """The last line of the tags that start a paragraph; none of these lines starts a block."""
    offset = text_range(state, start)[0]
    if state.src[offset] not in "<{":
        return start
    behind = _leading(state, offset, state.eMarks[state.lineMax - 1])[0]
    last = bisect_left(state.eMarks, behind - 1, start, state.lineMax - 1)
    return start if any(state.isEmpty(line) for line in range(start, last)) else last


def _line_that_ends(state: StateBlock, position: int, start: int, end: int) -> int:
    """The line that nothing but blanks of stands after `position`, -1 where there is more."""
    line = bisect_left(state.eMarks, position, start, end)
    if line >= end or state.src[position : state.eMarks[line]].strip(" \t"):
        return -1
    return line


def _push(
    state: StateBlock, lines: tuple[int, int], span: tuple[int, int], tags: list[Tag]
) -> None:
    comment = _COMMENT.fullmatch(state.src[slice(*span)].strip())
    texts = tuple(text for tag in tags for text in texts_of(tag, state.src))
    elements = Elements(
        tuple(tags),
        texts,
        name=" ".join(without_texts(state.src, *span, texts).split()),
        comment=comment["text"].strip() if comment else "",
    )
    push_leaf(state, lines, elements)


def unwrapped(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """The fences of a block of code `mdx-code-block`, which Docusaurus reads without them."""
    closings: set[int] = state.env.setdefault(_CLOSINGS, set())
    if start not in closings:
        opening = UNWRAPPED.match(line_text(state, start))
        unclosed = f"unclosed unwrapped {end} {opening and opening['fence']}"
        if opening is None or unclosed in state.env:
            return False
        rest = range(start + 1, end)
        closing = next((line for line in rest if line_text(state, line) == opening["fence"]), None)
        if closing is None:
            state.env[unclosed] = True
            return False
        closings.add(closing)
    if not silent:
        push_leaf(state, (start, start + 1), Opaque())
    return True


def title_with_parentheses(
    text: str,
    start: int,
    end: int,
    before: Any = None,  # noqa: ANN401 - markdown-it's own
) -> Any:  # noqa: ANN401
    """Read a link's title as micromark does: between parentheses an opening one may stand."""
    hidden = text[: start + 1] + text[start + 1 :].replace("(", "_")
    return parseLinkTitle(hidden, start, end, before)


def directive_rule(*, titled: bool = False) -> BlockRule:
    """The rule for `:::note[Title]`, Markdown, and as many colons or more.

    The first line of enough colons ends it, in code as well; nested ones have fewer. Without one,
    what follows is read as it stands. With `titled` a title may stand after a blank, too, as
    Docusaurus has it.
    """
    pattern = _TITLED_DIRECTIVE if titled else _DIRECTIVE

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        match = pattern.match(line_text(state, start))
        if match and not silent:
            _read_directive(state, start, end, match)
        return match is not None

    return rule


def _read_directive(state: StateBlock, start: int, end: int, match: re.Match[str]) -> None:
    group = "title" if match["label"] is None else "label"
    name = match["name"].lower()
    _push_title(state, start, match, group, name)
    close = _closing_line(state, start + 1, end, len(match["colons"]))
    if close < 0:
        push_leaf(state, (start, start + 1), Opaque())
    else:
        lines, block = (start + 1, close), Container(name)
        nested(state, "directive", lines, indent=state.blkIndent, block=block)
        state.line = close + 1


def _push_title(state: StateBlock, line: int, match: re.Match[str], group: str, name: str) -> None:
    start, end = match.span(group)
    if start < end:
        offset = text_range(state, line)[0]
        span = (offset + start, offset + end)
        # Docusaurus puts a title of either kind between brackets.
        push_title(state, line, Title(span, Kind.ADMONITION_TITLE, Form.BRACKETED, name))


def _closing_line(state: StateBlock, line: int, end: int, colons: int) -> int:
    """The line that closes a directive, -1 where none does before its container ends.

    From where none was found is remembered, so that a page is searched to its end once.
    """
    unclosed = state.env.setdefault("unclosed directives", {})
    if colons >= unclosed.get((end, state.blkIndent), colons + 1):
        return -1
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        closing = _DIRECTIVE_END.match(line_text(state, line))
        if closing and len(closing[1]) >= colons:
            return line
        line += 1
    if line == end:
        unclosed[end, state.blkIndent] = colons
    return -1
