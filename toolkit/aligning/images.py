"""Texts that a translator has cut at their images."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from toolkit.aligning.pieces import IMAGE
from toolkit.model.expressions import late

if TYPE_CHECKING:
    from collections.abc import Sequence

_IMAGE = late(rf"{IMAGE}|\[{IMAGE}\](?:\([^()]{{0,500}}\)|\[[^\[\]]{{0,100}}\])")
"""Matches an image, also one that is a link."""


def cut_at_images(text: str, parts: Sequence[str]) -> list[str] | None:
    """Return the parts of a text that others translate, if they are its images and its words.

    Blanks belong to the parts. `None` where the others are no such parts.
    """
    if "![" not in text or len(parts) == 1:
        return None
    found = _parts(text)
    if list(map(_is_image, found)) != list(map(_is_image, parts)):
        return None
    mixed = any(_IMAGE.search(part) and not _is_image(part) for part in parts)
    return None if mixed else found


def _parts(text: str) -> list[str]:
    edges = sorted({edge for match in _IMAGE.finditer(text) for edge in match.span()})
    bounds = pairwise([0, *edges, len(text)])
    return [part for start, end in bounds if (part := text[start:end]).strip()]


def _is_image(text: str) -> bool:
    return bool(_IMAGE.fullmatch(text.strip()))
