"""What becomes of translations when pages are edited, and how long it takes: us and `msgmerge`.

    python benchmarks/updating.py [--messages 20000] [--seed 1] [--json FILE] [--keep DIR]

Of real messages of the corpus, half Chinese and half English, 5 % are edited and 1 % are new. Every
old message has a translation that tells where it comes from, so that each suggestion can be judged
against the truth of its edit (`edited_pages.py`). In turn and each in new processes run:

- `msgmerge --quiet --no-wrap --previous` on one catalog of all messages;
- our merge of ready templates and catalogs, files read and written, one catalog a page or one in
  all: the same work as that of msgmerge;
- the whole `yiben update`, which reads the pages as well.

To know when reading the figures: msgmerge spends most of its time on new texts, which are like
nothing it knows (`--new 0` shows it); with nothing changed it is the faster one (`--edited 0` too).
Edits mostly stand alone between unchanged neighbours, which helps a merge that looks at these; an
edit of more than one kind, or of a whole section, is not among them. A moved text is the same text,
so all find it. Translations keep targets and marks as they are in the source, so edits of these are
carried over more easily than in real ones.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from multiprocessing import get_context
from pathlib import Path, PurePosixPath
from random import Random
from typing import TYPE_CHECKING

from edited_pages import EDITS, Change, Kind, edition_of, tagged, translated

from toolkit.catalogs.header import with_header
from toolkit.catalogs.merge import merge
from toolkit.catalogs.po import read_catalog, write_catalog

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from toolkit.model.catalog import Message
    from toolkit.reading.page import Page

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
LAYOUTS = ("page", "single")
SETTINGS = 'source = "en"\ntargets = ["de"]\ncatalog = "{layout}"\n'
CATALOGS = "locales/de/LC_MESSAGES"
TEMPLATES = "locales/templates/LC_MESSAGES"
SINGLE = "docs.po"
_TAG = re.compile("T[a-z]{4}T: ")
_EASY = (Kind.TARGET, Kind.PUNCTUATION)
"""Edits that a program may make in the translation by itself."""


@dataclass(frozen=True, slots=True)
class Material:
    """The files to work on, and the truth about them."""

    root: Path
    """Holds a project for each layout, and beside it one with its new templates."""
    changes: tuple[Change, ...]
    translations: Mapping[str, str]
    """The old messages and their translations."""
    pages: int


@dataclass(frozen=True, slots=True)
class Contestant:
    """A way to bring catalogs up to date."""

    name: str
    layout: str
    work: Callable[[Path], float | None]
    """Is given a folder; tells the seconds it took where it times itself."""
    catalogs: str = ""
    """Where the catalogs are in that folder, which is a copy of the project then, else empty."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a message got, beside what it should have got."""

    change: Change
    found: str
    """Its `msgstr`."""
    fuzzy: bool
    right: bool
    sound: bool
    """Whether the build may use what is not fuzzy."""


@dataclass(slots=True)
class Score:
    """How a contestant did."""

    seconds: list[float] = field(default_factory=list)
    ratios: list[float] = field(default_factory=list)
    """Its wall time by that of the first contestant in the same round."""
    verdicts: list[Verdict] = field(default_factory=list)
    disturbed: int = 0
    """Unchanged messages whose translation is not as it was."""
    lost: int = 0
    """Old translations that stand nowhere in the new catalog."""
    refused: int = 0
    """Catalogs that `msgfmt --check` does not take; -1 when it was not there."""


def prepared(root: Path, options: argparse.Namespace) -> Material:
    """Choose and edit pages, and make of them translated projects with edited pages."""
    rng = Random(options.seed)  # noqa: S311 - the same edits again for the same seed
    edition = edition_of(CORPUS, options.messages, rng)
    old = dict(edition.pages)
    edition.edit(options.edited, options.new)
    texts = dict.fromkeys(unit.text for page in old.values() for unit in page.units)
    translations = {text: tagged(number, text) for number, text in enumerate(texts)}
    for layout in LAYOUTS:
        project = root / layout
        write_pages(project, old)
        (project / "yiben.toml").write_text(SETTINGS.format(layout=layout))
        yiben(project, "update")
        for path in (project / CATALOGS).rglob("*.po"):
            translate(path, translations)
        write_pages(project, edition.pages)
        shutil.copytree(project, root / f"{layout}-new")
        yiben(root / f"{layout}-new", "extract")
    return Material(root, tuple(edition.changes), translations, len(old))


def write_pages(project: Path, pages: Mapping[str, Page]) -> None:
    """Write pages below the content folder of a project."""
    for page in pages.values():
        path = project / page.document.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.document.to_bytes())


def translate(path: Path, translations: Mapping[str, str]) -> None:
    """Fill in a new catalog."""
    catalog = read_catalog(path.name, path.read_bytes())
    messages = tuple(replace(one, string=translations[one.id]) for one in catalog.messages)
    path.write_bytes(write_catalog(replace(catalog, messages=messages)))


def yiben(project: Path, command: str) -> None:
    """Run a command of ours in a project."""
    program = str(Path(sys.executable).with_name("yiben"))
    subprocess.run([program, "-C", str(project), command], check=True, capture_output=True)


def contestants(material: Material) -> tuple[Contestant, ...]:
    """What is compared; the first is what the others are measured by."""
    root = material.root
    update = partial(yiben, command="update")
    found = [Contestant("msgmerge", "single", partial(run_msgmerge, root))]
    for layout in LAYOUTS:
        merging = partial(run_merge, root, layout)
        found.append(Contestant(f"merge, {layout}", layout, merging))
        found.append(Contestant(f"update, {layout}", layout, update, CATALOGS))
    return tuple(found)


def run_msgmerge(root: Path, out: Path) -> None:
    """Merge the single catalog the way of gettext."""
    command = ["msgmerge", "--quiet", "--no-wrap", "--previous"]
    old = root / "single" / CATALOGS / SINGLE
    new = (root / "single-new" / TEMPLATES / SINGLE).with_suffix(".pot")
    subprocess.run([*command, str(old), str(new), "-o", str(out / SINGLE)], check=True)


def run_merge(root: Path, layout: str, out: Path) -> float:
    """Merge all catalogs of a layout, in a new process, and tell the seconds without its start."""
    old, templates = root / layout / CATALOGS, root / f"{layout}-new" / TEMPLATES
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        return pool.submit(merge_folder, old, templates, out).result()


def merge_folder(old: Path, templates: Path, out: Path) -> float:
    """Merge every catalog of a folder with its template; the seconds it took."""
    start = time.perf_counter()
    for path in sorted(templates.rglob("*.pot")):
        name = path.relative_to(templates).with_suffix(".po")
        template = read_catalog(str(path), path.read_bytes())
        catalog = read_catalog(str(name), (old / name).read_bytes())
        merged = with_header(merge(template, catalog).catalog, template, None, catalog)
        (out / name).parent.mkdir(parents=True, exist_ok=True)
        (out / name).write_bytes(write_catalog(merged))
    return time.perf_counter() - start


def compete(material: Material, rounds: int) -> dict[str, Score]:
    """Let all do their work, in turn so that a drift of the machine hits all alike; and judge."""
    rivals = contestants(material)
    scores = {one.name: Score() for one in rivals}
    for _ in range(rounds):
        for one in rivals:
            timed(one, material, scores[one.name])
        first = scores[rivals[0].name].seconds[-1]
        for score in scores.values():
            score.ratios.append(score.seconds[-1] / first)
    for one in rivals:
        judge(one, material, scores[one.name])
    return scores


def timed(contestant: Contestant, material: Material, score: Score) -> None:
    """Let one do its work in a new folder."""
    out = material.root / contestant.name
    shutil.rmtree(out, ignore_errors=True)
    if contestant.catalogs:
        shutil.copytree(material.root / contestant.layout, out)
    else:
        out.mkdir()
    start = time.perf_counter()
    own = contestant.work(out)
    score.seconds.append(own or time.perf_counter() - start)


def judge(contestant: Contestant, material: Material, score: Score) -> None:
    """Hold the catalogs that a contestant left against the truth."""
    out = material.root / contestant.name / contestant.catalogs
    old, new = catalogs(material.root / contestant.layout / CATALOGS), catalogs(out)
    for change in material.changes:
        name = PurePosixPath(change.page).with_suffix(".po").as_posix()
        message = new[name if contestant.layout == "page" else SINGLE][change.text]
        score.verdicts.append(verdict(change, message, material.translations))
    for name, messages in old.items():
        now = new.get(name, {})
        score.disturbed += sum(
            not now[text].translated or now[text].string != message.string
            for text, message in messages.items()
            if text in now and not now[text].obsolete
        )
        score.lost += len(tags(messages.values()) - tags(now.values()))
    score.refused = refused(out)


def catalogs(folder: Path) -> dict[str, dict[str, Message]]:
    """The messages of every catalog below a folder, by their texts."""
    found = {}
    for path in sorted(folder.rglob("*.po")):
        name = path.relative_to(folder).as_posix()
        messages = read_catalog(name, path.read_bytes()).messages
        found[name] = {message.id: message for message in messages}
    return found


def tags(messages: Iterable[Message]) -> set[str]:
    """The tags of the translations that stand in messages or are noted there."""
    texts = (text for one in messages for text in (one.string, *one.comments))
    return {tag for text in texts for tag in _TAG.findall(text)}


def verdict(change: Change, message: Message, translations: Mapping[str, str]) -> Verdict:
    """Hold one message against the truth of its edit."""
    sources = [translations[text] for text in change.sources]
    text, origins = message.string, set(_TAG.findall(message.string))
    if change.kind is Kind.NEW:
        right = not text
    elif change.kind is Kind.MOVED:
        right = message.translated and text == sources[0]
    else:
        right = bool(origins) and origins <= set(_TAG.findall(" ".join(sources)))
    edited = change.kind in _EASY and _TAG.sub("", text) == translated(change.text)
    usable = right if change.kind is Kind.MOVED else edited
    return Verdict(change, text, message.fuzzy, right, not message.translated or usable)


def refused(folder: Path) -> int:
    """How many catalogs `msgfmt --check` does not take; -1 without that program."""
    if not shutil.which("msgfmt"):
        return -1
    command = ["msgfmt", "--check", "--output-file=/dev/null"]
    return sum(
        subprocess.run([*command, str(path)], check=False, capture_output=True).returncode != 0
        for path in folder.rglob("*.po")
    )


def measures(score: Score) -> dict[str, str]:
    """The figures of a contestant by their names."""
    total: Counter[Kind] = Counter(one.change.kind for one in score.verdicts)
    right = Counter(one.change.kind for one in score.verdicts if one.right)
    plain = [one for one in score.verdicts if one.found and not one.fuzzy]
    easy = [one for one in plain if one.change.kind in _EASY]
    hard = sum(one.change.kind not in {*_EASY, Kind.MOVED} for one in plain)
    good, edited = right.total() - right[Kind.NEW], total.total() - total[Kind.NEW]
    return {
        "wall time, s": f"{statistics.median(score.seconds):.2f}",
        "wall time, ratio": f"{statistics.median(score.ratios):.2f}",
        **{f"right: {kind}": f"{right[kind]}/{total[kind]}" for kind in EDITS},
        "right: all edits": f"{100 * good / edited:.1f}%" if edited else "-",
        "new with a suggestion": f"{total[Kind.NEW] - right[Kind.NEW]}/{total[Kind.NEW]}",
        "not fuzzy, needs a translator": str(hard),
        "not fuzzy, target or mark": str(len(easy)),
        "of these not sound": str(sum(not one.sound for one in easy)),
        "unchanged, but disturbed": str(score.disturbed),
        "translations lost": str(score.lost),
        "refused by msgfmt": "?" if score.refused < 0 else str(score.refused),
    }


def print_table(scores: Mapping[str, Score]) -> None:
    """Print a row a measure and a column a contestant."""
    columns = [measures(score) for score in scores.values()]
    print("| |", " | ".join(scores), "|")
    print("|---|", "---:|" * len(scores), sep="")
    for name in columns[0]:
        print(f"| {name} |", " | ".join(column[name] for column in columns), "|")


def went_wrong(one: Verdict) -> bool:
    """Whether a message got something wrong, or wrongly nothing."""
    return not (one.right and one.sound)


def print_examples(scores: Mapping[str, Score], number: int) -> None:
    """Print for each contestant and kind of edit some messages that went wrong."""
    for name, score in scores.items():
        count: Counter[Kind] = Counter()
        for one in filter(went_wrong, score.verdicts):
            count[one.change.kind] += 1
            if count[one.change.kind] <= number:
                lines = [f"\n{name} - {one.change.kind}: {one.change.page}"]
                lines += [f"was   {text!r}" for text in one.change.sources]
                lines += [f"is    {one.change.text!r}", f"fuzzy {one.fuzzy} {one.found!r}"]
                print("\n  ".join(lines))


def as_data(scores: Mapping[str, Score]) -> dict[str, object]:
    """What is written as JSON: the figures, every time; every message that went wrong."""
    return {
        name: {
            "measures": measures(score),
            "seconds": score.seconds,
            "ratios": score.ratios,
            "wrong": [asdict(one) for one in filter(went_wrong, score.verdicts)],
        }
        for name, score in scores.items()
    }


def arguments() -> argparse.Namespace:
    """The options of the command line."""
    parser = argparse.ArgumentParser(description="Our update of catalogs against msgmerge.")
    number, share = partial(parser.add_argument, type=int), partial(parser.add_argument, type=float)
    number("--messages", default=20_000, help="distinct old messages")
    share("--edited", default=0.05, help="share of them that is edited")
    share("--new", default=0.01, help="as many new ones, as a share of the old")
    number("--seed", default=1, help="which pages and edits")
    number("--rounds", default=3, help="runs that the median is taken of")
    number("--examples", default=0, help="show so many faults of each kind")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all figures there")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="new folder for the data, kept")
    return parser.parse_args()


def measure(root: Path, options: argparse.Namespace) -> None:
    """Make the data, let all compete, and tell what came out."""
    material = prepared(root, options)
    kinds = Counter(change.kind for change in material.changes)
    new = kinds.pop(Kind.NEW, 0)
    print(f"{len(material.translations)} messages of {material.pages} pages,", end=" ")
    print(f"{kinds.total()} edited, {new} new; median of {options.rounds}\n")
    scores = compete(material, options.rounds)
    print_table(scores)
    print_examples(scores, options.examples)
    if options.json:
        options.json.write_text(json.dumps(as_data(scores), ensure_ascii=False, indent=1) + "\n")


def main() -> None:
    """Measure in a folder that is kept, or in one that is not."""
    options = arguments()
    if not CORPUS.is_dir() or not shutil.which("msgmerge"):
        print(f"nothing to measure: there is no corpus at {CORPUS}, or no msgmerge of GNU gettext")
        return
    if options.keep and options.keep.exists():
        sys.exit(f"{options.keep} exists; name a new folder")
    with tempfile.TemporaryDirectory() as temporary:
        root = options.keep.resolve() if options.keep else Path(temporary)
        root.mkdir(parents=True, exist_ok=True)
        try:
            measure(root, options)
        except ValueError as error:
            sys.exit(str(error))


if __name__ == "__main__":
    main()
