"""Shortcodes among the blocks of a page: lines of tags, and tags that cut a paragraph."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple, cast

from toolkit.dialects.blocks.html import BLOCK_NAMES, RAW_NAMES, html_rule
from toolkit.dialects.blocks.pushing import leaf_token, push_leaf
from toolkit.dialects.blocks.shortcode_parameters import parameters_of
from toolkit.dialects.blocks.shortcode_tags import PageTags
from toolkit.dialects.blocks.text import text_rule
from toolkit.dialects.blocks.values import Shortcodes, Text, Title, block_of
from toolkit.dialects.parser import reference_rule, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

    from toolkit.dialects.blocks.values import Lines
    from toolkit.dialects.parser import BlockParser, BlockRule, Range

RAW_SHORTCODES = "raw_shortcodes"
"""The parser's option with the names of those that hold code or data."""
_BLANKS = re.compile(r"[ \t]*")
_UNTIL_ITS_END = re.compile(r"<(?:[!?]|(?:script|pre|style|textarea)\b)", re.IGNORECASE)
"""The starts of HTML that no blank line ends (CommonMark 0.31, section 4.6)."""
_ALL_BLANKS = re.compile(r"[ \t\n]*")


class _Run(NamedTuple):
    """Tags that fill some lines: the line after them, the tags, whether one of a pair is there."""

    end: int
    tags: list[int]
    paired: bool


def _page_tags(state: StateBlock) -> PageTags:
    found = state.env.get("shortcodes")
    if found is None:
        found = state.env["shortcodes"] = PageTags(state.src, state.md.options[RAW_SHORTCODES])
    return cast("PageTags", found)


def shortcode_rule(wanted: Collection[str]) -> BlockRule:
    """The rule for lines that hold nothing but tags; `wanted` are the parameters with texts.

    How deep they are indented does not matter, since Hugo finds tags before it reads Markdown. Tags
    of no pair end no paragraph: Hugo puts what they make into the running text.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        run = _run(state, start, end)
        if run is None or not (run.paired or (not silent and _ends_block(state, run.end, end))):
            return False
        if not silent:
            _push(state, (start, run.end), run.tags, wanted)
        return True

    return rule


def _run(state: StateBlock, start: int, end: int) -> _Run | None:
    """The tags that start at a line's text and end where a line ends."""
    page = _page_tags(state)
    index = page.at.get(text_range(state, start)[0])
    run: list[int] = []
    paired = False
    while index is not None:
        run.append(index)
        pair = page.pairs.get(index)
        paired = paired or pair is not None
        if pair is not None and pair > index and page.tags[index].raw:
            index = pair
        behind = _BLANKS.match(state.src, page.ends[index])
        position = behind.end() if behind else page.ends[index]
        line = bisect_left(state.eMarks, position)
        if line >= end:
            return None
        if position == state.eMarks[line]:
            return _Run(line + 1, run, paired)
        index = page.at.get(position)
    return None


def _ends_block(state: StateBlock, line: int, end: int) -> bool:
    """Whether `line` is no running text, so that the tags before it stand by themselves."""
    if line >= end or state.isEmpty(line) or state.sCount[line] < state.blkIndent:
        return True
    if _run(state, line, end):
        return True
    rules = cast("BlockParser", state.md.block).interrupting(state.src[text_range(state, line)[0]])
    return any(rule(state, line, end, True) for rule in rules)


def _over_words(rule: BlockRule) -> BlockRule:
    """A rule that sees a word for each tag, as Hugo's own reader of Markdown does.

    What holds blanks, quotes and angle brackets is then one target or attribute.
    """

    def over_words(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        page, source = _page_tags(state), state.src
        if not page.tags:
            return rule(state, start, end, silent)
        state.src = page.words
        found = rule(state, start, end, silent)
        state.src = source
        return found

    return over_words


shortcode_reference = _over_words(reference_rule)
_html = _over_words(
    html_rule(
        rf"<(?:{RAW_NAMES})(?=[ \t\f>]|/>|$)",
        rf"<(?:/ *)?(?:{BLOCK_NAMES}|meta)(?=[ >]|/>|$)",
    )
)
"""Goldmark knows one element more than CommonMark, blanks in closing tags, and `<script/>`."""


def shortcode_html(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """HTML as CommonMark has it, but up to a line of tags of a pair at most.

    What the shortcodes hold is read by itself, whatever stands before them.
    """
    if not silent and not _UNTIL_ITS_END.match(state.src, text_range(state, start)[0]):
        line = start + 1
        while line < end and not state.isEmpty(line):
            run = _run(state, line, end)
            if run and run.paired:
                end = line
            line += 1
    return _html(state, start, end, silent)


def _push(
    state: StateBlock, covered: Range, indices: Iterable[int], wanted: Collection[str]
) -> None:
    """Note some tags in a row, and the texts among their parameters."""
    page = _page_tags(state)
    token = push_leaf(state, covered, Shortcodes())
    tags = [page.tags[index] for index in indices]
    token.info = " ".join(f"/{tag.name}" if tag.closes else tag.name for tag in tags)
    for tag in tags:
        for parameter in parameters_of(state.src, tag, wanted):
            title = Title(
                (parameter.start, parameter.end),
                Kind.SHORTCODE_PARAMETER,
                Form.PARAMETER,
                name=f"{tag.name} {parameter.key}",
                text=parameter.text,
            )
            state.tokens.append(leaf_token(title, covered, state.level))


def shortcode_text_rule(
    wanted: Collection[str], attributes: re.Pattern[str] | None = None
) -> BlockRule:
    """The rule for paragraphs, which tags cut that open or close something outside of them.

    So do the pairs that make up a whole paragraph. Others are part of its text.
    """
    paragraph = text_rule(attributes=attributes)

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if not paragraph(state, start, end, silent):
            return False
        if silent:
            return True
        token = state.tokens[-1]
        block = block_of(token)
        if not isinstance(block, Text):
            return True
        cuts = _cuts(state, (block.lines[0][0], block.lines[-1][1]))
        if cuts:
            state.tokens.pop()
            _push_pieces(state, token, block.lines, cuts, wanted)
        return True

    return rule


def _push_pieces(
    state: StateBlock, token: Token, lines: Lines, cuts: Sequence[int], wanted: Collection[str]
) -> None:
    """Put the pieces between tags in the place of a paragraph."""
    page = _page_tags(state)
    first, last = token.map or (0, 0)
    position = lines[0][0]
    for index in [*cuts, None]:
        stop = lines[-1][1] if index is None else page.starts[index]
        piece = tuple(_within(state.src, lines, position, stop))
        if piece:
            line = lines[bisect_right(lines, piece[0][0], key=itemgetter(0)) - 1]
            push_leaf(state, (first, last), Text(piece, line_start=line[0]))
        if index is not None:
            _push(state, (first, last), [index], wanted)
            position = _behind(page, index)


def _behind(page: PageTags, index: int) -> int:
    pair = page.pairs.get(index, index)
    raw = pair > index and page.tags[index].raw
    return page.ends[pair if raw else index]


def _within(source: str, lines: Sequence[Range], start: int, end: int) -> Iterator[Range]:
    """The parts of some lines between two places, blank ones left out."""
    first = bisect_right(lines, start, key=itemgetter(1))
    last = bisect_left(lines, end, key=itemgetter(0))
    for line_start, line_end in lines[first:last]:
        left, right = max(start, line_start), min(end, line_end)
        text = source[left:right]
        if text.strip():
            yield left + len(text) - len(text.lstrip(" \t")), right


def _cuts(state: StateBlock, covered: Range) -> list[int]:
    """The tags that cut a paragraph, in order."""
    page = _page_tags(state)
    first = bisect_right(page.ends, covered[0])
    last = bisect_left(page.starts, covered[1])
    if first == last:
        return []
    inside = range(first, last)
    cut = {
        index
        for index in inside
        if page.pairs.get(index, index) not in inside
        or not covered[0] <= page.starts[index] < page.ends[index] <= covered[1]
    }
    edges = sorted(cut)
    starts = [covered[0], *(page.ends[index] for index in edges)]
    ends = [*(page.starts[index] for index in edges), covered[1]]
    pieces = list(zip(starts, ends, strict=True))
    while pieces:
        found = _whole_pairs(page, state.src, *pieces.pop())
        for index in found:
            cut.update((index, page.pairs[index]))
            if not page.tags[index].raw:
                pieces.append((page.ends[index], page.starts[page.pairs[index]]))
    return _without_inner(page, sorted(cut))


def _whole_pairs(page: PageTags, source: str, start: int, end: int) -> list[int]:
    """The opening tags of the pairs that a piece of text is made of, if it has nothing else."""
    found: list[int] = []
    position = _skipped(source, start)
    while position < end:
        index = page.at.get(position)
        pair = page.pairs.get(index, -1) if index is not None else -1
        if index is None or pair <= index or page.ends[pair] > end:
            return []
        found.append(index)
        position = _skipped(source, page.ends[pair])
    return found


def _skipped(source: str, position: int) -> int:
    match = _ALL_BLANKS.match(source, position)
    return match.end() if match else position


def _without_inner(page: PageTags, cuts: Sequence[int]) -> list[int]:
    """The tags without those that stand in code."""
    kept: list[int] = []
    position = 0
    for index in cuts:
        if page.starts[index] >= position:
            kept.append(index)
            position = _behind(page, index)
    return kept
