"""The block stage as a plugin: rules of markdown-it's core, in Python-Markdown's order."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from string import ascii_letters
from typing import TYPE_CHECKING, cast

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.blocks.pymd.extensions import rules_for
from toolkit.dialects.blocks.pymd.html import stash_html
from toolkit.dialects.blocks.pymd.lines import (
    Taken,
    with_comments_in_one_line,
    without_breaks,
    without_snippets,
)
from toolkit.dialects.blocks.pymd.parser import BlockStage, TooDeepError
from toolkit.dialects.blocks.pymd.slices import Expanded
from toolkit.dialects.blocks.pymd.stash import Stash
from toolkit.dialects.blocks.pymd.tokens import tokens_of
from toolkit.dialects.parser import FIRST_LINE, MAX_NESTING, NestingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it.rules_core import StateCore

    from toolkit.dialects.blocks.pymd.extensions import Extensions, Rules
    from toolkit.dialects.blocks.pymd.slices import Slice
    from toolkit.dialects.parser import PageParser

_FIRST_CHARACTERS = "#>-*+0123456789!?=:[/`~<|$\\{_;"
"""The characters with which blocks can start."""
_PAGE = "page"


@dataclass(slots=True)
class _Page:
    """A page on its way through the rules."""

    expanded: Expanded
    rest: Slice
    """The rest of it for the next rule."""
    taken: list[int]
    """The places of lines that are taken out."""
    stash: Stash = field(default_factory=Stash)


def python_markdown(extensions: Extensions | None = None) -> Callable[[PageParser], None]:
    """Return a plugin for markdown-it's core that finds blocks as Python-Markdown does.

    `extensions` are those of the site; without them it is what Material for MkDocs recommends.
    """
    rules = rules_for(extensions)
    return partial(_plug_in, rules)


def _plug_in(own: Rules, parser: PageParser) -> None:
    rules = parser.core.ruler
    rules.before("block", "lines", partial(_lines, own))
    rules.before("block", "fences", partial(_fences, own))
    rules.before("block", "html", partial(_html, own))
    rules.at("block", partial(_blocks, own))
    parser.block.ruler.enableOnly([])
    letters = ascii_letters if own.letters else ""
    parser.block.first_characters = frozenset(_FIRST_CHARACTERS + letters)
    parser.block.starts["snippet"] = "-;"


def _lines(own: Rules, state: StateCore) -> None:
    """Normalize the lines, and take those of snippets out."""
    expanded = Expanded.of(state.src)
    page = expanded.slice(state.env[FIRST_LINE])
    taken = without_snippets(page) if own.snippets else Taken(page)
    if own.critic:
        taken = without_breaks(taken)
    rest = with_comments_in_one_line(taken.page) if own.critic else taken.page
    state.env[_PAGE] = _Page(expanded, rest, taken.places)


def _fences(own: Rules, state: StateCore) -> None:
    """Find fenced code."""
    page: _Page = state.env[_PAGE]
    page.rest = own.stash_fences(page.rest, page.stash)


def _html(own: Rules, state: StateCore) -> None:
    """Find blocks of HTML."""
    page: _Page = state.env[_PAGE]
    page.rest = stash_html(page.rest, page.stash, markdown_inside=own.markdown_in_html)


def _blocks(own: Rules, state: StateCore) -> None:
    """Find the blocks in what is left."""
    page: _Page = state.env.pop(_PAGE)
    stage = BlockStage(own.processors.concerning(page.expanded.text), MAX_NESTING, page.stash)
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
