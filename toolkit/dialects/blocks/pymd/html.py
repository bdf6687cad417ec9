"""HTML as Python-Markdown and its extension `md_in_html` take it out of a page.

HTML is looked for over the whole page, so that a tag at the start of a line may be closed behind
lists and headings. Elements with a `markdown` attribute are kept as nodes whose text is read later.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.dialects.blocks.pymd.elements import Element, flattened
from toolkit.dialects.blocks.pymd.markup import (
    Mark,
    Markup,
    attribute_values,
    holds_no_markup,
    marks_of,
)
from toolkit.dialects.blocks.pymd.slices import Places
from toolkit.dialects.blocks.pymd.stash import RawHtml

if TYPE_CHECKING:
    from toolkit.dialects.blocks.pymd.slices import Slice
    from toolkit.dialects.blocks.pymd.stash import Stash

BLOCK_ELEMENTS = frozenset(
    "address article aside blockquote body canvas center colgroup dd details div dl dt fieldset "
    "figcaption figure footer form group h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li "
    "main map math menu nav noscript object ol option output p pre progress script section style "
    "summary table tbody td textarea tfoot th thead tr ul video".split()
)
_EMPTY = frozenset({"hr"})
_INLINE_ONLY = frozenset("address dd dt h1 h2 h3 h4 h5 h6 legend li p summary td th".split())
_NEVER_READ = frozenset("canvas math option pre script style textarea".split())
_BLOCKS_INSIDE = BLOCK_ELEMENTS - _INLINE_ONLY - _NEVER_READ - _EMPTY
_READABLE = _BLOCKS_INSIDE | _INLINE_ONLY
_VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
_TWO_LINES = re.compile(r"(?:[ ]*\n){2}")
_BLANK_LINE = re.compile(r"\n[ \t]*\n")
_MOST_BLANKS = 3


def stash_html(page: Slice, stash: Stash, *, markdown_inside: bool = True) -> Slice:
    """The page with a placeholder for each element, comment or declaration that is a block."""
    if "<" not in page.text:
        return page
    return _Extractor(page, stash, markdown_inside=markdown_inside).run()


class _Extractor:
    """The state of looking for HTML; offsets count in the text of the page as it is now."""

    def __init__(self, page: Slice, stash: Stash, *, markdown_inside: bool) -> None:
        self._page = page
        self._place = Places(page)
        self._text = page.text
        self._stash = stash
        self._markdown_inside = markdown_inside
        self._out: list[tuple[str, int]] = []
        """The rest of the page, in pieces with their offsets."""
        self._kept = 0
        """Up to where the text was dealt with."""
        self._raw: list[str] = []
        """The open elements of HTML that is kept as it is."""
        self._raw_start = 0
        self._tail = False
        """Whether this is the rest of a line behind a block."""
        self._open: list[Element] = []
        """The open elements that hold Markdown."""
        self._inline: list[str] = []
        self._names: Counter[str] = Counter()
        """The names of the open elements."""

    def run(self) -> Slice:
        marks = marks_of(self._text)
        mark = next(marks, None)
        while mark is not None:
            self._data(mark.start)
            self._take(mark)
            raw = mark.kind is Markup.OPENING and holds_no_markup(mark.name) and self._raw
            try:
                mark = marks.send(mark.name if raw else "")
            except StopIteration:
                mark = None
        self._data(len(self._text))
        self._finish()
        if "".join([text for text, _ in self._out]) == self._text:
            # All markup was left in the text.
            return self._page
        return self._place.put_together(self._out, len(self._text))

    def _finish(self) -> None:
        if self._raw:
            self._put_raw(self._raw_start, len(self._text))
        if self._open:
            end = len(self._text)
            self._close_down_to(self._open[0].name, end, end)

    # Text

    def _data(self, end: int) -> None:
        """Deal with the text up to an offset."""
        start, self._kept = self._kept, end
        if start >= end:
            return
        text = self._text[start:end]
        if self._tail and "\n" in text:
            self._tail = False
        if self._raw:
            return
        if self._open:
            self._open[-1].started = False
            self._open[-1].add(text, start)
            return
        if self._inline and _BLANK_LINE.search(text):
            self._inline = []
        self._out.append((text, start))

    def _as_text(self, mark: Mark) -> None:
        """Leave markup in the text."""
        self._kept = mark.start
        self._data(mark.end)

    def _near_margin(self, start: int) -> bool:
        """Whether nothing but three blanks at most stand in front of a place in its line."""
        line_start = self._text.rfind("\n", 0, start) + 1
        return start - line_start <= _MOST_BLANKS and not self._text[line_start:start].strip()

    def _blank_below(self, end: int) -> bool:
        return bool(_TWO_LINES.match(self._text, end))

    def _put_raw(self, start: int, end: int) -> None:
        """Put a placeholder for HTML that is kept as it is, in a line of its own."""
        self._out.append((self._stash.keep(RawHtml(*self._place.range(start, end))), start))
        self._out.append(("\n\n", end))

    def _end_line(self, start: int) -> None:
        """Put a blank line where the text ends with one line end only."""
        last = self._out[-1][0] if self._out else ""
        if last.endswith("\n") and not last.endswith("\n\n"):
            self._out.append(("\n", start))

    # Markup

    def _take(self, mark: Mark) -> None:
        self._kept = mark.end
        if mark.kind is Markup.OPENING and mark.name not in _EMPTY:
            self._opening(mark)
        elif mark.kind is Markup.CLOSING:
            self._closing(mark)
        elif mark.kind is Markup.COMMENT:
            self._empty(mark, is_block=self._is_block_comment(mark))
        elif mark.kind is Markup.DECLARATION:
            self._empty(mark, is_block=True)
        else:
            self._empty(mark, is_block=mark.name.rstrip("/") in BLOCK_ELEMENTS)

    def _is_block_comment(self, mark: Mark) -> bool:
        """Whether a comment is none of those that stand in an inline element."""
        if not self._inline or _BLANK_LINE.search(self._text, mark.start + 4, mark.end - 3):
            return True
        below = _BLANK_LINE.search(self._text, mark.end)
        rest = self._text[mark.end : below.start() if below else None].lower()
        return not any(re.search(rf"</\s*{re.escape(name)}\s*>", rest) for name in self._inline)

    def _empty(self, mark: Mark, *, is_block: bool) -> None:
        """Read markup without content: a comment, a declaration, a tag that closes itself."""
        if self._raw:
            return
        if self._open:
            self._empty_inside(mark, is_block=is_block)
        elif self._tail:
            self._as_one_line(mark)
        elif is_block and self._near_margin(mark.start):
            self._tail = not self._blank_below(mark.end)
            self._end_line(mark.start)
            self._put_raw(mark.start, mark.end)
        else:
            self._as_text(mark)

    def _as_one_line(self, mark: Mark) -> None:
        """Leave markup behind a block in its line; it ends none."""
        self._out.append((self._text[mark.start : mark.end].replace("\n", " "), mark.start))

    def _empty_inside(self, mark: Mark, *, is_block: bool) -> None:
        element = self._open[-1]
        element.started = False
        if is_block and self._near_margin(mark.start):
            raw = RawHtml(*self._place.range(mark.start, mark.end))
            element.add("\n", mark.start)
            element.add(self._stash.keep(raw), mark.start)
            element.add("\n\n", mark.start)
        else:
            element.add(self._text[mark.start : mark.end], mark.start)

    def _opening(self, mark: Mark) -> None:
        block = mark.name in BLOCK_ELEMENTS
        if block and not self._raw and self._starts_block(mark):
            state = self._state(mark)
            if state != "off" or self._open:
                self._open_element(mark, state)
                return
            if self._near_margin(mark.start) or self._tail:
                self._raw_start = mark.start
                self._out.append(("\n", mark.start))
                self._raw.append(mark.name)
                return
        if self._raw:
            self._raw.append(mark.name)
            return
        self._as_text(mark)
        if not block and mark.name not in _VOID:
            self._inline.append(mark.name)

    def _starts_block(self, mark: Mark) -> bool:
        started = bool(self._open) and self._open[-1].started
        return self._tail or started or self._near_margin(mark.start)

    def _state(self, mark: Mark) -> str:
        """The way an element's text is read: as blocks, inline (`span`), or not at all (`off`)."""
        if not self._markdown_inside:
            return "off"
        wanted = "0"
        if "markdown" in mark.attributes.lower():
            wanted = attribute_values(mark.attributes).get("markdown", "0")
        wanted = "1" if wanted == "markdown" else wanted
        outer = self._open[-1].state if self._open else ""
        if outer == "off" or (outer == "span" and wanted != "0"):
            wanted = outer
        if wanted in {"1", "block"} and mark.name in (
            _BLOCKS_INSIDE if wanted == "1" else _READABLE
        ):
            return "block"
        if wanted in {"1", "span"} and mark.name in (_INLINE_ONLY if wanted == "1" else _READABLE):
            return "span"
        return "off"

    def _open_element(self, mark: Mark, state: str) -> None:
        if self._names["p"]:
            self._close_down_to("p", mark.start, mark.start)
        names = ""
        if "class" in mark.attributes.lower():
            names = attribute_values(mark.attributes).get("class", "")
        self._names[mark.name] += 1
        self._open.append(Element(mark.name, state, mark.start, mark.end, names))

    def _closing(self, mark: Mark) -> None:
        if self._raw:
            self._close_raw(mark)
        elif self._names[mark.name]:
            self._close_down_to(mark.name, mark.start, mark.end)
        else:
            self._as_text(mark)
            if mark.name in self._inline:
                while self._inline and self._inline.pop() != mark.name:
                    pass

    def _close_raw(self, mark: Mark) -> None:
        if mark.name in self._raw:
            while self._raw and self._raw.pop() != mark.name:
                pass
        if self._raw:
            return
        self._tail = not self._blank_below(mark.end)
        self._put_raw(self._raw_start, mark.end)

    def _close_down_to(self, name: str, start: int, end: int) -> None:
        """Close the open elements down to the last one of a name."""
        while self._open:
            element = self._open.pop()
            self._names[element.name] -= 1
            found = element.name == name
            element.close = (start, end if found else start)
            if self._open:
                self._open[-1].parts.append(element)
            else:
                self._end_line(element.start)
                node = flattened(element, self._place, self._stash)
                self._out.append((self._stash.keep(node), element.start))
                self._out.append(("\n\n", end))
                self._tail = not self._blank_below(end)
            if found:
                return
