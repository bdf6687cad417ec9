"""Definitions of footnotes, and what they end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mdit_py_plugins.footnote import footnote_plugin

if TYPE_CHECKING:
    from toolkit.dialects.parser import PageParser


def footnotes(parser: PageParser, *, end_containers: bool = True) -> None:
    """Add the rule for `[^label]: text`.

    With `end_containers` it ends tables, and quotes and lists that would go on without their mark,
    as in cmark-gfm, Goldmark, pulldown-cmark and micromark; MyST-Parser's ends paragraphs alone.
    """
    footnote_plugin(parser, inline=False, move_to_end=False)
    if end_containers:
        parser.block.interrupt("footnote_def", "blockquote", "list")
