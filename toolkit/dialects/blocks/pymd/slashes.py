"""Blocks of PyMdown's `blocks`: `/// type | argument`, options, content, `///`.

Such a block takes the blocks that follow it until it is closed, also where lists or quotes end in
between; what its type, argument and options must be decides whether it is one at all.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from toolkit.dialects.blocks.pymd.containers import TAB_BLOCK, tab_set_of, title_node
from toolkit.dialects.blocks.pymd.fancy_lists import forced_type
from toolkit.dialects.blocks.pymd.html import BLOCK_ELEMENTS
from toolkit.dialects.blocks.pymd.slash_types import (
    SELECTOR,
    SlashKind,
    SlashType,
    fits_argument,
    options_in,
)
from toolkit.dialects.blocks.pymd.slices import TAB
from toolkit.dialects.blocks.pymd.tree import Node, NodeKind, Slashes
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Mapping

    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage, Processor
    from toolkit.dialects.blocks.pymd.slices import Slice

_START = late(
    r"(?:^|\n)[ ]{0,3}(?P<mark>/{3,})[ ]*(?P<type>[\w-]+)[ ]*"
    r"(?:\|[ ]*(?P<argument>.*?)[ ]*)?(?:\n|$)"
)
_END = late(r"(?:^|\n)[ ]{0,3}(/{3,})[ ]*(?:\n|$)", re.MULTILINE)
_OPTIONS = late(r"(?:[ ]{4,}(?!\s).*?(?:\n|$))+")
_RAW = frozenset("canvas math option pre script style textarea code".split())
_INLINE_ONLY = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
_BLOCKS_INSIDE = BLOCK_ELEMENTS - _RAW - _INLINE_ONLY - {"hr"}


_TITLED = frozenset({SlashKind.ADMONITION, SlashKind.DETAILS, SlashKind.TAB})


class _Opening(NamedTuple):
    """The opening of a block."""

    kind: SlashType
    name: str
    length: int
    argument: str
    options: Mapping[str, Any]
    title: Slice | None
    rest: Slice
    """The rest of the block behind it and its options."""
    place: int


def slash_blocks(types: Mapping[str, SlashType], *, sane: bool = False) -> Processor:
    """The processor for `///` blocks of some types; `sane` is as in `title_node`."""

    def process(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
        hungry = _hungry_parent(stage, parent) if stage.slashes else None
        if hungry is not None:
            _go_on(stage, hungry, blocks)
            return True
        block = blocks[0]
        match = stage.search(_START, block.text, "///")
        opening = _opening(block, match, types) if match else None
        if match is None or opening is None:
            return False
        if match.start():
            stage.blocks(parent, [block.cut(0, match.start())])
        blocks.popleft()
        if opening.rest.text:
            blocks.appendleft(opening.rest)
        if parent.tag in {"li", "dd"}:
            parent.loosen()
        stage.slashes.append(_created(opening, parent, sane=sane))
        _feed(stage, blocks, parent)
        return True

    return process


def _opening(block: Slice, match: re.Match[str], types: Mapping[str, SlashType]) -> _Opening | None:
    name = match["type"].lower()
    kind = types.get(name)
    argument = match["argument"] or ""
    if kind is None or (kind.argument is not None and kind.argument != bool(argument)):
        return None
    length = len(match["mark"])
    rest = block.cut(match.end())
    end = _end_of(rest.text, length)
    header = _OPTIONS.match(rest.text, 0, end.start() if end else len(rest.text))
    options = options_in(header[0], kind) if header else {}
    if options is None or not fits_argument(kind, argument):
        return None
    title = block.cut(*match.span("argument")) if argument and kind.kind in _TITLED else None
    place = block.place(match.start() + block.text.startswith("\n", match.start()))
    behind = rest.cut(header.end()) if header else rest
    return _Opening(kind, name, length, argument, options, title, behind, place)


def _created(opening: _Opening, parent: Node, *, sane: bool) -> Slashes:
    """The node of a block, put under its parent."""
    kind = opening.kind.kind
    if kind is SlashKind.TAB:
        node = Node("div", NodeKind.BLOCK, names=TAB_BLOCK)
        element = tab_set_of(parent, new=bool(opening.options.get("new")))
        element.add(node)
    elif kind is SlashKind.CAPTION:
        node = Node("figcaption", NodeKind.BLOCK)
        element = _figure(parent)
        element.add(node)
    elif kind is SlashKind.LIST:
        # What the block holds goes into its parent, behind a list that waits for its first item.
        parent.add(Node("ol", names=forced_type(opening.argument)))
        node = element = parent
        return Slashes(opening.length, node, parent, element)
    else:
        node = element = parent.add(Node(_tag(opening), NodeKind.BLOCK))
        node.names = "admonition" if kind is SlashKind.ADMONITION else ""
    node.value, node.opening = opening.name, opening.place
    if opening.title is not None:
        node.add(_title(kind, opening.title, sane=sane))
    return Slashes(opening.length, node, parent, element, _mode(opening))


def _title(kind: SlashKind, text: Slice, *, sane: bool) -> Node:
    if kind is SlashKind.TAB:
        return Node("label", NodeKind.TITLE, text=text, unseen=True)
    return title_node("p" if kind is SlashKind.ADMONITION else "summary", text, sane=sane)


def _tag(opening: _Opening) -> str:
    match opening.kind.kind:
        case SlashKind.DETAILS:
            return "details"
        case SlashKind.DEFINE:
            return "dl"
        case SlashKind.HTML:
            selector = SELECTOR.match(opening.argument)
            return selector["tag"].lower() if selector else "div"
    return "div"


def _mode(opening: _Opening) -> str:
    if opening.kind.kind is not SlashKind.HTML:
        return "block"
    mode = str(opening.options.get("markdown", "auto")).lower()
    tag = _tag(opening)
    if mode == "auto":
        mode = opening.kind.modes.get(tag, mode)
    if mode == "auto":
        mode = "raw" if tag in _RAW else "block" if tag in _BLOCKS_INSIDE else "inline"
    return "raw" if mode == "html" else mode


def _figure(parent: Node) -> Node:
    """The figure that a caption belongs to: the one above it, or one of the block above it."""
    above = parent.last
    if above is not None and above.tag == "figure":
        captions = [child for child in above.children if child.tag == "figcaption"]
        if not captions:
            return above
    figure = Node("figure")
    if above is not None:
        parent.remove(above)
        figure.add(above)
    return parent.add(figure)


def _hungry_parent(stage: BlockStage, parent: Node) -> Node | None:
    """The parent of the innermost open block, where it waits for more."""
    inner = stage.slashes[-1]
    node: Node | None = parent if inner.hungry else None
    while node is not None:
        if inner.parent is node:
            return node
        node = node.last
    return None


def _go_on(stage: BlockStage, parent: Node, blocks: Blocks) -> None:
    """Give more blocks to the open blocks of a parent."""
    for entry in stage.slashes:
        if entry.hungry and entry.parent is parent:
            # What other blocks have added behind it is its own.
            last = parent.last
            if last is not None and last is not entry.element:
                parent.remove(last)
                entry.node.add(last)
            entry.hungry = False
            _feed(stage, blocks, parent)
            return


def _feed(stage: BlockStage, blocks: Blocks, parent: Node) -> None:
    """Give blocks to the innermost open block, until all are closed or none is left."""
    while blocks and stage.slashes:
        entry = stage.slashes[-1]
        block = blocks.popleft()
        width = _items_above(parent, entry.element) * TAB if len(stage.slashes) > 1 else 0
        if width:
            own, rest = block.dedented(width)
            if own.text and rest.text:
                blocks.appendleft(rest)
            block = own if own.text else block
        end = _end_of(block.text, entry.length)
        content = block.cut(0, end.start()) if end else block
        if end and end.end() < len(block.text):
            blocks.appendleft(block.cut(end.end()))
        if content.text:
            _add_content(stage, entry, content)
        if end:
            del stage.slashes[-1]
    if stage.slashes:
        stage.slashes[-1].hungry = True


def _add_content(stage: BlockStage, entry: Slashes, content: Slice) -> None:
    if content.text.endswith("\n"):
        content = content.cut(0, len(content.text) - 1)
    if entry.mode == "block":
        stage.states.append("blocks")
        stage.chunk(entry.node, content)
        stage.states.pop()
        return
    text = stage.stash.with_fences_as_text(content)
    kind = NodeKind.OPAQUE if entry.mode == "raw" else NodeKind.ELEMENT
    entry.node.add(Node("", kind, text=text, unseen=True))


def _items_above(parent: Node, element: Node) -> int:
    """The number of list items between a node and one of those below it."""
    count = 0
    node: Node | None = parent
    while node is not None and node is not element:
        count += node.tag in {"li", "dd"}
        node = node.last
    return count if node is element else 0


def _end_of(text: str, length: int) -> re.Match[str] | None:
    """The line that closes a block."""
    return next((match for match in _END.finditer(text) if len(match[1]) == length), None)
