"""Processors for lists, and for what is indented below their items."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from toolkit.dialects.blocks.pymd.slices import INDENT, TAB, Slice, sliced
from toolkit.dialects.blocks.pymd.tree import LISTS, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage

_ORDERED = re.compile(r"[ ]{0,3}\d+\.[ ]+")
_BULLETS = re.compile(r"[ ]{0,3}[*+-][ ]+")
_ITEM = re.compile(r"[ ]{0,3}(?:\d+\.|[*+-])[ ]+")
_NESTED_ITEM = re.compile(r"[ ]{4,7}(?:\d+\.|[*+-])[ ]+")
_INDENTS = re.compile(r"(?:[ ]{4})+")
ITEM_LISTS = frozenset({"ol", "ul"})
"""The elements whose children are items."""


class _Kind(NamedTuple):
    """A kind of list; `sane` ones mix no numbers and bullets (`sane_lists`)."""

    tag: str
    first: re.Pattern[str]
    item: re.Pattern[str] = _ITEM
    siblings: frozenset[str] = ITEM_LISTS


_KINDS = {
    ("ol", False): _Kind("ol", _ORDERED),
    ("ul", False): _Kind("ul", _BULLETS),
    ("ol", True): _Kind("ol", _ORDERED, _ORDERED, frozenset({"ol"})),
    ("ul", True): _Kind("ul", _BULLETS, _BULLETS, frozenset({"ul"})),
}


def ordered_list(stage: BlockStage, parent: Node, blocks: Blocks, *, sane: bool = False) -> bool:
    """A list whose first item is numbered."""
    opened = _opened(stage, parent, blocks, _KINDS["ol", sane])
    if opened:
        add_items(stage, *opened)
    return opened is not None


def bullet_list(stage: BlockStage, parent: Node, blocks: Blocks, *, sane: bool = False) -> bool:
    """A list whose first item has a bullet."""
    opened = _opened(stage, parent, blocks, _KINDS["ul", sane])
    if opened:
        add_items(stage, *opened)
    return opened is not None


def _opened(
    stage: BlockStage, parent: Node, blocks: Blocks, kind: _Kind
) -> tuple[Node, Iterator[Slice]] | None:
    """The list that a block belongs to, and its items; `None` where it is no list.

    The items are added by the caller: each call less leaves room for deeper lists.
    """
    if not kind.first.match(blocks[0].text):
        return None
    items = _items(blocks.popleft(), kind.item)
    last = parent.last
    if last is not None and last.tag in kind.siblings:
        found = last
        loosen_last_item(found)
        add_loose_item(stage, found, next(items))
    elif parent.tag in ITEM_LISTS:
        found = parent
    else:
        found = parent.add(Node(kind.tag))
    return found, items


def add_loose_item(stage: BlockStage, found: Node, text: Slice) -> None:
    """Add the item that goes on with a list behind a blank line."""
    stage.within("looselist", found.add(Node("li")), [text])


def add_items(stage: BlockStage, found: Node, items: Iterable[Slice]) -> None:
    """Add items to a list; those that are indented belong to the one above."""
    stage.states.append("list")
    for one in items:
        if stage.is_text(one.text):
            found.add(Node("li", text=one.stripped()))
            continue
        held = found.last if one.text.startswith(INDENT) else None
        stage.blocks(held or found.add(Node("li")), [one])
    stage.states.pop()


def loosen_last_item(found: Node) -> None:
    """Make paragraphs of the texts of a list's last item."""
    item = found.last
    if item is None:
        return
    item.loosen()
    last = item.last
    if last is not None and last.tail is not None:
        item.add(Node("p", text=last.tail.stripped()))
        last.tail = None


def _items(block: Slice, item: re.Pattern[str]) -> Iterator[Slice]:
    """A block cut into items; indented items that follow each other stay together."""
    rows: list[tuple[str, int]] = []
    for text, start in block.rows():
        marker = item.match(text)
        nested = not marker and _NESTED_ITEM.match(text)
        if rows and (marker or (nested and not rows[0][0].startswith(INDENT))):
            yield sliced(rows)
            rows = []
        width = marker.end() if marker else 0
        rows.append((text[width:], start + width))
    yield sliced(rows)


def list_indent(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """Read what is indented below an item of a list."""
    return _indented(stage, parent, blocks, frozenset({"li"}), ITEM_LISTS)


def definition_indent(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """Read what is indented below a definition."""
    return _indented(stage, parent, blocks, frozenset({"li", "dd"}), LISTS)


def _indented(
    stage: BlockStage, parent: Node, blocks: Blocks, items: frozenset[str], lists: frozenset[str]
) -> bool:
    block = blocks[0]
    if not block.text.startswith(INDENT) or stage.is_in("detabbed"):
        return False
    last = parent.last
    if parent.tag not in items and (last is None or last.tag not in lists):
        return False
    blocks.popleft()
    level, found = _level(stage, parent, block.text, items, lists)
    block = block.loosely_dedented(level * TAB)
    stage.states.append("detabbed")
    _read_below(stage, parent, found, block, (items, lists))
    stage.states.pop()
    return True


def _read_below(
    stage: BlockStage,
    parent: Node,
    found: Node,
    block: Slice,
    tags: tuple[frozenset[str], frozenset[str]],
) -> None:
    items, lists = tags
    last = parent.last
    if parent.tag in items:
        stage.blocks(last if last is not None and last.tag in lists else parent, [block])
    elif found.tag in items:
        stage.blocks(found, [block])
    elif found.last is not None and found.last.tag in items:
        found.last.loosen()
        stage.chunk(found.last, block)
    else:
        stage.blocks(found.add(Node("dd" if "dd" in items else "li")), [block])


def _level(
    stage: BlockStage, parent: Node, text: str, items: frozenset[str], lists: frozenset[str]
) -> tuple[int, Node]:
    """The number of a block's indents that belong to lists, and the innermost list or item."""
    indents = _INDENTS.match(text)
    depth = (indents.end() // TAB) if indents else 0
    level = 1 if stage.is_in("list") else 0
    while depth > level:
        child = parent.last
        if child is None or (child.tag not in lists and child.tag not in items):
            break
        level += child.tag in lists
        parent = child
    return level, parent
