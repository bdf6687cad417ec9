"""The block stage as a plugin of markdown-it's core."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.pandoc import containers, leaves, tables
from toolkit.dialects.blocks.pandoc.reader import Page, Reader, Surroundings
from toolkit.dialects.blocks.pymd.slices import Expanded
from toolkit.dialects.blocks.scanning.emitter import Emitter
from toolkit.dialects.blocks.scanning.scanner import Scanner, page_from
from toolkit.dialects.blocks.values import Heading, block_of
from toolkit.dialects.parser import FIRST_LINE

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

    from toolkit.dialects.parser import PageParser

_FIRST_CHARACTERS = "#>-*+0123456789:~<=|`$[{^(@%_\\"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Letters number the items of lists, and `Table:` starts a caption."""
_TITLE_LINES = 3
RULES = (
    leaves.blank,
    leaves.fence,
    leaves.metadata,
    tables.caption_above,
    tables.grid,
    tables.columns,
    tables.pipes,
    containers.items,
    containers.div,
    leaves.heading,
    leaves.opaque_line,
    containers.html,
    leaves.code,
    leaves.environment,
    leaves.lines,
    containers.quote,
    leaves.rule,
    leaves.underlined_heading,
    containers.note,
    leaves.link,
    leaves.formula,
    containers.definitions,
    leaves.paragraph,
)
"""The rules in the order in which they are tried."""


def pandoc_blocks(parser: PageParser) -> None:
    """Find blocks as Pandoc does."""
    parser.core.ruler.at("block", _blocks)
    parser.block.ruler.enableOnly([])
    parser.block.first_characters = frozenset(_FIRST_CHARACTERS + _LETTERS)


def _blocks(state: StateCore) -> None:
    expanded = Expanded.of(state.src)
    first = state.env[FIRST_LINE]
    page = page_from(expanded, first)
    emitter = Emitter(expanded, state.src)
    shared = Page(emitter, RULES, cast("PageParser", state.md).opaque_lines)
    if page.text.strip():
        reader = Reader(shared, Scanner(page), Surroundings())
        if not first:
            leaves.title_block(reader, _TITLE_LINES)
        reader.read()
    state.env["references"] = _implicit_references(emitter) | {
        normalizeReference(label): {"href": target, "title": title}
        for label, (target, title) in shared.references.items()
    }
    state.tokens.extend(emitter.tokens)


def _implicit_references(emitter: Emitter) -> dict[str, dict[str, str | bool]]:
    """The labels that headings give by their texts; those that a page defines itself go first."""
    source = emitter.places.source
    found: dict[str, dict[str, str | bool]] = {}
    for block in map(block_of, emitter.tokens):
        if isinstance(block, Heading):
            text = " ".join(source[start:end] for start, end in block.lines)
            label = normalizeReference(text)
            if label:
                found[label] = {"href": f"#{text}", "title": "", "implicit": True}
    return found
