"""A text's marks, by the grammar of its dialect."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline.commonmark import InlineReader
from toolkit.dialects.inline.grammar import Flavour
from toolkit.dialects.inline.mark import Markup, masked, outermost
from toolkit.dialects.inline.python_markdown import read_python_markdown

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.dialects.inline.grammar import Grammar
    from toolkit.dialects.inline.mark import Mark
    from toolkit.dialects.inline.scanning import ScanningReader

LONGEST_KEPT = 4000
"""Characters of texts whose reading is remembered."""


def marks(text: str, grammar: Grammar, labels: Collection[str] | None = None) -> tuple[Mark, ...]:
    """Return what is markup in a text, in order of where it ends.

    `labels` are those that the page defines, normalized; without them every reference counts.
    """
    if labels is None and len(text) <= LONGEST_KEPT:
        return _remembered(text, grammar)
    return _read(text, grammar, labels)


@lru_cache(maxsize=2048)
def _remembered(text: str, grammar: Grammar) -> tuple[Mark, ...]:
    return _read(text, grammar, None)


def _read(text: str, grammar: Grammar, labels: Collection[str] | None) -> tuple[Mark, ...]:
    if grammar.flavour is Flavour.PYTHON_MARKDOWN:
        return read_python_markdown(text, grammar, labels)
    return _reader(grammar).read(text, labels)


@lru_cache(maxsize=64)
def _reader(grammar: Grammar) -> InlineReader | ScanningReader:
    # The dialects of other sites are not loaded.
    if grammar.flavour is Flavour.KRAMDOWN:
        from toolkit.dialects.inline.kramdown import kramdown_reader  # noqa: PLC0415

        return kramdown_reader()
    if grammar.flavour is Flavour.PANDOC:
        from toolkit.dialects.inline.pandoc import pandoc_reader  # noqa: PLC0415

        return pandoc_reader()
    return InlineReader(grammar)


def hidden_code(text: str, grammar: Grammar) -> str:
    """Return a text of the same length whose code spans are hidden."""
    if "`" not in text:
        return text
    code = (mark for mark in marks(text, grammar) if mark.kind is Markup.CODE)
    return masked(text, outermost(code))
