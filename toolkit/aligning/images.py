"""Texts that a translator has cut at their images."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.aligning.pieces import IMAGE
from toolkit.model.expressions import late

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

_ONE = rf"(?:{IMAGE}|\[{IMAGE}\](?:\([^()]{{0,500}}\)|\[[^\[\]]{{0,100}}\]))"
_IMAGE = late(_ONE)
"""Matches an image, also one that is a link."""
_IMAGES = late(rf"{_ONE}(?:\s*{_ONE})*")
"""Matches images next to each other."""


def cut_at_images(text: str, parts: Sequence[str]) -> list[str] | None:
    """Return the parts of a text that others translate, if they are its images and its words.

    Blanks belong to the parts. Images next to each other are one part, or one each. `None` where
    the others are no such parts.
    """
    if "![" not in text or len(parts) == 1:
        return None
    return next((found for one in (_IMAGE, _IMAGES) if (found := _cut(text, parts, one))), None)


def _cut(text: str, parts: Sequence[str], image: re.Pattern[str]) -> list[str] | None:
    found = _parts(text, image)
    kinds, others = (
        [bool(image.fullmatch(part.strip())) for part in side] for side in (found, parts)
    )
    mixed = any(
        _IMAGE.search(part) and not alone for part, alone in zip(parts, others, strict=True)
    )
    return None if kinds != others or mixed else found


def _parts(text: str, image: re.Pattern[str]) -> list[str]:
    edges = sorted({edge for match in image.finditer(text) for edge in match.span()})
    bounds = pairwise([0, *edges, len(text)])
    return [part for start, end in bounds if (part := text[start:end]).strip()]
