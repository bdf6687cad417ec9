"""The block structure of a page, without its texts: what a translation must leave as it is."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.html import INLINE_ELEMENTS
from toolkit.dialects.blocks.values import (
    Code,
    Heading,
    Html,
    ReferenceDefinition,
    Table,
    Title,
    block_of,
    name_of,
)
from toolkit.reading.segment.cells import row_cells
from toolkit.reading.segment.code import code_shape
from toolkit.reading.segment.fence_title import without_title

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from markdown_it.token import Token

    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range
    from toolkit.reading.segment import Reading
    from toolkit.reading.segment.front_matter import Header

_BARE = frozenset({"paragraph", "opaque", "list_item_close", "bullet_list_close"})
_BARE_LINE = re.compile(r"[ ]{0,3}[A-Za-z0-9_-]+:")
_SIMPLE_ROW = re.compile(r"\|[^\\`{]+\|")
"""Matches rows between borders of which each pipe ends a cell: no escape, code or shortcode."""
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)|<!--")


def same_skeleton(one: Reading, other: Reading, dialect: Dialect) -> bool:
    """Whether a page is built as its source, which is `other`.

    That is in block kinds and nesting, heading levels, code, table shapes, targets of definitions.
    """
    if not same_header(one.header, one.source, other):
        return False
    if _levels(one.tokens) != _levels(other.tokens):
        return False
    if not same_nesting(one.source, other, dialect):
        return False
    sources = one.source, other.source
    for left, right in zip(one.tokens, other.tokens, strict=True):
        if left.type in _BARE or _is_same(left, right):
            continue
        if not _is_alike(left, right, sources, dialect):
            return False
    return True


def same_nesting(source: str, other: Reading, dialect: Dialect) -> bool:
    """Whether the elements or macros of a page, with this text, are nested as in its source."""
    nesting = dialect.nesting
    return not nesting or nesting(source) == _nesting(nesting, other.source)


def _levels(tokens: Sequence[Token]) -> tuple[list[str], list[int]]:
    """Return the kinds of some blocks, and how deep they are nested."""
    return [token.type for token in tokens], [token.level for token in tokens]


def _is_alike(left: Token, right: Token, sources: tuple[str, str], dialect: Dialect) -> bool:
    """Whether the properties of two blocks that must not change are the same."""
    one, other = block_of(left), block_of(right)
    if isinstance(one, Table) and isinstance(other, Table):
        same = one.columns == other.columns and len(one.rows) == len(other.rows)
        return same and _has_same_cells(one.rows, other.rows, sources, dialect)
    if isinstance(one, Html) and isinstance(other, Html):
        texts = _text_of(one, sources[0]), _text_of(other, sources[1])
        return one.alone == other.alone and _has_same_tags(*texts)
    return _marks(left, dialect) == _marks(right, dialect)


def _has_same_cells(
    rows: Sequence[Range], others: Sequence[Range], sources: tuple[str, str], dialect: Dialect
) -> bool:
    """Whether each row of a table has as many cells as its partner."""
    for (start, end), (first, last) in zip(rows, others, strict=True):
        row, other = sources[0][start:end].rstrip(), sources[1][first:last].rstrip()
        if row != other and not _has_as_many_cells(row, other, dialect):
            return False
    return True


def _has_as_many_cells(row: str, other: str, dialect: Dialect) -> bool:
    if _SIMPLE_ROW.fullmatch(row) and _SIMPLE_ROW.fullmatch(other):
        return row.count("|") == other.count("|")
    return len(row_cells(row, dialect)) == len(row_cells(other, dialect))


def _is_same(left: Token, right: Token) -> bool:
    """Whether nothing at all differs in two blocks of a kind that no value is noted for."""
    if left.meta or right.meta or left.content != right.content:
        return False
    return left.info == right.info and left.markup == right.markup and left.attrs == right.attrs


@lru_cache(maxsize=16)
def _nesting(nesting: Callable[[str], object], source: str) -> object:
    """The elements of a source page, which is compared with one built page after the other."""
    return nesting(source)


def same_header(header: Header, source: str, other: Reading) -> bool:
    """Whether the front matter of a page, with this text, is built as that of its source."""
    return _header_shape(header, source) == _header_shape(other.header, other.source)


def _header_shape(header: Header, source: str) -> tuple[int, list[str]]:
    """The number of lines of the front matter, where nothing ends it, and its translated keys."""
    bare = _BARE_LINE.match(source)
    return header.lines if bare else min(header.lines, 1), [value.key for value in header.values]


def _marks(token: Token, dialect: Dialect) -> tuple[object, ...]:
    """Return the properties of a block that must not change, besides its kind."""
    block = block_of(token)
    match block:
        case Heading():
            return block.level, block.marked
        case Title():
            return block.kind, block.name, block.cells, block.level
        case ReferenceDefinition():
            return block.label, block.url, bool(block.title)
    content = token.content
    if dialect.code or isinstance(block, Code):
        included = block.included if isinstance(block, Code) else None
        content = code_shape(token.info, token.content, dialect, included=included)
    headed = dialect.fence_titles or dialect.fence_labels
    info = without_title(token.info, label=dialect.fence_labels) if headed else token.info
    return info, content, token.markup, token.attrs, name_of(block)


def _text_of(block: Html, source: str) -> str:
    return source[block.lines[0][0] : block.lines[-1][1]]


def _has_same_tags(one: str, other: str) -> bool:
    return one == other or _block_tags(one) == _block_tags(other)


def _block_tags(text: str) -> list[str]:
    """The tags of an HTML block without those that stand in running text."""
    tags = _TAG.finditer(text)
    return [tag[0].lower() for tag in tags if (tag[1] or "").lower() not in INLINE_ELEMENTS]
