"""The walk over a page's block tokens that makes its units."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from toolkit.blocks.opaque import ATTRIBUTES
from toolkit.blocks.table import cells, code_end
from toolkit.document import Span
from toolkit.segment.html import attribute_pieces, html_pieces, without_tags
from toolkit.segment.joining import joined
from toolkit.segment.steering import Steering
from toolkit.segment.words import has_words, used_labels
from toolkit.units import Form, Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence

    from markdown_it.token import Token

    from toolkit.dialect import Dialect
    from toolkit.parser import Range
    from toolkit.segment.value import Value

_COMMENT = re.compile(r"<!--.*?-->[ \t]*")
_TASK = re.compile(r"\[[ xX]\][ \t]+")
_ALERT = re.compile(r"\[![A-Za-z]+\][ \t]*")
_ATTRIBUTE_TAIL = re.compile(r"(?<![ ])[ ]+\{:?[ ]*[^{} \n][^{}\n]*\}[ \t]*$")
_DEFINITION_TITLE = re.compile(r"""[ \t\n](?:"(.*)"|'(.*)'|\((.*)\))[ \t]*$""", re.DOTALL)
_ESCAPED_PIPE = re.compile(r"\\(.)", re.DOTALL)
_CODE_OR_ESCAPE = re.compile(r"`+|\\.", re.DOTALL)
_PREFIX_TEXT = re.compile(r"[^\s>]")

_CONTAINERS = {
    "list_item": "list item",
    "blockquote": "quote",
    "footnote_reference": "footnote",
    "definition": "definition",
    "admonition": "",
    "details": "",
    "tab": "",
    "block": "",
    "directive": "",
}
"""Containers by token, with the kind of unit that their paragraphs are."""


class Walk:
    """Collects the units of one page; `units` holds them in order."""

    def __init__(
        self, source: str, dialect: Dialect, labels: Collection[str], newline: str
    ) -> None:
        self.units: list[Unit] = []
        self._source = source
        self._dialect = dialect
        self._labels = labels
        self._newline = newline
        self._trail: tuple[str, ...] = ()
        self._levels: tuple[int, ...] = ()
        self._containers: list[tuple[str, str]] = []
        self._steering = Steering()
        self._starts = [0]
        self._cell_form = Form.CODE_CELL if dialect.code_hides_pipes else Form.CELL
        self._leaves: dict[str, Callable[[Token], None]] = {
            "heading": self._heading,
            "table": self._table,
            "title": self._title,
            "html_block": self._html,
            "definition": self._reference_definition,
        }

    def front_matter(self, values: Iterable[Value]) -> None:
        """Add the values of the front matter."""
        for value in values:
            detail = f"front matter · {value.key}"
            span = (value.start, value.end)
            continuation = self._newline + value.indent
            self._add("front matter", detail, span, value.form, value.text, continuation)

    def tokens(self, tokens: Sequence[Token]) -> None:
        """Add the units of the page's blocks."""
        before = ""
        for index, token in enumerate(tokens):
            kind = token.type
            if kind == "paragraph":
                after = tokens[index + 1].type if index + 1 < len(tokens) else ""
                self._paragraph(token.meta["lines"], before, after)
            elif leaf := self._leaves.get(kind):
                leaf(token)
            elif token.nesting > 0:
                self._open(kind.removesuffix("_open"), token)
            elif token.nesting < 0 and kind.removesuffix("_close") in _CONTAINERS:
                self._containers.pop()
            before = kind

    def _open(self, kind: str, token: Token) -> None:
        if kind in _CONTAINERS:
            self._containers.append((kind, token.meta.get("label") or token.meta.get("name") or ""))

    def _paragraph(self, lines: Sequence[Range], before: str, after: str) -> None:
        if after == "definition_open":
            for line in lines:
                self._flow("term", "term", [line], Form.LINE_START)
            return
        if before == "list_item_open":
            lines = self._without_task_box(lines)
        if before == "blockquote_open" and self._dialect.alerts:
            first = _ALERT.fullmatch(self._source, *lines[0])
            lines = lines[1:] if first else lines
        if self._dialect.attribute_lists and lines:
            last = ATTRIBUTES.match(self._source, *lines[-1])
            lines = lines[:-1] if last else lines
        if lines:
            kind, detail = self._paragraph_kind()
            self._flow(kind, detail, lines)

    def _without_task_box(self, lines: Sequence[Range]) -> Sequence[Range]:
        (start, end), *rest = lines
        box = _TASK.match(self._source, start, end)
        return [(box.end(), end), *rest] if box else lines

    def _paragraph_kind(self) -> tuple[str, str]:
        if not self._containers:
            return "paragraph", "paragraph"
        container, name = self._containers[-1]
        kind = _CONTAINERS[container] or "paragraph"
        if container == "footnote_reference":
            return kind, f"footnote · {name}"
        return kind, kind if kind != "paragraph" else f"paragraph · {name or container}"

    def _flow(self, kind: str, detail: str, lines: Sequence[Range], form: Form = Form.FLOW) -> None:
        source = self._source
        if source.startswith("<!--", lines[0][0]):
            lines = self._without_comments(lines)
        text = joined([source[start:end] for start, end in lines])
        end = lines[-1][0] + len(source[lines[-1][0] : lines[-1][1]].rstrip(" \t"))
        self._add(kind, detail, (lines[0][0], end), form, text, self._continuation(lines))

    def _without_comments(self, lines: Sequence[Range]) -> Sequence[Range]:
        """The lines without the comments that the first one starts with; they may be for us."""
        (start, end), *rest = lines
        while comment := _COMMENT.match(self._source, start, end):
            self._steering.read(comment[0])
            start = comment.end()
        return [(start, end), *rest]

    def _continuation(self, lines: Sequence[Range]) -> str:
        """What stands between two lines of a unit, or would stand if it had two."""
        source, start = self._source, lines[0][0]
        if len(lines) > 1:
            prefix = source[lines[0][1] : lines[1][0]].lstrip("\n")
        else:
            begin = source.rfind("\n", 0, start) + 1
            prefix = _PREFIX_TEXT.sub(" ", source[begin:start]) if begin < start else ""
        return self._newline + prefix

    def _heading(self, token: Token) -> None:
        lines: list[Range] = token.meta["lines"]
        if self._dialect.attribute_lists:
            start, end = lines[-1]
            tail = _ATTRIBUTE_TAIL.search(self._source, start, end)
            lines = [*lines[:-1], (start, tail.start() if tail else end)]
        level = token.meta["level"]
        outer = [pair for pair in zip(self._levels, self._trail, strict=True) if pair[0] < level]
        self._levels = tuple(pair[0] for pair in outer)
        self._trail = tuple(pair[1] for pair in outer)
        form = Form.LINE if token.meta["marked"] else Form.LINE_START
        self._flow("heading", f"heading {level}", lines, form)
        self._levels = (*self._levels, level)
        self._trail = (*self._trail, joined([self._source[start:end] for start, end in lines]))

    def _table(self, token: Token) -> None:
        rows: list[Range] = token.meta["rows"]
        header = [self._cell_text(self._source[slice(*cell)]) for cell in self._cells(rows[0])]
        for number, row in enumerate(rows):
            if number == 1:
                continue
            for title, (start, end) in zip(header, self._cells(row), strict=False):
                kind = "table cell" if number else "table header"
                detail = f"{kind} · column “{title}”" if number else kind
                text = self._cell_text(self._source[start:end])
                self._add(kind, detail, (start, end), self._cell_form, text)

    def _cells(self, row: Range) -> list[Range]:
        """Where the texts of a row's cells stand, without trailing attribute lists."""
        start, end = row
        text = self._source[start:end].rstrip(" \t")
        found = cells(text, code_hides_pipes=self._dialect.code_hides_pipes)
        if self._dialect.attribute_lists and "{" in text:
            found = [(left, right - self._tail_length(text[left:right])) for left, right in found]
        return [(start + left, start + right) for left, right in found]

    @staticmethod
    def _tail_length(cell: str) -> int:
        tail = _ATTRIBUTE_TAIL.search(cell)
        return len(cell) - tail.start() if tail else 0

    def _cell_text(self, cell: str) -> str:
        """A cell's text with its escaped pipes unescaped, as the dialect has it."""
        if "\\|" not in cell:
            return cell
        if not self._dialect.code_hides_pipes:
            return cell.replace("\\|", "|")
        pieces: list[str] = []
        position = 0
        while match := _CODE_OR_ESCAPE.search(cell, position):
            pieces.append(cell[position : match.start()])
            position = match.end()
            if match[0][0] == "`":
                position = code_end(cell, match.start(), position)
                pieces.append(cell[match.start() : position])
            else:
                pieces.append("|" if match[0] == "\\|" else match[0])
        return "".join((*pieces, cell[position:]))

    def _title(self, token: Token) -> None:
        meta = token.meta
        kind = meta["kind"] if meta["kind"] == "abbreviation" else f"{meta['kind']} title"
        detail = f"{kind} · {meta['name']}" if meta["name"] else kind
        start, end = meta["range"]
        self._add(kind, detail, (start, end), meta["form"], self._source[start:end])

    def _html(self, token: Token) -> None:
        lines: list[Range] = token.meta["lines"]
        offset, end = lines[0][0], lines[-1][1]
        block = self._source[offset:end]
        if block.startswith("<!--"):
            self._steering.read(block)
        for left, right, form, detail in html_pieces(block):
            span = (offset + left, offset + right)
            if form is Form.ATTRIBUTE:
                self._add("HTML attribute", detail, span, form, self._source[slice(*span)])
            else:
                self._html_text(span, lines)

    def _html_text(self, span: Range, lines: Sequence[Range]) -> None:
        """Text of an HTML block; where only its tags hold words, these alone are units."""
        text = self._source[slice(*span)]
        if has_words(without_tags(text), self._dialect.wordless):
            start, end = span
            first = bisect_right(lines, start, key=itemgetter(0)) - 1
            last = bisect_left(lines, end, key=itemgetter(0))
            own = [(max(start, a), min(end, b)) for a, b in lines[first:last]]
            self._flow("HTML text", "HTML text", own, Form.HTML)
            return
        for left, right, form, detail in attribute_pieces(text, 0, len(text)):
            place = (span[0] + left, span[0] + right)
            self._add("HTML attribute", detail, place, form, self._source[slice(*place)])

    def _reference_definition(self, token: Token) -> None:
        first, last = token.map or (0, 0)
        start, end = self._line_start(first), self._line_start(last)
        title = _DEFINITION_TITLE.search(self._source[start:end].rstrip())
        if token.meta.get("title") and title:
            left, right = title.span(title.lastindex or 0)
            span = (start + left, start + right)
            text = joined([line.strip() for line in self._source[slice(*span)].split("\n")])
            self._add("link title", f"link title · {token.meta['label']}", span, Form.TITLE, text)

    def _line_start(self, line: int) -> int:
        """Where a line starts; lines are asked for in order."""
        while len(self._starts) <= line:
            end = self._source.find("\n", self._starts[-1])
            self._starts.append(end + 1 if end >= 0 else len(self._source))
        return self._starts[line]

    def _add(
        self, kind: str, detail: str, span: Range, form: Form, text: str, continuation: str = ""
    ) -> None:
        steering = self._steering
        if steering.off or not has_words(text, self._dialect.wordless):
            return
        notes, context = steering.take() if steering.notes or steering.context else ((), None)
        if steering.skip:
            steering.skip = False
            return
        references = used_labels(text, self._labels) if self._labels and "[" in text else ()
        self.units.append(
            Unit(
                kind,
                text,
                Span(*span),
                form,
                detail,
                self._trail,
                continuation or self._newline,
                references,
                notes,
                context,
            )
        )
