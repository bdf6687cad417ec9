"""Processors for definition lists, footnotes, abbreviations and the targets of links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import INDENT, Cuts, Slice, sliced
from toolkit.dialects.blocks.pymd.tree import Node, NodeKind
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage

_DEFINITION = late(r"(?:^|\n)[ ]{0,3}:[ ]{1,3}(?P<text>.*?)(?:\n|$)")
_UNINDENTED = late(r"[ ]{0,3}[^ :]")
_FOOTNOTE = re.compile(r"^[ ]{0,3}\[\^(?P<label>[^\]]*)\]:[ ]*(?P<text>.*)$", re.MULTILINE)
_ABBREVIATION = late(r"^[*]\[(?P<short>[^\\]*?)\][ ]?:[ ]*\n?[ ]*(?P<text>.*)$", re.MULTILINE)
_TARGET = re.compile(
    r"^[ ]{0,3}\[(?P<label>[^\[\]]*)\]:[ ]*(?:\n[ ]*)?(?P<target>\S+)[ ]*(?:\n[ ]*)?"
    r"(?:(?P<quote>[\"'])(?P<quoted>.*)(?P=quote)[ ]*|\((?P<bracketed>.*)\)[ ]*)?$",
    re.MULTILINE,
)


def definition(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`:   what a term means`; terms are the lines above it, or the paragraph."""
    block = blocks[0]
    match = stage.search(_DEFINITION, block.text, ": ")
    if match is None:
        return False
    last = parent.last
    terms = [row for row in block.cut(0, match.start()).rows() if row[0].strip()]
    if not terms and last is None:
        return False
    blocks.popleft()
    state = "list"
    if not terms and last is not None and last.tag == "p":
        state = "looselist"
        terms = [row for row in last.text.rows() if row[0].strip()] if last.text else []
        parent.remove(last)
        last = parent.last
    body, rest = _body(block, match)
    if last is None or last.tag != "dl":
        last = parent.add(Node("dl"))
    elif not terms and last.last is not None and last.last.tag == "dd" and last.last.last:
        state = "looselist"
    for text, start in terms:
        last.add(Node("dt", NodeKind.TERM, text=Slice(text, [start]).stripped()))
    stage.within(state, last.add(Node("dd")), [body])
    if rest is not None and rest.text:
        blocks.appendleft(rest)
    return True


def _body(block: Slice, match: re.Match[str]) -> tuple[Slice, Slice | None]:
    """The body of a definition, and the rest of its block."""
    first = block.cut(*match.span("text"))
    if match.end() >= len(block.text):
        return first, None
    below = block.cut(match.end())
    if _UNINDENTED.match(below.text):
        return below.below(first), None
    own, rest = below.dedented()
    return (own.below(first) if own.text else first), rest


def footnote(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`[^label]: text`, with what is indented below it."""
    block = blocks[0]
    match = stage.search(_FOOTNOTE, block.text, "[^")
    if match is None:
        return False
    blocks.popleft()
    before = block.cut(0, match.start())
    found: list[Node] = []
    cuts = Cuts(block)
    while (below := _FOOTNOTE.search(block.text, match.end())) and not block.text[
        match.end() : below.start()
    ].strip("\n"):
        text = cuts.next(*match.span("text"))
        found.append(_footnote_node(stage, match["label"], [text]))
        match = below
    pieces = [cuts.next(*match.span("text"))]
    rest = block.cut(len(block.text) - len(block.text[match.end() :].lstrip("\n")))
    below = _FOOTNOTE.search(rest.text)
    if below:
        own = rest.cut(0, len(rest.text[: below.start()].rstrip("\n")))
        blocks.appendleft(rest.cut(below.start()))
        pieces[0] = _under(pieces[0], own)
    else:
        pieces[0] = _under(pieces[0], rest)
        pieces += _indented_blocks(blocks)
    found.append(_footnote_node(stage, match["label"], pieces))
    parent.children += found
    if before.text.strip():
        blocks.appendleft(before.cut(0, len(before.text.rstrip("\n"))))
    return True


def _under(first: Slice, below: Slice) -> Slice:
    """A footnote's first line with the lines below it, which may be indented."""
    if not below.text:
        return first
    dedented = below.loosely_dedented()
    return dedented if not first.text else dedented.below(first)


def _indented_blocks(blocks: Blocks) -> list[Slice]:
    """The blocks that belong to a footnote, up to another footnote."""
    found: list[Slice] = []
    while blocks and blocks[0].text.startswith(INDENT):
        block = blocks.popleft()
        match = _FOOTNOTE.search(block.text)
        if match is None:
            found.append(block.loosely_dedented())
            continue
        before = block.cut(0, len(block.text[: match.start()].rstrip("\n")))
        found.append(before.loosely_dedented())
        blocks.appendleft(block.cut(match.start()))
        break
    return found


def _footnote_node(stage: BlockStage, label: str, pieces: list[Slice]) -> Node:
    rows: list[tuple[str, int]] = []
    for number, piece in enumerate(pieces):
        if number:
            rows.append(("", piece.starts[0]))
        rows.extend(piece.rows())
    text = sliced(rows)
    node = Node("div", NodeKind.FOOTNOTE, value=label, unseen=True, opening=rows[0][1])
    node.text = text.cut(0, len(text.text.rstrip()))
    if label in stage.footnotes:
        # The last one of a name is shown.
        stage.footnotes[label].text = None
    stage.footnotes[label] = node
    return node


def abbreviation(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`*[HTML]: Hypertext Markup Language`."""
    block = blocks[0]
    match = stage.search(_ABBREVIATION, block.text, "*[")
    if match is None or not match["short"].strip() or not match["text"].strip():
        return False
    blocks.popleft()
    node = Node("", NodeKind.ABBREVIATION, text=block.cut(*match.span("text")), unseen=True)
    node.opening = block.place(match.start())
    parent.add(node)
    _hand_back(block, match.start(), match.end(), blocks)
    return True


def reference(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`[label]: target "title"`."""
    block = blocks[0]
    match = stage.search(_TARGET, block.text, "]:")
    if match is None:
        return False
    blocks.popleft()
    start = end = match.start()
    cuts = Cuts(block)
    for one in _TARGET.finditer(block.text, start):
        if one.start() > start and (block.text[end : one.start()].strip("\n") or "\n" in one[0]):
            break
        title = one["quoted"] or one["bracketed"] or ""
        target = one["target"].lstrip("<").rstrip(">")
        stage.references[one["label"].strip().lower()] = (target, title)
        node = Node("", NodeKind.REFERENCE, text=cuts.next(*one.span()), unseen=True)
        node.value = (one["label"], target, title)
        parent.add(node)
        end = one.end()
    _hand_back(block, start, end, blocks)
    return True


def _hand_back(block: Slice, start: int, end: int, blocks: Blocks) -> None:
    """Put what stands in front of a definition and behind it back."""
    after = block.text[end:]
    if after.strip():
        blocks.appendleft(block.cut(len(block.text) - len(after.lstrip("\n"))))
    before = block.text[:start]
    if before.strip():
        blocks.appendleft(block.cut(0, len(before.rstrip("\n"))))
