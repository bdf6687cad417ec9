"""Scripts of the world as character classes, for what checks ask of a text."""

from __future__ import annotations

import re
from functools import lru_cache

HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff"
_CLASSES = {
    "Latn": "A-Za-z\u00aa\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u1e00-\u1eff",
    "Hans": HAN,
    "Hant": HAN,
    "Hani": HAN,
    "Jpan": _KANA + HAN,
    "Kore": "\u1100-\u11ff\uac00-\ud7a3",
    "Cyrl": "\u0400-\u052f",
    "Grek": "\u0370-\u03ff\u1f00-\u1fff",
    "Arab": "\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f",
    "Hebr": "\u05d0-\u05ea",
    "Thai": "\u0e01-\u0e4e",
    "Deva": "\u0900-\u097f",
    "Beng": "\u0980-\u09ff",
    "Taml": "\u0b80-\u0bff",
    "Telu": "\u0c00-\u0c7f",
    "Knda": "\u0c80-\u0cff",
    "Mlym": "\u0d00-\u0d7f",
    "Gujr": "\u0a80-\u0aff",
    "Guru": "\u0a00-\u0a7f",
    "Geor": "\u10a0-\u10ff\u1c90-\u1cbf",
    "Armn": "\u0530-\u058f",
}
"""Letters by script (ISO 15924), from the blocks of the Unicode character database."""
_LETTER = re.compile(r"[^\W\d_]")
_KANA_LETTER = re.compile(f"[{_KANA}]")
WITHOUT_BLANKS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai"})
"""Scripts that put no blanks between words."""
HAN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})


def is_known(script: str) -> bool:
    """Whether we know the letters of a script."""
    return script in _CLASSES


def letters(text: str) -> int:
    """How many letters of whatever script a text has."""
    return len(_LETTER.findall(text))


def letters_of(text: str, script: str) -> int:
    """How many letters of a script a text has; the script has to be known."""
    return len(pattern(script).findall(text))


def kana(text: str) -> int:
    """How many kana a text has."""
    return len(_KANA_LETTER.findall(text))


@lru_cache
def pattern(script: str, repeat: str = "") -> re.Pattern[str]:
    """What matches letters of a known script: one, or as many as `repeat` (`{4,}`) says."""
    return re.compile(f"[{_CLASSES[script]}]{repeat}")
