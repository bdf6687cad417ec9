"""Break lines (UAX #14) and measure the width of text as libunistring 1.0 does for gettext."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache

from toolkit.catalogs.po.linebreak_data import CLASS_RUNS, CLASSES, LETTERS, PAIRS, WIDTH_RUNS

_RUN = re.compile(r"([0-9]*)([A-Za-z])")
_WIDTHS = {"x": 0, "n": 0, "h": 1, "f": 2}
_PLACES = {name: place for place, name in enumerate(CLASSES)}
_HANGUL = range(0xAC00, 0xD7A4)
_SYLLABLES_A_VOWEL = 28


def _runs(table: str) -> tuple[list[int], list[str]]:
    starts = []
    letters = []
    start = 0
    for length, letter in _RUN.findall(table):
        start += int(length or 0)
        starts.append(start)
        letters.append(letter)
    return starts, letters


_CLASS_STARTS, _CLASS_LETTERS = _runs(CLASS_RUNS)
_WIDTH_STARTS, _WIDTH_LETTERS = _runs(WIDTH_RUNS)


@lru_cache(maxsize=20_000)
def character(char: str) -> tuple[str, int]:
    """Give the line breaking class of a character and its width in columns."""
    code = ord(char)
    letter = _CLASS_LETTERS[bisect_right(_CLASS_STARTS, code) - 1]
    name = CLASSES[LETTERS.index(letter)]
    if code in _HANGUL and (code - _HANGUL.start) % _SYLLABLES_A_VOWEL == 0:
        name = "H2"
    return name, _WIDTHS[_WIDTH_LETTERS[bisect_right(_WIDTH_STARTS, code) - 1]]


def breaks(names: list[str]) -> list[str]:
    """Give for each character, by its class, whether a line may break before it.

    `D` is yes, `P` no, and `!` is a character that ends a line itself.
    """
    verdicts = ["P"] * len(names)
    state = _State()
    for place, name in enumerate(names):
        if name == "SP":
            state.blanks.append(place)
        elif name == "BK":
            verdicts[place] = "!"
            state.follow(name)
        elif name == "ZW":
            state.follow(name)
        elif name in ("CM", "ZWJ"):
            _combine(verdicts, place, state)
        else:
            verdicts[place] = state.verdict(name)
            state.follow(name)
        state.joined = name == "ZWJ"
    return verdicts


class _State:
    """The state at a place in a line: the last class that counts, and the blanks since."""

    __slots__ = ("blanks", "flags", "joined", "last")

    def __init__(self) -> None:
        self.last = "BK"
        self.blanks: list[int] = []
        self.joined = False
        self.flags = 0

    def follow(self, name: str) -> None:
        self.last = name
        self.blanks = []
        self.flags = self.flags + 1 if name == "RI" else 0

    def verdict(self, name: str) -> str:
        """Whether a line may break before the blanks, or before `name` without them."""
        if self.last == "BK" or self.joined:
            return "P"
        if self.last == name == "RI" and not self.blanks:
            return "P" if self.flags % 2 else "D"
        pair = PAIRS[self.last][_PLACES[name]]
        if pair == "I":
            return "D" if self.blanks else "P"
        return pair


def _combine(verdicts: list[str], place: int, state: _State) -> None:
    """Take a combining mark: part of the character before, or a letter where there is none."""
    state.flags = 0
    if state.last in ("BK", "ZW") or state.blanks:
        verdicts[place] = "P" if state.last == "BK" else "D"
        state.follow("AL")
