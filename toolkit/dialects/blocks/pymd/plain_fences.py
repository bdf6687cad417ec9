"""Fenced code as Python-Markdown's own `fenced_code` finds it: at the margin, with any content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.slices import Slice
from toolkit.dialects.blocks.pymd.stash import Fence
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.stash import Stash

_HEADER = late(
    r"(?P<mark>~{3,}|`{3,})(?P<info>[ ]*(?:\{[^\n]*\}"
    r"|(?:\.?[\w#.+-]*[ ]*)?(?:hl_lines=(?P<quote>[\"']).*?(?P=quote)[ ]*)?))$"
)


def stash_plain_fences(page: Slice, stash: Stash) -> Slice:
    """Return the page with a placeholder, between blank lines, for each piece of fenced code."""
    if "```" not in page.text and "~~~" not in page.text:
        return page
    texts, starts = page.text.split("\n"), page.starts
    new_texts: list[str] = []
    new_starts: list[int] = []
    unclosed: set[str] = set()
    line = 0
    while line < len(texts):
        end = _end(texts, line, unclosed) if texts[line][:1] in {"`", "~"} else 0
        if not end:
            new_texts.append(texts[line])
            new_starts.append(starts[line])
            line += 1
            continue
        header = _HEADER.match(texts[line])
        rows = tuple(zip(texts[line:end], starts[line:end], strict=True))
        mark, info = (header["mark"], header["info"]) if header else ("", "")
        new_texts += ["", stash.keep(Fence(rows, 0, mark, info)), ""]
        new_starts += [starts[line]] * 3
        line = end
    return Slice("\n".join(new_texts), new_starts)


def _end(texts: list[str], line: int, unclosed: set[str]) -> int:
    """The line behind fenced code that starts in a line, 0 where none does."""
    header = _HEADER.match(texts[line])
    if header is None or header["mark"] in unclosed:
        return 0
    for number in range(line + 1, len(texts)):
        if texts[number].rstrip(" ") == header["mark"]:
            return number + 1
    unclosed.add(header["mark"])
    return 0
