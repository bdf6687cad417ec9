"""From the tree of blocks to markdown-it's tokens, in the order of the source."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from operator import itemgetter
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.blocks.pushing import leaf_token
from toolkit.blocks.pymd.places import SourcePlaces
from toolkit.blocks.pymd.runs import Run, runs_of
from toolkit.blocks.pymd.slices import Slice
from toolkit.blocks.pymd.stash import Fence, RawHtml
from toolkit.blocks.values import (
    Container,
    Heading,
    Html,
    Opaque,
    ReferenceDefinition,
    Table,
    Text,
    Title,
    note_block,
)
from toolkit.units import Form, Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Callable, Iterable, Sequence

    from toolkit.blocks.pymd.parser import BlockStage
    from toolkit.blocks.pymd.slices import Expanded
    from toolkit.blocks.pymd.tree import Node
    from toolkit.blocks.values import Leaf
    from toolkit.parser import Range

_TITLE_KINDS = {
    "admonition": Kind.ADMONITION_TITLE,
    "details": Kind.DETAILS_TITLE,
    "tab": Kind.TAB_TITLE,
}
_APART = frozenset({"footnote", "abbreviation", "reference"})
_CONTAINERS = {
    "li": "list_item",
    "ol": "ordered_list",
    "ul": "bullet_list",
    "blockquote": "blockquote",
    "dd": "definition",
}


def tokens_of(
    stage: BlockStage,
    expanded: Expanded,
    source: str,
    taken: Iterable[int],
    opaque: Sequence[re.Pattern[str]] = (),
) -> list[Token]:
    """The tokens of a page; `taken` are the places of lines that were taken out of it.

    Lines of text that one of `opaque` matches hold nothing to translate.
    """
    places = SourcePlaces(expanded, source)
    emitter = _Emitter(stage, places, opaque)
    emitter.children(stage.root)
    apart = emitter.apart
    for place in taken:
        line = places.line(expanded.in_source(place))
        apart.append((line, [leaf_token(Opaque(), (line, line + 1))]))
    return _merged(emitter.tokens, sorted(apart, key=itemgetter(0)))


def _merged(tokens: list[Token], apart: Sequence[tuple[int, list[Token]]]) -> list[Token]:
    """Tokens with those of definitions put where they stand in the page, by their lines."""
    if not apart:
        return tokens
    merged: list[Token] = []
    waiting = deque(apart)
    for token in tokens:
        while waiting and token.map and token.map[0] > waiting[0][0]:
            for one in waiting.popleft()[1]:
                one.level += token.level
                merged.append(one)
        merged.append(token)
    for _, group in waiting:
        merged += group
    return merged


def _start(node: Node) -> int:
    """Where a node starts in the expanded page."""
    if node.opening >= 0:
        return node.opening
    if node.kind == "html":
        start: int = node.value.opening[0]
        return start
    if node.text is not None:
        return node.text.starts[0]
    if node.kind == "code" and node.value:
        return int(node.value[0][1])
    return min(map(_start, node.children), default=-1)


class _Emitter:
    def __init__(
        self, stage: BlockStage, places: SourcePlaces, opaque: Sequence[re.Pattern[str]]
    ) -> None:
        self.tokens: list[Token] = []
        self.apart: list[tuple[int, list[Token]]] = []
        """Definitions, with the lines in which they stand."""
        self._opaque = opaque
        self._source = places.source
        self._places = places
        self._place = places.expanded.in_source
        self._line = places.line
        self._stash = stage.stash
        fences = (piece for piece in stage.stash.pieces if isinstance(piece, Fence))
        self._fences = sorted(fences, key=lambda fence: fence.rows[0][1])
        self._fence_starts = [fence.rows[0][1] for fence in self._fences]
        self._level = 0
        self._leaves: dict[str, Callable[[Node], None]] = {
            "code": self._code,
            "heading": self._heading,
            "table": self._table,
            "rule": self._rule,
            "opaque": self._opaque_block,
            "abbreviation": self._abbreviation,
            "reference": self._reference,
            "footnote": self._footnote,
            "html": self._html,
        }

    def _leaf(self, block: Leaf, start: int, end: int) -> Token:
        """Add the token of a block between two characters of the source."""
        covered = self._line(start), self._line(max(start, end - 1)) + 1
        token = leaf_token(block, covered, self._level)
        self.tokens.append(token)
        return token

    # Containers

    def children(self, node: Node) -> None:
        """Add what a node holds."""
        if node.text is not None:
            self._text(node.text)
        terms: list[Node] = []
        for child in node.children:
            if child.kind == "term":
                terms.append(child)
                continue
            if terms:
                self._terms(terms)
                terms = []
            if child.kind in _APART:
                self._node_apart(child)
            else:
                self._node(child)
            if child.tail is not None:
                self._text(child.tail)
        if terms:
            self._terms(terms)

    def _node_apart(self, node: Node) -> None:
        """Add a definition to those whose place in the page is looked for."""
        tokens, level = self.tokens, self._level
        self.tokens, self._level = [], 0
        self._node(node)
        self.apart.append((self._line(self._place(_start(node))), self.tokens))
        self.tokens, self._level = tokens, level

    def _node(self, node: Node) -> None:
        if leaf := self._leaves.get(node.kind):
            leaf(node)
        elif node.tag in _CONTAINERS:
            self._container(_CONTAINERS[node.tag], node)
        elif node.kind in {"admonition", "details", "tab", "block"}:
            self._titled(node)
        else:
            # Paragraphs, sets of tabs, figures, lists of terms.
            self.children(node)

    def _container(self, name: str, node: Node, block: Container | None = None) -> None:
        opening = Token(f"{name}_open", "", 1, level=self._level, block=True)
        if block:
            note_block(opening, block)
        self.tokens.append(opening)
        self._level += 1
        first = len(self.tokens)
        self.children(node)
        self._level -= 1
        inside = [token.map for token in self.tokens[first:] if token.map]
        start = self._line(self._place(max(0, _start(node))))
        if inside:
            opening.map = [inside[0][0], max(last for _, last in inside)]
        else:
            opening.map = [start, start + 1]
        self.tokens.append(Token(f"{name}_close", "", -1, level=self._level, block=True))

    def _titled(self, node: Node) -> None:
        title = next((child for child in node.children if child.kind == "title"), None)
        if title is not None:
            node.children.remove(title)
            if title.text is not None:
                self._title(node, title.text)
        first = len(self.tokens)
        self._container(node.kind, node, Container(node.value or ""))
        start = self._line(self._place(node.opening))
        covered = self.tokens[first].map
        self.tokens[first].map = [start + 1, max(start + 1, covered[1] if covered else 0)]

    def _title(self, node: Node, text: Slice) -> None:
        start, end = self._places.span(text)
        if start < end:
            form = Form.LINE if node.kind == "block" else Form.QUOTED
            kind = _TITLE_KINDS.get(node.kind, Kind.BLOCK_TITLE)
            if node.value == "tab":
                kind = Kind.TAB_TITLE
            self._leaf(Title((start, end), kind, form, node.value or ""), start, end)

    def _footnote(self, node: Node) -> None:
        if node.text is None and not node.children:
            self._leaf(Opaque(), self._place(node.opening), self._place(node.opening) + 1)
            return
        node.text = None
        self._container("footnote_reference", node, Container(node.value))

    def _html(self, node: Node) -> None:
        """An element's tags, with what it holds between them."""
        tags = node.value
        if not node.is_read:
            self._raw_html(tags.opening[0], tags.closing[1])
            return
        self._raw_html(*tags.opening)
        self.children(node)
        if tags.closing[0] < tags.closing[1]:
            self._raw_html(*tags.closing)

    # Texts

    def _text(self, text: Slice) -> None:
        """Add a text; code or HTML in it stands between its paragraphs."""
        for run in runs_of(text, self._opaque):
            if isinstance(run, int):
                self._piece(run)
            else:
                self._run(run)

    def _run(self, run: Run) -> None:
        lines = self._places.ranges(run.rows)
        block: Leaf
        match run.kind:
            case "opaque":
                block = Opaque()
            case "html":
                block = Html(lines)
            case _:
                block = Text(lines)
        self._leaf(block, lines[0][0], lines[-1][1])

    def _terms(self, terms: Sequence[Node]) -> None:
        rows = [row for term in terms if term.text for row in term.text.rows()]
        lines = self._places.ranges([row for row in rows if "\x02" not in row[0]])
        for text, start in rows:
            if "\x02" in text:
                self._text(Slice(text, [start]))
        if lines:
            self._leaf(Text(lines), lines[0][0], lines[-1][1])

    # Pieces

    def _piece(self, number: int) -> None:
        piece = self._stash.pieces[number]
        if isinstance(piece, Fence):
            self._fence(piece)
        elif isinstance(piece, RawHtml):
            self._raw_html(piece.start, piece.end)
        else:
            self._html(piece)

    def _fence(self, fence: Fence) -> None:
        rows = fence.rows
        first = self._line(self._place(rows[0][1]))
        last = self._line(self._place(rows[-1][1]))
        content = "".join(f"{text[fence.column :]}\n" for text, _ in rows[1:-1])
        token = Token("fence", "code", 0, map=[first, last + 1], level=self._level, block=True)
        token.info, token.content, token.markup = fence.info, content, fence.mark
        self.tokens.append(token)

    def _raw_html(self, start: int, end: int) -> None:
        """HTML between two places of the expanded page, and the fenced code in it."""
        index = bisect_left(self._fence_starts, start)
        while index < len(self._fences) and self._fence_starts[index] < end:
            fence = self._fences[index]
            self._html_lines(self._place(start), self._place(self._fence_starts[index]))
            self._fence(fence)
            text, place = fence.rows[-1]
            start = place + len(text)
            index += 1
        self._html_lines(self._place(start), self._place(end))

    def _html_lines(self, start: int, end: int) -> None:
        text = self._source[start:end]
        if not text.strip():
            return
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        lines: list[Range] = []
        position = start
        for line in self._source[start:end].split("\n"):
            blanks = len(line) - len(line.lstrip())
            lines.append((position + blanks, position + len(line)))
            position += len(line) + 1
        self._leaf(Html(tuple(lines)), start, end)

    # Leaves

    def _code(self, node: Node) -> None:
        rows = [row for row in node.value if row[0].strip()]
        if not rows:
            return
        lines = {self._line(self._place(start)): text for text, start in rows}
        first, last = min(lines), max(lines)
        content = "".join(f"{lines.get(line, '')}\n" for line in range(first, last + 1))
        token = Token("code_block", "code", 0, map=[first, last + 1], level=self._level, block=True)
        token.content = content
        self.tokens.append(token)

    def _heading(self, node: Node) -> None:
        if node.text is None:
            return
        level, marked = node.value
        if "\x02" in node.text.text:
            self._text(node.text)
            return
        span = self._places.span(node.text)
        end = span[1]
        token = self._leaf(Heading((span,), level, marked), *span)
        if not marked and token.map:
            token.map[1] = self._line(end) + 2

    def _table(self, node: Node) -> None:
        if node.text is None:
            return
        rows: list[Range] = []
        for text, start in node.text.rows():
            left = len(text) - len(text.lstrip(" "))
            right = max(left, len(text.rstrip(" ")))
            rows.append((self._place(start + left), self._place(start + right)))
        self._leaf(Table(tuple(rows), node.value), rows[0][0], rows[-1][1])

    def _rule(self, node: Node) -> None:
        if node.text is not None:
            start = self._line(self._place(node.text.starts[0]))
            token = Token("hr", "hr", 0, map=[start, start + 1], level=self._level, block=True)
            self.tokens.append(token)

    def _opaque_block(self, node: Node) -> None:
        if node.text is not None:
            start, end = self._places.span(node.text)
            self._leaf(Opaque(), start, end)

    def _abbreviation(self, node: Node) -> None:
        if node.text is not None:
            start, end = self._places.span(node.text)
            title = Title((start, end), Kind.ABBREVIATION, Form.LINE)
            token = self._leaf(title, start, end)
            if token.map:
                token.map[0] = self._line(self._place(node.opening))

    def _reference(self, node: Node) -> None:
        if node.text is not None:
            start, end = self._places.span(node.text)
            self._leaf(ReferenceDefinition(*node.value), start, end)
