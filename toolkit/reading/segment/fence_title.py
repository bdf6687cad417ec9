"""The title in the header of fenced code: ```` ```py title="A first try" ````.

The syntax is that of PyMdown's SuperFences and of Docusaurus' code blocks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.dialects.parser import Range

_TITLE = re.compile(r"""(?<=[\s{])title=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')""")
_FILE = re.compile(r"(?:\S*[./\\_]\w\S*|\S+/)\Z")
"""What can only be a file's name or path."""


def fence_title(text: str, start: int = 0, end: int | None = None) -> Range | None:
    """Where the title of a fence stands between its quotes, unless it is a file's name."""
    match = _TITLE.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    span = match.span("double" if match["double"] is not None else "single")
    return None if _FILE.match(text, *span) else span


def without_title(info: str) -> str:
    """The header of a fence without the words of its title."""
    span = fence_title(info)
    return f"{info[: span[0]]}\0{info[span[1] :]}" if span else info
