"""Targets in running text: links, images, tags, autolinks."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from toolkit.dialects.inline import MASK, Markup, hidden_code, marks
from toolkit.reading.targets.html import TAG, silent_end, tag_places
from toolkit.reading.targets.value import Place, TargetKind, Writing

if TYPE_CHECKING:
    from collections.abc import Collection

    from toolkit.dialects.inline import Grammar, Mark

_KINDS = {
    Markup.LINK: (TargetKind.LINK, Writing.PLAIN),
    Markup.IMAGE: (TargetKind.IMAGE, Writing.PLAIN),
    Markup.AUTOLINK: (TargetKind.AUTOLINK, Writing.AUTOLINK),
    Markup.MAIL: (TargetKind.AUTOLINK, Writing.MAIL),
    Markup.URL: (TargetKind.AUTOLINK, Writing.BARE),
}


def places_in(
    text: str, grammar: Grammar, labels: Collection[str], opaque: tuple[str, ...] = ()
) -> list[Place]:
    """Return the targets in a text, in order; what `opaque` matches holds none."""
    hidden = _without(opaque, hidden_code(text, grammar)) if opaque else text
    places: list[Place] = []
    silent = 0
    for mark in sorted(marks(hidden, grammar, labels), key=lambda mark: (mark.start, -mark.end)):
        if mark.start < silent:
            continue
        if mark.kind is Markup.TAG:
            tag = TAG.match(hidden, mark.start, mark.end)
            if tag:
                places += tag_places(tag)
                behind = TAG.match(hidden, mark.start)
                end = silent_end(behind) if behind else mark.end
                silent = len(text) if end is None else end
        elif mark.kind in _KINDS:
            places.append(_place(hidden, mark))
    return sorted(places, key=lambda place: place.start)


def _without(opaque: tuple[str, ...], text: str) -> str:
    return _pattern(opaque).sub(lambda match: MASK * len(match[0]), text)


@lru_cache
def _pattern(opaque: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(opaque), re.DOTALL)


def _place(text: str, mark: Mark) -> Place:
    kind, writing = _KINDS[mark.kind]
    if kind is not TargetKind.AUTOLINK and text.startswith("<", mark.inner - 1):
        writing = Writing.ANGLE
    return Place(mark.inner, mark.inner_end, kind, writing)
