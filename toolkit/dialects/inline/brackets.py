"""Links, images and references between square brackets."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from markdown_it.common.utils import normalizeReference

from toolkit.dialects.inline.mark import Mark, Markup
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from toolkit.dialects.inline.resource import Resource


class Gap(StrEnum):
    """The mark that may stand between a reference's text and its label."""

    NONE = "none"
    BLANK = "blank"
    BACKSLASH = "backslash"


_LABEL = r"\[((?:\\.|[^\[\]\\]){0,999}+)\]"
_LABELS = {
    Gap.NONE: late(_LABEL, re.DOTALL),
    Gap.BLANK: late(rf"\s?{_LABEL}", re.DOTALL),
    Gap.BACKSLASH: late(rf"\\?{_LABEL}", re.DOTALL),
}
_MAX_LABEL = 999
_MAX_OPENED = 200
"""Brackets that may stand open; of more the outermost are taken for text, to stay linear."""
_TARGETS = frozenset({Markup.LINK, Markup.IMAGE, Markup.AUTOLINK, Markup.URL, Markup.MAIL})
_REFERENCES = frozenset({Markup.REFERENCE, Markup.SHORT})


@dataclass(slots=True)
class _Bracket:
    """An opened bracket: where, of an image or not, and how many marks were found before it."""

    start: int
    image: bool
    before: int
    active: bool = True


class Brackets:
    """The brackets of one text, taken in from left to right; adds to `found`.

    With `outer` the outer one of two links counts, else the inner one. `gap` is what may
    stand in front of a label. Without `labels` every
    reference is one, but none keeps the link around it from being one.
    """

    def __init__(
        self,
        text: str,
        found: list[Mark],
        resource: Callable[[int], Resource | None],
        labels: Collection[str] | None,
        *,
        outer: bool,
        gap: Gap = Gap.NONE,
    ) -> None:
        self._text = text
        self._marks = found
        self._resource = resource
        self._labels = labels
        self._outer = outer
        self._label = _LABELS[gap]
        self._opened: deque[_Bracket] = deque(maxlen=_MAX_OPENED)

    @property
    def is_open(self) -> bool:
        """Whether some bracket is still open."""
        return bool(self._opened)

    def open(self, start: int, end: int) -> int:
        """Take in `[` or `![`; return where to go on."""
        self._opened.append(_Bracket(end, self._text[start] == "!", len(self._marks)))
        return end

    def close(self, end: int) -> int:
        """Take in a closing bracket that ends at `end`; return where to go on."""
        if not self._opened:
            return end
        bracket = self._opened.pop()
        resource = None
        if bracket.active and self._text.startswith("(", end):
            resource = self._resource(end)
        if not resource:
            return self._reference(bracket, end)
        self._forget(bracket)
        kind = Markup.IMAGE if bracket.image else Markup.LINK
        start = bracket.start - 1 - bracket.image
        self._marks.append(Mark(kind, start, resource.behind, resource.start, resource.end))
        return resource.behind

    def _reference(self, bracket: _Bracket, end: int) -> int:
        label = self._label.match(self._text, end)
        start = bracket.start - 1 - bracket.image
        # `[text][^1]` is a short reference before a footnote.
        if label and label[1] and label[1][0] != "^" and self._is_defined(label[1]):
            return self._refer(bracket, Mark(Markup.REFERENCE, start, label.end(), *label.span(1)))
        own = self._text[bracket.start : min(end - 1, bracket.start + _MAX_LABEL + 1)]
        if not own.strip() or len(own) > _MAX_LABEL:
            return end
        if own[0] == "^":
            self._marks.append(Mark(Markup.FOOTNOTE, start, end, bracket.start + 1, end - 1))
        elif self._is_defined(own):
            behind = label.end() if label and not label[1] else end
            return self._refer(bracket, Mark(Markup.SHORT, start, behind, bracket.start, end - 1))
        return end

    def _is_defined(self, label: str) -> bool:
        return self._labels is None or normalizeReference(label) in self._labels

    def _refer(self, bracket: _Bracket, mark: Mark) -> int:
        if self._labels is not None:
            self._forget(bracket)
        self._marks.append(mark)
        return mark.end

    def _forget(self, bracket: _Bracket) -> None:
        """Drop what is no link now that these brackets are one.

        An image's alt text holds none. Of two links in each other the inner one counts (CommonMark
        0.31, section 6.3), for Python-Markdown the outer one.
        """
        inner = self._marks[bracket.before :]
        if bracket.image:
            gone = _TARGETS
        elif self._outer:
            gone = frozenset({Markup.LINK, Markup.URL})
        else:
            # With a reference in it that is one, these brackets are no link.
            may_be_none = any(mark.kind in _REFERENCES for mark in inner)
            gone = frozenset() if may_be_none else frozenset({Markup.URL})
            for outer in self._opened:
                outer.active = outer.image
        self._marks[bracket.before :] = [
            mark for mark in inner if mark.kind not in gone and not self._is_bare_mail(mark)
        ]

    def _is_bare_mail(self, mark: Mark) -> bool:
        return mark.kind is Markup.MAIL and not self._text.startswith("<", mark.start)
