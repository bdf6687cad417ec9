"""Directives of MyST: a fence of backticks, tildes or colons with `{name}`, options and a body.

The syntax follows MyST-Parser's pages "Roles and Directives" and "Syntax extensions".
"""

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
from toolkit.dialects.blocks.directive_options import Lines, first_body_line, option_texts
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

    from toolkit.dialects.parser import BlockRule

_OPEN = re.compile(
    r"(?P<fence>`{3,}|~{3,}|:{3,})[ \t]*\{(?P<name>[^\s{}`]{1,99})\}[ \t]*(?P<argument>.*)$"
)
_COLONS = re.compile(r"(?P<fence>:{3,})[ \t]*(?P<name>[^\s]*)")
_VERSION = re.compile(r"\S+[ \t]+(?P<text>\S.*)")
_ENTRY = re.compile(r"(?P<text>[^\s<].*?)[ \t]*<(?P<path>[^<>]+)>[ \t]*$")
_IMAGE = re.compile(r"!\[(?P<text>[^\[\]]*)\]\([^()]*\)[ \t]*$")
_GLOSSARY_COMMENT = ".. "


@dataclass(frozen=True, slots=True)
class _Directive:
    """An opened directive: its name, its first line, the lines of its body."""

    name: str
    line: int
    argument: tuple[int, int]
    """The start and end of its argument in the source."""
    colons: bool
    body: int
    """The first line behind the options."""
    end: int
    """The line that closes it, or the one behind its container's last."""
    behind: int


def directive_rule(own: frozenset[str]) -> BlockRule:
    """The rule for directives; without a body that is known to be Markdown one has few texts.

    `own` are further ones that hold Markdown; `name.0` has text for its argument.
    """

    def rule(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
        if state.is_code_block(start):
            return False
        match = _OPEN.match(line_text(state, start))
        if match is None or (match["fence"][0] == "`" and "`" in match["argument"]):
            return False
        if not silent:
            _read(state, _opened(state, start, end, match), own)
        return True

    return rule


def colon_fence(state: StateBlock, start: int, end: int, silent: bool) -> bool:  # noqa: FBT001
    """Colons without `{name}`: a container of Markdown, with a class behind them or without."""
    match = None if state.is_code_block(start) else _COLONS.match(line_text(state, start))
    if match is None:
        return False
    if not silent:
        last = _body_end(state, start + 1, end, match["fence"])
        behind = last + (last < end and _closes(state, last, match["fence"]))
        offset = text_range(state, start)[1]
        found = _Directive(
            name=match["name"],
            line=start,
            argument=(offset, offset),
            colons=True,
            body=start + 1,
            end=last,
            behind=behind,
        )
        _push_body(state, found, begins=False)
        state.line = behind
    return True


def comment(state: StateBlock, start: int, _end: int, silent: bool) -> bool:  # noqa: FBT001
    """`% a comment`."""
    text = "" if state.is_code_block(start) else line_text(state, start)
    if not text.startswith("%"):
        return False
    if not silent:
        push_leaf(state, (start, start + 1), Opaque(comment=text[1:].strip()))
    return True


def _opened(state: StateBlock, start: int, end: int, match: re.Match[str]) -> _Directive:
    body_end = _body_end(state, start + 1, end, match["fence"])
    closed = body_end < end and _closes(state, body_end, match["fence"])
    argument = match["argument"].rstrip(" \t")
    offset = text_range(state, start)[0] + match.start("argument")
    lines = Lines(state, start + 1, body_end)
    return _Directive(
        name=match["name"].lower(),
        line=start,
        argument=(offset, offset + len(argument)),
        colons=match["fence"][0] == ":",
        body=first_body_line(lines),
        end=body_end,
        behind=body_end + closed,
    )


def _read(state: StateBlock, found: _Directive, own: frozenset[str]) -> None:
    """Put the tokens of a directive in the order of their texts."""
    begins_body = found.name in names.FIRST_LINE and found.body == found.line + 1
    if not begins_body:
        _push_argument(state, found, titled=f"{found.name}.0" in own)
    _push_options(state, found)
    if found.name in names.LINES:
        _push_lines(state, found)
    elif found.name == "toctree":
        _push_entries(state, found)
    elif found.name == "csv-table":
        _push_cells(state, found)
    elif found.name == "glossary":
        _push_glossary(state, found)
    elif not own.isdisjoint({found.name, f"{found.name}.0"}):
        _push_body(state, found, begins=begins_body)
    elif found.name in names.CODE:
        _push_code(state, found)
    elif markdown := names.holds_markdown(found.name, colons=found.colons):
        _push_body(state, found, begins=begins_body)
    else:
        unknown = found.name if markdown is None else ""
        markup = names.MARKUP.get(found.name, "")
        opaque = Opaque(unknown=unknown, markup=markup)
        push_leaf(state, (found.line, found.behind), opaque)
    state.line = found.behind


def _push_options(state: StateBlock, found: _Directive) -> None:
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


def _push_argument(state: StateBlock, found: _Directive, *, titled: bool) -> None:
    start, end = found.argument
    if found.name in names.VERSIONS:
        version = _VERSION.match(state.src, start, end)
        start = version.start("text") if version else end
    elif not titled and not names.has_title(found.name):
        return
    if start < end:
        title = Title((start, end), Kind.DIRECTIVE_TITLE, Form.LINE, found.name)
        push_title(state, found.line, title)


def _push_lines(state: StateBlock, found: _Directive) -> None:
    """The lines of a body that keeps them, each of which is inline text."""
    lines = [text_range(state, line) for line in range(found.body, found.end)]
    if found.body == found.line + 1:
        lines.insert(0, found.argument)
    for line, span in enumerate(lines, found.end - len(lines)):
        if state.src[slice(*span)].strip():
            push_title(state, line, Title(span, Kind.PARAGRAPH, Form.CODE_LINE, found.name))
    push_leaf(state, (found.line, found.behind), Opaque())


def _push_entries(state: StateBlock, found: _Directive) -> None:
    """The titles in a table of contents (`Title <page>`), which Sphinx takes as they are."""
    for line in range(found.body, found.end):
        entry = _ENTRY.match(line_text(state, line))
        if entry:
            offset = text_range(state, line)[0]
            span = (offset + entry.start("text"), offset + entry.end("text"))
            title = Title(span, Kind.TOCTREE_ENTRY, Form.CODE_LINE, entry["path"])
            push_title(state, line, title)
    push_leaf(state, (found.line, found.behind), Opaque())


def _push_cells(state: StateBlock, found: _Directive) -> None:
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


def _push_code(state: StateBlock, found: _Directive) -> None:
    """Code, as if it stood in a fence of its language."""
    token = Token("fence", "code", 0, map=[found.body - 1, found.behind], block=True)
    token.info = "mermaid" if found.name == "mermaid" else state.src[slice(*found.argument)]
    token.content = state.getLines(found.body, found.end, state.sCount[found.line], True)
    token.markup = found.name
    state.tokens.append(token)


def _push_body(state: StateBlock, found: _Directive, *, begins: bool) -> None:
    """The Markdown in a directive; with `begins` its first line is the opening one's rest."""
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


def _indent(state: StateBlock, found: _Directive) -> int:
    """The column at which the body stands: the fence's, or less where a line has less."""
    columns = (
        state.sCount[line] for line in range(found.body, found.end) if not state.isEmpty(line)
    )
    return min((*columns, state.sCount[found.line]))


def _push_glossary(state: StateBlock, found: _Directive) -> None:
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


def _closes(state: StateBlock, line: int, fence: str) -> bool:
    text = line_text(state, line).rstrip(" \t")
    return len(text) >= len(fence) and not text.strip(fence[0]) and not state.is_code_block(line)


def _body_end(state: StateBlock, line: int, end: int, fence: str) -> int:
    """The line that closes a directive, or the one behind its container's last.

    That nothing closes such a fence up to a line is remembered, so that a page full of them is not
    searched to its end for each. In a quote lines start behind its marks.
    """
    unclosed = state.env.setdefault("unclosed directives", {})
    column = state.bMarks[line - 1] - state.src.rfind("\n", 0, state.bMarks[line - 1])
    key = fence[0], end, state.blkIndent, column
    length, first, last = unclosed.get(key, (len(fence) + 1, 0, 0))
    if length <= len(fence) and first <= line <= last:
        return int(last)
    first = line
    while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
        if not state.isEmpty(line) and _closes(state, line, fence):
            return line
        line += 1
    unclosed[key] = len(fence), first, line
    return line
