"""CommonMark, with the YAML front matter that every tool around it reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.html import commonmark_html
from toolkit.dialects.blocks.text import heading_rule, text_rule
from toolkit.dialects.dialect import Dialect

if TYPE_CHECKING:
    import re

    from toolkit.dialects.parser import PageParser


def commonmark_blocks(
    parser: PageParser, heading_attributes: re.Pattern[str] | None = None
) -> None:
    """Headings, paragraphs and HTML with their places; one pass for setext headings.

    `heading_attributes` matches the list of attributes that ends a heading.
    """
    block = parser.block
    block.ruler.disable(["table", "lheading"])
    block.replace("heading", heading_rule(attributes=heading_attributes), "#")
    block.replace("html_block", commonmark_html, "<")
    block.replace("paragraph", text_rule(attributes=heading_attributes))


_PLUGINS = (commonmark_blocks,)

DIALECT = Dialect(
    name="commonmark",
    description="CommonMark, and YAML front matter",
    ids_of_site=True,
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
)
