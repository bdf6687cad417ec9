"""Scripts of the world as character classes, for what checks ask of a text."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path

_TABLE = Path(__file__).with_name("script_ranges.txt")
"""Letters and marks by script, of the Unicode database (`.ci/generate/script_ranges.py`)."""
_MADE_OF = {
    "Aran": "Arab",
    "Cyrs": "Cyrl",
    "Geok": "Geor",
    "Hanb": "Hani Bopo",
    "Hans": "Hani",
    "Hant": "Hani",
    "Hrkt": "Hira Kana",
    "Jamo": "Hang",
    "Jpan": "Hira Kana Hani",
    "Kore": "Hang",
    "Latf": "Latn",
    "Latg": "Latn",
    "Syre": "Syrc",
    "Syrj": "Syrc",
    "Syrn": "Syrc",
}
"""Codes of ISO 15924 for several scripts of Unicode, or for a manner of writing one."""
_LETTERS = re.compile(r"[^\W\d_]+")
WITHOUT_BLANKS = frozenset({"Hans", "Hant", "Hani", "Jpan", "Thai"})
"""Scripts that put no blanks between words."""
DENSE = WITHOUT_BLANKS | {"Kore", "Hang"}
"""Scripts whose letters are syllables or words, or as few as these."""
HAN_SCRIPTS = frozenset({"Hans", "Hant", "Hani", "Jpan"})


def is_known(script: str) -> bool:
    """Whether we know the letters of a script."""
    return script in _MADE_OF or script in _ranges()


def letters(text: str) -> int:
    """The number of letters of any script in a text."""
    return sum(map(len, _LETTERS.findall(text)))


def letters_of(text: str, script: str) -> int:
    """The number of letters of a script in a text; the script has to be known."""
    return sum(map(len, pattern(script, "+").findall(text)))


def kana(text: str) -> int:
    """The number of kana in a text."""
    return letters_of(text, "Hrkt")


def main_script(text: str) -> tuple[str, int]:
    """The script of Unicode that most letters of a text are in, and how many; ("", 0) for none."""
    found: Counter[str] = Counter()
    for character, count in Counter("".join(_LETTERS.findall(text))).items():
        script = _script_of(character)
        if script:
            found[script] += count
    return found.most_common(1)[0] if found else ("", 0)


@lru_cache
def pattern(script: str, repeat: str = "") -> re.Pattern[str]:
    """Return a pattern for letters of a known script: one, or as many as `repeat` (`{4,}`) says."""
    names = _MADE_OF.get(script, script).split()
    ranges = (span for name in names for span in _ranges()[name])
    classes = "".join(f"{chr(first)}-{chr(last)}" for first, last in ranges)
    return re.compile(f"[{classes}]{repeat}")


@cache
def _ranges() -> dict[str, tuple[tuple[int, int], ...]]:
    """The first and the last character of each run, by script."""
    rows = [line.split() for line in _TABLE.read_text(encoding="ascii").split("\n")]
    return {
        row[0]: tuple(_bounds(item) for item in row[1:]) for row in rows if row and row[0] != "#"
    }


def _bounds(item: str) -> tuple[int, int]:
    first, _, last = item.partition("-")
    return int(first, 16), int(last or first, 16)


@lru_cache(maxsize=4096)
def _script_of(character: str) -> str:
    """The script of a character of its own, empty for what several share."""
    starts, spans = _all_spans()
    place = bisect_right(starts, ord(character)) - 1
    return spans[place][1] if place >= 0 and ord(character) <= spans[place][0] else ""


@cache
def _all_spans() -> tuple[list[int], list[tuple[int, str]]]:
    """The runs of scripts in order: start, end and script."""
    spans = sorted(
        (first, last, script) for script, runs in _ranges().items() for first, last in runs
    )
    return [first for first, _, _ in spans], [(last, script) for _, last, script in spans]
