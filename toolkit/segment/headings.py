"""The text of a heading without the attribute list that it ends with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.segment.cells import ATTRIBUTE_TAIL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.dialect import Dialect
    from toolkit.parser import Range

_ID_TAIL = re.compile(
    r"(?<![ \t\u3000\\])[ \t\u3000]*\{(?:[ ]*[#.][^{}\n]*|/\*[ ]*#[^{}\n]*\*/)\}[ \t]*$"
)
"""Goldmark, pulldown-cmark and Docusaurus need no blank in front of a heading's attributes."""


def without_attributes(source: str, lines: Sequence[Range], dialect: Dialect) -> Sequence[Range]:
    """Return the lines of a heading without an attribute list, nor closing marks in front of it."""
    if not dialect.heading_id:
        return lines
    *above, (start, end) = lines
    whole = ATTRIBUTE_TAIL.search(source, start, end) if dialect.attribute_lists else None
    if whole:
        text = source[start : whole.start()].rstrip("# ")
        # A blank may be escaped, and part of the text.
        end = end if text.endswith("\\") else start + len(text)
    elif dialect.glued_ids and (tail := _ID_TAIL.search(source, start, end)):
        end = tail.start()
    return [*above, (start, end)]
