"""The title in the definition of a link: `[label]: target "title"`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.parser import Range

_TITLE = re.compile(r"""[ \t\n](?:"(.*)"|'(.*)'|\((.*)\))[ \t]*$""", re.DOTALL)


def definition_title(source: str, start: int, end: int) -> Range | None:
    """Return where the title of a definition stands between its marks, where it has one."""
    title = _TITLE.search(source[start:end].rstrip())
    if title is None:
        return None
    left, right = title.span(title.lastindex or 0)
    return start + left, start + right
