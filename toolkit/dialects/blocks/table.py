"""Pipe tables: the rows' places, and cutting a row into cells."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pushing import push_leaf
from toolkit.dialects.blocks.values import Table
from toolkit.dialects.parser import line_text, text_range, text_ranges
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.parser import BlockRule, Range

_DELIMITER_ROW = late(r"\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*")
_LOOSE_DELIMITER_ROW = late(r"\|?[ \t]*[-:]+[-:| \t]*")
_DELIMITERS = ("|", "-", ":")
"""The starts of a delimiter row."""
_NO_UNDERLINE = late(r"[|:]")
_HARD_BREAK = late(r"(?<!\\)(?:\\\\)*\\[ \t]*$")
_OWN_PIPE = late(r"(?<!\\)(?:\\\\)*\|")
_CELL_MARK = late(r"\{\{[<%][^{}]*\}\}|(?<!\\)\|")
"""Shortcodes are found before tables are, so that a `|` in one ends no cell.

Nor does one after a backslash, whatever stands before that.
"""
_CELL_MARK_BEHIND_PAIRS = late(r"\\.|\|", re.DOTALL)
_PIPES_AND_TICKS = re.compile(r"\\\\|\\?`+|\\\||\|")
END_BORDER = re.compile(r"(?<!\\)(?:\\\\)*\|$")
"""The `|` that ends a row, which no backslash escapes."""


def cells(row: str, *, code_hides_pipes: bool, backslash_pairs: bool = False) -> list[Range]:
    """Start and end of each cell's text in a table row, blanks around it left out.

    A `|` after a backslash does not end a cell (GFM 0.29, section 4.10); with `backslash_pairs`
    it does where another backslash escapes that one, as micromark has it. With `code_hides_pipes`
    one inside a code span does not either, as Python-Markdown's tables have it.
    """
    if code_hides_pipes:
        return python_markdown_cells(row, border=True)
    borders = list(_borders(row, _CELL_MARK_BEHIND_PAIRS if backslash_pairs else _CELL_MARK))
    starts = [0, *(border + 1 for border in borders)]
    ends = [*borders, len(row)]
    found = [_trimmed(row, start, end) for start, end in zip(starts, ends, strict=True)]
    if len(found) > 1 and found[0][0] == found[0][1]:
        del found[0]
    if len(found) > 1 and found[-1][0] == found[-1][1] and row.rstrip().endswith("|"):
        del found[-1]
    return found


def _borders(row: str, mark: re.Pattern[str]) -> Iterator[int]:
    return (match.start() for match in mark.finditer(row) if match[0] == "|")


def python_markdown_cells(row: str, *, border: bool) -> list[Range]:
    """Start and end of each cell's text as the extension `tables` cuts a row without blanks around.

    With `border` the first and last `|` are no cells. A `|` after a backslash or between two runs
    of as many backticks ends no cell, wherever these stand.
    """
    start, end = 0, len(row)
    if border:
        start = int(row.startswith("|"))
        last = END_BORDER.search(row, start) if row.endswith("|") else None
        end = last.start() if last else end
    pipes = _pipes(row, start, end)
    edges = [pipe + 1 for pipe in pipes]
    return [
        _trimmed(row, left, right)
        for left, right in zip([start, *edges], [*pipes, end], strict=True)
    ]


def _pipes(row: str, start: int, end: int) -> list[int]:
    """Return the places of the pipes that stand between the cells of Python-Markdown's tables."""
    marks = list(_PIPES_AND_TICKS.finditer(row, start, end))
    pipes = [mark.start() for mark in marks if mark[0] == "|"]
    spans = list(_tick_spans([mark for mark in marks if mark[0][-1] == "`"]))
    if not spans:
        return pipes
    starts = [left for left, _ in spans]
    before = [bisect_right(starts, pipe) - 1 for pipe in pipes]
    return [
        pipe for pipe, span in zip(pipes, before, strict=True) if span < 0 or spans[span][1] <= pipe
    ]


def _tick_spans(ticks: list[re.Match[str]]) -> Iterator[Range]:
    """Each run of backticks with the next one that is as long; an escaped one opens one less."""
    position = 0
    lengths = [len(run[0].removeprefix("\\")) for run in ticks]
    while position < len(ticks):
        opened = lengths[position] - ticks[position][0].startswith("\\")
        try:
            closing = lengths.index(opened, position + 1) if opened else -1
        except ValueError:
            closing = -1
        if closing > 0:
            yield ticks[position].start(), ticks[closing].end()
        position = max(position, closing) + 1


def _trimmed(row: str, start: int, end: int) -> Range:
    text = row[start:end]
    left = len(text) - len(text.lstrip(" \t"))
    return (start + left, start + max(left, len(text.rstrip(" \t"))))


_ITEM_STARTS = ("- ", "-\t")
"""Starts of rows that are items of lists, to most programs."""


class TableStart(NamedTuple):
    """The two lines with which a program starts a table."""

    short_headers: bool = False
    """Whether the header may have fewer cells than the table, or be mere text (Goldmark)."""
    bare_headers: bool = False
    """Whether the header of a single column needs no pipe (cmark-gfm, micromark)."""
    bare_delimiters: bool = False
    """Whether the delimiter row of a single column needs no pipe (markdown-it)."""
    hard_breaks: bool = False
    """Whether a row that ends in a hard break, or has no pipe of its own, is no header.

    That is pulldown-cmark's way; a row ends a paragraph only where a pipe stands in front of it.
    """
    empty_columns: bool = False
    """Whether the delimiter row may have cells without a dash (Mistune)."""

    @property
    def delimiters(self) -> re.Pattern[str]:
        """The pattern of the delimiter row."""
        return _LOOSE_DELIMITER_ROW if self.empty_columns else _DELIMITER_ROW

    def takes(self, header: str, row: str) -> bool:
        """Whether two lines may be a header and its delimiter row, of as many cells or not."""
        if header.strip() == "|" or (self.hard_breaks and not _is_header(header)):
            return False
        if row.startswith(_ITEM_STARTS) and not (self.hard_breaks or self.empty_columns):
            return False
        if self.bare_headers:
            return "|" in row or ":" in row
        if self.bare_delimiters:
            return "|" in header and len(row) > 1
        return "|" in header and "|" in row


def _is_header(row: str) -> bool:
    return bool(_OWN_PIPE.search(row)) and not _HARD_BREAK.search(row)


def table_rule(start_of: TableStart, *, backslash_pairs: bool = False) -> BlockRule:
    """The rule for pipe tables (GFM 0.29, section 4.10); `backslash_pairs` is as for `cells`."""

    def columns(state: StateBlock, line: int) -> int:
        row = line_text(state, line).rstrip()
        return len(cells(row, code_hides_pipes=False, backslash_pairs=backslash_pairs))

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        below = start + 1
        place = state.bMarks[below] + state.tShift[below]
        if below >= end or not state.src.startswith(_DELIMITERS, place):
            return False
        if not _starts_table(state, start, start_of):
            return False
        if silent and start_of.hard_breaks and not line_text(state, start).startswith("|"):
            return False
        count = columns(state, start + 1)
        found = columns(state, start)
        if found > count or (found < count and not start_of.short_headers):
            return False
        if not silent:
            last = _table_end(state, start + 2, end)
            rows = text_ranges(state, start, last)
            push_leaf(state, (start, last), Table(rows, count))
        return True

    return rule


def _starts_table(state: StateBlock, start: int, start_of: TableStart) -> bool:
    """Whether the two lines at `start` look like a header row and its delimiter row."""
    below = start + 1
    position, end = text_range(state, below)
    if position >= end or state.is_code_block(below) or state.is_code_block(start):
        return False
    # Goldmark makes tables of paragraphs, whose lines need not be indented as their container.
    lazy = state.sCount[below] < state.blkIndent
    if lazy and not start_of.short_headers:
        return False
    if not start_of.delimiters.fullmatch(state.src, position, end):
        return False
    row = state.src[position:end].rstrip()
    if start_of.short_headers:
        # An underline has to be indented as its heading is; two dashes are no rule either.
        dashes = lazy and row == "--"
        return not row.startswith(_ITEM_STARTS) and (dashes or bool(_NO_UNDERLINE.search(row)))
    return start_of.takes(line_text(state, start), row)


def _table_end(state: StateBlock, line: int, end: int) -> int:
    terminators = state.md.block.ruler.getRules("blockquote")
    while line < end and not state.isEmpty(line):
        if state.sCount[line] < state.blkIndent or state.is_code_block(line):
            break
        if any(rule(state, line, end, True) for rule in terminators):
            break
        line += 1
    return line
