"""A paragraph's text in runs: text, what holds none, and where code or HTML stands in it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.attributes import is_attribute_list
from toolkit.dialects.blocks.pymd.html import BLOCK_ELEMENTS
from toolkit.dialects.blocks.pymd.slices import PLACEHOLDER
from toolkit.dialects.inline.python_markdown import code_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.dialects.blocks.pymd.slices import Slice

Row = tuple[str, int]

_MACRO = re.compile(r"\s*(?:\{%.*%\}|\{\{[^}]*\}\}|\{#.*#\})\s*$")
_FORMULA_START = re.compile(r"\s*(?:(?P<dollar>\$\$)|(?P<square>\\\[)|\\begin\{[a-z]+\*?\})")
_FORMULA_ENDS = {
    "dollar": re.compile(r"\$\$\s*$"),
    "square": re.compile(r"\\\]\s*$"),
    None: re.compile(r"\\end\{[a-z]+\*?\}\s*$"),
}
_TAG = re.compile(r"\s*</?([A-Za-z][\w-]*)")
_COMMENTS = re.compile(r"\s*(?:<!--.*?-->\s*)+", re.DOTALL)
_SNIPPET_MARK = re.compile(r"\s*;*-+8<-+(?:\s+[\"'].*[\"'])?\s*$")
"""The line of a snippet that is escaped, which has to stay a line of its own."""
_ELEMENT_STARTS = frozenset("*_`<[!$+=^~:\\{h@")
_ELEMENT_ENDS = frozenset("*_`>)]}$+=^~:")
_ODD_STARTS = ("{", "$$", "\\[", "\\begin{", "<", "[TOC]", ";", "--", "-8<")
"""The starts of macros, attributes, formulas, tags, tables of contents and snippets."""
_ODD_MARKS = frozenset(start[0] for start in _ODD_STARTS)
_HINTS = ("{", "$$", "\\[", "\\begin", "[TOC]", "8<-")


class RunKind(StrEnum):
    """The contents of lines that follow each other."""

    TEXT = "text"
    HTML = "html"
    ATTRIBUTES = "attributes"
    """A list of attributes of the text above it."""
    OPAQUE = "opaque"
    """Nothing to translate."""


class Run(NamedTuple):
    """Lines that follow each other."""

    kind: RunKind
    rows: Sequence[Row]


def is_plain(text: Slice) -> bool:
    """Whether a text is one line, or several, that are text and nothing else."""
    whole = text.text
    if not whole or "\x02" in whole or _is_odd(whole):
        return False
    if "\n" not in whole:
        return True
    return "``" not in whole and not any(map(_is_odd, whole.split("\n")))


def _is_odd(line: str) -> bool:
    """Whether a line is blank or indented, or could be more than text by its start."""
    first = line[:1]
    return not first or first.isspace() or (first in _ODD_MARKS and line.startswith(_ODD_STARTS))


def runs_of(
    text: Slice, opaque: Sequence[re.Pattern[str]] = (), *, in_note: bool = False
) -> Iterator[Run | int]:
    """The runs of a text in order; a number stands for what was taken out of the page there.

    Lines that one of `opaque` matches hold nothing to translate. `in_note` is for footnotes' texts.
    """
    rows: list[Row] = []
    hints = opaque if opaque or any(map(text.text.__contains__, _HINTS)) else None
    for row, start in text.rows():
        position = 0
        for match in PLACEHOLDER.finditer(row) if "\x02" in row else ():
            if row[position : match.start()].strip():
                rows.append((row[position : match.start()], start + position))
            yield from _runs(rows, hints, in_note=in_note)
            rows = []
            yield int(match[1])
            position = match.end()
        rest = row[position:]
        if rest.strip():
            rows.append((rest, start + position))
        elif rows:
            yield from _runs(rows, hints, in_note=in_note)
            rows = []
    yield from _runs(rows, hints, in_note=in_note)


def _runs(
    rows: list[Row], opaque: Sequence[re.Pattern[str]] | None, *, in_note: bool = False
) -> Iterator[Run]:
    """Lines of text, without those that hold none."""
    if not rows:
        return
    if opaque is None:
        yield from _text_runs(rows)
        return
    inner = _acting_attributes(rows, in_note=in_note)
    if inner:
        # No word may be put in front of the element below them.
        yield from _runs(rows[: inner + 1], opaque)
        yield Run(RunKind.OPAQUE, rows[inner + 1 :])
        return
    attributes = [rows.pop()] if len(rows) > 1 and is_attribute_list(rows[-1][0]) else []
    if len(rows) == 1 and rows[0][0].strip() == "[TOC]":
        yield Run(RunKind.OPAQUE, rows)
        return
    start = index = 0
    unclosed: set[str | None] = set()
    while index < len(rows):
        end = _opaque_end(rows, index, opaque, unclosed)
        if not end:
            index += 1
            continue
        if start < index:
            yield from _text_runs(rows[start:index])
        yield Run(RunKind.OPAQUE, rows[index:end])
        start = index = end
    if start < len(rows):
        yield from _text_runs(rows[start:])
    if attributes:
        yield Run(RunKind.ATTRIBUTES, attributes)


def _acting_attributes(rows: Sequence[Row], *, in_note: bool) -> int:
    """Return which line within a text is a list of the text's attributes, or 0 where none is.

    Where nothing stands behind the text's last element, Python-Markdown looks for attributes at the
    end of what stands in front of its first one. A footnote ends with an element, the link back.
    """
    last = rows[-1][0].rstrip()
    if is_attribute_list(last) or not (in_note or last[-1] in _ELEMENT_ENDS):
        return 0
    for index in range(1, len(rows) - 1):
        if rows[index + 1][0].lstrip()[0] in _ELEMENT_STARTS and is_attribute_list(rows[index][0]):
            return index
    return 0


def _opaque_end(
    rows: Sequence[Row],
    index: int,
    opaque: Sequence[re.Pattern[str]],
    unclosed: set[str | None],
) -> int:
    """Behind which line a macro or a formula ends that starts in one; 0 where none does.

    Kinds of formulas that nothing closes are noted in `unclosed`, and not looked for again.
    """
    text = rows[index][0]
    if (
        _MACRO.match(text)
        or _SNIPPET_MARK.match(text)
        or any(pattern.match(text.strip()) for pattern in opaque)
    ):
        return index + 1
    opened = _FORMULA_START.match(text)
    if opened is None:
        return 0
    ending = _FORMULA_ENDS[opened.lastgroup]
    if ending.search(text, opened.end()):
        return index + 1
    if opened.lastgroup in unclosed:
        return 0
    for number in range(index + 1, len(rows)):
        if ending.search(rows[number][0]):
            return number + 1
    unclosed.add(opened.lastgroup)
    return 0


def _text_runs(rows: Sequence[Row]) -> Iterator[Run]:
    """Lines of text; comments in lines of their own in front of it are apart."""
    first = rows[0][0].lstrip()
    count = _comment_lines(rows) if first.startswith("<!--") else 0
    if count:
        yield Run(RunKind.HTML, rows[:count])
    if count < len(rows):
        rows = rows[count:]
        tag = _TAG.match(rows[0][0])
        block = tag is not None and tag[1].lower() in BLOCK_ELEMENTS
        torn = len(rows) > 1 and any("``" in row for row, _ in rows) and _is_torn(rows)
        kind = RunKind.HTML if block else RunKind.OPAQUE if torn else RunKind.TEXT
        yield Run(kind, rows)


def _is_torn(rows: Sequence[Row]) -> bool:
    """Whether code in a text would be other code if its lines were joined."""
    lines = [row for row, _ in rows]
    apart, together = "\n".join(lines), " ".join(line.strip() for line in lines)
    return _codes(apart) != _codes(together)


def _codes(text: str) -> list[str]:
    """The code spans of a text, whatever blanks are in them."""
    return ["".join(text[start:end].split()) for start, end in code_spans(text)]


def _comment_lines(rows: Sequence[Row]) -> int:
    """The number of lines that hold nothing but the comments with which a text starts."""
    text = "\n".join(row for row, _ in rows)
    match = _COMMENTS.match(text)
    if match is None:
        return 0
    return len(rows) if match.end() == len(text) else match[0].count("\n")
