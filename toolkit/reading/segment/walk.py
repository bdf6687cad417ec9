"""The walk over a page's block tokens that makes its units."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import attribute_titles
from toolkit.dialects.blocks.leaves import cuts_for, paragraph_texts, titles_in
from toolkit.dialects.blocks.values import (
    Code,
    Container,
    Heading,
    Html,
    ReferenceDefinition,
    Table,
    Text,
    Title,
    between,
    block_of,
    name_of,
)
from toolkit.dialects.inline.grammar import ListValues
from toolkit.model.units import Form, Kind
from toolkit.reading.segment.cells import cell_text, cells_of, column_titles, end_of_list
from toolkit.reading.segment.code import code_pieces, language_of
from toolkit.reading.segment.code_places import CodePlaces
from toolkit.reading.segment.collector import Collector
from toolkit.reading.segment.definition_title import comments_among, definition_title, title_text
from toolkit.reading.segment.fence_title import title_in_header
from toolkit.reading.segment.headings import without_attributes
from toolkit.reading.segment.html import attribute_pieces, html_pieces, without_tags
from toolkit.reading.segment.joining import joined
from toolkit.reading.segment.lines import without_task_box
from toolkit.reading.segment.steering import COMMANDS, comment_of
from toolkit.reading.segment.words import has_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.values import Block
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range
    from toolkit.model.document import Document

_ONE_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]\\]|\\.|\[[^\[\]]{0,999}\])*)\]"
    r"\([^()]*(?:\([^()]*\)[^()]*)*\)[ \t]*$"
)
_HARD_BREAK = re.compile(r"[ \\]*\n")
_CODE = ("fence", "code_block")
_CONTAINERS = {
    "list_item": Kind.LIST_ITEM,
    "blockquote": Kind.QUOTE,
    "footnote_reference": Kind.FOOTNOTE,
    "definition": Kind.DEFINITION,
    "admonition": Kind.PARAGRAPH,
    "details": Kind.PARAGRAPH,
    "tab": Kind.PARAGRAPH,
    "block": Kind.PARAGRAPH,
    "directive": Kind.PARAGRAPH,
    "field": Kind.FIELD,
}
"""Containers by token, with the kind of unit that their paragraphs are."""
_OPENINGS = {f"{container}_open": container for container in _CONTAINERS}
_CLOSINGS = frozenset(f"{container}_close" for container in _CONTAINERS)


class Walk(Collector):
    """Collects the units of one page; `units` holds them in order.

    With `contents` the page is a table of contents, where only the texts of links are units.
    """

    def __init__(
        self,
        page: Document,
        original: Document,
        dialect: Dialect,
        labels: Collection[str],
        *,
        contents: bool = False,
    ) -> None:
        super().__init__(page, original, dialect, labels)
        self._contents = contents
        self._levels: tuple[int, ...] = ()
        self._containers: list[tuple[str, str]] = []
        self._is_comment = comments_among(page.text)
        self._cuts = cuts_for(dialect.parser, page.text)
        self._cell_form = Form.CODE_CELL if dialect.code_hides_pipes else Form.CELL

    def tokens(self, tokens: Sequence[Token]) -> None:
        """Add the units of the page's blocks."""
        before = ""
        steering = self._steering
        for index, token in enumerate(tokens):
            pending = steering.skip and self._leave_out_container(token)
            block = block_of(token)
            comment = ""
            if isinstance(block, Text):
                after = tokens[index + 1] if index + 1 < len(tokens) else None
                self._paragraph(block, before, after)
            elif isinstance(block, Heading):
                item = before == "list_item_open"
                self._heading(block, boxed=item and self._dialect.task_headings)
            elif token.nesting > 0:
                self._open(token.type, block)
            elif token.nesting < 0:
                self._close(token.type)
            else:
                comment = comment_of(block, self._source)
                if comment:
                    steering.read(comment)
                self._leaf(token, block)
            if pending or self._skipped or self._muted >= 0:
                self._end_skip(token, block, pending=pending and not comment)
            before = token.type

    def _leaf(self, token: Token, block: Block | None) -> None:
        """Add the units of a block that holds no blocks."""
        for title in titles_in(self._dialect.parser, block, self._source):
            self._title(title)
        match block:
            case Table():
                self._table(block)
            case Title():
                self._title(block)
            case Html(lines):
                self._html(lines)
            case ReferenceDefinition():
                self._reference_definition(token, block)
            case Code(included):
                self._code(token, included=included)
            case None if token.type in _CODE:
                self._code(token)

    def _leave_out_container(self, token: Token) -> bool:
        """Begin to leave out a container that the writer wants skipped.

        Gives whether the next block is to be skipped, which this token may be.
        """
        if token.nesting > 0 and self._muted < 0:
            self._steering.skip = False
            self._muted = token.level
        return self._steering.skip

    def _end_skip(self, token: Token, block: Block | None, *, pending: bool) -> None:
        """End what was skipped with the block that was meant; titles are none."""
        if token.nesting < 0 and token.level == self._muted:
            self._muted = -1
        if self._skipped or (pending and not token.nesting):
            title = isinstance(block, Title) and block.kind is not Kind.ABBREVIATION
            self._steering.skip = title
        self._skipped = False

    def _open(self, token: str, block: Block | None) -> None:
        container = _OPENINGS.get(token)
        if container:
            self._containers.append((container, name_of(block)))

    def _close(self, token: str) -> None:
        if token in _CLOSINGS:
            self._containers.pop()

    def _paragraph(self, block: Text, before: str, after: Token | None) -> None:
        lines: Sequence[Range] = block.lines
        defined = after and after.type == "definition_open"
        if defined or block.terms:
            self._terms(lines, block_of(after) if after and defined else None)
            return
        if before == "list_item_open":
            lines = without_task_box(self._source, lines, self._dialect.task)
            block = block if lines is block.lines else replace(block, lines=tuple(lines))
        if not lines:
            return
        for piece in paragraph_texts(self._cuts, block, before, self._source):
            if isinstance(piece, Title):
                self._title(piece)
            else:
                self._running_text(piece)

    def _running_text(self, block: Text) -> None:
        """Collect the units of a paragraph, or of a title in its line."""
        lines = block.lines
        link = self._contents and len(lines) == 1 and _ONE_LINK.match(self._source, *lines[0])
        if block.title:
            self._flow(block.title, block.title, lines, Form.LINE)
        elif link:
            entry = Kind.CONTENTS_ENTRY
            self._flow(entry, entry, [link.span("text")], Form.LINE)
        else:
            self._flow(*self._paragraph_kind(), lines, line_start=block.line_start)

    def _terms(self, lines: Sequence[Range], definition: Block | None) -> None:
        """The terms above a definition: one, or one a line."""
        one = isinstance(definition, Container) and definition.one_term
        for term in [lines] if one else [[line] for line in lines]:
            form = Form.LINE_START if len(term) == 1 else Form.FLOW
            self._flow(Kind.TERM, Kind.TERM, term, form)

    def _paragraph_kind(self) -> tuple[Kind, str]:
        if not self._containers:
            return Kind.PARAGRAPH, Kind.PARAGRAPH
        container, name = self._containers[-1]
        kind = _CONTAINERS[container]
        if kind is Kind.FOOTNOTE:
            return kind, f"{kind} · {name}"
        return kind, f"{kind} · {name or container}" if kind is Kind.PARAGRAPH else kind

    def _heading(self, block: Heading, *, boxed: bool) -> None:
        lines = without_attributes(self._source, block, self._dialect)
        lines = without_task_box(self._source, lines, self._dialect.task) if boxed else lines
        level = block.level
        outer = bisect_left(self._levels, level)
        self._levels, self._trail = self._levels[:outer], self._trail[:outer]
        form = Form.LINE if block.marked else Form.LINE_START
        form = form if len(lines) == 1 else Form.FLOW
        self._flow(Kind.HEADING, f"{Kind.HEADING} {level}", lines, form)
        self._attribute_texts(*(block.attributes or (lines[-1][1], block.lines[-1][1])))
        self._levels = (*self._levels, level)
        text = joined([self._source[start:end] for start, end in lines])
        self._trail = (*self._trail, _HARD_BREAK.sub(" ", text) if "\n" in text else text)

    def _table(self, table: Table) -> None:
        dialect = self._dialect
        header = column_titles(self._source, table, dialect)
        for number, row in enumerate(table.rows):
            if number == 1:
                continue
            for title, (start, end) in zip(
                header, cells_of(self._source, row, dialect), strict=False
            ):
                kind = Kind.TABLE_CELL if number else Kind.TABLE_HEADER
                detail = f"{kind} · column “{title}”" if number else kind
                self._cell(kind, detail, start, end)

    def _cell(self, kind: Kind, detail: str, start: int, end: int) -> None:
        """A cell, which may have comments of its own."""
        steering, before = self._steering, self._steering.skip
        if "<!--" in self._source[start:end]:
            steering.read(self._source[start:end])
            commands = COMMANDS.match(self._source, start, end)
            start = commands.end() if commands else start
        alone = steering.skip and not before
        steering.skip, steering.skip_text = before, steering.skip_text or alone
        text = cell_text(self._source[start:end], self._dialect)
        self._add(kind, detail, (start, end), self._cell_form, text)
        self._attribute_texts(end, end_of_list(self._source, end, self._dialect))
        if alone:
            steering.skip_text = False

    def _attribute_texts(self, start: int, end: int) -> None:
        """The texts in a list of attributes that is no part of a text."""
        if start < end and self._dialect.grammar.list_values is not ListValues.NONE:
            for title in attribute_titles(self._source, start, end):
                self._title(title)

    def _title(self, title: Title) -> None:
        kind = title.kind
        detail = f"{kind} · {title.name}" if title.name else kind
        text = self._source[slice(*title.span)] if title.text is None else title.text
        self._add(kind, detail, title.span, title.form, text, self._newline + title.prefix)

    def _html(self, lines: Sequence[Range]) -> None:
        offset, end = lines[0][0], lines[-1][1]
        block = self._source[offset:end]
        for left, right, form, detail in html_pieces(
            block, components=self._dialect.grammar.components
        ):
            span = (offset + left, offset + right)
            if form is Form.ATTRIBUTE:
                self._add(Kind.HTML_ATTRIBUTE, detail, span, form, self._source[slice(*span)])
            else:
                self._html_text(span, lines)

    def _html_text(self, span: Range, lines: Sequence[Range]) -> None:
        """Text of an HTML block; where only its tags hold words, these alone are units."""
        text = self._source[slice(*span)]
        if has_words(without_tags(text), self._dialect.wordless):
            self._flow(Kind.HTML_TEXT, Kind.HTML_TEXT, between(lines, *span), Form.HTML)
            return
        components = self._dialect.grammar.components
        for left, right, form, detail in attribute_pieces(text, components=components):
            place = (span[0] + left, span[0] + right)
            self._add(Kind.HTML_ATTRIBUTE, detail, place, form, self._source[slice(*place)])

    def _code(self, token: Token, *, included: bool | None = None) -> None:
        """The pieces of a code block that are translated, each where it stands in the source.

        `included` is what the writer says of all of it.
        """
        if self._steering.skip_text:
            self._steering.skip_text = False
            return
        self._code_title(token)
        pieces = code_pieces(token.info, token.content, self._dialect, included=included)
        if not pieces:
            return
        places = CodePlaces(token, self._source, self._line_start)
        continuation = self._newline + places.prefix
        language = language_of(token.info)
        behind = f" · {language}" if language else ""
        for start, end, kind in pieces:
            span = places.span(start, end)
            if span is None:
                continue
            text = token.content[start:end]
            form = Form.CODE_BLOCK if "\n" in text else Form.CODE_LINE
            self._add(kind, f"{kind}{behind}", span, form, text, continuation)

    def _code_title(self, token: Token) -> None:
        """The title of fenced code, or the label that it has in a group."""
        first = token.map[0] if token.map else 0
        grouped = ("directive", "code-group") in self._containers
        span = (self._line_start(first), self._line_start(first + 1))
        title = title_in_header(self._source, span, self._dialect, grouped=grouped)
        if title and token.type == "fence":
            text = self._source[slice(*title)]
            self._add(Kind.CODE_TITLE, Kind.CODE_TITLE, title, Form.CODE_LINE, text)

    def _reference_definition(self, token: Token, block: ReferenceDefinition) -> None:
        first, last = token.map or (0, 0)
        span = definition_title(self._source, self._line_start(first), self._line_start(last))
        if block.title and span and not self._is_comment(block):
            text = title_text(self._source, self._line_start(first), span)
            self._add(Kind.LINK_TITLE, f"{Kind.LINK_TITLE} · {block.label}", span, Form.TITLE, text)
