"""The longest part of a sequence that is in order."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Link(NamedTuple):
    """The last place of a subsequence, and what stands before it."""

    place: int
    before: _Link | None


def longest_increasing(values: Iterable[int]) -> list[int]:
    """Return the places of a longest increasing subsequence, by patience sorting (Fredman 1975)."""
    tails: list[int] = []
    links: list[_Link] = []
    for place, value in enumerate(values):
        length = bisect_left(tails, value)
        tails[length : length + 1] = [value]
        links[length : length + 1] = [_Link(place, links[length - 1] if length else None)]
    chain = []
    link = links[-1] if links else None
    while link:
        chain.append(link.place)
        link = link.before
    return chain[::-1]
