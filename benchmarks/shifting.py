"""How many translations that stand at their neighbour the check `shifted` finds.

    python benchmarks/shifting.py [--seed N]

Over the published translations of `false_alarms.py` and the whole catalog of comprehensive-rust:
how often it speaks up as they are, and of fifty of each kind of shift how many it finds.
"""

from __future__ import annotations

import argparse
import random
from typing import TYPE_CHECKING

from false_alarms import CORPUS, PAIRS, subjects_of

from toolkit.aligning.shifts import shifts
from toolkit.catalogs.po import read_catalog
from toolkit.language.locale import locale_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Shift = Callable[[list[str], int], set[int]]

Rows = tuple[list[tuple[str, str]], tuple[str, str]]
"""Sources and translations of a page, with the scripts of both."""
_SEEDS = 50
_WINDOW = 40
_AROUND = 6


def main() -> None:
    """Print false alarms, and what was found of each kind of shift."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=34)
    rng = random.Random(parser.parse_args().seed)  # noqa: S311 - no secret
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS}; nothing to measure")
        return
    catalogs = list(catalogs_of())
    total = sum(len(rows) for rows, _ in catalogs)
    print(f"as published: {total} messages")
    for rows, scripts in catalogs:
        for place, neighbour in shifts(rows, scripts):
            source, target = rows[place]
            print(f"  {source!r} = {target!r}: rather of {rows[neighbour][0]!r}")
    for kind in (copied, swapped, moved):
        found = sum(is_found(kind, catalogs, rng) for _ in range(_SEEDS))
        print(f"{kind.__name__}: {found} of {_SEEDS} found")


def catalogs_of() -> Iterator[Rows]:
    """Yield the published translations, page by page, with the scripts of both sides."""
    data = (CORPUS / "comprehensive-rust/po/zh-CN.po").read_bytes()
    whole = read_catalog("zh-CN.po", data).messages
    yield [(one.id, one.string) for one in whole if one.translated], ("Latn", "Hans")
    for name, dialect, source, target, *locales in PAIRS:
        scripts = locale_of(locales[0]).script, locale_of(locales[1]).script
        for subject in subjects_of(CORPUS / name, dialect, source, target, *locales):
            yield [(one.id, one.string) for one in subject.catalog.messages], scripts


def is_found(shift: Shift, catalogs: Sequence[Rows], rng: random.Random) -> bool:
    """Whether a shift at a random place of a random page is found there."""
    rows, scripts = _part(catalogs, rng)
    place = rng.randrange(len(rows) - _AROUND)
    texts = [text for _, text in rows]
    touched = shift(texts, place)
    sources = (source for source, _ in rows)
    found = shifts(list(zip(sources, texts, strict=True)), scripts)
    return any(one.place in touched for one in found)


def _part(catalogs: Sequence[Rows], rng: random.Random) -> Rows:
    """Return a random part of a random page, in which no text stands twice."""
    while True:
        rows, scripts = rng.choices(catalogs, [len(rows) for rows, _ in catalogs])[0]
        start = rng.randrange(max(1, len(rows) - _WINDOW))
        part = rows[start : start + _WINDOW]
        single = all(len({row[side] for row in part}) == len(part) for side in (0, 1))
        if len(part) > _AROUND and single and all(source != text for source, text in part):
            return part, scripts


def copied(texts: list[str], place: int) -> set[int]:
    """Put the next translation here, too."""
    texts[place] = texts[place + 1]
    return {place, place + 1}


def swapped(texts: list[str], place: int) -> set[int]:
    """Swap two translations."""
    texts[place : place + 2] = reversed(texts[place : place + 2])
    return {place, place + 1}


def moved(texts: list[str], place: int) -> set[int]:
    """Move four translations one place on; the first place is empty then."""
    texts[place : place + 5] = ["", *texts[place : place + 4]]
    return set(range(place + 1, place + 5))


if __name__ == "__main__":
    main()
