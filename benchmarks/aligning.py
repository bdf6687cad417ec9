"""How well translations that exist already are paired with their sources.

    python benchmarks/aligning.py [--seed 1] [--calibrate]

Sections: a gold set (real pages whose translations were changed by a script, so that the truth is
known), pages that are no translations of each other, real pages imported and built again, speed.
Half of the pages, by their names, calibrate the weights; all figures are those of the other half.
"""

from __future__ import annotations

import argparse
import tempfile
import resource
import time
from collections import Counter, defaultdict
from math import exp, log
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple
from zlib import crc32

from aligned_pages import PROJECTS, Gold, Pair, book_pairs, gold_of, page_of, real_pairs

from toolkit.aligning import Knowledge, align
from toolkit.aligning.evidence import (
    DISTANCE_BOUNDS,
    LOST_BOUNDS,
    SHARED_BOUNDS,
    SIZE_BOUNDS,
    Evidence,
)
from toolkit.aligning.pieces import CODE, pieces_of
from toolkit import building
from toolkit.aligning.verdict import CERTAIN, LIKELY, State
from toolkit.importing import import_translations
from toolkit.importing.pairs import wish_of
from toolkit.locale import locale_of
from toolkit.project import Project
from toolkit.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from toolkit.aligning import Alignment, Pairing
    from toolkit.run import Imported

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
WEIGHTS = Path(__file__).parents[1] / "toolkit" / "aligning" / "weights.py"
_VARIANTS = 4
"""Changed versions of each page."""
_NEAR = 12
"""Places around a pair whose pieces are taken for non-pairs."""
_KIND_NAMES = "code heading same cell".split() + [
    "other heading",
    "other depth",
    "kindred",
    "other column",
    "other",
]


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
    rng = Random(arguments.seed)
    golds = list(gold_set(mine, rng))
    if arguments.calibrate:
        calibrate(golds, mine, rng)
        return
    print_gold(golds)
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


def knowledge_of(pair: Pair) -> Knowledge:
    """The scripts of a pair."""
    source, target = (locale_of(tag).script for tag in pair.locales)
    return Knowledge((source, target))


# The gold set


class Judged(NamedTuple):
    """A pairing, and whether it is right."""

    pairing: Pairing
    right: bool


def judged(gold: Gold, alignment: Alignment) -> Iterator[Judged]:
    """What the truth says of the pairings of an alignment."""
    units = {id(unit): place for place, unit in enumerate(gold.pair.source.units)}
    others = {id(unit): place for place, unit in enumerate(gold.pair.target.units)}
    for pairing in alignment.pairings:
        ours = tuple(units[id(piece.unit)] for piece in pairing.sources)
        theirs = tuple(others[id(piece.unit)] for piece in pairing.targets)
        yield Judged(pairing, _is_right(gold, ours, theirs))


def _is_right(gold: Gold, ours: tuple[int, ...], theirs: tuple[int, ...]) -> bool:
    texts = gold.pair.source.units
    wanted = {texts[place].text for place in ours}
    origins = [gold.origins[place] for place in theirs]
    truth = {texts[place].text for origin, _ in origins for place in origin}
    if len(theirs) == 1:
        return wanted == truth and origins[0][1]
    return wanted == truth and not any(whole for _, whole in origins)


def to_find(gold: Gold) -> Iterator[int]:
    """The places of the units of the translation that have one whole source."""
    units = gold.pair.source.units
    for place, (origin, whole) in enumerate(gold.origins):
        if len(origin) == 1 and whole:
            if gold.pair.target.units[place].text != units[origin[0]].text:
                yield place


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
    return f"{100 * part / max(1, whole):.2f} %"


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
    for turn in range(3):
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
    print("\n| shuffled | pages | told | nothing translated |\n|---|---|---|---|")
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
        "\n| imported and built | pages | letters carried | as translated | built alike"
        " | texts equal | pages equal |\n|---|---|---|---|---|---|---|"
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
        f" | {percent(n['equal pages'], n['alike'])} |"
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
        wish = wish_of(run.project, root, "content", "old", locale, "")
        outcome = import_translations(run, wish, list)
        building.build(run, (locale,), list)
        by_page = {one.page: one for one in outcome.imports}
        for number, pair in enumerate(pairs):
            built = root / "build" / target / f"{number}.md"
            count_page(counts, pair, by_page[f"content/{number}.md"], built.read_bytes(), dialect)
    return counts


def count_page(
    counts: Counter[str], pair: Pair, one: Imported, built: bytes, dialect: str
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
    counts["equal pages"] += spelled(page.document.text) == spelled(pair.target.document.text)
    counts["texts"] += len(pair.target.units)
    counts["equal texts"] += sum(
        spelled(unit.text) == spelled(other.text)
        for unit, other in zip(page.units, pair.target.units, strict=True)
    )


def spelled(text: str) -> str:
    """A text without regard to its white space."""
    return "".join(text.split())


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


# Calibration


def calibrate(golds: Sequence[Gold], pairs: Sequence[Pair], rng: Random) -> None:
    """Count the tables, fit the model on what they find, and write both."""
    import toolkit.aligning.evidence as evidence_module
    import toolkit.aligning.pairing as pairing_module

    kinds, lengths, contents = tables(golds)
    evidence_module.KINDS = kinds
    evidence_module.LENGTHS = lengths
    evidence_module.EVIDENCE = contents
    samples = list(samples_of(golds, pairs, rng))
    model = fitted(samples)
    pairing_module.MODEL = model
    text = (
        '"""What calibration found: `python benchmarks/aligning.py --calibrate` writes this."""\n\n'
        f"KINDS = {printed(kinds)}\nLENGTHS = {printed(lengths)}\n"
        f"EVIDENCE = {printed(contents)}\nMODEL = {printed(model)}\n"
    )
    WEIGHTS.write_text(text, encoding="utf-8")
    print(text, len(samples))


def printed(value: object) -> str:
    return repr(value)


def tables(golds: Sequence[Gold]):
    counts = [Counter(), Counter(), Counter()]
    totals = Counter()
    for gold in golds:
        for classes, right in examples(gold):
            totals[right] += 1
            counts[0][classes.kind, right] += 1
            if classes.kind != CODE:
                counts[1][classes.size, classes.distance, right] += 1
            counts[2][classes.shared, classes.lost, right] += 1

    def ratio(table: Counter, key, smooth: float) -> float:
        shares = [
            (table[*key, right] + smooth * totals[right]) / totals[right] for right in (True, False)
        ]
        return round(log(shares[0] / shares[1]), 2)

    print(totals, counts[0])
    kinds = {name: ratio(counts[0], (name,), 0.004) for name in _KIND_NAMES}
    lengths = tuple(
        tuple(ratio(counts[1], (size, near), 0.002) for near in range(len(DISTANCE_BOUNDS) + 1))
        for size in range(len(SIZE_BOUNDS) + 1)
    )
    contents = tuple(
        tuple(ratio(counts[2], (shared, lost), 0.001) for lost in range(len(LOST_BOUNDS) + 1))
        for shared in range(len(SHARED_BOUNDS) + 1)
    )
    return kinds, lengths, contents


def examples(gold: Gold):
    pair, knowledge = gold.pair, knowledge_of(gold.pair)
    left = pieces_of(pair.source, *knowledge.scripts, {})
    right = pieces_of(pair.target, *knowledge.scripts[::-1], {})
    evidence = Evidence(left, right, knowledge.scripts)
    places = {id(piece.unit): n for n, piece in enumerate(left) if piece.unit}
    others = {id(piece.unit): n for n, piece in enumerate(right) if piece.unit}
    for number in to_find(gold):
        origin = gold.origins[number][0][0]
        i = places[id(pair.source.units[origin])]
        j = others[id(pair.target.units[number])]
        for other in range(max(0, j - _NEAR), min(len(right), j + _NEAR + 1)):
            if other == j or right[other].text != right[j].text:
                classes = evidence.classes((i,), (other,))
                if classes:
                    yield classes, other == j
    codes = [[n for n, one in enumerate(side) if one.kind == CODE] for side in (left, right)]
    for i in codes[0]:
        for j in codes[1]:
            same = left[i].text == right[j].text
            yield evidence.classes((i,), (j,)), same


def samples_of(golds, pairs, rng):
    for gold in golds:
        alignment = align(gold.pair.source, gold.pair.target, knowledge_of(gold.pair))
        for one in judged(gold, alignment):
            if one.pairing.sources[0].text != one.pairing.targets[0].text:
                yield one.pairing.features, one.right
    for pair in shuffled(pairs, rng):
        alignment = align(pair.source, pair.target, knowledge_of(pair))
        for one in alignment.pairings if alignment.related else ():
            if one.sources[0].text != one.targets[0].text:
                yield one.features, False


def fitted(samples):
    """Logistic regression by Newton's method with a small ridge."""
    size = len(samples[0][0])
    weights = [0.0] * size
    for _ in range(25):
        gradient = [-0.5 * w for w in weights]
        hessian = [[0.5 * (a == b) for b in range(size)] for a in range(size)]
        for values, right in samples:
            z = sum(w * v for w, v in zip(weights, values))
            p = 1 / (1 + exp(-max(-30, min(30, z))))
            curve = p * (1 - p)
            for a in range(size):
                gradient[a] += (right - p) * values[a]
                va = curve * values[a]
                row = hessian[a]
                for b in range(size):
                    row[b] += va * values[b]
        step = solved(hessian, gradient)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return tuple(round(w, 3) for w in weights)


def solved(matrix, vector):
    rows = [[*row, value] for row, value in zip(matrix, vector)]
    size = len(rows)
    for place in range(size):
        best = max(range(place, size), key=lambda r: abs(rows[r][place]))
        rows[place], rows[best] = rows[best], rows[place]
        for other in range(size):
            if other != place:
                factor = rows[other][place] / rows[place][place]
                rows[other] = [a - factor * b for a, b in zip(rows[other], rows[place])]
    return [rows[n][size] / rows[n][n] for n in range(size)]


if __name__ == "__main__":
    main()
