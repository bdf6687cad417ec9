"""Processors for what holds no blocks: code, headings, rules, formulas, tables, paragraphs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import INDENT
from toolkit.dialects.blocks.pymd.tree import Node, NodeKind

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.parser import Blocks, BlockStage
    from toolkit.dialects.blocks.pymd.slices import Slice

_HEADING = re.compile(r"(?:^|\n)(?P<marks>#{1,6})(?P<text>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)")
_SANE_HEADING = re.compile(
    r"(?:^|\n)(?P<marks>#{1,6})(?=[ ])(?P<text>(?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)"
)
"""A heading as PyMdown's `saneheaders` reads it."""
_SETEXT = re.compile(r".*\n(?:=+|-+)[ ]*(?:\n|$)")
_RULE = re.compile(
    r"^[ ]{0,3}(?>(?:-+[ ]{0,2}){3,}|(?:_+[ ]{0,2}){3,}|(?:\*+[ ]{0,2}){3,})[ ]*$", re.MULTILINE
)
_FORMULA = re.compile(
    r"(?:\$\$(?:\\.|[^\\])+?\$\$"
    r"|\\begin\{(?P<env>[a-z]+\*?)\}(?:\\.|[^\\])+?\\end\{(?P=env)\}"
    r"|\\\[(?:\\[^\]]|[^\\])+?\\\])[ ]*$",
    re.DOTALL,
)
_API_REFERENCE = re.compile(r"^(?:#{1,6} *)?::: ?\S.*$", re.MULTILINE)


def empty(_stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """A block of nothing, or one that starts with an empty line."""
    block = blocks[0]
    if block.text and block.text[0] != "\n":
        return False
    blocks.popleft()
    if len(block.text) > 1:
        blocks.appendleft(block.cut(1))
    last = parent.last
    if last is not None and last.kind is NodeKind.CODE:
        last.value.append(("", block.starts[0]))
    return True


def code(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """Code that is indented; fences in it were none."""
    if not blocks[0].text.startswith(INDENT):
        return False
    block = stage.stash.with_fences_as_text(blocks.popleft())
    own, rest = block.dedented()
    last = parent.last
    if last is None or last.kind is not NodeKind.CODE:
        last = parent.add(Node("pre", NodeKind.CODE, value=[]))
    last.value.extend(own.rows())
    if rest.text:
        blocks.appendleft(rest)
    return True


def formula(_stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """A block that is one formula in display (`arithmatex`)."""
    block = blocks[0]
    if block.text[0] not in "$\\" or not _FORMULA.match(block.text):
        return False
    parent.add(Node("div", NodeKind.OPAQUE, text=blocks.popleft(), names="arithmatex"))
    return True


def api_reference(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """`::: package.module` with its indented options (mkdocstrings)."""
    block = blocks[0]
    match = stage.search(_API_REFERENCE, block.text, ":::")
    if match is None:
        return False
    blocks.popleft()
    if match.start():
        stage.blocks(parent, [block.cut(0, match.start() - 1)])
    below = block.cut(match.end() + 1)
    own, rest = below.dedented()
    end = match.end()
    if own.text and match.end() < len(block.text):
        end = len(block.text) - (len(rest.text) + 1 if rest.text else 0)
    parent.add(Node("div", NodeKind.OPAQUE, text=block.cut(match.start(), end)))
    if rest.text:
        blocks.appendleft(rest)
    return True


def heading(stage: BlockStage, parent: Node, blocks: Blocks, *, sane: bool = False) -> bool:
    """A heading marked by `#`, in any line of a block; with `sane` only with a blank behind it."""
    block = blocks[0]
    pattern = _SANE_HEADING if sane else _HEADING
    match = stage.search(pattern, block.text, "#")
    if match is None:
        return False
    blocks.popleft()
    if match.start():
        stage.blocks(parent, [block.cut(0, match.start())])
    level = len(match["marks"])
    text = block.cut(*match.span("text"))
    parent.add(Node(f"h{level}", NodeKind.HEADING, text=text, value=(level, True)))
    if match.end() < len(block.text):
        after = block.cut(match.end())
        blocks.appendleft(after.loosely_dedented() if stage.is_in("looselist") else after)
    return True


def setext_heading(_stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """A heading underlined in the second line of a block."""
    block = blocks[0]
    match = _SETEXT.match(block.text)
    if match is None:
        return False
    blocks.popleft()
    end = block.text.index("\n")
    level = 1 if block.text[end + 1] == "=" else 2
    parent.add(Node(f"h{level}", NodeKind.HEADING, text=block.cut(0, end), value=(level, False)))
    below = block.text.find("\n", end + 1)
    if below >= 0:
        blocks.appendleft(block.cut(below + 1))
    return True


def rule(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """A rule, in any line of a block."""
    block = blocks[0]
    text = block.text
    match = stage.search(_RULE, text)
    if match is None:
        return False
    blocks.popleft()
    before = text[: match.start()].rstrip("\n")
    if before:
        stage.blocks(parent, [block.cut(0, len(before))])
    parent.add(Node("hr", NodeKind.RULE, text=block.cut(*match.span())))
    after = text[match.end() :].lstrip("\n")
    if after:
        blocks.appendleft(block.cut(len(text) - len(after)))
    return True


def paragraph(stage: BlockStage, parent: Node, blocks: Blocks) -> bool:
    """Whatever is left."""
    block = blocks.popleft()
    if not block.text.strip():
        return True
    if not stage.is_in("list"):
        parent.add(Node("p", text=block.stripped()))
        return True
    last = parent.last
    if last is not None:
        last.tail = block.below(last.tail) if last.tail else block
    elif parent.has_text():
        parent.text = _below(block, parent.text)
    else:
        parent.text = block.stripped()
    return True


def _below(block: Slice, text: Slice | None) -> Slice:
    return block.below(text) if text else block
