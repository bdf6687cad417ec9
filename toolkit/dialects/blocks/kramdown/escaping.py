"""Escapes for what acts in kramdown wherever it stands in a text: `|` and lone backticks.

Images that nothing closes as well, where there are many: kramdown reads what follows one twice, so
twenty take a second and sixty take no end.
"""

from __future__ import annotations

import re

from toolkit.dialects.blocks.scanning.escaping import with_ticks_in_pairs
from toolkit.dialects.inline.kramdown import code_at

_IMAGE = re.compile(r"!\[[^\[\]]*+\]")
_FEW = 8
"""Images without an end that cost nothing."""


def escaped(source: str, text: str) -> str:
    """Return `text` with each `|` escaped that could make a table of it, and lone backticks."""
    if _open_images(text) > max(_FEW, _open_images(source)):
        text = text.replace("![", r"!\[")
    return with_ticks_in_pairs(source, text, code_at, pipes=True)


def _open_images(text: str) -> int:
    """The number of images whose words have no end, or hold brackets."""
    return _IMAGE.sub("", text).count("![")
