"""How many translations that stand at their neighbour the check `shifted` finds.

    python benchmarks/shifting.py [--seed N] [--catalogs FOLDER] [--calibrate]

Over the published translations of `false_alarms.py`, the whole catalog of comprehensive-rust, and
all catalogs of a folder, whose language their names or headers tell: how often it speaks up as they
are, and of fifty of each kind of shift how many it finds. Half of the catalogs, by their names,
calibrate the weights; all figures are those of the other half.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from calibrating import fitted
from false_alarms import CORPUS, PAIRS, subjects_of

from toolkit.aligning.fitting import Fits, bare
from toolkit.aligning.shift_weights import SHIFTS
from toolkit.aligning.shifts import shifts
from toolkit.catalogs.po import read_catalog
from toolkit.language.locale import locale_of
from toolkit.model.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    Shift = Callable[[list[str], int], set[int]]


class Rows(NamedTuple):
    """Sources and translations of a page, with the scripts of both."""

    name: str
    rows: list[tuple[str, str]]
    scripts: tuple[str, str]


WEIGHTS = Path(__file__).parents[1] / "toolkit" / "aligning" / "shift_weights.py"
_SEEDS = 50
_WINDOW = 40
_AROUND = 6
_SIZES = (20, 40, 40, 80, 200)
"""Messages of the parts that calibrate: small pages matter as much as large catalogs."""


def main() -> None:
    """Print false alarms, and what was found of each kind of shift; or write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=34)
    parser.add_argument("--catalogs", type=Path, help="A folder of published catalogs.")
    parser.add_argument("--calibrate", action="store_true", help="Write the weights.")
    options = parser.parse_args()
    rng = random.Random(options.seed)  # noqa: S311 - no secret
    every = [*catalogs_of(), *(catalogs_in(options.catalogs) if options.catalogs else ())]
    catalogs = [one for one in every if is_for_calibration(one.name) == options.calibrate]
    if not catalogs:
        print(f"no corpus at {CORPUS}; nothing to measure")
    elif options.calibrate:
        WEIGHTS.write_text(calibrated(catalogs, rng), encoding="utf-8")
    else:
        print_figures(catalogs, rng)


def is_for_calibration(name: str) -> bool:
    """Whether a catalog belongs to the half that the weights come from."""
    return crc32(name.encode()) % 2 == 0


def print_figures(catalogs: Sequence[Rows], rng: random.Random) -> None:
    """Print false alarms, and what was found of each kind of shift."""
    total = sum(bool(text) for one in catalogs for _, text in one.rows)
    found = [(one.rows, *shift) for one in catalogs for shift in shifts(one.rows, one.scripts)]
    print(f"as published: {total} messages, {len({(id(rows), at) for rows, at, _ in found})} found")
    for rows, place, neighbour in found:
        source, target = rows[place]
        print(f"  {source!r} = {target!r}: rather of {rows[neighbour][0]!r}")
    for kind in (copied, swapped, moved):
        count = sum(is_found(kind, catalogs, rng) for _ in range(_SEEDS))
        print(f"{kind.__name__}: {count} of {_SEEDS} found")


def catalogs_of() -> Iterator[Rows]:
    """Yield the published translations of the corpus, page by page."""
    if not CORPUS.is_dir():
        return
    data = (CORPUS / "comprehensive-rust/po/zh-CN.po").read_bytes()
    whole = read_catalog("zh-CN.po", data).messages
    rows = [(one.id, one.string) for one in whole if one.translated]
    yield Rows("comprehensive-rust", rows, ("Latn", "Hans"))
    for name, dialect, source, target, *locales in PAIRS:
        scripts = locale_of(locales[0]).script, locale_of(locales[1]).script
        subjects = subjects_of(CORPUS / name, dialect, source, target, *locales)
        for number, subject in enumerate(subjects):
            found = [(one.id, one.string) for one in subject.catalog.messages]
            yield Rows(f"{name} {number}", found, scripts)


def catalogs_in(folder: Path) -> Iterator[Rows]:
    """Yield the catalogs of a folder, as they stand, from English."""
    for path in sorted(folder.rglob("*.po")):
        try:
            catalog = read_catalog(path.name, path.read_bytes())
            tag = dict(catalog.header).get("Language") or path.stem
            script = locale_of(tag.replace("_", "-")).script
        except ToolkitError:
            continue
        live = [one for one in catalog.messages if not (one.obsolete or one.id_plural)]
        rows = [(one.id, one.string if one.translated else "") for one in live]
        yield Rows(path.relative_to(folder).as_posix(), rows, ("Latn", script))


def calibrated(catalogs: Sequence[Rows], rng: random.Random) -> str:
    """Return the module of the weights, from neighbours as they are and swapped."""
    samples = [sample for one in catalogs for part in _parts(one, rng) for sample in _samples(part)]
    weights = fitted(samples)
    head, _, tail = WEIGHTS.read_text(encoding="utf-8").partition("SHIFTS = {\n")
    lines = (
        f"    {_quoted(name)}: {value:.2f},\n" for name, value in zip(SHIFTS, weights, strict=True)
    )
    return f"{head}SHIFTS = {{\n{''.join(lines)}}}{tail.partition('}')[2]}"


def _quoted(name: str) -> str:
    return f"'{name}'" if '"' in name else f'"{name}"'


def _parts(whole: Rows, rng: random.Random) -> Iterator[Rows]:
    """Return random parts of a catalog's translated messages, half as many as it has."""
    rows = [row for row in whole.rows if row[1]]
    for _ in range(max(1, len(rows) // (2 * _WINDOW)) if len(rows) > _AROUND else 0):
        size = rng.choice(_SIZES)
        start = rng.randrange(max(1, len(rows) - size))
        yield whole._replace(rows=rows[start : start + size])


def _samples(part: Rows) -> Iterator[tuple[tuple[float, ...], bool]]:
    """Return what two neighbours would gain if their translations were swapped."""
    fits = Fits(part.rows, part.scripts)
    for one in range(len(part.rows) - 1):
        both = part.rows[one : one + 2]
        is_apart = len({bare(source) for source, _ in both}) == len({text for _, text in both}) == 2  # noqa: PLR2004
        if is_apart and all(source != text for source, text in both):
            forth, back = fits.features(one, one + 1), fits.features(one + 1, one)
            yield tuple(forth[name] + back[name] for name in SHIFTS), False


def is_found(shift: Shift, catalogs: Sequence[Rows], rng: random.Random) -> bool:
    """Whether a shift at a random place of a random page is found there."""
    _, rows, scripts = _part(catalogs, rng)
    place = rng.randrange(len(rows) - _AROUND)
    texts = [text for _, text in rows]
    touched = shift(texts, place)
    sources = (source for source, _ in rows)
    found = shifts(list(zip(sources, texts, strict=True)), scripts)
    return any(one.place in touched for one in found)


def _part(catalogs: Sequence[Rows], rng: random.Random) -> Rows:
    """Return a random part of a random page, in which no text stands twice."""
    sizes = [sum(bool(text) for _, text in one.rows) for one in catalogs]
    while True:
        name, whole, scripts = rng.choices(catalogs, sizes)[0]
        rows = [row for row in whole if row[1]]
        start = rng.randrange(max(1, len(rows) - _WINDOW))
        part = rows[start : start + _WINDOW]
        single = all(len({row[side] for row in part}) == len(part) for side in (0, 1))
        if len(part) > _AROUND and single and all(source != text for source, text in part):
            return Rows(name, part, scripts)


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
