"""Cut a text that translates several others, where its sentences end."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations, islice
from math import exp
from typing import TYPE_CHECKING, NamedTuple

from toolkit.aligning.evidence import Evidence
from toolkit.aligning.pieces import marks_of, prose_size
from toolkit.aligning.sentences import CLOSING, WHOLE, count_sentences
from toolkit.language.characters import is_wide
from toolkit.language.punctuation import ALIKE, MEANINGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from toolkit.aligning.pieces import Piece

_WIDE = "".join(filter(is_wide, MEANINGS))
_MARK = re.compile(rf"(?:[{_WIDE}]{CLOSING}|[{''.join(ALIKE)}]{CLOSING}(?=[*_]*\s))")
_STRONG = re.compile(r"(?:\*\*|__)(?:(?!\*\*|__).)+(?:\*\*|__)[:：]?\s*")
_EMPHASIS = re.compile(r"(?<!\w)_+(?=\w)|_+(?!\w)|\*+")
_ASIDE = re.compile(r"[.!?。！？][)）]\s*(?=\S)")
_MOST = 24
"""Places where a text may be cut; a longer one is left as it is."""
_COUNTED = 1.0
"""The advantage, as a logarithm, of a part with as many sentences as its source."""
_BOLD = 3.0
"""The same of one that starts with emphasis as its source does."""
_SPREAD = 3.4
"""Variance of the letters of a part for each that is expected."""
_SHORT = 5.0
"""Letters that every part is thought to have besides."""
_FURTHEST = 4.5
"""The distance from what was to be expected at which a part fits no more: three deviations."""
_LEAST = -1.0
"""The least fit of a part."""


class Cut(NamedTuple):
    """The parts of a text, each the translation of one other text."""

    parts: tuple[Piece, ...]
    likelihood: float
    """The probability that the places are right, if the text can be cut at all."""


def cut_like(sources: Sequence[Piece], whole: Piece, scripts: tuple[str, str]) -> Cut | None:
    """Cut a text into the translations of some neighbours; `None` where no place fits."""
    places = list(islice(_places(whole.text), _MOST + 1))
    if len(places) > _MOST:
        return None
    found = []
    for cuts in combinations(places, len(sources) - 1):
        if all(_may_end(source.text, cut) for source, cut in zip(sources, cuts, strict=False)):
            parts = tuple(_parts(whole, cuts, scripts))
            total = _fit(sources, parts, scripts)
            if total is not None:
                found.append((total, parts))
    if not found:
        return None
    best, parts = max(found, key=lambda one: one[0])
    return Cut(parts, 1 / sum(exp(total - best) for total, _ in found))


class _Place(NamedTuple):
    """A place behind a mark."""

    start: int
    """The start of the blanks behind the mark."""
    end: int
    mark: str
    """The mark; `)` behind an aside, `*` behind strong emphasis at the start."""


def _places(text: str) -> Iterator[_Place]:
    inside = [match.span() for match in WHOLE.finditer(text)]
    first = _STRONG.match(text)
    if first and first.end() < len(text):
        yield _Place(len(first[0].rstrip()), first.end(), "*")
    for match in _ASIDE.finditer(text):
        yield _Place(match.start() + 2, match.end(), ")")
    for match in _MARK.finditer(text):
        end = _emphasis_end(text, match.end())
        if end is None or any(one <= match.start() < other for one, other in inside):
            continue
        start = len(text) - len(text[end:].lstrip())
        if start < len(text):
            yield _Place(end, start, match[0][0])


def _emphasis_end(text: str, end: int) -> int | None:
    """The end of a sentence with the marks that end its emphasis; `None` within emphasis."""
    before = _EMPHASIS.findall(text, 0, end)
    if len(before) % 2 == 0:
        return end
    closing = _EMPHASIS.match(text, end)
    return closing.end() if closing and closing[0] == before[-1] else None


def _may_end(source: str, place: _Place) -> bool:
    """Whether a source ends with such a mark, or with none."""
    if _is_strong(source) or place.mark == "*":
        return _is_strong(source) and place.mark == "*"
    if source[-1:] in ")）" and source[-2:-1] in ".!?。！？":
        return place.mark == ")"
    last = re.sub(rf"[*_]*{CLOSING}[*_]*$", "", source)[-1:]
    return MEANINGS.get(place.mark, place.mark) == MEANINGS.get(last, "")


def _is_strong(text: str) -> bool:
    """Whether a text is strongly emphasized as a whole."""
    return bool(_STRONG.fullmatch(text))


def _parts(whole: Piece, cuts: Sequence[_Place], scripts: tuple[str, str]) -> Iterator[Piece]:
    starts = (0, *(cut.end for cut in cuts))
    ends = (*(cut.start for cut in cuts), len(whole.text))
    for start, end in zip(starts, ends, strict=True):
        text = whole.text[start:end]
        marks = dict(marks_of(text, *scripts[::-1]))
        yield replace(whole, text=text, size=prose_size(text), marks=marks)


def _fit(
    sources: Sequence[Piece], parts: Sequence[Piece], scripts: tuple[str, str]
) -> float | None:
    """Measure how well each part fits its source; `None` where one does not."""
    evidence = Evidence(sources, parts, scripts)
    ratio = sum(one.size for one in parts) / max(1, sum(one.size for one in sources))
    counts = [
        count_sentences(part.text) - count_sentences(source.text)
        for source, part in zip(sources, parts, strict=True)
    ]
    if min(counts) < 0 < max(counts):
        # A sentence seems to have come to the wrong part.
        return None
    total = _COUNTED * counts.count(0)
    for place, (source, part) in enumerate(zip(sources, parts, strict=True)):
        fit = evidence.fit((place,), (place,))
        wanted = source.size * ratio
        distance = (part.size - wanted) ** 2 / (2 * _SPREAD * (wanted + _SHORT))
        split = _is_strong(source.text) and "**" in part.text and not _is_strong(part.text)
        if split or distance > _FURTHEST or fit.length + fit.content < _LEAST:
            return None
        total += fit.content - distance
        total += _BOLD * (source.text.startswith("**") == part.text.startswith("**"))
    return total
