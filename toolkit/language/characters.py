"""Kinds of characters, as what stands between the brackets of a regular expression."""

from __future__ import annotations

import re

from toolkit.model.expressions import late

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
KANA = "\u3040-\u30ff"
ONE_BY_ONE = (
    "\u2e80-\u2fdf\u3005-\u3007\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf"
    "\u4e00-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff"
)
"""Letters of East Asia, each of which counts as a word."""
EAST_ASIAN = "\u2e80-\u9fff\uf900-\ufaff\uac00-\ud7a3\U00020000-\U0003ffff"
"""The blocks in which these letters, strokes and their punctuation lie."""
SPACED = rf"[^\W{EAST_ASIAN}]"
"""A letter or digit of a script that puts blanks between words, or an underscore."""
WIDE = (
    "\u2e80-\u2fdf\u3000-\u30ff\u3100-\u312f\u31a0-\u31bf\u31f0-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\U00020000-\U0003ffff"
)
"""Characters of scripts that are written without blanks: Han, kana, bopomofo, their punctuation.

Hangul is left out: Korean separates its words.
"""
NOT_XML = late("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""The characters that XML 1.0 cannot hold in any form (section 2.2, "Characters")."""
_WIDE = late(f"[{WIDE}]")


def is_wide(character: str) -> bool:
    """Whether a character belongs to a script that is written without blanks."""
    return bool(_WIDE.match(character))


def count_east_asian(text: str) -> int:
    """Return how many letters, strokes and punctuation marks of East Asia a text has."""
    # Compiling it takes longer than many a command needs, which does not ask.
    return len(re.findall(f"[{EAST_ASIAN}]", text))
