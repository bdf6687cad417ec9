"""Turn the tree of blocks into markdown-it's tokens, in the order of the source."""

from __future__ import annotations

from bisect import bisect_left
from operator import itemgetter
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks.attributes import attribute_texts
from toolkit.dialects.blocks.pushing import leaf_token
from toolkit.dialects.blocks.pymd.leaf_tokens import LEAVES
from toolkit.dialects.blocks.pymd.lists import ITEM_LISTS
from toolkit.dialects.blocks.pymd.markup import end_of_silent, open_silent
from toolkit.dialects.blocks.pymd.order import merged, start_of
from toolkit.dialects.blocks.pymd.places import SourcePlaces
from toolkit.dialects.blocks.pymd.runs import Run, RunKind, is_plain, runs_of
from toolkit.dialects.blocks.pymd.slices import OPEN, Slice, sliced
from toolkit.dialects.blocks.pymd.stash import Fence, RawHtml
from toolkit.dialects.blocks.pymd.tree import Node, NodeKind
from toolkit.dialects.blocks.values import Container, Html, Opaque, Text, Title, note_block
from toolkit.model.units import Form, Kind

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Sequence

    from toolkit.dialects.blocks.pymd.parser import BlockStage
    from toolkit.dialects.blocks.pymd.slices import Expanded
    from toolkit.dialects.blocks.values import Leaf
    from toolkit.dialects.parser import Range

_TITLE_KINDS = {
    NodeKind.ADMONITION: Kind.ADMONITION_TITLE,
    NodeKind.DETAILS: Kind.DETAILS_TITLE,
    NodeKind.TAB: Kind.TAB_TITLE,
    NodeKind.BLOCK: Kind.BLOCK_TITLE,
}
"""The kinds of titles, by the blocks that can have one."""
_ELEMENT, _TERM = NodeKind.ELEMENT, NodeKind.TERM
_APART = frozenset({NodeKind.FOOTNOTE, NodeKind.ABBREVIATION, NodeKind.REFERENCE})
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
    emitter = _Emitter(stage, places, opaque, frozenset(taken))
    emitter.children(stage.root)
    apart = emitter.apart
    for place in taken:
        line = places.line(expanded.in_source(place))
        if line not in emitter.shown:
            apart.append((line, [leaf_token(Opaque(), (line, line + 1))]))
    return merged(emitter.tokens, sorted(apart, key=itemgetter(0)))


class _Emitter:
    def __init__(
        self,
        stage: BlockStage,
        places: SourcePlaces,
        opaque: Sequence[re.Pattern[str]],
        taken: frozenset[int],
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
        fences = [piece for piece in stage.stash.pieces if isinstance(piece, Fence)]
        holes: list[tuple[int, Fence | None]] = [(fence.rows[0][1], fence) for fence in fences]
        holes += [(place, None) for place in taken]
        self._holes = sorted(holes, key=itemgetter(0))
        """The holes in HTML: fenced code, and lines that are taken out."""
        self._hole_starts = [start for start, _ in self._holes]
        self._has_gaps = bool(taken)
        places_of_code = map(self._place, stage.stash.reverted_places())
        self._reverted = frozenset(map(self._line, places_of_code))
        self._takes_plain = not (opaque or self._reverted)
        """Whether lines that hold nothing but text are one, whatever lines they are."""
        self.shown: set[int] = set()
        """Lines that are taken out for which a token stands among those of HTML."""
        self._level = 0
        self._in_note = False

    def _leaf(self, block: Leaf, start: int, end: int) -> Token:
        """Add the token of a block between two characters of the source."""
        token = leaf_token(block, self._places.lines_of((start, end)), self._level)
        self.tokens.append(token)
        return token

    # Containers

    def children(self, node: Node) -> None:
        """Add what a node holds."""
        if node.text is not None:
            self._text(node.text)
        terms: list[Node] = []
        for child in node.children:
            if child.kind is _TERM:
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
        self.apart.append((self._line(self._place(start_of(node))), self.tokens))
        self.tokens, self._level = tokens, level

    def _node(self, node: Node) -> None:
        kind, tag = node.kind, node.tag
        if kind is _ELEMENT and tag == "p":
            self.children(node)
        elif kind in LEAVES:
            self._simple_leaf(node)
        elif kind is NodeKind.FOOTNOTE:
            self._footnote(node)
        elif kind is NodeKind.HTML:
            self._html(node)
        elif tag in ITEM_LISTS and not node.children:
            # A list that no item came for (`fancylists`) is shown by no program.
            return
        elif tag in _CONTAINERS:
            block = Container(node.value) if isinstance(node.value, str) and node.value else None
            self._container(_CONTAINERS[tag], node, block)
        elif kind in _TITLE_KINDS:
            self._titled(node)
        else:
            # Paragraphs, sets of tabs, figures, lists of terms.
            self.children(node)

    def _simple_leaf(self, node: Node) -> None:
        """Add a leaf; one in whose text code stands is that code and its text."""
        if node.text is not None and OPEN in node.text.text:
            self._mixed_leaf(node, node.text)
        elif token := LEAVES[node.kind](node, self._places):
            token.level = self._level
            self.tokens.append(token)

    def _mixed_leaf(self, node: Node, text: Slice) -> None:
        """Add a leaf in whose lines code stands: of a table what is none, and then the code."""
        if node.kind is NodeKind.TABLE:
            rows = [row for row in text.rows() if OPEN not in row[0]]
            self._simple_leaf(Node(node.tag, node.kind, text=sliced(rows), value=node.value))
            text = sliced([row for row in text.rows() if OPEN in row[0]])
        if node.kind is NodeKind.OPAQUE:
            self._opaque_text(text)
        else:
            self._text(text)

    def _opaque_text(self, text: Slice) -> None:
        """Add a text that is shown as it is, with the HTML in it."""
        for run in runs_of(text, self._opaque):
            piece = self._stash.pieces[run] if isinstance(run, int) else run
            if isinstance(piece, Run):
                lines = self._places.ranges(piece.rows)
                self._leaf(Opaque(), lines[0][0], lines[-1][1])
            elif isinstance(piece, RawHtml):
                self._leaf(Opaque(), self._place(piece.start), self._place(piece.end))
            elif isinstance(piece, Fence):
                self._fence(piece)
            else:
                tags = piece.value
                start, end = tags.opening[0], tags.closing[1]
                self._leaf(Opaque(), self._place(start), self._place(end))

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
        if inside:
            opening.map = [inside[0][0], max([last for _, last in inside])]
        else:
            start = self._line(self._place(max(0, start_of(node))))
            opening.map = [start, start + 1]
        self.tokens.append(Token(f"{name}_close", "", -1, level=self._level, block=True))

    def _titled(self, node: Node) -> None:
        title = next((child for child in node.children if child.kind is NodeKind.TITLE), None)
        if title is not None:
            node.children.remove(title)
            if title.text is not None:
                self._title(node, title.text, title.value or 0)
            node.text = title.tail or node.text
        first = len(self.tokens)
        self._container(node.kind, node, Container(node.value or ""))
        start = self._line(self._place(node.opening))
        covered = self.tokens[first].map
        self.tokens[first].map = [start + 1, max(start + 1, covered[1] if covered else 0)]

    def _title(self, node: Node, text: Slice, level: int) -> None:
        start, end = self._places.span(text)
        if start < end:
            form = Form.LINE if node.kind is NodeKind.BLOCK else Form.QUOTED
            kind = Kind.TAB_TITLE if node.value == "tab" else _TITLE_KINDS[node.kind]
            name = node.value or ""
            self._leaf(Title((start, end), kind, form, name, level=level), start, end)

    def _footnote(self, node: Node) -> None:
        if node.text is None and not node.children:
            self._leaf(Opaque(), self._place(node.opening), self._place(node.opening) + 1)
            return
        node.text = None
        self._in_note = True
        self._container("footnote_reference", node, Container(node.value))
        self._in_note = False

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
        if self._takes_plain and is_plain(text):
            self._add_lines(Text(self._places.whole_ranges(text)))
            return
        for run in runs_of(text, self._opaque, in_note=self._in_note):
            if isinstance(run, int):
                self._piece(run)
            else:
                self._run(run)

    def _run(self, run: Run) -> None:
        lines = self._places.ranges(run.rows)
        block: Leaf
        match RunKind.OPAQUE if self._is_reverted(run) else run.kind:
            case RunKind.OPAQUE:
                block = Opaque()
            case RunKind.ATTRIBUTES:
                self._attribute_texts(*lines[0])
                block = Opaque()
            case RunKind.HTML:
                block = Html(lines)
            case RunKind.TEXT:
                block = Text(lines)
        if isinstance(block, Opaque):
            self._leaf(block, lines[0][0], lines[-1][1])
        else:
            self._add_lines(block)

    def _add_lines(self, block: Text | Html) -> None:
        """Add lines of text or HTML."""
        lines = block.lines
        if self._has_gaps and len(lines) > 1:
            self._with_gaps(block, lines)
        else:
            self._leaf(block, lines[0][0], lines[-1][1])

    def _attribute_texts(self, start: int, end: int) -> None:
        """The texts in a list of attributes that belongs to the text above it."""
        for left, right, name in attribute_texts(self._source, start, end):
            title = Title((left, right), Kind.HTML_ATTRIBUTE, Form.LIST_VALUE, name)
            self._leaf(title, left, right)

    def _is_reverted(self, run: Run) -> bool:
        """Whether lines of fenced code are among those of a text, as superfences leaves some."""
        if not self._reverted:
            return False
        return any(self._line(self._place(start)) in self._reverted for _, start in run.rows)

    def _with_gaps(self, block: Text | Html, lines: Sequence[Range]) -> None:
        """Lines between which others may have been taken out."""
        first = 0
        for index in range(1, len(lines) + 1):
            if index == len(lines) or self._line(lines[index][0]) > 1 + self._line(
                lines[index - 1][1]
            ):
                part = tuple(lines[first:index])
                self._leaf(type(block)(part), part[0][0], part[-1][1])
                first = index

    def _terms(self, terms: Sequence[Node]) -> None:
        rows = [row for term in terms if term.text for row in term.text.rows()]
        lines = self._places.ranges([row for row in rows if "\x02" not in row[0]])
        for text, start in rows:
            if "\x02" in text:
                self._text(Slice(text, [start]))
        if lines:
            self._leaf(Text(lines, terms=True), lines[0][0], lines[-1][1])

    # Pieces

    def _piece(self, number: int) -> None:
        piece = self._stash.pieces[number]
        if isinstance(piece, Fence):
            self._fence(piece)
        elif isinstance(piece, RawHtml):
            self._raw_html(piece.start, piece.end)
        else:
            self._html(piece)

    def _fence(self, fence: Fence) -> int:
        """Fenced code; gives where it ends in the expanded page."""
        rows = fence.rows
        first = self._line(self._place(rows[0][1]))
        last = self._line(self._place(rows[-1][1]))
        content = "".join(f"{text[fence.column :]}\n" for text, _ in rows[1:-1])
        token = Token("fence", "code", 0, map=[first, last + 1], level=self._level, block=True)
        token.info, token.content, token.markup = fence.info, content, fence.mark
        self.tokens.append(token)
        text, place = rows[-1]
        return place + len(text)

    def _raw_html(self, start: int, end: int) -> None:
        """HTML between two places of the expanded page, and what is none in it."""
        index = bisect_left(self._hole_starts, start)
        silent = ""
        while index < len(self._holes) and self._hole_starts[index] < end:
            place, fence = self._holes[index]
            silent = self._html_lines(self._place(start), self._place(place), silent)
            start = self._fence(fence) if fence else self._taken_line(place)
            if silent and fence:
                # Among code its title is code as well.
                first, behind = self.tokens[-1].map or (0, 0)
                self.tokens[-1] = leaf_token(Opaque(), (first, behind), self._level)
            index += 1
        self._html_lines(self._place(start), self._place(end), silent)

    def _taken_line(self, place: int) -> int:
        """A line that is taken out; gives where it ends."""
        start = self._place(place)
        line = self._line(start)
        self.shown.add(line)
        self._leaf(Opaque(), start, start + 1)
        end = self._source.find("\n", start)
        return place + (len(self._source) if end < 0 else end) - start

    def _html_lines(self, start: int, end: int, silent: str) -> str:
        """Add HTML, which may start in an element without text; gives the one in which it ends."""
        if silent:
            piece = self._source[start:end]
            behind = end_of_silent(piece, silent)
            blanks = len(piece) - len(piece.lstrip())
            if blanks < behind:
                self._leaf(Opaque(), start + blanks, start + behind)
            start += behind
        text = self._source[start:end]
        if text.strip():
            self._html_block(start, text)
        return open_silent(text) if start < end else silent

    def _html_block(self, start: int, text: str) -> None:
        start += len(text) - len(text.lstrip())
        end = start + len(text.strip())
        lines: list[Range] = []
        position = start
        for line in self._source[start:end].split("\n"):
            blanks = len(line) - len(line.lstrip())
            lines.append((position + blanks, position + len(line)))
            position += len(line) + 1
        self._leaf(Html(tuple(lines)), start, end)
