"""Pages of Docusaurus: MDX 3 with GitHub's tables and footnotes, admonitions and heading ids.

Docusaurus reads `.md` and `.mdx` alike; HTML comments are among what it adds to MDX.
"""

from __future__ import annotations

import re
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

from markdown_it.helpers import parseLinkDestination

from toolkit.dialects.blocks import mdx, opaque
from toolkit.dialects.blocks.footnotes import footnotes
from toolkit.dialects.blocks.jsx import escaped_jsx, nesting
from toolkit.dialects.blocks.table import table_rule
from toolkit.dialects.blocks.text import heading_rule, list_at_any_indent, text_rule
from toolkit.dialects.dialect import Dialect
from toolkit.dialects.gfm import EMOJI, FOOTNOTE_MARK, MATH
from toolkit.dialects.inline.grammar import Flavour, Grammar

if TYPE_CHECKING:
    from types import ModuleType

    from toolkit.dialects.parser import PageParser

_HEADING_ID = re.compile(
    r"(?<![ \t\u3000\\])[ \t\u3000]*(?:\\?\{[ ]*#[^{}\n]*|\{/\*[ ]*#[^{}\n]*\*/)\}[ \t]*$"
)
_EXPRESSION = r"(?<!\\)\{(?:[^{}]|\{(?:[^{}]|\{[^{}]{0,999}\}){0,999}\}){0,999}\}"


def mdx_blocks(parser: PageParser) -> None:
    """CommonMark's blocks without indented code and HTML, and those of MDX and Docusaurus."""
    block = parser.block
    block.ruler.disable(["table", "lheading", "html_block"])
    block.replace("heading", heading_rule(attributes=_HEADING_ID, closed=True), "#")
    block.replace("paragraph", text_rule(any_indent=True, opening=mdx.opening_line))
    block.replace("list", list_at_any_indent, block.starts["list"])
    footnotes(parser)
    block.add("pipe_table", table_rule(backslash_pairs=True), before="code", starts="")
    block.add("formula", opaque.formula_fence, before="fence", starts="$")
    block.add("module", mdx.module, before="fence", starts="ie", interrupts=False)
    block.add("jsx", mdx.jsx, before="fence", starts="<{")
    block.add("unwrapped", mdx.unwrapped, before="fence", starts="`")
    block.add("directive", mdx.directive, before="fence", starts=":")
    block.ruler.disable(["code"])
    parser.helpers = cast(
        "ModuleType",
        SimpleNamespace(
            parseLinkDestination=parseLinkDestination, parseLinkTitle=mdx.title_with_parentheses
        ),
    )


DIALECT = Dialect(
    name="docusaurus",
    grammar=Grammar(Flavour.MDX, bare=True, formulas=MATH),
    hides_dot_files=True,
    fence_titles=True,
    plugins=(mdx_blocks,),
    heading_id=" {#ID}",
    backslash_pairs=True,
    task=re.compile(r"\[[ \txX]\]\s+(?=\S)"),
    jsx=True,
    escaping=escaped_jsx,
    nesting=nesting,
    inline=(_EXPRESSION, MATH, FOOTNOTE_MARK, EMOJI),
)
