"""The block structure of a page, without its texts: what a translation must leave as it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.blocks.table import cells
from toolkit.segment.html import INLINE_ELEMENTS

if TYPE_CHECKING:
    from markdown_it.token import Token

    from toolkit.dialect import Dialect
    from toolkit.segment import Reading

Bone = tuple[object, ...]

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
    meta = token.meta
    match token.type:
        case "heading":
            return (*common, meta["level"], meta["marked"])
        case "table":
            rows = [
                len(cells(source[start:end].rstrip(), code_hides_pipes=dialect.code_hides_pipes))
                for start, end in meta["rows"]
            ]
            return (*common, meta["columns"], *rows)
        case "title":
            return (*common, meta["kind"], meta["name"])
        case "definition":
            return (*common, meta["label"], meta["url"], bool(meta["title"]))
        case "html_block":
            text = source[meta["lines"][0][0] : meta["lines"][-1][1]]
            return (*common, *_block_tags(text))
        case _:
            name = meta.get("name") or meta.get("label") or ""
            return (*common, token.info, token.content, token.markup, name, *token.attrs.items())


def _block_tags(text: str) -> list[str]:
    """The tags of an HTML block without those that stand in running text."""
    tags = _TAG.finditer(text)
    return [tag[0].lower() for tag in tags if (tag[1] or "").lower() not in INLINE_ELEMENTS]
