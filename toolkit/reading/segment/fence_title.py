"""The title in the header of fenced code: ```` ```py title="A first try" ````.

The syntax is that of PyMdown's SuperFences and of Docusaurus' code blocks. In a code group of
VitePress a label stands there: ```` ```py [A first try] ````.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.dialect import Dialect
    from toolkit.dialects.parser import Range

_TITLE = re.compile(r"""(?<=[\s{])title=(?:"(?P<double>[^"\n]*)"|'(?P<single>[^'\n]*)')""")
_FILE = late(r"(?:\S*[./\\_]\w\S*|\S+/)\Z")
"""A text that can only be a file's name or path."""


_LABEL = late(r"\[(?P<label>[^\n]*)\](?=[^\]\n]*(?:\n|\Z))")
_NAME = late(r"[!-~]*\Z")
"""A text that can only be the name of a program or a file."""


def fence_label(text: str, start: int = 0, end: int | None = None) -> Range | None:
    """The place of a fence's label between its brackets, unless it is a mere name."""
    match = _LABEL.search(text, start, len(text) if end is None else end)
    if match is None or _NAME.match(match["label"]):
        return None
    return match.span("label")


def fence_title(text: str, start: int = 0, end: int | None = None) -> Range | None:
    """The place of a fence's title between its quotes, unless it is a file's name."""
    match = _TITLE.search(text, start, len(text) if end is None else end)
    if match is None:
        return None
    span = match.span("double" if match["double"] is not None else "single")
    return None if _FILE.match(text, *span) else span


def title_in_header(source: str, line: Range, dialect: Dialect, *, grouped: bool) -> Range | None:
    """The place of a dialect's title in the first line of a fence, or of its label in a group."""
    if dialect.fence_labels and grouped:
        return fence_label(source, *line)
    return fence_title(source, *line) if dialect.fence_titles else None


def without_title(info: str, *, label: bool = False) -> str:
    """The header of a fence without the words of its title, or of its label."""
    span = fence_label(info) if label else fence_title(info)
    return f"{info[: span[0]]}\0{info[span[1] :]}" if span else info
