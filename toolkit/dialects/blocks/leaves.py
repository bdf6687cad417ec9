"""Texts in the blocks of a dialect, as its plugins register to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeGuard, TypeVar

from toolkit.dialects.blocks.values import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.dialects.blocks.values import Leaf, Title
    from toolkit.dialects.parser import PageParser

    ParagraphCut = Callable[[Text, str, str], Iterable[Text | Title]]

OwnBlock = TypeVar("OwnBlock", bound="Leaf")


def read_leaf(
    parser: PageParser,
    block: type[OwnBlock],
    titles: Callable[[OwnBlock, str], Iterable[Title]],
) -> None:
    """Register a function that finds the texts in blocks of a kind.

    It is given each block's value and the source.
    """
    parser.leaves[block] = titles


def titles_in(parser: PageParser, block: object, source: str) -> Iterable[Title]:
    """Return the texts in a block, none where its kind is not registered."""
    titles: Callable[[object, str], Iterable[Title]] | None = parser.leaves.get(type(block))
    return titles(block, source) if titles else ()


def read_paragraph(parser: PageParser, cut: ParagraphCut, mark: str = "") -> None:
    """Register a function that cuts paragraphs with some mark in them into their texts.

    It is given a paragraph, the name of the token of the container that it is the first block of
    (`blockquote`), and the source; it gives what is left of the paragraph, and titles.
    """
    parser.paragraph_cuts.append((mark, cut))


def cuts_for(parser: PageParser, source: str) -> list[tuple[str, ParagraphCut]]:
    """Return the functions that cut paragraphs of a page, with their marks, in their order."""
    return [(mark, cut) for mark, cut in parser.paragraph_cuts if mark in source]


def paragraph_texts(
    cuts: Iterable[tuple[str, ParagraphCut]], block: Text, before: str, source: str
) -> Iterable[Text | Title]:
    """Return the texts of a paragraph, behind the token of a type.

    The functions that cut it go in the order of plugins.
    """
    start, end = block.lines[0][0], block.lines[-1][1]
    pieces: Iterable[Text | Title] = (block,)
    for mark, cut in cuts:
        if source.find(mark, start, end) < 0:
            continue
        opened = before.removesuffix("_open") if before.endswith("_open") else ""
        pieces = [
            part
            for piece in pieces
            for part in (cut(piece, opened, source) if _is_running(piece) else (piece,))
        ]
    return pieces


def _is_running(piece: Text | Title) -> TypeGuard[Text]:
    return isinstance(piece, Text) and piece.title is None
