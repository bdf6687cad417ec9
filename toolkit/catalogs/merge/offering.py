"""Choose the translation that helps with a new text: the sources are alike, or most would stay."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from toolkit.catalogs.merge.likeness import USEFUL

if TYPE_CHECKING:
    from collections.abc import Callable

    from toolkit.catalogs.merge.index import Index

_LEAST = 0.36
"""The likeness below which no translation helps, whatever of it would stay."""
_NAME = re.compile(r"[A-Za-z0-9_][\w.-]*", re.ASCII)


def best_offer(
    index: Index, text: str, lent: Callable[[int], tuple[str, str]], least: float = 0.0
) -> tuple[int, float] | None:
    """The place of the text most like `text` whose translation helps, and its likeness.

    `lent` gives the text and the translation at a place; likeness has to be more than `least`.
    """
    near = index.near(text, _LEAST)
    for place in sorted(near, key=lambda place: (-near[place], place)):
        if near[place] <= least:
            return None
        if near[place] >= USEFUL or _helps(text, near[place], *lent(place)):
            return place, near[place]
    return None


def _helps(text: str, alike: float, old: str, translation: str) -> bool:
    """Whether likeness and the share that stays are useful together."""
    return alike + staying(old, translation, text, alike) >= 2 * USEFUL


def staying(old: str, translation: str, new: str, alike: float) -> float:
    """The share of the translation of `old` that one of `new` would have as well, from 0 to 1.

    Names that stand in all three stay as they are, those that `new` lacks go; of the rest so much
    stays as the sources are alike. The new translation is thought to be longer as its source is.
    """
    size = len("".join(translation.split()))
    if not (size and old):
        return 0.0
    known, wanted = _names(old), _names(new)
    common = _names(translation) & known
    names = sum(len(name) * count for name, count in common.items())
    kept = sum(len(name) * count for name, count in (common & wanted).items())
    longer = len(new) / len(old)
    return (2 * kept / (1 + longer) + (size - names) * alike) / size


def _names(text: str) -> Counter[str]:
    """The words of ASCII, which a translation may keep."""
    return Counter(_NAME.findall(text.casefold()))
