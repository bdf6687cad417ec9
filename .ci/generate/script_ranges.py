"""Write `toolkit/language/script_ranges.txt`: the letters and marks of every script of Unicode.

The data is the Unicode Character Database's: `Scripts.txt` as fontTools carries it, and general
categories as unicodedata2 does. Both want to be of one version:

    pip install fonttools unicodedata2 && python .ci/generate/script_ranges.py
"""

from __future__ import annotations

import sys
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

import unicodedata2
from fontTools import unicodedata as scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

TABLE = Path(__file__).parents[2] / "toolkit/language/script_ranges.txt"
_SHARED = {"Zyyy", "Zinh", "Zzzz"}
"""Common, inherited and unknown: of no script of their own."""


def _ranges(points: list[int]) -> Iterator[str]:
    for _, run in groupby(enumerate(points), lambda pair: pair[1] - pair[0]):
        members = [point for _, point in run]
        first, last = f"{members[0]:04X}", f"{members[-1]:04X}"
        yield first if first == last else f"{first}-{last}"


def main() -> None:
    """Write the table anew."""
    found: dict[str, list[int]] = {}
    for point in range(sys.maxunicode + 1):
        script = scripts.script(chr(point))
        if script not in _SHARED and unicodedata2.category(chr(point))[0] in "LM":
            found.setdefault(script, []).append(point)
    lines = [f"{script} {' '.join(_ranges(points))}\n" for script, points in sorted(found.items())]
    head = f"# Unicode {unicodedata2.unidata_version}: letters and marks by script (ISO 15924)\n"
    TABLE.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
