"""Change the lines of a page before anything is looked for in it: snippets and edits.

PyMdown's `snippets` puts other files in, which we do not read: their lines are taken out. A comment
of its `critic` is one piece of text, whatever lines it has; lines in which it joins or cuts
paragraphs are taken out, too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import compress
from operator import not_

from toolkit.dialects.blocks.pymd.slices import Slice, sliced
from toolkit.model.expressions import late

_SNIPPET = re.compile(
    r"(?P<space>[ \t]*)(?P<escape>;*)"
    r"(?:-+8<-+[ \t]+(?P<file>\"(?:\\\"|[^\"\n\r])+?\"|'(?:\\'|[^'\n\r])+?')|-+8<-+)$"
)
_SECTION = re.compile(
    r".*?(?<!;)(?!(?<=-)-)(?P<escape>;*)-+8<-+[ \t]+\[[ \t]*(?:start|end)[ \t]*:"
    r"[ \t]*[a-z][-_0-9a-z]*[ \t]*\]",
    re.IGNORECASE,
)
_COMMENT = late(r"\{>>.*?<<\}", re.DOTALL)
_EDIT = re.compile(r"\{(?:--|\+\+|~~)")
_BREAK = late(r"\{--\n{2,}--\}|\{\+\+\n{2,}\+\+\}|\{~~(?:\n{2,}~>[^{}]*?|[^{}]*?~>\n{2,})~~\}")
"""An edit that joins two paragraphs or makes one two."""


@dataclass(slots=True)
class Taken:
    """A page without the lines that are taken out, and where these start."""

    page: Slice
    places: list[int] = field(default_factory=list)


def without_snippets(page: Slice) -> Taken:
    """Take the lines of snippets out."""
    if "8<-" not in page.text:
        return Taken(page)
    lines, starts = page.text.split("\n"), list(page.starts)
    kept = bytearray(b"\1" * len(lines))
    inside = False
    behind = 0
    for number in [number for number, text in enumerate(lines) if "8<-" in text]:
        if inside:
            kept[behind:number] = bytes(number - behind)
        behind = number + 1
        text = lines[number]
        match = _SNIPPET.match(text)
        if match and match["escape"]:
            width = len(match["space"])
            lines[number] = text[:width] + text[width + 1 :]
            starts[number] += 1
        elif match or inside or _is_section(text):
            inside = inside != bool(match and not match["file"])
            kept[number] = False
    if inside:
        kept[behind:] = bytes(len(lines) - behind)
    rest = Slice("\n".join(compress(lines, kept)), list(compress(starts, kept)))
    return Taken(rest, list(compress(starts, map(not_, kept))))


def _is_section(text: str) -> bool:
    match = _SECTION.match(text)
    return bool(match and not match["escape"])


def with_comments_in_one_line(page: Slice) -> Slice:
    """Make one line of each comment of the writers' (`critic`) that has several."""
    if "{>>" not in page.text:
        return page
    starts = list(page.starts)
    pieces: list[str] = []
    position = line = 0
    for match in _COMMENT.finditer(page.text, 0, page.text.rfind("<<}") + 3):
        lines = match[0].count("\n")
        if not lines:
            continue
        before = page.text[position : match.start()]
        line += before.count("\n")
        pieces += (before, match[0].replace("\n", " "))
        del starts[line + 1 : line + 1 + lines]
        position = match.end()
    return Slice("".join((*pieces, page.text[position:])), starts)


def without_breaks(taken: Taken) -> Taken:
    """Take the lines out in which paragraphs are joined or cut by an edit (`critic`)."""
    page = taken.page
    if "\n\n" not in page.text or not _EDIT.search(page.text):
        return taken
    rows = list(page.rows())
    gone: set[int] = set()
    for match in _BREAK.finditer(page.text):
        first = page.text.count("\n", 0, match.start())
        gone.update(range(first, first + match[0].count("\n") + 1))
    kept = [row for line, row in enumerate(rows) if line not in gone]
    places = [start for line, (_, start) in enumerate(rows) if line in gone]
    return Taken(sliced(kept), [*taken.places, *places]) if gone else taken
