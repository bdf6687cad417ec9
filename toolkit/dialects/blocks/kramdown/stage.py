"""The block stage as a plugin of markdown-it's core."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.kramdown import elements, extensions, leaves, lists, tables
from toolkit.dialects.blocks.kramdown.liquid import without_regions
from toolkit.dialects.blocks.kramdown.reader import Page, Reader
from toolkit.dialects.blocks.pymd.slices import Expanded
from toolkit.dialects.blocks.scanning.emitter import Emitter
from toolkit.dialects.blocks.scanning.scanner import Scanner, page_from
from toolkit.dialects.parser import FIRST_LINE

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

    from toolkit.dialects.parser import PageParser

_FIRST_CHARACTERS = "#>-*+0123456789:<=|`~$[{^\x02"
RULES = (
    leaves.blank,
    leaves.liquid,
    leaves.code,
    leaves.fence,
    lists.quote,
    leaves.heading,
    leaves.rule,
    lists.items,
    lists.definitions,
    elements.element,
    leaves.underlined_heading,
    leaves.formula,
    tables.table,
    lists.footnote,
    extensions.link,
    extensions.abbreviation,
    extensions.attributes,
    extensions.extension,
    extensions.end_mark,
    leaves.paragraph,
)
"""The rules in the order in which they are tried."""


def kramdown_blocks(parser: PageParser) -> None:
    """Find blocks as kramdown does, behind Liquid."""
    parser.core.ruler.at("block", _blocks)
    parser.block.ruler.enableOnly([])
    parser.block.first_characters = frozenset(_FIRST_CHARACTERS)


def _blocks(state: StateCore) -> None:
    expanded = Expanded.of(state.src)
    page, stashed = without_regions(page_from(expanded, state.env[FIRST_LINE]))
    emitter = Emitter(expanded, state.src)
    opaque = cast("PageParser", state.md).opaque_lines
    shared = Page(emitter, stashed, RULES, opaque)
    if page.text.strip():
        Reader(shared, Scanner(page)).read()
    state.env["references"] = {
        normalizeReference(label): {"href": target, "title": title}
        for label, (target, title) in shared.references.items()
    }
    state.tokens.extend(emitter.tokens)
