"""The contents of MyST directives: options, arguments, and bodies of several kinds."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks import directive_names as names
from toolkit.dialects.blocks.attribution import take_attribution
from toolkit.dialects.blocks.csv_cells import OTHERWISE, csv_cells, row_end
from toolkit.dialects.blocks.directive_options import Lines, option_texts
from toolkit.dialects.blocks.pushing import nested, push_leaf, push_title, replace_block
from toolkit.dialects.blocks.values import (
    Container,
    Heading,
    Opaque,
    Text,
    Title,
    block_of,
    note_block,
)
from toolkit.dialects.parser import indented_end, line_text, text_range
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

_VERSION = re.compile(r"\S+[ \t]+(?P<text>\S.*)")
_ENTRY = re.compile(r"(?P<text>[^\s<].*?)[ \t]*<(?P<path>[^<>]+)>[ \t]*$")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]]*)\]\([^()]*\)[ \t]*$")
_GLOSSARY_COMMENT = ".. "


@dataclass(frozen=True, slots=True)
class Directive:
    """An opened directive: its name, its first line, the lines of its body."""

    name: str
    line: int
    argument: tuple[int, int]
    """The start and end of its argument in the source."""
    colons: bool
    body: int
    """The first line after the options."""
    end: int
    """The line that closes it, or the one after its container's last."""
    behind: int


def push_contents(state: StateBlock, found: Directive, own: frozenset[str]) -> None:
    """Put in the tokens of a directive, in the order of their texts."""
    titled = f"{found.name}.0" in own
    begins_body = found.name in names.FIRST_LINE and found.body == found.line + 1 and not titled
    if not begins_body:
        _push_argument(state, found, titled=titled)
    _push_options(state, found)
    if found.name in names.LINES:
        _push_lines(state, found)
    elif found.name == "toctree":
        _push_entries(state, found)
    elif found.name == "csv-table":
        _push_cells(state, found)
    elif found.name == "glossary" and found.name not in own:
        _push_glossary(state, found)
    elif not own.isdisjoint({found.name, f"{found.name}.0"}):
        push_body(state, found, begins=begins_body)
    elif found.name in names.CODE:
        _push_code(state, found)
    elif markdown := names.holds_markdown(found.name, colons=found.colons):
        push_body(state, found, begins=begins_body)
    else:
        unknown = found.name if markdown is None else ""
        markup = names.MARKUP.get(found.name, "")
        opaque = Opaque(unknown=unknown, markup=markup)
        push_leaf(state, (found.line, found.behind), opaque)
    state.line = found.behind


def _push_options(state: StateBlock, found: Directive) -> None:
    for option in option_texts(Lines(state, found.line + 1, found.body), found.name):
        # Docutils reads a caption as a block of its own; that of a toctree is plain text.
        block = option.key == "caption" and found.name != "toctree"
        title = Title(
            option.span,
            Kind.CAPTION if block else Kind.DIRECTIVE_OPTION,
            option.form,
            name=f"{found.name}.{option.key}",
            text=option.text,
            prefix=option.prefix,
            cells=len(list(csv_cells(option.text))) if option.key == "header" else 0,
        )
        push_title(state, found.line, title)


def _push_argument(state: StateBlock, found: Directive, *, titled: bool) -> None:
    start, end = found.argument
    if found.name in names.VERSIONS:
        version = _VERSION.match(state.src, start, end)
        start = version.start("text") if version else end
    elif not titled and not names.has_title(found.name):
        return
    if start < end:
        title = Title((start, end), Kind.DIRECTIVE_TITLE, Form.LINE, found.name)
        push_title(state, found.line, title)


def _push_lines(state: StateBlock, found: Directive) -> None:
    """The lines of a body that keeps them, each of which is inline text."""
    lines = [text_range(state, line) for line in range(found.body, found.end)]
    if found.body == found.line + 1:
        lines.insert(0, found.argument)
    for line, span in enumerate(lines, found.end - len(lines)):
        if state.src[slice(*span)].strip():
            push_title(state, line, Title(span, Kind.PARAGRAPH, Form.CODE_LINE, found.name))
    push_leaf(state, (found.line, found.behind), Opaque())


def _push_entries(state: StateBlock, found: Directive) -> None:
    """The titles in a table of contents (`Title <page>`), which Sphinx takes as they are."""
    for line in range(found.body, found.end):
        entry = _ENTRY.match(line_text(state, line))
        if entry:
            offset = text_range(state, line)[0]
            span = (offset + entry.start("text"), offset + entry.end("text"))
            title = Title(span, Kind.TOCTREE_ENTRY, Form.CODE_LINE, entry["path"])
            push_title(state, line, title)
    push_leaf(state, (found.line, found.behind), Opaque())


def _push_cells(state: StateBlock, found: Directive) -> None:
    """The cells of a table in CSV; those of its header are the value of an option."""
    options = range(found.line + 1, found.body)
    if not any(OTHERWISE.match(line_text(state, line)) for line in options):
        texts = [line_text(state, line) for line in range(found.body, found.end)]
        first = 0
        while first < len(texts):
            behind = row_end(texts, first)
            _push_row(state, found.body + first, texts[first:behind])
            first = behind
    push_leaf(state, (found.line, found.behind), Opaque())


def _push_row(state: StateBlock, line: int, texts: list[str]) -> None:
    """The cells of a row, which may run over several lines."""
    starts = [0, *accumulate(len(text) + 1 for text in texts)]

    def place(offset: int) -> int:
        at = bisect_right(starts, offset) - 1
        return text_range(state, line + at)[0] + offset - starts[at]

    for cell in csv_cells("\n".join(texts)):
        span = (place(cell.start), place(cell.end - 1) + 1)
        push_title(state, line, Title(span, Kind.TABLE_CELL, Form.CSV, text=cell.text))


def _push_code(state: StateBlock, found: Directive) -> None:
    """Code, as if it stood in a fence of its language."""
    covered = [found.body - 1, found.behind]
    token = Token("fence", "code", 0, map=covered, level=state.level, block=True)
    token.info = "mermaid" if found.name == "mermaid" else state.src[slice(*found.argument)]
    token.content = state.getLines(found.body, found.end, state.sCount[found.line], True)
    token.markup = found.name
    state.tokens.append(token)


def push_body(state: StateBlock, found: Directive, *, begins: bool) -> None:
    """Put in the Markdown of a directive; with `begins` it starts in the opening line."""
    line, (start, end) = found.line, found.argument
    indent = _indent(state, found)
    first, shift, column = len(state.tokens), state.tShift[line], state.sCount[line]
    block = Container(found.name)
    if not begins or start == end:
        nested(state, "directive", (found.body, found.end), indent=indent, block=block)
        if found.name == "figure-md":
            _only_image(state, state.tokens[first + 1])
        if found.name in names.ATTRIBUTED:
            take_attribution(state.src, state.tokens[first:], state.level + 1)
        return
    own = text_range(state, line)[0]
    state.tShift[line], state.sCount[line] = start - state.bMarks[line], indent
    nested(state, "directive", (line, found.end), indent=indent, block=block)
    state.tShift[line], state.sCount[line] = shift, column
    token = state.tokens[first + 1]
    text = block_of(token)
    if isinstance(text, Text):
        # A second line of it starts below the fence, not below the text.
        note_block(token, replace(text, line_start=own))


def _only_image(state: StateBlock, token: Token) -> None:
    """Make the description the only text of a paragraph that has to be one image."""
    block = block_of(token)
    lines = block.lines if isinstance(block, Text | Heading) else ()
    image = _IMAGE.match(state.src, *lines[0]) if len(lines) == 1 else None
    if image:
        span = image.span("text")
        title = Title(span, Kind.IMAGE_DESCRIPTION, Form.BRACKETED, lines=lines)
        replace_block(token, title)


def _indent(state: StateBlock, found: Directive) -> int:
    """The column at which the body stands: the fence's, or less where a line has less."""
    columns = (
        state.sCount[line] for line in range(found.body, found.end) if not state.isEmpty(line)
    )
    return min((*columns, state.sCount[found.line]))


def _push_glossary(state: StateBlock, found: Directive) -> None:
    """Terms, each in a line, and what they mean indented below them (Sphinx's `glossary`)."""
    indent = _indent(state, found)
    line = found.body
    while line < found.end:
        if state.isEmpty(line):
            line += 1
        elif state.sCount[line] > indent:
            behind = indented_end(state, line, found.end, indent + 1)
            inner = min(state.sCount[own] for own in range(line, behind) if not state.isEmpty(own))
            block = Container(found.name)
            nested(state, "directive", (line, behind), indent=inner, block=block)
            line = behind
        else:
            if not line_text(state, line).startswith(_GLOSSARY_COMMENT):
                start, end = text_range(state, line)
                push_title(state, line, Title((start, end), Kind.GLOSSARY_TERM, Form.LINE))
            line += 1
