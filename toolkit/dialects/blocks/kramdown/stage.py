"""The block stage as a plugin of markdown-it's core."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.kramdown import elements, extensions, leaves, lists, tables
from toolkit.dialects.blocks.kramdown.liquid import without_regions
from toolkit.dialects.blocks.kramdown.reader import Page, Reader
from toolkit.dialects.blocks.scanning.blanks import is_blank
from toolkit.dialects.blocks.scanning.scanner import Scanner
from toolkit.dialects.blocks.scanning.stage import use_stage

if TYPE_CHECKING:
    from toolkit.dialects.blocks.scanning.stage import ScannedPage
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
    use_stage(parser, _read, _FIRST_CHARACTERS)


def _read(scanned: ScannedPage) -> dict[str, dict[str, str | bool]]:
    text, stashed = without_regions(scanned.text)
    if not is_blank(text.text):
        Reader(Page(scanned, stashed, RULES), Scanner(text)).read()
    return scanned.references()
