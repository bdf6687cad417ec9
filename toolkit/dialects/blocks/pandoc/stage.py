"""The block stage as a plugin of markdown-it's core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.pandoc import code, containers, leaves, tables
from toolkit.dialects.blocks.pandoc.reader import Page, Reader, Surroundings
from toolkit.dialects.blocks.scanning.blanks import is_blank
from toolkit.dialects.blocks.scanning.scanner import Scanner
from toolkit.dialects.blocks.scanning.stage import use_stage
from toolkit.dialects.blocks.values import Heading, block_of

if TYPE_CHECKING:
    from toolkit.dialects.blocks.scanning.emitter import Emitter
    from toolkit.dialects.blocks.scanning.stage import ScannedPage
    from toolkit.dialects.parser import PageParser

_FIRST_CHARACTERS = "#>-*+0123456789:~<=|`$[{^(@%_\\"
_LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
"""Letters number the items of lists, and `Table:` starts a caption."""
_TITLE_LINES = 3
RULES = (
    leaves.blank,
    code.fence,
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
    code.indented,
    code.environment,
    leaves.lines,
    containers.quote,
    leaves.rule,
    leaves.underlined_heading,
    containers.note,
    leaves.link,
    code.formula,
    containers.definitions,
    leaves.paragraph,
)
"""The rules in the order in which they are tried."""


def pandoc_blocks(parser: PageParser) -> None:
    """Find blocks as Pandoc does."""
    use_stage(parser, _read, _FIRST_CHARACTERS + _LETTERS)


def _read(scanned: ScannedPage) -> dict[str, dict[str, str | bool]]:
    if not is_blank(scanned.text.text):
        reader = Reader(Page(scanned, RULES), Scanner(scanned.text), Surroundings())
        if not scanned.first_line:
            leaves.title_block(reader, _TITLE_LINES)
        reader.read()
    return _implicit_references(scanned.emitter) | scanned.references()


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
