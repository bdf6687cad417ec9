"""Collecting units: their texts, and what writers say of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.attributes import is_attribute_list
from toolkit.model.document import Span
from toolkit.model.units import Form, Kind, Unit
from toolkit.reading.segment.lines import prefix_between, text_of
from toolkit.reading.segment.steering import Steering, comments_beside
from toolkit.reading.segment.words import has_words, used_labels

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range
    from toolkit.model.document import Document
    from toolkit.reading.segment.value import Value

_COMMENT = re.compile(r"<!--.*?-->[ \t]*")
_ENDED_BY_ATTRIBUTES = (Form.CODE_CELL, Form.LINE, Form.LINE_START)


class Collector:
    """Makes units of texts, unless a writer leaves them out; `units` holds them in order.

    `page` is the `original` with one kind of line ends; the units stand in the latter.
    """

    def __init__(
        self, page: Document, original: Document, dialect: Dialect, labels: Collection[str]
    ) -> None:
        self.units: list[Unit] = []
        self._source = page.text
        self._line_starts = page.line_starts
        self._shift = None if page is original else original.shift_from_page(page)
        self._dialect = dialect
        self._wordless = dialect.wordless
        self._ended_by_attributes = _ENDED_BY_ATTRIBUTES if dialect.attribute_lists else ()
        self._labels = labels
        self._newline = original.newline
        self._trail: tuple[str, ...] = ()
        self._steering = Steering()
        self._muted = -1
        self._skipped = False

    def front_matter(self, values: Iterable[Value]) -> None:
        """Add the values of the front matter."""
        for value in values:
            self._steering.read(comments_beside(self._source, value.start, value.end))
            detail = f"{Kind.FRONT_MATTER} · {value.key}"
            span = (value.start, value.end)
            continuation = self._newline + value.indent
            self._add(Kind.FRONT_MATTER, detail, span, value.form, value.text, continuation)
            self._steering.skip = self._skipped = False

    def _flow(
        self,
        kind: Kind,
        detail: str,
        lines: Sequence[Range],
        form: Form = Form.FLOW,
        line_start: int | None = None,
    ) -> None:
        source = self._source
        if source.startswith("<!--", lines[0][0]):
            lines = self._without_comments(lines)
        dialect = self._dialect
        text = text_of(
            source, lines, expands_tabs=dialect.expands_tabs, hard_ends=dialect.hard_line_ends
        )
        first, last = lines[0][0], lines[-1]
        below = source[slice(*last)].rstrip(" \t") if len(lines) > 1 else text
        prefix = self._newline + prefix_between(source, lines, line_start)
        self._add(kind, detail, (first, last[0] + len(below)), form, text, prefix)

    def _without_comments(self, lines: Sequence[Range]) -> Sequence[Range]:
        """The lines without the comments that the first one starts with; they may be for us."""
        (start, end), *rest = lines
        while comment := _COMMENT.match(self._source, start, end):
            self._steering.read(comment[0])
            start = comment.end()
        return [(start, end), *rest]

    def _line_start(self, line: int) -> int:
        """The start of a line; that behind the last one is the end."""
        starts = self._line_starts
        return starts[line] if line < len(starts) else len(self._source)

    def _holds_words(self, text: str, form: Form) -> bool:
        if "{" in text:
            if form in self._ended_by_attributes and is_attribute_list(text):
                return False
            text = self._dialect.apart(text)
        return has_words(text, self._wordless)

    def _add(
        self, kind: Kind, detail: str, span: Range, form: Form, text: str, continuation: str = ""
    ) -> None:
        steering = self._steering
        if (steering.off and not steering.take_text) or self._muted >= 0:
            return
        if not self._holds_words(text, form):
            return
        steering.take_text = False
        notes, context = steering.take() if steering.notes or steering.context else ((), None)
        if steering.skip or steering.skip_text:
            self._skipped = steering.skip
            steering.skip_text = False
            return
        references = (
            used_labels(text, self._labels, self._dialect.grammar)
            if self._labels and "[" in text
            else ()
        )
        start, end = span
        if self._shift:
            start, end = self._shift(start), self._shift(end)
        self.units.append(
            Unit(
                kind,
                text,
                Span(start, end),
                form,
                detail,
                self._trail,
                continuation or self._newline,
                references,
                notes,
                context,
            )
        )
