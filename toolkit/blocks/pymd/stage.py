"""The block stage as a plugin: rules of markdown-it's core, in Python-Markdown's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import normalizeReference

from toolkit.blocks.pymd import containers, definitions, leaves, lists
from toolkit.blocks.pymd.elements import html_element
from toolkit.blocks.pymd.fences import stash_fences
from toolkit.blocks.pymd.html import stash_html
from toolkit.blocks.pymd.lines import with_comments_in_one_line, without_snippets
from toolkit.blocks.pymd.parser import BlockStage, TooDeepError
from toolkit.blocks.pymd.slashes import SlashType, slash_blocks
from toolkit.blocks.pymd.slices import Expanded
from toolkit.blocks.pymd.stash import Stash
from toolkit.blocks.pymd.tables import table
from toolkit.blocks.pymd.tokens import tokens_of
from toolkit.parser import FIRST_LINE, MAX_NESTING, NestingError

if TYPE_CHECKING:
    from markdown_it.rules_core import StateCore

    from toolkit.blocks.pymd.slices import Slice
    from toolkit.parser import PageParser

_ADMONITIONS = (
    "note attention caution danger error tip hint warning important info check success bug "
    "example quote"
).split()
_NAMED = SlashType("admonition")
SLASH_TYPES = {
    **dict.fromkeys(_ADMONITIONS, _NAMED),
    "admonition": SlashType("admonition", options={"type": "name"}),
    "details": SlashType("details", options={"open": "flag", "type": "name"}),
    "tab": SlashType("tab", argument=True, options={"new": "flag", "select": "flag"}),
    "html": SlashType("html", argument=True, options={"markdown": "mode"}),
    "define": SlashType("define", argument=False),
    **dict.fromkeys(("caption", "figure-caption", "table-caption"), SlashType("caption")),
}
"""The types of `///` blocks that Material for MkDocs recommends."""
PROCESSORS = (
    containers.admonition,
    html_element,
    containers.details,
    containers.tab,
    leaves.empty,
    lists.list_indent,
    slash_blocks(SLASH_TYPES),
    lists.definition_indent,
    leaves.code,
    leaves.formula,
    leaves.api_reference,
    table,
    leaves.heading,
    leaves.setext_heading,
    leaves.rule,
    lists.ordered_list,
    lists.bullet_list,
    definitions.definition,
    containers.quote,
    definitions.footnote,
    definitions.abbreviation,
    definitions.reference,
    leaves.paragraph,
)
"""In the order of their priorities in Python-Markdown."""


_FIRST_CHARACTERS = "#>-*+0123456789!?=:[/`~<|$\\{_;"
"""What blocks can start with."""
_PAGE = "page"


@dataclass(slots=True)
class _Page:
    """A page on its way through the rules."""

    expanded: Expanded
    rest: Slice
    """What is left of it for the next rule."""
    taken: list[int]
    """Where lines were that are taken out."""
    stash: Stash = field(default_factory=Stash)


def python_markdown(parser: PageParser) -> None:
    """Let a parser find blocks as Python-Markdown does: a plugin for markdown-it's core."""
    rules = parser.core.ruler
    rules.before("block", "lines", _lines)
    rules.before("block", "fences", _fences)
    rules.before("block", "html", _html)
    rules.at("block", _blocks)
    parser.block.ruler.enableOnly([])
    parser.block.first_characters = frozenset(_FIRST_CHARACTERS)
    parser.block.starts["snippet"] = "-;"


def _lines(state: StateCore) -> None:
    """Normalize the lines, and take those of snippets out."""
    expanded = Expanded.of(state.src)
    taken = without_snippets(expanded.slice(state.env[FIRST_LINE]))
    rest = with_comments_in_one_line(taken.page)
    state.env[_PAGE] = _Page(expanded, rest, taken.places)


def _fences(state: StateCore) -> None:
    """Find fenced code."""
    page: _Page = state.env[_PAGE]
    page.rest = stash_fences(page.rest, page.stash)


def _html(state: StateCore) -> None:
    """Find blocks of HTML."""
    page: _Page = state.env[_PAGE]
    page.rest = stash_html(page.rest, page.stash)


def _blocks(state: StateCore) -> None:
    """Find the blocks in what is left."""
    page: _Page = state.env.pop(_PAGE)
    stage = BlockStage(PROCESSORS, MAX_NESTING, page.stash)
    try:
        stage.read(page.rest)
    except TooDeepError as error:
        place = page.expanded.in_source(error.place)
        raise NestingError(state.src.count("\n", 0, place)) from None
    state.env["references"] = {
        normalizeReference(label): {"href": target, "title": title}
        for label, (target, title) in stage.references.items()
    }
    opaque = cast("PageParser", state.md).opaque_lines
    state.tokens.extend(tokens_of(stage, page.expanded, state.src, page.taken, opaque))
