"""Targets in running text: links, images, tags, autolinks."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.targets.bare import bare_mail, bare_url
from toolkit.targets.html import AUTOLINK, TAG, silent_end, tag_places
from toolkit.targets.masking import masked
from toolkit.targets.resource import LooseResources, commonmark_resource
from toolkit.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from toolkit.targets.resource import Resource

_MARK = r"\\[!-/:-@\[-`{-~]|<|!\[|\[|\]"
_MARKS = re.compile(_MARK)
_BARE_MARKS = re.compile(rf"{_MARK}|@|https?://|HTTPS?://|ftps?://|FTPS?://|www\.|WWW\.")
_MAIL = re.compile(r"<([\w.!#$%&'*+/=?^`{|}~-]++@[A-Za-z0-9-]++(?:\.[A-Za-z0-9-]++)*+)>", re.ASCII)
_LABEL = re.compile(r"\[((?:\\.|[^\[\]\\]){0,999}+)\]", re.DOTALL)
_SPACED_LABEL = re.compile(r"\s?\[((?:\\.|[^\[\]\\]){0,999}+)\]", re.DOTALL)
_MAX_LABEL = 999
_MAX_OPENED = 200
"""Brackets that may stand open; of more the outermost are taken for text, to stay linear."""


@dataclass(frozen=True, slots=True)
class Rules:
    """How a dialect reads links in running text."""

    inline: tuple[str, ...]
    """Patterns of what holds no links."""
    labels: Collection[str]
    """The labels of reference definitions, normalized."""
    python_markdown: bool
    """Whether the outer of two links counts, and targets may hold blanks."""
    bare: bool
    """Whether URLs and mail addresses are links by themselves."""


@dataclass(slots=True)
class _Bracket:
    """An opened bracket: where, of an image or not, and how many places were found before it."""

    start: int
    image: bool
    before: int
    active: bool = True


class Scan:
    """One pass over a text; `places` holds what it found, in order."""

    def __init__(self, text: str, rules: Rules) -> None:
        self.places: list[Place] = []
        self._text = masked(text, rules.inline, code_first=rules.python_markdown)
        self._rules = rules
        self._opened: deque[_Bracket] = deque(maxlen=_MAX_OPENED)
        self._closes_comments = True
        self._resource: Callable[[int], Resource | None] = (
            LooseResources(self._text) if rules.python_markdown else self._strict_resource
        )

    def run(self, start: int = 0) -> list[Place]:
        """The places from `start` on."""
        marks = _BARE_MARKS if self._rules.bare else _MARKS
        position = start
        while mark := marks.search(self._text, position):
            position = self._next(mark)
        return self.places

    def _next(self, mark: re.Match[str]) -> int:
        """Take in what stands at a mark; gives where to go on."""
        first = mark[0][0]
        if first == "\\":
            return mark.end()
        if first == "<":
            return self._angle(mark.start())
        if first in "![":
            self._opened.append(_Bracket(mark.end(), first == "!", len(self.places)))
            return mark.end()
        if first == "]":
            return self._close(mark.end())
        return self._bare(mark)

    def _bare(self, mark: re.Match[str]) -> int:
        if mark[0] == "@":
            place = bare_mail(self._text, mark.start())
        else:
            place = bare_url(self._text, mark.start(), bracketed=bool(self._opened))
        if place is None or (self.places and place.start < self.places[-1].end):
            return mark.end()
        self.places.append(place)
        return place.end

    def _strict_resource(self, opened: int) -> Resource | None:
        return commonmark_resource(self._text, opened)

    def _angle(self, start: int) -> int:
        text = self._text
        if text.startswith("<!--", start):
            return self._comment_end(start)
        for pattern, writing in ((AUTOLINK, Writing.AUTOLINK), (_MAIL, Writing.MAIL)):
            if link := pattern.match(text, start):
                self.places.append(Place(*link.span(1), TargetKind.AUTOLINK, writing))
                return link.end()
        tag = TAG.match(text, start)
        if not tag:
            return start + 1
        self.places += tag_places(tag)
        end = silent_end(tag)
        return len(text) if end is None else end

    def _comment_end(self, start: int) -> int:
        """Behind the comment that starts at `start`; behind its `<` when nothing closes it."""
        end = self._text.find("-->", start + 2) if self._closes_comments else -1
        self._closes_comments = end >= 0
        return end + 3 if end >= 0 else start + 1

    def _close(self, end: int) -> int:
        """Take in a closing bracket that ends at `end`."""
        if not self._opened:
            return end
        bracket = self._opened.pop()
        resource = None
        if bracket.active and self._text.startswith("(", end):
            resource = self._resource(end)
        if resource:
            self._link(bracket)
            kind = TargetKind.IMAGE if bracket.image else TargetKind.LINK
            self.places.append(Place(resource.start, resource.end, kind, resource.writing))
            return resource.behind
        return self._reference(bracket, end) if self._rules.labels else end

    def _reference(self, bracket: _Bracket, end: int) -> int:
        """Pass over a reference link, which has no target of its own."""
        loose = self._rules.python_markdown
        label = (_SPACED_LABEL if loose else _LABEL).match(self._text, end)
        if label and label[1] and normalizeReference(label[1]) in self._rules.labels:
            self._link(bracket)
            return label.end()
        own = self._text[bracket.start : min(end - 1, bracket.start + _MAX_LABEL)]
        if normalizeReference(own) in self._rules.labels:
            self._link(bracket)
        return end

    def _link(self, bracket: _Bracket) -> None:
        """Forget what is no link now that these brackets are one.

        An image's alt text holds none. Of two links in each other the inner one counts (CommonMark
        0.31, section 6.3), for Python-Markdown the outer one.
        """
        if bracket.image:
            del self.places[bracket.before :]
            return
        inner = self.places[bracket.before :]
        if self._rules.python_markdown:
            inner = [place for place in inner if place.kind is not TargetKind.LINK]
        else:
            for outer in self._opened:
                outer.active = outer.image
        self.places[bracket.before :] = [
            place for place in inner if not _is_bare(place, self._text)
        ]


def _is_bare(place: Place, text: str) -> bool:
    if place.writing is Writing.MAIL:
        return not text.startswith("<", place.start - 1)
    return place.writing is Writing.BARE
