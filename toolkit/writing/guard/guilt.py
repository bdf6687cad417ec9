"""Find the translations that break a page, block by block."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from toolkit.model.document import Document, Edit, Span
from toolkit.model.errors import DocumentError
from toolkit.reading.segment import read_blocks
from toolkit.writing.guard.skeleton import same_skeleton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from toolkit.dialects.dialect import Dialect
    from toolkit.reading.segment import Reading

_BEFORE, _BEHIND = "yiben\n\n", "\n\nyiben\n"
"""Paragraphs around a piece of a page: a block that does not end where it should takes one in."""
_LISTS = frozenset({"bullet_list_open", "ordered_list_open"})
_OPENED_ABOVE = frozenset({"admonition_open", "details_open", "tab_open", "block_open"})
"""Containers whose tokens cover what they hold; they are opened in the line above it."""
_MOST_PAGES = 60
"""Times that a whole page is read to find translations that break it only together."""


@dataclass(frozen=True, slots=True)
class Court:
    """Judges the edits of one page."""

    document: Document
    reading: Reading
    dialect: Dialect
    keys: tuple[str, ...]
    outline: Callable[[str], object] | None = None
    """Returns another program's rendering of a page, if that is wanted."""

    def is_sound(self, page: Document) -> bool:
        """Whether a page is built as the source is, for us and for the other program."""
        return self.sound_reading(page) is not None

    def sound_reading(self, page: Document) -> Reading | None:
        """Return what is read in a page that is built as the source is, `None` in any other."""
        reading = _alike(page, self.reading, self.dialect, self.keys)
        outline = self.outline
        if reading is None or outline is None:
            return reading
        return reading if outline(page.text) == outline(self.document.text) else None

    def guilty(self, edits: Sequence[Edit]) -> frozenset[Edit]:
        """Return the edits to leave out, so that the page with the others is sound."""
        found = frozenset(self._alone(edits))
        kept = [edit for edit in edits if edit not in found]
        if self.is_sound(self.document.edited(kept)):
            return found
        return found | self._together(kept)

    def _alone(self, edits: Sequence[Edit]) -> Iterator[Edit]:
        """The translations that break the blocks they stand in."""
        starts = _outside(self._section_starts(), edits)
        sections: dict[int, list[Edit]] = {}
        for edit in edits:
            sections.setdefault(bisect_right(starts, edit.span.start) - 1, []).append(edit)
        for index, suspects in sections.items():
            end = starts[index + 1] if index + 1 < len(starts) else len(self.document.text)
            yield from self._in_section(Span(starts[index], end), suspects)

    def _section_starts(self) -> list[int]:
        """Return the starts of the front matter, of the blocks and of the list items of a page."""
        lines = {0, self.reading.header.lines}
        inside: list[str] = []
        for token in self.reading.tokens:
            if token.map and (not inside or (len(inside) == 1 and inside[0] in _LISTS)):
                lines.add(max(0, token.map[0] - (token.type in _OPENED_ABOVE)))
            if token.nesting > 0:
                inside.append(token.type)
            elif token.nesting < 0:
                inside.pop()
        starts = self.document.line_starts
        return sorted({starts[line] for line in lines if line < len(starts)})

    def _in_section(self, section: Span, suspects: list[Edit]) -> Iterator[Edit]:
        is_header = section.start == 0 and bool(self.reading.header.lines)
        before = "" if is_header else _BEFORE
        text = f"{before}{self.document.text[section.start : section.end]}{_BEHIND}"
        piece = Document(self.document.path, text, self.document.bom)
        shift = len(before) - section.start
        moved = {_moved(edit, shift): edit for edit in suspects}
        try:
            reading = read_blocks(piece, self.dialect, self.keys)
        except DocumentError:
            return
        court = Court(piece, reading, self.dialect, self.keys, self.outline)
        yield from (moved[edit] for edit in court.breaking(list(moved)))

    def breaking(self, suspects: list[Edit]) -> Iterator[Edit]:
        """Yield those of some edits without which the others are sound, found by halves."""
        if self.is_sound(self.document.edited(suspects)):
            return
        if len(suspects) == 1:
            yield suspects[0]
            return
        middle = len(suspects) // 2
        yield from self.breaking(suspects[:middle])
        yield from self.breaking(suspects[middle:])

    def _together(self, edits: list[Edit]) -> frozenset[Edit]:
        """The translations without which the page is sound; all, where that is not found soon."""
        out: set[Edit] = set()
        pages = 0
        groups = [edits]
        while groups:
            group = groups.pop()
            pages += 1
            if pages > _MOST_PAGES:
                return frozenset(edits)
            if self.is_sound(self.document.edited(group)):
                continue
            if len(group) == 1:
                out |= set(group)
                continue
            middle = len(group) // 2
            groups += [group[:middle], group[middle:]]
        kept = [edit for edit in edits if edit not in out]
        return frozenset(out if self.is_sound(self.document.edited(kept)) else edits)


def _outside(starts: list[int], edits: Sequence[Edit]) -> list[int]:
    """The starts that lie in none of the texts: a block may stand in the midst of another's."""
    inside: set[int] = set()
    for edit in edits:
        first = bisect_right(starts, edit.span.start)
        inside.update(starts[first : bisect_left(starts, edit.span.end)])
    return [start for start in starts if start not in inside] if inside else starts


def _moved(edit: Edit, shift: int) -> Edit:
    return Edit(Span(edit.span.start + shift, edit.span.end + shift), edit.text)


def _alike(
    page: Document, reading: Reading, dialect: Dialect, keys: tuple[str, ...]
) -> Reading | None:
    try:
        again = read_blocks(page, dialect, keys)
        return again if same_skeleton(again, reading, dialect) else None
    except (DocumentError, RecursionError):
        return None
