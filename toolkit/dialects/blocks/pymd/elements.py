"""Elements of HTML that hold Markdown, and their text as blocks are looked for in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.slices import OPEN, PLACEHOLDER
from toolkit.dialects.blocks.pymd.stash import RawHtml
from toolkit.dialects.blocks.pymd.tree import Node, NodeKind

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage
    from toolkit.dialects.blocks.pymd.slices import Places, Slice
    from toolkit.dialects.blocks.pymd.stash import Stash

Span = tuple[int, int]


class Tags(NamedTuple):
    """The places of an element's tags, and how its text is read."""

    opening: Span
    closing: Span
    state: str


@dataclass(slots=True)
class Element:
    """An element while it is read; offsets count in the page's text."""

    name: str
    state: str
    start: int
    opened: int
    """The end of its opening tag."""
    names: str = ""
    started: bool = True
    """Whether nothing stands in it yet."""
    close: Span = (0, 0)
    parts: list[tuple[str, int] | Element] = field(default_factory=list)
    """Its text in pieces with their offsets, and its elements."""

    @property
    def end(self) -> int:
        """The end of the element."""
        return self.close[1]

    def add(self, text: str, offset: int) -> None:
        """Add a piece of text."""
        self.parts.append((text, offset))


def flattened(element: Element, place: Places, stash: Stash) -> Node:
    """An element as a node whose text has a placeholder for each element in it.

    Each of them stands in lines of its own, as Python-Markdown has it.
    """
    start, end = element.close
    opening = place.range(element.start, element.opened)
    closing = place.range(start, end) if start < end else (place(start),) * 2
    node = Node(element.name, NodeKind.HTML, names=element.names)
    node.value = Tags(opening, closing, element.state)
    node.text = _text_of(element, place, stash)
    return node


def _text_of(element: Element, place: Places, stash: Stash) -> Slice:
    pieces: list[tuple[str, int]] = []
    tail: list[tuple[str, int]] = []
    child: Element | None = None
    for part in element.parts:
        if not isinstance(part, Element):
            tail.append(part)
            continue
        _add_run(pieces, tail, child)
        _end_block(pieces, part.start)
        pieces.append((stash.keep(_kept(part, place, stash)), part.start))
        child, tail = part, []
    _add_run(pieces, tail, child)
    return place.put_together(_without_line_ends(pieces), element.close[0])


def _add_run(
    pieces: list[tuple[str, int]], run: list[tuple[str, int]], child: Element | None
) -> None:
    """Add the text in front of all elements, or behind one, in lines of its own."""
    if child is None:
        pieces += run
        return
    pieces.append(("\n", child.end))
    pieces += _without_line_ends(run)


def _end_block(pieces: list[tuple[str, int]], offset: int) -> None:
    """End the text so far with a blank line, and no more than one unless it has more."""
    text = "".join([piece for piece, _ in pieces[-4:]])
    if not text.endswith("\n\n"):
        pieces[:] = _without_line_ends(pieces)
        pieces.append(("\n\n", offset))


def _without_line_ends(pieces: list[tuple[str, int]]) -> list[tuple[str, int]]:
    kept = list(pieces)
    while kept:
        text, offset = kept.pop()
        text = text.rstrip("\n")
        if text:
            kept.append((text, offset))
            break
    return kept


def _kept(element: Element, place: Places, stash: Stash) -> Node | RawHtml:
    if element.state == "off":
        return RawHtml(*place.range(element.start, element.end))
    return flattened(element, place, stash)


def html_element(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """An element of HTML that holds Markdown."""
    match = PLACEHOLDER.match(blocks[0].text) if blocks[0].text.startswith(OPEN) else None
    node = stage.stash.pieces[int(match[1])] if match else None
    if match is None or not isinstance(node, Node):
        return False
    block = blocks.popleft()
    parent.add(node)
    _read_content(stage, node)
    if match.end() < len(block.text):
        blocks.appendleft(block.cut(match.end()))
    return True


def _read_content(stage: BlockStage, node: Node) -> None:
    text, node.is_read = node.text, True
    if text is None:
        return
    if node.value.state == "block":
        node.text = None
        if text.text:
            stage.blocks(node, text.blocks())
        return
    for match in PLACEHOLDER.finditer(text.text):
        child = stage.stash.pieces[int(match[1])]
        if isinstance(child, Node):
            _read_content(stage, child)
