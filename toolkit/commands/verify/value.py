"""A page of a built site as values that can be compared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Link(NamedTuple):
    """The link of an element of a page."""

    tag: str
    """The element: `a`, `img`, `link`, `script`, …"""
    url: str

    @property
    def is_image(self) -> bool:
        """Whether it shows a picture."""
        return self.tag in {"img", "source", "picture"}


class Piece(NamedTuple):
    """A block of the content or a run of text in one."""

    label: str
    """The block's element with its classes; empty for text."""
    depth: int
    text: str = ""
    """The text of a run, or the code of a code block."""
    prose: str = ""
    """The text without the code in it."""
    inline: tuple[str, ...] = ()
    """The names of the inline elements, in their order."""
    codes: tuple[str, ...] = ()
    """The texts of code spans."""
    links: tuple[Link, ...] = ()
    given: bool = False
    """Whether the text is a title that the generator gives to blocks without one."""


Block = tuple[Piece, ...]
"""An outermost block of the content, with all that is in it."""


class Alternate(NamedTuple):
    """A page in another language, as search engines read it."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """The parts of a built page that are checked."""

    path: str
    """Its file below the site's folder, with `/`."""
    language: str = ""
    direction: str = ""
    title: str = ""
    description: str = ""
    canonical: str = ""
    alternates: tuple[Alternate, ...] = ()
    ids: frozenset[str] = frozenset()
    """The ids that fragments can lead to."""
    doubled: frozenset[str] = frozenset()
    """Ids that several elements have."""
    links: tuple[Link, ...] = ()
    """All targets of the page, each once."""
    blocks: tuple[Block, ...] = ()
    """Its content."""
    redirects: bool = False
    """Whether it only leads on to another page."""
    headings: tuple[str, ...] = field(default=())
    """The ids of the headings of its content, in order."""


class Fault(NamedTuple):
    """A fault of a built page."""

    check: str
    path: str
    """The page's file below the site's folder."""
    text: str
    piece: str = ""
    """The piece to look for in the file to find its line."""
    source_text: str = ""
    """The text of the source page that it is about, as the reader sees it."""
    facts: tuple[str, ...] = ()
    """The values by which it differs from other faults of the page, whatever the words."""
