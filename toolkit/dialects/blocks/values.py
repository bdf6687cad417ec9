"""Blocks as values: what each of our block rules notes of what it read.

A block token says of itself where its lines stand and how deep it is nested; all else that is known
of it is one of these values. `block_of` gives it, also for the tokens of markdown-it's own rules.
Offsets count in the source that was given to the parser.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.jsx import Tag
    from toolkit.dialects.parser import Range
    from toolkit.model.units import Form, Kind

Lines = tuple["Range", ...]
"""The start and end of each line's text."""

TagText = tuple[int, int, "Form", str]
"""Start and end between the quotes, how it is written, and the name of its attribute."""

_BLOCK = "block"
_REFERENCE = "definition"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph."""

    type: ClassVar[str] = "paragraph"
    lines: Lines
    line_start: int | None = None
    """The start of its first line's text, where that is before it."""
    title: Kind | None = None
    """The kind of title, if the text is one on a line of its own."""
    terms: bool = False
    """Whether each of its lines is a term, even if other blocks stand above the definition."""


@dataclass(frozen=True, slots=True)
class Figure(Text):
    """A paragraph that is an image and nothing else, where such is shown as a figure."""

    type: ClassVar[str] = "figure"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading."""

    type: ClassVar[str] = "heading"
    lines: Lines
    level: int
    marked: bool
    """Whether `#`s mark it, and no line below it."""
    attributes: Range | None = None
    """The place of its list of attributes with the blanks around it, or where one would stand.

    It is no part of `lines`. Only rules that are told how such lists look know of it.
    """


@dataclass(frozen=True, slots=True)
class Table:
    """A pipe table; the second row holds its delimiters."""

    type: ClassVar[str] = "table"
    rows: Lines
    columns: int


@dataclass(frozen=True, slots=True)
class Title:
    """A text that stands alone: a block's title, the value of an option, a term, a caption."""

    type: ClassVar[str] = "title"
    span: Range
    kind: Kind
    form: Form
    name: str = ""
    """The thing it is the title of, as the page names it: an admonition's type, a directive."""
    text: str | None = None
    """The text, where that is not what stands in the source."""
    prefix: str = ""
    """The prefix of a line of it."""
    cells: int = 0
    """The number of cells in it, where it is a row of a table."""
    level: int = 0
    """The level of the heading that it is as well, where `#`s stand before it."""
    lines: Lines = ()
    """The whole of the lines in which it stands, where links are looked for there."""


@dataclass(frozen=True, slots=True)
class Html:
    """A block of HTML."""

    type: ClassVar[str] = "html_block"
    lines: Lines
    alone: bool = False
    """Whether it is a component that ends in its line, whatever stands after it."""


@dataclass(frozen=True, slots=True)
class Elements:
    """Lines that hold nothing but tags of JSX, or one expression."""

    type: ClassVar[str] = "jsx"
    tags: tuple[Tag, ...]
    texts: tuple[TagText, ...]
    """The texts in attributes."""
    name: str
    """The lines without these texts, which a translation leaves as they are."""
    comment: str = ""
    """The text of a comment between braces."""


@dataclass(frozen=True, slots=True)
class Module:
    """Lines of a module: what a page imports and exports (MDX)."""

    type: ClassVar[str] = "module"
    span: Range


@dataclass(frozen=True, slots=True)
class Shortcodes:
    """Lines that hold nothing but shortcodes."""

    type: ClassVar[str] = "shortcode"


@dataclass(frozen=True, slots=True)
class Opaque:
    """A block without text of its own."""

    type: ClassVar[str] = "opaque"
    comment: str = ""
    """The text of a comment."""
    unknown: str = ""
    """The name of a directive of which is not known whether it holds Markdown."""
    markup: str = ""
    """The markup it holds prose in, where that is not Markdown."""


@dataclass(frozen=True, slots=True)
class Code:
    """Code of which the writer says whether it is translated as a whole."""

    type: ClassVar[str] = "fence"
    included: bool


@dataclass(frozen=True, slots=True)
class ReferenceDefinition:
    """The definition of a link by reference."""

    type: ClassVar[str] = _REFERENCE
    label: str
    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Container:
    """The opening of a block that holds blocks."""

    name: str = ""
    """The name that the page gives it: an admonition's type, a directive, a footnote's label."""
    one_term: bool = False
    """Whether the paragraph above a definition is one term, whatever lines it has."""


@dataclass(frozen=True, slots=True)
class OwnLeaf:
    """A block of a dialect that none of the others fits; each kind is a subclass.

    `read_leaf` of `dialects.blocks.leaves` registers how its texts are found.
    """

    type: ClassVar[str] = "own"


Leaf = (
    Text
    | Heading
    | Table
    | Title
    | Html
    | Elements
    | Module
    | Shortcodes
    | Opaque
    | Code
    | ReferenceDefinition
    | OwnLeaf
)
"""A block that holds no block; its token has the type that the value names."""
Block = Leaf | Container


def block_of(token: Token) -> Block | None:
    """Return what is known of a block; `None` where the token alone tells all."""
    meta = token.meta
    if not meta:
        return None
    block: Block | None = meta.get(_BLOCK)
    if block is not None:
        return block
    if token.type == _REFERENCE:
        return ReferenceDefinition(meta["label"], meta["url"], meta["title"])
    return Container(meta["label"]) if "label" in meta else None


def note_block(token: Token, block: Block) -> None:
    """Note a value for a token, in the place of the one it has."""
    token.meta = noted(block)


def noted(block: Block) -> dict[str, Block]:
    """Return the notes of a token that has a value."""
    return {_BLOCK: block}


def between(lines: Sequence[Range], start: int, end: int) -> list[Range]:
    """Return the parts of some lines between two offsets."""
    first = bisect_right(lines, start, key=itemgetter(0)) - 1
    last = bisect_left(lines, end, key=itemgetter(0))
    return [(max(start, left), min(end, right)) for left, right in lines[first:last]]


def name_of(block: Block | None) -> str:
    """Return what a page calls a container or lines of tags, where it does."""
    return block.name if isinstance(block, Container | Elements) else ""
