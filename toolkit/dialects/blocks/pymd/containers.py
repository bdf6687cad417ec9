"""Processors for blocks whose content is indented: admonitions, details and tabs; and for quotes.

What follows such a block and is indented is its content too, or that of a list that ends it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import INDENT, TAB, Slice, sliced
from toolkit.dialects.blocks.pymd.tree import LISTS, Node, NodeKind
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage

_CLASSES = r"[\w\-]+(?: +[\w\-]+)*"
_ADMONITION = late(rf'(?:^|\n)!!! ?(?P<type>{_CLASSES})(?: +"(?P<title>.*?)")? *(?:\n|$)')
_DETAILS = re.compile(
    rf'(?:^|\n)\?{{3}}\+? ?(?:(?P<type>{_CLASSES}?)?(?: +"(?P<title>.*?)")'
    rf"|(?P<only>{_CLASSES}?)) *(?:\n|$)"
)
_TAB_OPENING = re.compile(r'(?:^|\n)={3}(?P<mark>\+|\+!|!\+|!)? +"(?P<title>.*?)" *(?:\n|$)')
_QUOTE = re.compile(r"(?:^|\n)[ ]{0,3}>[ ]?")
_MARK = re.compile(r"[ ]{0,3}>[ ]?")
_HEADED = re.compile(r"(?P<marks>#{1,6})(?P<text>(?:\\.|[^\\])*?)#*$")
_CALLOUT = late(
    r"[ ]{0,3}>[ ]*\[!(?P<type>[\w-]+(?:[ ]*\|[ ]*[\w-]+)*)\](?P<sign>[-+])?(?P<title>.*)$"
)
TAB_SET, TAB_BLOCK = "tabbed-set", "tabbed-block"


def admonition(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`!!! type "title"` with an indented body."""
    block = blocks[0]
    match = stage.search(_ADMONITION, block.text, "!!!")
    if match is None:
        last = parent.last
        if last is None or last.tag != "div" or "admonition" not in last.names:
            return False
        return _go_on(stage, last, blocks)
    name = match["type"].partition(" ")[0].lower()
    node = Node("div", NodeKind.ADMONITION, names="admonition", value=name)
    if match["title"] != "":
        _add_title(node, block, match, "p")
    _read_body(stage, parent, blocks, match, node)
    return True


def details(stage: BlockStage, parent: Node, blocks: Blocks, *, sane: bool = False) -> bool:
    """`??? type "title"` with an indented body; `sane` is as in `title_node`."""
    block = blocks[0]
    match = stage.search(_DETAILS, block.text, "???")
    if match is None:
        last = parent.last
        return last is not None and last.tag == "details" and _go_on(stage, last, blocks)
    name = (match["only"] or match["type"] or "").partition(" ")[0].lower()
    node = Node("details", NodeKind.DETAILS, value=name)
    if match["title"]:
        node.add(title_node("summary", block.cut(*match.span("title")), sane=sane))
    else:
        node.add(Node("summary", NodeKind.TITLE))
    _read_body(stage, parent, blocks, match, node)
    return True


def tab(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`=== "title"` with an indented body; tabs that follow each other are a set."""
    block = blocks[0]
    match = stage.search(_TAB_OPENING, block.text, "===")
    if match is None:
        last = parent.last
        if last is None or last.names != TAB_SET or last.last is None:
            return False
        return _go_on(stage, last.last, blocks)
    node = Node("div", NodeKind.TAB, names=TAB_BLOCK)
    _add_title(node, block, match, "label", unseen=True)
    _read_body(stage, parent, blocks, match, node)
    return True


def _add_title(
    node: Node, block: Slice, match: re.Match[str], tag: str, *, unseen: bool = False
) -> None:
    text = block.cut(*match.span("title")) if match["title"] else None
    node.add(Node(tag, NodeKind.TITLE, text=text, unseen=unseen))


def title_node(tag: str, text: Slice, *, sane: bool) -> Node:
    """The title of a block, which is a heading too where `#`s stand in front of it.

    With `sane` a blank has to follow these (PyMdown's `saneheaders`).
    """
    match = _HEADED.match(text.text)
    if match is None or (sane and not match["text"].startswith(" ")):
        return Node(tag, NodeKind.TITLE, text=text)
    level = len(match["marks"])
    return Node(tag, NodeKind.TITLE, text=text.cut(*match.span("text")), value=level)


def _read_body(
    stage: BlockStage, parent: Node, blocks: Blocks, match: re.Match[str], node: Node
) -> None:
    """Read what stands in front of a block's opening, and then what is indented below it."""
    block = blocks.popleft()
    if match.start():
        stage.blocks(parent, [block.cut(0, match.start())])
    body, rest = block.cut(match.end()).dedented()
    node.opening = block.place(match.start() + block.text.startswith("\n", match.start()))
    if node.names == TAB_BLOCK:
        tab_set_of(parent, new="!" in (match["mark"] or "")).add(node)
    else:
        parent.add(node)
    stage.chunk(node, body)
    if rest.text:
        blocks.appendleft(rest)


def tab_set_of(parent: Node, *, new: bool) -> Node:
    """The set that a tab belongs to."""
    last = parent.last
    if last is not None and last.names == TAB_SET and not new:
        return last
    return parent.add(Node("div", names=TAB_SET))


def _go_on(stage: BlockStage, content: Node, blocks: Blocks) -> bool:
    """Read what is indented below a block as its content, or as that of a list that ends it."""
    block = blocks[0]
    if not block.text.startswith(INDENT):
        return False
    node, width = _innermost(content, block.text)
    if node is None or not block.text[width - TAB :].startswith(INDENT):
        return False
    blocks.popleft()
    own, rest = block.dedented(width)
    if node.tag in {"li", "dd"}:
        node.loosen()
    stage.chunk(node, own)
    if rest.text:
        blocks.appendleft(rest)
    return True


def _innermost(content: Node, text: str) -> tuple[Node | None, int]:
    """The node that a text goes on with, and how far the text is indented for it."""
    found: Node | None = content
    inner = content if content.names == TAB_BLOCK else content.last
    width = TAB
    while inner is not None and text.startswith(INDENT * 2):
        if inner.names == TAB_BLOCK:
            inner = inner.last
        if inner is None or inner.tag not in LISTS:
            break
        found = inner.last
        inner = found.last if found is not None else None
        text = text[TAB:]
        width += TAB
    return found, width


def quote(
    stage: BlockStage,
    parent: Node,
    blocks: Blocks,
    *,
    apart: bool = False,
    callouts: bool = False,
) -> bool:
    """A quote, from the first line that is marked to the end of the block.

    With `apart` quotes that follow each other are not one, and with `callouts` one that starts with
    `[!type]` is an admonition (PyMdown's `quotes`).
    """
    block = blocks[0]
    match = stage.search(_QUOTE, block.text, ">")
    if match is None:
        return False
    blocks.popleft()
    stage.blocks(parent, [block.cut(0, match.start())])
    rows = list(block.cut(match.start()).rows())
    callout = _callout(rows) if callouts else ""
    rows = [_unquoted(text, start) for text, start in rows]
    last = parent.last
    if apart or last is None or last.tag != "blockquote":
        last = parent.add(Node("blockquote", value=callout))
    stage.states.append("blockquote")
    stage.chunk(last, sliced(rows))
    stage.states.pop()
    return True


def _callout(rows: list[tuple[str, int]]) -> str:
    """The types of a callout; its first line is made its title alone, in a block of its own."""
    index = next((i for i, (text, _) in enumerate(rows) if text.strip(" >")), len(rows))
    match = _CALLOUT.match(rows[index][0]) if index < len(rows) else None
    if match is None:
        return ""
    start = rows[index][1]
    title = match["title"].lstrip()
    end = start + match.end()
    rows[index : index + 1] = [(f"> {title}", end - len(title) - 2)] if title else []
    rows.insert(index + bool(title), ("", end))
    return match["type"] + (match["sign"] or "")


def _unquoted(text: str, start: int) -> tuple[str, int]:
    if text.strip() == ">":
        return "", start + len(text)
    match = _MARK.match(text)
    width = match.end() if match else 0
    return text[width:], start + width
