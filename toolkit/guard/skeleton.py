"""The block structure of a page, without its texts: what a translation must leave as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.blocks.table import cells
from toolkit.segment.html import INLINE_ELEMENTS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown_it.token import Token

    from toolkit.dialect import Dialect
    from toolkit.segment import Reading

Bone = tuple[object, ...]

_BARE = frozenset({"paragraph", "opaque", "list_item_close", "bullet_list_close"})
_TAG = re.compile(r"</?([A-Za-z][\w:-]*)|<!--")


def skeleton(reading: Reading, dialect: Dialect) -> list[Bone]:
    """Block kinds and nesting, heading levels, code, table shapes, targets of definitions."""
    bones: list[Bone] = [("front matter", *_keys(reading))]
    bones += [_bone(token, reading.source, dialect) for token in reading.tokens]
    return bones


def _keys(reading: Reading) -> list[str]:
    return [value.key for value in reading.header.values]


def _bone(token: Token, source: str, dialect: Dialect) -> Bone:
    common = (token.type, token.level)
    return common if token.type in _BARE else (*common, *_marks(token, source, dialect))


def _marks(token: Token, source: str, dialect: Dialect) -> Iterator[object]:
    """What of a block beyond its kind has to stay."""
    meta = token.meta
    match token.type:
        case "heading":
            yield from (meta["level"], meta["marked"])
        case "table":
            yield meta["columns"]
            for start, end in meta["rows"]:
                row = source[start:end].rstrip()
                yield len(cells(row, code_hides_pipes=dialect.code_hides_pipes))
        case "title":
            yield from (meta["kind"], meta["name"])
        case "definition":
            yield from (meta["label"], meta["url"], bool(meta["title"]))
        case "html_block":
            yield from _block_tags(source[meta["lines"][0][0] : meta["lines"][-1][1]])
        case _:
            yield from (token.info, token.content, token.markup, *token.attrs.items())
            yield meta.get("name") or meta.get("label") or ""


def _block_tags(text: str) -> list[str]:
    """The tags of an HTML block without those that stand in running text."""
    tags = _TAG.finditer(text)
    return [tag[0].lower() for tag in tags if (tag[1] or "").lower() not in INLINE_ELEMENTS]
