"""The order of tokens in the source, in which definitions stand where they do not act."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.tree import NodeKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from toolkit.dialects.blocks.pymd.tree import Node


def merged(tokens: list[Token], apart: Sequence[tuple[int, list[Token]]]) -> list[Token]:
    """Return tokens with those of definitions put where they stand in the page, by their lines."""
    if not apart:
        return tokens
    merged: list[Token] = []
    waiting = deque(apart)
    for token in tokens:
        while waiting and token.map and token.map[0] > waiting[0][0]:
            for one in waiting.popleft()[1]:
                one.level += token.level
                merged.append(one)
        merged.append(token)
    for _, group in waiting:
        merged += group
    return merged


def start_of(node: Node) -> int:
    """Return where a node starts in the expanded page."""
    if node.opening >= 0:
        return node.opening
    if node.kind is NodeKind.HTML:
        start: int = node.value.opening[0]
        return start
    if node.text is not None:
        return node.text.starts[0]
    if node.kind is NodeKind.CODE and node.value:
        return int(node.value[0][1])
    return min(map(start_of, node.children), default=-1)
