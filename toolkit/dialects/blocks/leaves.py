"""Texts in the blocks of a dialect, as its plugins register to find them."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from toolkit.dialects.blocks.values import Leaf, Title
    from toolkit.dialects.parser import PageParser

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
