"""How well translations that exist already are paired with their sources.

    python benchmarks/aligning.py [--seed 1] [--calibrate]

Sections: a gold set (real pages whose translations were changed by a script, so that the truth is
known), translations of neighbours that were joined and are to be cut again, pages that are no
translations of each other, real pages imported and built again, speed. Half of the pages, by their
names, calibrate the weights; all figures are those of the other half.
"""

from __future__ import annotations

import argparse
import re
import resource
import tempfile
import time
from collections import Counter, defaultdict
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING
from zlib import crc32

from aligned_pages import PROJECTS, Gold, Pair, book_pairs, gold_of, page_of, real_pairs
from calibrating import Judged, calibrated, judged, knowledge_of, to_find

from toolkit.aligning import Knowledge, align
from toolkit.aligning.cutting import cut_like
from toolkit.aligning.verdict import CERTAIN, LIKELY, State
from toolkit.commands import build as building
from toolkit.commands.importing import import_translations
from toolkit.commands.importing.pairs import request_of
from toolkit.model.units import Kind
from toolkit.project.project import Project
from toolkit.project.store import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.aligning import Pairing
    from toolkit.aligning.pieces import Piece
    from toolkit.commands.importing.value import ImportedPage
    from toolkit.reading.page import Page

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
WEIGHTS = Path(__file__).parents[1] / "toolkit" / "aligning" / "weights.py"
_RELATIVE = re.compile(r"""(?<=\]\()(?![a-z]+:)[^\s()]*|(?<=href=")(?![a-z]+:)[^"]*""")
_VARIANTS = 8
"""Changed versions of each page."""


def main() -> None:
    """Print the sections, or write the weights."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--calibrate", action="store_true", help="Write toolkit/aligning/weights.py."
    )
    arguments = parser.parse_args()
    if not CORPUS.is_dir():
        print(f"no corpus at {CORPUS.name}; nothing to measure")
        return
    pairs = [*real_pairs(CORPUS), *book_pairs(CORPUS)]
    mine = [pair for pair in pairs if is_for_calibration(pair) == arguments.calibrate]
    rng = Random(arguments.seed)  # noqa: S311 - a benchmark
    golds = list(gold_set(mine, rng))
    if arguments.calibrate:
        WEIGHTS.write_text(calibrated(golds, list(shuffled(mine, rng))), encoding="utf-8")
        return
    print_gold(golds)
    print_cut(mine)
    print_shuffled(mine, rng)
    print_real(pairs)
    print_speed(pairs)


def is_for_calibration(pair: Pair) -> bool:
    """Whether a page belongs to the half that the weights come from."""
    return crc32(pair.name.encode()) % 2 == 0


def gold_set(pairs: Sequence[Pair], rng: Random) -> Iterator[Gold]:
    """Changed versions of the pairs of equal structure."""
    by_project = defaultdict(list)
    for pair in pairs:
        by_project[pair.project].append(pair)
    for pair in pairs:
        for _ in range(_VARIANTS):
            gold = gold_of(pair, by_project[pair.project], rng)
            if gold:
                yield gold


# The gold set


def print_gold(golds: Iterable[Gold]) -> None:
    """Precision and recall over the gold set."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for gold in golds:
        alignment = align(gold.pair.source, gold.pair.target, knowledge_of(gold.pair))
        counts = rows[gold.pair.project]
        counts["pages"] += 1
        counts["to find"] += sum(1 for _ in to_find(gold))
        for one in judged(gold, alignment):
            count_pairing(counts, one, related=alignment.related)
    rows["all"] = sum(rows.values(), Counter())
    print("| gold set | pages | to find | translated | right | found | fuzzy | right |")
    print("|---|---|---|---|---|---|---|---|")
    for name, n in rows.items():
        print(
            f"| {name} | {n['pages']} | {n['to find']} | {n['translated']}"
            f" | {percent(n['translated right'], n['translated'])}"
            f" | {percent(n['found'], n['to find'])}"
            f" | {n['fuzzy']} | {percent(n['fuzzy right'], n['fuzzy'])} |"
        )


def count_pairing(counts: Counter[str], one: Judged, *, related: bool) -> None:
    """Take one pairing into the counts of its state."""
    pairing = one.pairing
    if pairing.sources[0].text == pairing.targets[0].text or pairing.certainty < LIKELY:
        return
    single = len(pairing.sources) == len(pairing.targets) == 1
    state = "translated" if single and related and pairing.certainty >= CERTAIN else "fuzzy"
    counts[state] += 1
    counts[f"{state} right"] += one.right
    counts["found"] += one.right and state == "translated"


def percent(part: float, whole: float) -> str:
    """A share in percent."""
    return f"{100 * part / max(1, whole):.2f}%"


# Translations of neighbours that were joined


def print_cut(pairs: Sequence[Pair]) -> None:
    """How many joined translations of two paragraphs are cut, and how many as they were."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for pair in pairs:
        scripts = knowledge_of(pair).scripts
        alignment = align(pair.source, pair.target, knowledge_of(pair))
        for one, other in pairwise(alignment.pairings):
            if not (is_paragraph(one) and is_paragraph(other)):
                continue
            counts = rows[pair.project]
            counts["joined"] += 1
            whole, parts = joined_piece(one.targets[0], other.targets[0])
            cut = cut_like((one.sources[0], other.sources[0]), whole, scripts)
            if cut and cut.likelihood >= CERTAIN:
                counts["cut"] += 1
                counts["right"] += [part.text for part in cut.parts] == parts
    rows["all"] = sum(rows.values(), Counter())
    print("\n| joined | paragraphs | cut again | as they were |\n|---|--:|--:|--:|")
    for name, n in rows.items():
        print(
            f"| {name} | {n['joined']} | {percent(n['cut'], n['joined'])}"
            f" | {percent(n['right'], n['cut'])} |"
        )


def is_paragraph(pairing: Pairing) -> bool:
    """Whether it is a paragraph with its certain translation."""
    kinds = {piece.kind for piece in (*pairing.sources, *pairing.targets)}
    single = len(pairing.sources) == len(pairing.targets) == 1
    return single and kinds == {Kind.PARAGRAPH} and pairing.certainty >= CERTAIN


def joined_piece(one: Piece, other: Piece) -> tuple[Piece, list[str]]:
    """Two texts as a translator would have joined them, and the parts that this should give."""
    parts = [piece.text.strip() for piece in (one, other)]
    text = parts[0] + (" " if parts[0][-1].isascii() else "") + parts[1]
    return replace(one, text=text), parts


# Pages that are no translations of each other


def shuffled(pairs: Sequence[Pair], rng: Random) -> Iterator[Pair]:
    """Each source with the translation of another page of its project."""
    for pair in pairs:
        others = [one for one in pairs if one.project == pair.project and one is not pair]
        if others:
            other = rng.choice(others)
            yield Pair(pair.project, pair.name, pair.locales, pair.source, other.target)


def print_shuffled(pairs: Sequence[Pair], rng: Random) -> None:
    """How many pages get no translation from a page about something else."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(3):
        for pair in shuffled(pairs, rng):
            alignment = align(pair.source, pair.target, knowledge_of(pair))
            counts = rows[pair.project]
            counts["pages"] += 1
            counts["told"] += not alignment.related
            counts["none"] += not any(
                alignment.related
                and one.certainty >= CERTAIN
                and one.sources[0].text != one.targets[0].text
                for one in alignment.pairings
            )
    rows["all"] = sum(rows.values(), Counter())
    print("\n| shuffled | pages | recognized | nothing translated |\n|---|---|---|---|")
    for name, n in rows.items():
        print(
            f"| {name} | {n['pages']} | {percent(n['told'], n['pages'])}"
            f" | {percent(n['none'], n['pages'])} |"
        )


# Real pages, imported and built again


def print_real(pairs: Sequence[Pair]) -> None:
    """What of published translations comes back from the catalogs."""
    groups = defaultdict(list)
    for pair in pairs:
        groups[pair.project].append(pair)
    print(
        "\n| imported and built | pages | letters carried | as translated | same structure"
        " | texts equal | same between texts | pages equal |\n|---|---|---|---|---|---|---|---|"
    )
    total: Counter[str] = Counter()
    for project, group in groups.items():
        counts = imported(group)
        total += counts
        print_real_row(project, counts)
    print_real_row("all", total)


def print_real_row(name: str, n: Counter[str]) -> None:
    """A row of the table of real pages."""
    print(
        f"| {name} | {n['pages']} | {percent(n['carried'], n['letters'])}"
        f" | {percent(n['sure'], n['letters'])} | {n['alike']}"
        f" | {percent(n['equal texts'], n['texts'])}"
        f" | {n['twins']} | {percent(n['equal pages'], n['twins'])} |"
    )


def imported(pairs: Sequence[Pair]) -> Counter[str]:
    """Import the translations of a project's pages into a new project and build it."""
    counts: Counter[str] = Counter()
    dialect = next((one[1] for one in PROJECTS if one[0] == pairs[0].project), "gfm")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        source, target = pairs[0].locales
        (root / "yiben.toml").write_text(
            f'source = "{source}"\ntargets = ["{target}"]\ndialect = "{dialect}"\n'
            'links = "keep"\nanchors = "keep"\nassets = "none"\n',
            encoding="utf-8",
        )
        for number, pair in enumerate(pairs):
            for place, page in (("content", pair.source), ("old", pair.target)):
                path = root / place / f"{number}.md"
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(page.document.to_bytes())
        run = Run(Project.found_from(root))
        (locale,) = run.project.settings.targets
        request = request_of(run.project, root, "content", "old", locale, "")
        imported = import_translations({run: request}, list)
        building.build(run, building.BuildOptions((locale,)), list)
        by_page = {one.page: one for one in imported.pages}
        for number, pair in enumerate(pairs):
            built = root / "build" / target / f"{number}.md"
            count_page(counts, pair, by_page[f"content/{number}.md"], built.read_bytes(), dialect)
    return counts


def count_page(
    counts: Counter[str], pair: Pair, one: ImportedPage, built: bytes, dialect: str
) -> None:
    """Take one page into the counts."""
    counts["pages"] += 1
    counts["letters"] += sum(len(unit.text) for unit in pair.target.units)
    for verdict in one.verdicts:
        # What is the same, or was entered for another place, is in the built page as well.
        size = sum(len(piece.text) for piece in verdict.pairing.targets)
        if verdict.used or verdict.state in {State.SAME, State.KEPT}:
            counts["carried"] += size
            counts["sure"] += size * (verdict.state is not State.FUZZY)
    if not pair.alike:
        return
    counts["alike"] += 1
    page = page_of(pair.name, built, dialect)
    twins = between(pair.source) == between(pair.target)
    counts["twins"] += twins
    counts["equal pages"] += twins and (
        spelled(page.document.text) == spelled(pair.target.document.text)
    )
    counts["texts"] += len(pair.target.units)
    counts["equal texts"] += sum(
        spelled(unit.text) == spelled(other.text)
        for unit, other in zip(page.units, pair.target.units, strict=True)
    )


def between(page: Page) -> list[str]:
    """What stands between the texts of a page."""
    ends = (0, *(unit.span.end for unit in page.units))
    starts = (*(unit.span.start for unit in page.units), None)
    return [spelled(page.document.text[slice(*edges)]) for edges in zip(ends, starts, strict=True)]


def spelled(text: str) -> str:
    """A text without regard to its white space, and to targets that the build leads elsewhere."""
    return "".join(_RELATIVE.sub("", text).split())


# Speed


def print_speed(pairs: Sequence[Pair]) -> None:
    """How long two pages of 5,000 units take, real ones and the hardest: all texts alike."""
    english = [pair for pair in pairs if pair.locales[0] == "en"] * 4
    sides: tuple[list[str], list[str]] = ([], [])
    units = 0
    for pair in english:
        units += len(pair.source.units)
        sides[0].append(pair.source.document.text)
        sides[1].append(pair.target.document.text)
        if units > 5000:  # noqa: PLR2004 - the size that is measured
            break
    hard = ("foo bar baz\n\n" * 5000, "\u4e2d\u6587\n\n" * 5000)
    print("\n| speed | units | seconds | peak MB |\n|---|---|---|---|")
    for name, texts in (("real pages", tuple(map("\n\n".join, sides))), ("all alike", hard)):
        start = time.perf_counter()
        source, target = (page_of(name, text.encode(), "gfm") for text in texts)
        align(source, target, Knowledge(("Latn", "Hans")))
        took = time.perf_counter() - start
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"| {name} | {len(source.units)} | {took:.1f} | {peak:.0f} |")


if __name__ == "__main__":
    main()
