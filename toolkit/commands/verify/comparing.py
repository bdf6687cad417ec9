"""Compares a localized page with its source page, block by block."""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from toolkit.commands.verify.value import Fault
from toolkit.language.phrases import cut

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.commands.verify.value import Block, BuiltPage, Piece

LEFTOVER = re.compile(
    r"\*\*|\{\s*[#:][\w-]|\{\s*\.[A-Za-z][\w-]*[^{}]*\}|^(?:!!!|\?\?\?\+?|///)\s|:::|\{\{|\}\}|\{%|%\}"
    r"|-+8<-+|\]\(|^#{1,6}\s|^```|~~\S",
    re.MULTILINE,
)
_MOST = 60
"""Characters of a page's text that are shown."""


def structure_faults(source: BuiltPage, localized: BuiltPage) -> Iterator[Fault]:
    """The faults in the blocks of a page, compared with another's."""
    for ours, theirs in _apart(source.blocks, localized.blocks):
        text = " ".join(piece.text for block in theirs for piece in block)
        mark = LEFTOVER.search(_prose(theirs))
        known = LEFTOVER.search(_prose(ours))
        if mark and not (known and known[0] == mark[0]):
            yield Fault(
                "site-syntax", localized.path, _left(mark[0], text), mark[0], facts=(mark[0], text)
            )
        else:
            facts = _shape(theirs), _shape(ours), text
            says = f"has {facts[0]} where its source page has {facts[1]}{_near(text)}"
            yield Fault("site-structure", localized.path, says, text[:20], facts=facts)


def _prose(blocks: Sequence[Block]) -> str:
    return "\n".join(piece.prose for block in blocks for piece in block)


def _left(mark: str, text: str) -> str:
    return f'shows "{mark}" to its readers, which is left over from Markdown{_near(text)}'


def _near(text: str) -> str:
    return f": “{short(text)}”" if text else ""


def short(text: str) -> str:
    """A text as findings show it."""
    return cut(text, _MOST)


def pairs(source: BuiltPage, localized: BuiltPage) -> Iterator[tuple[Piece, Piece]]:
    """The pieces that are each other's translations: those of blocks with the same structure."""
    for start, other, size in _matches(source.blocks, localized.blocks):
        for offset in range(size):
            yield from zip(
                source.blocks[start + offset], localized.blocks[other + offset], strict=True
            )


def _shapes(blocks: Sequence[Block]) -> list[tuple[tuple[str, int], ...]]:
    return [tuple((piece.label, piece.depth) for piece in block) for block in blocks]


def _matches(one: Sequence[Block], other: Sequence[Block]) -> Iterator[tuple[int, int, int]]:
    left, right = _shapes(one), _shapes(other)
    if left == right:
        yield 0, 0, len(left)
        return
    yield from SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()


def _apart(
    one: Sequence[Block], other: Sequence[Block]
) -> Iterator[tuple[Sequence[Block], Sequence[Block]]]:
    """The blocks that differ; as many on both sides count as changed one by one."""
    left, right = 0, 0
    for start, begin, size in _matches(one, other):
        ours, theirs = one[left:start], other[right:begin]
        if len(ours) == len(theirs):
            yield from (((first,), (second,)) for first, second in zip(ours, theirs, strict=True))
        elif ours or theirs:
            yield ours, theirs
        left, right = start + size, begin + size


def _shape(blocks: Sequence[Block]) -> str:
    """Elements in words: `ul with 3 li`, `nothing`."""
    return ", ".join(_block_shape(block) for block in blocks[:3]) or "nothing"


def _block_shape(block: Block) -> str:
    counts = Counter(piece.label for piece in block[1:] if piece.label)
    inner = ", ".join(f"{count} {label}" for label, count in counts.items())
    return f"{block[0].label or 'text'} ({inner})" if inner else block[0].label or "text"


def piece_faults(ours: Piece, theirs: Piece, path: str, *, code: bool) -> Iterator[Fault]:
    """The faults between two runs of text or code blocks; with `code`, also in code."""
    if ours.label.partition(".")[0] == "pre":
        if code and _squeezed(ours.text) != _squeezed(theirs.text):
            other = _difference(ours, theirs)
            says = f"has different code from its source page: “{short(other)}”"
            yield Fault("site-code", path, says, theirs.text[:20], facts=(other,))
        return
    if code and ours.codes != theirs.codes:
        lost = Counter(ours.codes) - Counter(theirs.codes)
        gone = [text for text in lost if text not in theirs.text]
        if gone and set(theirs.codes) - set(ours.codes):
            says = f"has different code from its source page: `{short(gone[0])}` is missing"
            facts = gone[0], ours.text
            yield Fault("site-code", path, says, theirs.text[:20], ours.text, facts)
            return
    yield from _inline_faults(ours, theirs, path)


def _squeezed(text: str) -> str:
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def _difference(ours: Piece, theirs: Piece) -> str:
    known = set(ours.text.split("\n"))
    return next((line.strip() for line in theirs.text.split("\n") if line not in known), "")


def _inline_faults(ours: Piece, theirs: Piece, path: str) -> Iterator[Fault]:
    mark = LEFTOVER.search(theirs.prose)
    if mark and mark[0] not in ours.prose:
        facts = mark[0], theirs.text
        yield Fault("site-syntax", path, _left(mark[0], theirs.text), mark[0], ours.text, facts)
        return
    if ours.inline == theirs.inline:
        return
    lost = Counter(ours.inline) - Counter(theirs.inline)
    more = Counter(theirs.inline) - Counter(ours.inline)
    # Links and images are told by where they lead.
    names = [name for name in (*lost, *more) if name not in {"a", "img"}]
    if not names:
        return
    parts = [f"lacks {n} <{name}>" for name, n in lost.items() if name in names]
    parts += [f"has {n} <{name}> too many" for name, n in more.items() if name in names]
    says = f"{' and '.join(parts)} in “{short(theirs.text)}”"
    yield Fault("site-markup", path, says, theirs.text[:20], ours.text, (*names, theirs.text))
