"""Pages of Docusaurus: MDX 3 with GitHub's tables and footnotes, admonitions and heading ids.

Docusaurus reads `.md` and `.mdx` alike; HTML comments are among what it adds to MDX.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from toolkit.dialects.blocks import mdx
from toolkit.dialects.blocks.text import heading_rule
from toolkit.dialects.dialect import Syntax
from toolkit.dialects.mdx import DIALECT as MDX
from toolkit.dialects.mdx import mdx_blocks

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser

_HEADING_ID = re.compile(
    r"(?<![ \t\u3000\\])[ \t\u3000]*(?:\\?\{[ ]*#[^{}\n]*|\{/\*[ ]*#[^{}\n]*\*/)\}[ \t]*$"
)


def docusaurus_blocks(parser: PageParser) -> None:
    """Add Docusaurus' blocks: ids of headings, titles of directives, code that is none."""
    block = parser.block
    block.replace("heading", heading_rule(attributes=_HEADING_ID, closed=True), "#")
    block.replace("directive", mdx.directive_rule(titled=True), ":")
    block.add("unwrapped", mdx.unwrapped, before="directive", starts="`")


_PLUGINS = (mdx_blocks, docusaurus_blocks)

DIALECT = replace(
    MDX,
    name="docusaurus",
    description=(
        "MDX 3 as Docusaurus reads it: `import`, `export`, JSX and expressions protected, "
        "admonitions (`:::note`), heading ids (`{#id}`), tables, footnotes, formulas"
    ),
    syntax=MDX.syntax - {Syntax.ALERT},
    plugins=_PLUGINS,
    by_line_starts=_PLUGINS,
    hides_dot_files=True,
    heading_id=" {#ID}",
    addresses=False,
    front_matter_texts=(),
    by_ending={},
)
