"""Putting what a block rule has read among the parser's tokens."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks.values import note_block, noted

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from toolkit.dialects.blocks.values import Container, Leaf, Title
    from toolkit.dialects.parser import Range


def leaf_token(block: Leaf, covered: Range, level: int = 0) -> Token:
    """Return the token of a block that covers some lines (first, after last)."""
    meta = noted(block)
    return Token(block.type, "", 0, map=[*covered], level=level, meta=meta, block=True)


def push_leaf(state: StateBlock, covered: Range, block: Leaf) -> Token:
    """Add the token of a block that covers some lines (first, after last) and end it there."""
    token = leaf_token(block, covered, state.level)
    state.tokens.append(token)
    state.line = covered[1]
    return token


def push_title(state: StateBlock, line: int, title: Title) -> None:
    """Add the token of a text that stands alone in a line, whose block goes on after it."""
    state.tokens.append(leaf_token(title, (line, line + 1)))


def replace_block(token: Token, block: Leaf) -> None:
    """Make a token that of another block."""
    token.type = block.type
    note_block(token, block)


def nested(
    state: StateBlock, container: str, lines: Range, *, indent: int, block: Container | None = None
) -> int:
    """Read `lines` as the blocks of a container whose content stands at column `indent`.

    Gives the line where it ended, which is before the last one where that is not indented enough.
    """
    token = state.push(f"{container}_open", "", 1)
    token.map = [*lines]
    if block:
        note_block(token, block)
    saved = state.blkIndent, state.lineMax, state.parentType
    state.blkIndent, state.lineMax, state.parentType = indent, lines[1], "container"
    state.md.block.tokenize(state, *lines)
    behind = state.line
    state.blkIndent, state.lineMax, state.parentType = saved
    state.push(f"{container}_close", "", -1)
    state.line = lines[1]
    return behind
