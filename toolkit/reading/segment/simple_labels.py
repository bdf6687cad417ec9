"""The labels of short references in simple texts, without reading these.

A simple text has words, code between single backticks, and links whose parts stand beside each
other. Nothing in it is escaped, and no tag, formula, macro or address may take a bracket in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.dialects.inline.grammar import Flavour

if TYPE_CHECKING:
    from toolkit.dialects.inline import Grammar

_WORDS = r"[^][\\<{$!]"
_LABEL = rf"(?!\^|\s*\]){_WORDS}++"
_TARGET = rf"\([\w./#-]*+\)|\[{_LABEL}\]"
_SIMPLE = re.compile(rf"(?:{_WORDS}|\[{_LABEL}\](?:{_TARGET}|\[\]|(?![(\[])))*+")
_LINK = re.compile(rf"\[(?P<text>{_LABEL})\](?P<target>{_TARGET})?")
_LONGEST = 999
_FLAVOURS = frozenset({Flavour.COMMONMARK, Flavour.MDX})
_ADDRESS = re.compile(r"@|//|www\.", re.IGNORECASE)


def labels_of_simple(text: str, grammar: Grammar) -> list[str] | None:
    """Return the labels of a text's short references, `None` where it has to be read."""
    if grammar.flavour not in _FLAVOURS or not grammar.code or len(text) > _LONGEST:
        return None
    hidden = _without_code(text)
    if not _SIMPLE.fullmatch(hidden) or (grammar.bare and _ADDRESS.search(text)):
        return None
    labels: list[str] = []
    for link in _LINK.finditer(hidden):
        if not link["target"]:
            labels.append(text[slice(*link.span("text"))])
        elif "[" in text[link.start("target") + 1 : link.end()]:
            # Brackets in code end a label all the same.
            return None
    return labels


def _without_code(text: str) -> str:
    """Return a text of the same length with nothing between its backticks.

    What no code is made of becomes a bracket, which keeps a text from being simple.
    """
    pieces = text.split("`")
    if "``" in text or len(pieces) % 2 == 0:
        return "["
    pieces[1::2] = ["." * len(code) for code in pieces[1::2]]
    return "`".join(pieces)
