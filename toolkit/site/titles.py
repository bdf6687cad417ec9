"""Titles of admonitions that the writer left to the program, in the readers' language.

`!!! note` is shown under “Note” in any language, as Python-Markdown makes the title of the type.
"""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from markdown_it.token import Token

from toolkit.dialects.blocks.values import Title, block_of, name_of
from toolkit.model.document import Edit, Span
from toolkit.reading.admonition_types import TYPES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from toolkit.model.document import Document
    from toolkit.reading.segment import Reading

_OPENINGS = frozenset({"admonition_open", "details_open"})
_NOTHING = Token("", "", 0)


def lacks_titles(reading: Reading, titles: Mapping[str, str]) -> bool:
    """Whether a page may have an admonition without a title for which one is known."""
    return bool(titles) and any(
        token.type in _OPENINGS
        and name_of(block_of(token)) in titles
        and not isinstance(block_of(before), Title)
        for before, token in pairwise((_NOTHING, *reading.tokens))
    )


def title_edits(document: Document, reading: Reading, titles: Mapping[str, str]) -> Iterator[Edit]:
    """The edits that put ` "…"` after each `!!!` and `???` without a title, where one is known.

    `titles` are by type (`note`); `reading` is what was read in the page. An empty title, `""`, is
    the writer's own.
    """
    for token in reading.tokens:
        name = name_of(block_of(token))
        if token.type not in _OPENINGS or name not in TYPES or name not in titles or not token.map:
            continue
        start = document.line_starts[token.map[0] - 1]
        line = document.text[start : document.line_starts[token.map[0]]].rstrip()
        title = " ".join(titles[name].split()).replace('"', "”")
        if title and '"' not in line:
            end = start + len(line)
            yield Edit(Span(end, end), f' "{title}"')
