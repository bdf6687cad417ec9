"""The tree of blocks, as Python-Markdown's processors grow it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.slices import Slice

LISTS = frozenset({"ol", "ul", "dl"})


class NodeKind(StrEnum):
    """The kinds of blocks, where the tag does not show them."""

    ELEMENT = "element"
    """A block whose tag tells all."""
    ABBREVIATION = "abbreviation"
    ADMONITION = "admonition"
    BLOCK = "block"
    """A `///` block."""
    CODE = "code"
    DETAILS = "details"
    FOOTNOTE = "footnote"
    HEADING = "heading"
    HTML = "html"
    OPAQUE = "opaque"
    REFERENCE = "reference"
    RULE = "rule"
    TAB = "tab"
    TABLE = "table"
    TERM = "term"
    TITLE = "title"


@dataclass(slots=True, eq=False)
class Node:
    """A block; `tag` is the element that it becomes, by which processors tell what it is."""

    tag: str
    kind: NodeKind = NodeKind.ELEMENT
    text: Slice | None = None
    tail: Slice | None = None
    """Text behind a heading or a title, in an item whose texts are no paragraphs."""
    children: list[Node] = field(default_factory=list)
    names: str = ""
    """Its classes, where processors ask for them."""
    value: Any = None
    """Further facts about it, by its kind."""
    opening: int = -1
    """The place where it starts, where its text does not show it."""
    is_read: bool = False
    """Whether the text of an element of HTML was read for blocks."""
    unseen: bool = False
    """Whether it is no element: a definition of a link, of an abbreviation, of a footnote."""
    _seen: tuple[int, Node | None] = (0, None)
    """The number of children that were looked at for the last element, and that element's."""

    @property
    def last(self) -> Node | None:
        """The last child that is an element."""
        known, last = self._seen
        children = self.children
        for index in range(len(children) - 1, known - 1, -1):
            if not children[index].unseen:
                last = children[index]
                break
        self._seen = len(children), last
        return last

    def add(self, child: Node) -> Node:
        """Put a child behind the others."""
        self.children.append(child)
        return child

    def remove(self, child: Node) -> None:
        """Take a child away."""
        self.children.remove(child)
        self._seen = 0, None

    def has_text(self) -> bool:
        """Whether it has text of its own in front of its children."""
        return self.text is not None and bool(self.text.text)

    def loosen(self) -> None:
        """Make a paragraph of its own text."""
        if self.has_text():
            self.children.insert(0, Node("p", text=self.text))
            self._seen = 0, None
            self.text = None


@dataclass(slots=True)
class Slashes:
    """A `///` block while it is open."""

    length: int
    node: Node
    """The node to which its content is added."""
    parent: Node
    element: Node
    mode: str = "block"
    """The way its content is read: as blocks, `inline`, or `raw`."""
    hungry: bool = False
    """Whether it waits for more blocks."""
